"""Published articles by the thousands, in English and French, written past the doors.

Their rows are what readers' look-ups hold; revisions and the log have made-up hashes.
"""

import itertools
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from random import Random

from django.db import transaction

from articles.models import (
    Article,
    Blob,
    Publication,
    PublishedArticle,
    PublishedCitation,
    PublishedClaim,
    PublishedSection,
    PublishedSource,
    PublishedTag,
    Revision,
)

SENTENCES, SECTIONS = 40, 6
NOW = datetime(2026, 1, 1, tzinfo=UTC)
AT_ONCE = 250  # articles
SOURCES = 2_000
TAGS = [f"Subject {number}" for number in range(60)]
RATINGS = ["none", "supported", "supported", "partly_supported", "disputed", "outdated", "refuted"]
# Words that nearly each article holds, then those that a subject brings, rarer and rarer.
ORDINARY = {
    "en": """the of and in to a mission government region forces country peace people years security
        agreement support council north army groups civilians attack state president soldiers
        operation border report city violence authorities""",
    "fr": """le de et dans à la mission gouvernement région forces pays paix habitants années
        sécurité accord soutien conseil nord armée groupes civils attaque État président soldats
        opération frontière rapport ville violence autorités""",
}
ENDINGS = {
    "en": ["", "s", "ed", "ing", "ation", "ment", "ly"],
    "fr": ["", "s", "é", "ées", "ation", "ement", "er"],
}
ONSETS = ["b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "br", "tr", "st", "gr"]
VOWELS = "aeiou"
VOCABULARY = 8_000  # stems; each comes with several endings


class Writer:
    """Writes sentences whose words are as common and as rare as in real texts (Zipf's law)."""

    def __init__(self, dice: Random, language: str) -> None:
        self.dice = dice
        self.ordinary = ORDINARY[language].split()
        made: dict[str, None] = {}
        while len(made) < VOCABULARY:
            length = dice.choice((2, 2, 3, 3, 4))
            made["".join(dice.choice(ONSETS) + dice.choice(VOWELS) for _ in range(length))] = None
        self.words = [
            *self.ordinary,
            *(stem + dice.choice(ENDINGS[language]) for stem in made for _again in range(3)),
        ]
        self.odds = list(itertools.accumulate(1 / (rank + 4) for rank in range(len(self.words))))

    def text(self, length: int) -> str:
        said = self.dice.choices(self.words, cum_weights=self.odds, k=length)
        return " ".join(said).capitalize()

    def sentence(self) -> str:
        figure = f"{self.dice.randrange(1_000, 90_000):,}"
        return f"{self.text(self.dice.randrange(7, 16))} {figure} {self.text(4).lower()}."


def fill(count: int, *, seed: int = 1) -> dict[str, Writer]:
    """Write so many published articles; return those who wrote them, by language."""
    dice = Random(seed)
    writers = {language: Writer(dice, language) for language in ("en", "fr")}
    blob = Blob.objects.create(sha256=hashed("library"), content="{}")
    sources = PublishedSource.objects.bulk_create(
        PublishedSource(uid=f"w{number}", title=writers["en"].text(8), csl={"type": "report"})
        for number in range(SOURCES)
    )
    for start in range(0, count, AT_ONCE):
        numbers = range(start, min(count, start + AT_ONCE))
        with transaction.atomic():
            shown = articles(numbers, writers, blob)
            contents(shown, writers, dice, sources)
    return writers


def hashed(what: object) -> str:
    return sha256(str(what).encode()).hexdigest()


def articles(
    numbers: Sequence[int], writers: dict[str, Writer], blob: Blob
) -> list[PublishedArticle]:
    last = Publication.objects.order_by("number").last()
    next_number = last.number + 1 if last else 1
    made = Article.objects.bulk_create(
        Article(
            slug=f"library-{number}",
            title=writers[language_of(number)].text(6),
            language=language_of(number),
            latest=1,
        )
        for number in numbers
    )
    revisions = Revision.objects.bulk_create(
        Revision(
            article=article,
            number=1,
            created_at=NOW,
            origin="ai",
            act="import",
            manifest=blob,
            hash=hashed(f"revision {article.slug}"),
        )
        for article in made
    )
    entries = Publication.objects.bulk_create(
        Publication(
            number=next_number + place,
            article=revision.article,
            revision=revision,
            act="published",
            created_at=NOW,
            hash=hashed(f"publication {revision.article.slug}"),
        )
        for place, revision in enumerate(revisions)
    )
    return PublishedArticle.objects.bulk_create(
        PublishedArticle(
            article=entry.article,
            slug=entry.article.slug,
            title=entry.article.title,
            title_key=entry.article.title.casefold(),
            language=entry.article.language,
            publication=entry,
            number=1,
            hash=entry.revision.hash,
            first_published_at=NOW,
            published_at=NOW,
            origin="ai",
            reviewed="none",
            tally=[["none", "", False, SENTENCES]],
        )
        for entry in entries
    )


def language_of(number: int) -> str:
    return "fr" if number % 3 == 0 else "en"


def contents(
    shown: list[PublishedArticle],
    writers: dict[str, Writer],
    dice: Random,
    sources: Sequence[PublishedSource],
) -> None:
    """Their sections, tags, claims and citations."""
    sections = PublishedSection.objects.bulk_create(
        PublishedSection(
            uid=hashed(f"{article.slug} {place}")[:12],
            article=article,
            position=place,
            heading=writers[article.language].text(4) if place else "",
            anchor=f"s{place}",
        )
        for article in shown
        for place in range(SECTIONS)
    )
    PublishedTag.objects.bulk_create(
        PublishedTag(section=section, name=name, slug=name.lower().replace(" ", "-"))
        for section in sections
        for name in dice.sample(TAGS, 1)
    )
    claims = PublishedClaim.objects.bulk_create(claims_of(shown, sections, writers, dice))
    PublishedCitation.objects.bulk_create(
        PublishedCitation(claim=claim, source=dice.choice(sources), stance="supports")
        for claim in claims
        if claim.position % 6 == 0
    )


def claims_of(
    shown: list[PublishedArticle],
    sections: list[PublishedSection],
    writers: dict[str, Writer],
    dice: Random,
) -> Iterator[PublishedClaim]:
    for number, article in enumerate(shown):
        for position in range(SENTENCES):
            rating = dice.choice(RATINGS)
            place = number * SECTIONS + position * SECTIONS // SENTENCES
            yield PublishedClaim(
                uid=hashed(f"{article.slug} sentence {position}")[:12],
                article=article,
                number=1,
                position=position,
                section=sections[place].uid,
                text=writers[article.language].sentence(),
                rating=rating,
                by="" if rating == "none" else "machine",
            )
