"""What an article's text must be like to be saved. Pure, but for the language of its messages."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from django.utils.text import slugify
from django.utils.translation import gettext as _

from articles.history.state import ArticleText, SectionText, in_order
from articles.models import Language
from articles.text.render import TooLarge, check_limits

SLUG = re.compile(r"[-a-zA-Z0-9_]{1,150}")
MOST_HEADINGS = 500
MOST_TITLES = 100
LONGEST_NAME = 300
# What PostgreSQL cannot keep (NUL) and what UTF-8 cannot spell (lone surrogates).
UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")


def tidied(text: ArticleText) -> ArticleText:
    """The text as it is kept: one kind of line end, no blank lines around, names on one line."""
    return replace(
        text,
        slug=text.slug.strip(),
        title=one_line(text.title),
        see_also=tuple(dict.fromkeys(filter(None, map(one_line, text.see_also)))),
        sections=tuple(
            replace(
                section,
                heading=one_line(section.heading),
                body=tidied_body(section.body),
                tags=tidied_tags(section.tags),
            )
            for section in text.sections
        ),
    )


def tidied_body(markdown: str) -> str:
    lines = markdown.replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(r"\A(?:[ \t]*\n)+", "", lines).rstrip()


def one_line(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def tidied_tags(tags: tuple[str, ...]) -> tuple[str, ...]:
    """Names in one spelling, each once whatever its case."""
    names = {folded(tag): one_line(tag) for tag in reversed(tags) if tag.strip()}
    return in_order(names.values())


def folded(name: str) -> str:
    """What makes two tags the same: Mali and mali, Été and été."""
    return one_line(name).casefold()


def tag_slug(name: str) -> str:
    """The tag in an address. Accents stay; a name without letters and digits stands for itself."""
    return slugify(folded(name), allow_unicode=True) or folded(name)


def faults(text: ArticleText) -> dict[str, list[str]]:
    """What is wrong with a tidied text, by field: "title", "sections.2.body" (counted from 0)."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name, message in _article_faults(text):
        found[name].append(message)
    for place, section in enumerate(text.sections):
        for name, message in _section_faults(section, place):
            found[f"sections.{place}.{name}"].append(message)
    return dict(found)


Fault = tuple[str, str]  # a field's name and what is wrong with it


def _article_faults(text: ArticleText) -> Iterator[Fault]:
    for name, value in (("title", text.title), ("see_also", "\n".join(text.see_also))):
        if UNKEEPABLE.search(value):
            yield name, unkeepable()
    if not text.title:
        yield "title", _("An article needs a title.")
    if len(text.title) > LONGEST_NAME:
        yield "title", too_long(text.title)
    if not SLUG.fullmatch(text.slug):
        yield (
            "slug",
            _("An address has 1 to 150 letters without accents, digits, hyphens and underscores."),
        )
    if text.language not in Language.values:
        yield "language", _("“%s” is not among the site’s languages.") % text.language
    if len(text.see_also) > MOST_TITLES or any(len(t) > LONGEST_NAME for t in text.see_also):
        yield "see_also", _("See also takes at most 100 titles of at most 300 characters.")
    if len(text.sections) > MOST_HEADINGS:
        yield (
            "sections",
            _("An article has at most %(most)d sections; this one has %(count)d.")
            % {"most": MOST_HEADINGS, "count": len(text.sections)},
        )


def _section_faults(section: SectionText, place: int) -> Iterator[Fault]:
    if not section.heading and place:
        yield "heading", _("Only the first section, the introduction, has no heading.")
    if not section.heading and section.level != 2:
        yield "level", _("The introduction is of level 2.")
    if len(section.heading) > LONGEST_NAME:
        yield "heading", too_long(section.heading)
    if section.level not in (2, 3, 4):
        yield "level", _("Levels are 2, 3 and 4.")
    if any(UNKEEPABLE.search(value) for value in (section.heading, section.body, *section.tags)):
        yield "body", unkeepable()
    for tag in section.tags:
        if len(tag) > 100 or "," in tag or not any(c.isalnum() for c in tag):
            yield (
                "tags",
                _("“%s”: a tag has a letter or digit, no comma, at most 100 characters.") % tag,
            )
    try:
        check_limits(section.body)
    except TooLarge as error:
        yield "body", str(error)


def too_long(name: str) -> str:
    return _("At most %(most)d characters; this has %(count)d.") % {
        "most": LONGEST_NAME,
        "count": len(name),
    }


def unkeepable() -> str:
    return _("There is a character that cannot be kept (NUL or half a character). Remove it.")
