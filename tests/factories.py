"""People, sources and articles to test with. Articles come through the door, as real ones do."""

from collections.abc import Mapping, Sequence
from typing import Any

import factory
from django.contrib.auth import get_user_model
from factory.django import DjangoModelFactory

from articles import editing
from articles.history.state import ArticleText, SectionText
from articles.models import Article, Claim, Source

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
