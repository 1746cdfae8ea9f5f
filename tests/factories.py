"""People, sources and articles to test with. Articles come through the door, as real ones do."""

from collections.abc import Mapping, Sequence
from typing import Any

import factory
from django.contrib.auth import get_user_model
from factory.django import DjangoModelFactory

from articles import editing
from articles.evidence.seals import sealed
from articles.history.state import ArticleText, SectionText
from articles.models import Article, Claim, QuoteCheck, Snapshot, Source, Visit, Watch
from articles.text.canonical import sha256

TWO_SECTIONS = """# Two sections

An opening sentence stands here.

## First

The force had 15,209 members in 2017. It never left the capital.

## Second

The ceasefire held for nine months. Nobody had expected that.
"""


class UserFactory(DjangoModelFactory):
    """Somebody with an account and no rights."""

    class Meta:
        model = get_user_model()

    username = factory.Sequence("user{}".format)


class EditorFactory(UserFactory):
    """Somebody who may do everything in the admin."""

    username = factory.Sequence("editor{}".format)
    is_staff = True
    is_superuser = True


class SourceFactory(DjangoModelFactory):
    class Meta:
        model = Source

    title = factory.Sequence("Fact sheet {}".format)
    type = "report"
    publisher = "Peacekeeping Statistics"
    issued = "2017-06"


class SealedFactory(DjangoModelFactory):
    """Rows of evidence, which come with their hash."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: type, *args: Any, **values: Any) -> Any:
        return sealed(model_class(*args, **values))


class SnapshotFactory(SealedFactory):
    """A copy of a page; it is the current one where the source's watch names it."""

    class Meta:
        model = Snapshot

    source = factory.SubFactory(SourceFactory)
    kind = "fetched"
    address = "https://example.org/sheet"
    final_address = "https://example.org/sheet"
    status = 200
    media_type = "text/html"
    body = factory.Sequence(lambda n: sha256(f"body {n}"))
    text = factory.Sequence(lambda n: sha256(f"text {n}"))
    size = 2048


class VisitFactory(SealedFactory):
    class Meta:
        model = Visit

    source = factory.SubFactory(SourceFactory)
    address = "https://example.org/sheet"
    final_address = "https://example.org/sheet"
    outcome = "read"
    status = 200


class QuoteCheckFactory(SealedFactory):
    """The quote found word for word, or whatever ``result`` says."""

    class Meta:
        model = QuoteCheck

    snapshot = factory.SubFactory(SnapshotFactory)
    quote = "15,209 staff"
    quote_key = factory.LazyAttribute(lambda check: sha256(check.quote))
    finder = 1
    result = "exact"
    matched = factory.LazyAttribute(lambda check: "" if check.result == "missing" else check.quote)
    score = factory.LazyAttribute(lambda check: {"exact": 1000, "near": 950}.get(check.result, 0))


def copy_of(source: Source, kind: str = "fetched", **values: Any) -> Snapshot:
    """A copy of the source; a fetched one becomes what its address gives now."""
    made = SnapshotFactory(source=source, kind=kind, **values)
    if kind == "fetched":
        Watch.objects.update_or_create(source=source, defaults={"snapshot": made, "state": "ok"})
    return made


def text_of(
    markdown: str,
    *,
    slug: str = "two-sections",
    tags: Mapping[str, Sequence[str]] | None = None,
    **values: Any,
) -> ArticleText:
    """Text as an editor types it, from Markdown: `# Title`, an introduction, then `## Heading`s.

    Headings of sections are lines that begin with two to four number signs. ``tags`` are given
    by heading ("" for the introduction).
    """
    title, _, rest = markdown.strip().partition("\n")
    parts: list[tuple[int, str, list[str]]] = [(2, "", [])]
    for line in rest.splitlines():
        marks, _, words = line.partition(" ")
        if marks in ("##", "###", "####"):
            parts.append((len(marks), words, []))
        else:
            parts[-1][2].append(line)
    sections = (
        SectionText(
            "", level, heading, "\n".join(lines).strip(), tuple((tags or {}).get(heading, ()))
        )
        for level, heading, lines in parts
    )
    return ArticleText(
        slug=slug,
        title=title.removeprefix("# "),
        language=values.get("language", "en"),
        translation_of=values.get("translation_of", ""),
        see_also=tuple(values.get("see_also", ())),
        sections=tuple(s for s in sections if s.heading or s.body),
    )


def article(
    markdown: str = TWO_SECTIONS,
    *,
    slug: str = "two-sections",
    by: Any = None,
    origin: str = "ai",
    **values: Any,
) -> Article:
    """An article with its first revision, a draft. Further values as for ``text_of``."""
    return editing.create_article(text_of(markdown, slug=slug, **values), by=by, origin=origin)


def claim_of(article: Article, words: str) -> Claim:
    """The one standing claim of the article that holds these words."""
    return Claim.objects.standing().get(article=article, text__contains=words)
