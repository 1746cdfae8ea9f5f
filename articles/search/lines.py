"""The lines of an article's entry: which sentences, headings and sources hold the words."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from articles.models import IndexedArticle
from articles.text.query import Terms

Key = TypeVar("Key", str, int)


@dataclass(frozen=True, slots=True)
class Line(Generic[Key]):
    """A line that holds some of the words."""

    key: Key  # a sentence's or source's uid, a section's place
    parts: frozenset[int]  # numbers of what is wanted, as far as it holds it


def sentences(
    row: IndexedArticle,
    wanted: Sequence[Terms],
    *,
    state: str = "",
    sections: Collection[int] | None = None,
) -> list[Line[str]]:
    """The sentences that hold the words: of all, or of those in this state and these sections."""
    places = row.places.split("\n")
    found = []
    for number, parts in holding(row.sentences, wanted):
        section, standing, uid = places[number].split(" ")
        if state in ("", standing) and (sections is None or int(section) in sections):
            found.append(Line(uid, parts))
    return best(found, len(wanted))


def headings(
    row: IndexedArticle, wanted: Sequence[Terms], *, sections: Collection[int] | None = None
) -> list[Line[int]]:
    """The sections whose headings hold the words, by their places in the article."""
    found = [Line(number, parts) for number, parts in holding(row.headings, wanted)]
    return best([line for line in found if sections is None or line.key in sections], len(wanted))


def sources(row: IndexedArticle, wanted: Sequence[Terms]) -> list[Line[str]]:
    """The sources whose titles hold the words, by their uids."""
    uids = row.cited.split("\n")
    found = [Line(uids[number], parts) for number, parts in holding(row.sources, wanted)]
    return best(found, len(wanted))


def holding(column: str, wanted: Sequence[Terms]) -> Iterator[tuple[int, frozenset[int]]]:
    """The numbers of the lines that hold some of what is wanted, and which of it.

    >>> [(line, sorted(parts)) for line, parts in holding("a b\\nc\\nb d", [("a",), ("b", "d")])]
    [(0, [0]), (2, [1])]
    """
    sought = [(number, f" {' '.join(part)} ") for number, part in enumerate(wanted)]
    for number, line in enumerate(column.split("\n")):
        padded = f" {line} "
        if parts := [which for which, part in sought if part in padded]:
            yield number, frozenset(parts)


def best(found: list[Line[Key]], wanted: int) -> list[Line[Key]]:
    """The lines that hold all that is wanted; where none does, those with most of it first.

    What few of the lines hold counts for more.
    """
    if whole := [line for line in found if len(line.parts) == wanted]:
        return whole
    lines_with = Counter(part for line in found for part in line.parts)
    return sorted(found, key=lambda line: -sum(1 / lines_with[part] for part in line.parts))
