import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

import articles
from articles.editing import VerdictGiven
from articles.evidence import watching
from articles.history.state import ArticleState
from articles.history.store import head, load
from articles.management.commands.load_sample import verdict
from articles.models import Article, Publication, Revision, Verdict, Watch

SAMPLE = Path(articles.__file__).parent / "sample"


def read(name: str):
    return json.loads((SAMPLE / name).read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Sample:
    """What a load left in the database, and what a second one made of it."""

    acts: list[str]
    signed: set[tuple[str, str]]  # who wrote the revisions, and what they are
    publications: list[tuple[int, bool]]  # the revision, and whether readers are told why
    imported: ArticleState
    newest: ArticleState
    judges: set[str]
    account: AbstractBaseUser
    watched: int
    due: list[str]
    revisions: list[str]
    revisions_after_another_load: list[str]


def hashes() -> list[str]:
    return list(Revision.objects.order_by("pk").values_list("hash", flat=True))


def load_again() -> list[str]:
    call_command("load_sample")
    return hashes()


@pytest.fixture(scope="module")
def sample(django_db_setup, django_db_blocker) -> Sample:
    """A load takes seconds: one is looked at from all sides, and taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_sample")
        article = Article.objects.get()
        acts = article.revisions.order_by("number")
        publications = Publication.objects.order_by("number")
        loaded = Sample(
            acts=list(acts.values_list("act", flat=True)),
            signed=set(acts.values_list("author", "origin")),
            publications=[(each.revision.number, bool(each.note)) for each in publications],
            imported=load(acts.get(number=1)),
            newest=load(head(article)),
            judges=set(Verdict.objects.values_list("editor", flat=True)),
            account=get_user_model().objects.get(),
            watched=Watch.objects.count(),
            due=watching.due(timezone.now()),
            revisions=hashes(),
            revisions_after_another_load=load_again(),
        )
        transaction.set_rollback(True)
    return loaded


def test_the_sample_has_the_history_that_it_would_really_have(sample):
    assert sample.acts == ["import", "edit", *["verdict"] * 13, "edit", "verdict"]
    assert sample.signed == {("sample", "ai")}
    assert sample.publications == [(1, False), (15, False), (17, True)]
    assert {claim.rating for claim in sample.imported.claims()} == {"none"}


def test_the_sample_says_what_its_data_says(sample):
    state = sample.newest
    expected = {entry["id"]: entry for entry in read("evidence.json")}
    expected |= {entry["id"]: entry for entry in read("corrections.json")["corrections"]}
    assert [
        (claim.text, claim.rating, claim.verdict.note, len(claim.citations))
        for claim in state.claims()
    ] == [
        (entry["text"], entry["rating"], entry["note"], len(entry["citations"]))
        for entry in expected.values()
    ]
    assert Counter(claim.stale for claim in state.claims()) == {False: 106}
    tags = {section.heading: sorted(section.tags) for section in state.sections}
    assert tags == {heading: sorted(names) for heading, names in read("tags.json").items()}


def test_no_person_is_said_to_have_judged_and_nobody_can_log_in(sample):
    assert sample.judges == {""}
    assert (sample.account.get_username(), sample.account.is_active) == ("sample", False)
    assert not sample.account.has_usable_password()


def test_the_sample_calls_nobody_by_itself(sample):
    assert sample.watched > 0
    assert sample.due == []


def test_a_second_load_changes_nothing(sample):
    assert sample.revisions_after_another_load == sample.revisions


def test_an_entry_may_name_whose_claim_it_judges():
    entry = {"rating": "refuted", "note": "Read it.", "as_of": "2023"}

    assert verdict(entry) == VerdictGiven("refuted", "Read it.", "2023")
    assert verdict({**entry, "claimant": "Mali", "claimed": "It spied"}) == VerdictGiven(
        "refuted", "Read it.", "2023", claimant="Mali", claimed="It spied"
    )
