"""The sample article with the history that it would really have; prepare_site calls this."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.core.management.base import BaseCommand
from django.db import transaction

from articles import editing, publishing
from articles.editing import CitationGiven, ClaimReview, VerdictGiven
from articles.evidence import watching
from articles.history.state import SectionText
from articles.history.store import head
from articles.models import Article, Claim, Source
from articles.text import intake

SAMPLE = Path(__file__).parents[2] / "sample"
AUTHOR = "sample"

Judged = dict[str, Any]  # an entry of evidence.json or corrections.json


class Command(BaseCommand):
    help = (
        "Load the sample article and its evidence where there is no article yet: imported and "
        "published as it came, judged section by section, then corrected. Run again, it changes "
        "nothing."
    )

    def handle(self, **options: Any) -> None:
        if Article.objects.exists():
            return
        article = load()
        self.stdout.write(f"Loaded the sample “{article}”, {article.latest} revisions.")


@transaction.atomic
def load() -> Article:
    """Make the sample article and publish it; return it as it is in the end."""
    by = author()
    article = editing.import_found(intake.read(text_of("article.md"), plain=False), by=by)
    publishing.publish(article, by=by)

    sources = add_sources(by)
    tag(article, by)
    headings = [section.heading for section in sections_of(article)]
    for number, judged in groupby(data("evidence.json"), key=section_number):
        heading = headings[number]
        summary = f"Evidence for “{heading}”" if heading else "Evidence for the introduction"
        judge(article, judged, sources, summary, by)
    publishing.publish(article, by=by)

    told = data("corrections.json")
    correct(article, told["corrections"], told["summary"], by)
    judge(article, told["corrections"], sources, "Evidence for the corrected sentences", by)
    publishing.publish(article, by=by, note=told["correction_note"])
    # A fresh installation asks nobody on the web by itself; `check_evidence` does, when told.
    watching.leave(source.uid for source in sources.values())
    article.refresh_from_db()
    return article


def text_of(name: str) -> str:
    return (SAMPLE / name).read_text(encoding="utf-8")


def data(name: str) -> Any:
    return json.loads(text_of(name))


def section_number(entry: Judged) -> int:
    """The position of the sentence's section, the introduction's being 0."""
    return int(entry["id"][1:3])


def author() -> AbstractBaseUser:
    """The account that the sample's revisions name: nobody can log in with it."""
    user, created = get_user_model().objects.get_or_create(
        username=AUTHOR, defaults={"is_active": False}
    )
    if created:
        user.set_unusable_password()
        user.save()
    return user


def add_sources(by: AbstractBaseUser) -> dict[str, Source]:
    """The works cited, by the keys that the evidence gives them."""
    found = {}
    for entry in data("sources.json"):
        key = entry.pop("key")
        found[key] = editing.save_source(Source(**entry), by=by)
    return found


def tag(article: Article, by: AbstractBaseUser) -> None:
    tags = data("tags.json")
    sections = sections_of(article)
    tagged = [replace(section, tags=tuple(tags[section.heading])) for section in sections]
    save(article, tagged, "Tagged the sections", by)


def judge(
    article: Article,
    judged: Iterable[Judged],
    sources: dict[str, Source],
    summary: str,
    by: AbstractBaseUser,
) -> None:
    """Record a machine's verdicts and their citations, as one revision."""
    claims = {claim.text: claim for claim in article.claims.standing()}
    reviews = [review(claims[entry["text"]], entry, sources) for entry in judged]
    editing.review_claims(article, reviews, by=by, origin="ai", summary=summary, suggested=True)


def review(claim: Claim, entry: Judged, sources: dict[str, Source]) -> ClaimReview:
    return ClaimReview(
        claim,
        read=entry["text"],
        verdicts=[verdict(entry)],
        citations=[
            CitationGiven(**{**citation, "source": sources[citation["source"]]})
            for citation in entry["citations"]
        ],
    )


def verdict(entry: Judged) -> VerdictGiven:
    """An entry names a ``claimant``, and what they ``claimed``, only where that was judged."""
    return VerdictGiven(
        entry["rating"],
        entry["note"],
        entry["as_of"],
        claimant=entry.get("claimant", ""),
        claimed=entry.get("claimed", ""),
    )


def correct(
    article: Article, corrections: Sequence[Judged], summary: str, by: AbstractBaseUser
) -> None:
    """Put the corrected sentences in the places of the old ones, as one revision."""
    old = {entry["id"]: entry["text"] for entry in data("evidence.json")}
    sections = sections_of(article)
    for entry in corrections:
        section = sections[section_number(entry)]
        body = section.body.replace(old[entry["id"]], entry["text"])
        sections[section_number(entry)] = replace(section, body=body)
    save(article, sections, summary, by)


def sections_of(article: Article) -> list[SectionText]:
    article.refresh_from_db()
    return list(editing.article_text(article).sections)


def save(
    article: Article, sections: Sequence[SectionText], summary: str, by: AbstractBaseUser
) -> None:
    text = replace(editing.article_text(article), sections=tuple(sections))
    base = head(article).hash
    editing.save_article(article, text, base=base, by=by, origin="ai", summary=summary)
