"""What an article's text must be like to be saved. Pure, but for the language of its messages."""

import re
import unicodedata
from collections import defaultdict
from dataclasses import replace

from django.utils.text import slugify
from django.utils.translation import gettext as _

from articles.history.state import ArticleText, SectionText, in_order
from articles.models import Language
from articles.text.render import TooLarge, check_limits

SLUG = re.compile(r"[-a-zA-Z0-9_]{1,150}")
MOST_HEADINGS = 500
MOST_TITLES = 100
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
    for name, value in (("title", text.title), ("see_also", "\n".join(text.see_also))):
        if UNKEEPABLE.search(value):
            found[name].append(unkeepable())
    if not text.title:
        found["title"].append(_("An article needs a title."))
    elif len(text.title) > 300:
        found["title"].append(
            _("A title has at most 300 characters; this one has %d.") % len(text.title)
        )
    if not SLUG.fullmatch(text.slug):
        found["slug"].append(
            _("An address has 1 to 150 letters without accents, digits, hyphens and underscores.")
        )
    if text.language not in Language.values:
        found["language"].append(_("“%s” is not among the site’s languages.") % text.language)
    if len(text.see_also) > MOST_TITLES or any(len(title) > 300 for title in text.see_also):
        found["see_also"].append(_("See also takes at most 100 titles of at most 300 characters."))
    if len(text.sections) > MOST_HEADINGS:
        found["sections"].append(
            _("An article has at most %(most)d sections; this one has %(count)d.")
            % {"most": MOST_HEADINGS, "count": len(text.sections)}
        )
    for place, section in enumerate(text.sections):
        for name, message in _section_faults(section, place):
            found[f"sections.{place}.{name}"].append(message)
    return dict(found)


def _section_faults(section: SectionText, place: int) -> list[tuple[str, str]]:
    found = []
    if not section.heading and place:
        found.append(("heading", _("Only the first section, the introduction, has no heading.")))
    if not section.heading and section.level != 2:
        found.append(("level", _("The introduction is of level 2.")))
    if len(section.heading) > 300:
        found.append(("heading", _("A heading has at most 300 characters.")))
    if section.level not in (2, 3, 4):
        found.append(("level", _("Levels are 2, 3 and 4.")))
    if any(UNKEEPABLE.search(value) for value in (section.heading, section.body, *section.tags)):
        found.append(("body", unkeepable()))
    for tag in section.tags:
        if len(tag) > 100 or "," in tag or not any(c.isalnum() for c in tag):
            found.append(
                (
                    "tags",
                    _("“%s”: a tag has a letter or digit, no comma, at most 100 characters.") % tag,
                )
            )
    try:
        check_limits(section.body)
    except TooLarge as error:
        found.append(("body", str(error)))
    return found


def unkeepable() -> str:
    return _("There is a character that cannot be kept (NUL or half a character). Remove it.")
