"""A draft before it is imported: its kind by its name, and what an import would make of it."""

from dataclasses import asdict, dataclass
from pathlib import PurePath
from typing import Any

from articles.text.intake import Found, Unreadable
from articles.text.plain import plain
from articles.text.render import render
from articles.text.sentences import units

PLAIN_BY_SUFFIX = {".txt": True, ".md": False, ".markdown": False}


def is_plain(name: str) -> bool:
    """Whether a file of this name holds plain text, not Markdown. Raises Unreadable for others.

    >>> is_plain("draft.TXT"), is_plain("draft.md")
    (True, False)
    """
    plain = PLAIN_BY_SUFFIX.get(PurePath(name).suffix.lower())
    if plain is None:
        raise Unreadable(
            "The name ends neither in .txt nor in .md: convert the file, then import it."
        )
    return plain


@dataclass(frozen=True, slots=True)
class OutlinedSection:
    level: int
    heading: str  # "" for the introduction
    sentences: int


@dataclass(frozen=True, slots=True)
class Outline:
    title: str
    origin: str
    language: str
    sections: tuple[OutlinedSection, ...]
    sentences: int
    see_also: tuple[str, ...]
    warnings: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def outline(found: Found, *, origin: str = "", language: str = "") -> Outline:
    """The draft's outline; given values go before found ones, and without any it is AI's."""
    language = language or found.language
    sections = tuple(
        OutlinedSection(
            section.level, section.heading, len(units(plain(render(section.body)), language))
        )
        for section in found.sections
    )
    return Outline(
        title=found.title,
        origin=origin or found.origin or "ai",
        language=language,
        sections=sections,
        sentences=sum(section.sentences for section in sections),
        see_also=found.see_also,
        warnings=found.warnings,
    )
