import json
from collections import Counter
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

import articles
from articles.editing import VerdictGiven
from articles.history.store import head, load
from articles.management.commands.load_sample import verdict
from articles.models import Article, Publication, Revision, Verdict

pytestmark = pytest.mark.django_db

SAMPLE = Path(articles.__file__).parent / "sample"


def read(name: str):
    return json.loads((SAMPLE / name).read_text(encoding="utf-8"))


def test_the_sample_has_the_history_that_it_would_really_have():
    call_command("load_sample")

    article = Article.objects.get()
    acts = article.revisions.order_by("number").values_list("act", flat=True)
    assert list(acts) == ["import", "edit", *["verdict"] * 13, "edit", "verdict"]
    assert set(article.revisions.values_list("author", "origin")) == {("sample", "ai")}
    publications = Publication.objects.order_by("number")
    assert list(publications.values_list("revision__number", flat=True)) == [1, 15, 17]
    assert [bool(publication.note) for publication in publications] == [False, False, True]
    imported = load(Revision.objects.get(article=article, number=1))
    assert {claim.rating for claim in imported.claims()} == {"none"}


def test_the_sample_says_what_its_data_says():
    call_command("load_sample")

    state = load(head(Article.objects.get()))
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


def test_no_person_is_said_to_have_judged_and_nobody_can_log_in():
    call_command("load_sample")

    assert set(Verdict.objects.values_list("editor", flat=True)) == {""}
    account = get_user_model().objects.get()
    assert (account.get_username(), account.is_active) == ("sample", False)
    assert not account.has_usable_password()


def test_a_second_load_changes_nothing():
    call_command("load_sample")
    before = list(Revision.objects.values_list("hash", flat=True))

    call_command("load_sample")

    assert list(Revision.objects.values_list("hash", flat=True)) == before


def test_an_entry_may_name_whose_claim_it_judges():
    entry = {"rating": "refuted", "note": "Read it.", "as_of": "2023"}

    assert verdict(entry) == VerdictGiven("refuted", "Read it.", "2023")
    assert verdict({**entry, "claimant": "Mali", "claimed": "It spied"}) == VerdictGiven(
        "refuted", "Read it.", "2023", claimant="Mali", claimed="It spied"
    )
