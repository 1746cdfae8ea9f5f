"""Sentences that were cut in another way before an edit than after it.

A splitter looks at what follows: "… Jan Hoek Jr. A museum …" is two sentences, "… Jan Hoek Jr.
Museums …" may be one. Where one side has as one sentence what the other has as several
neighbours, the one is cut as they are, so that only what changed differs.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain

from articles.text.follow.pairing import Unit, UnitsBySection
from articles.text.follow.similarity import Vocabulary, similarity
from articles.text.normal import Normal
from articles.text.sentences import ENDED
from articles.text.spans import Span

INNER_END = re.compile(r"[.!?…][”’\"'»)\]]*\s")  # only a sentence with one may be two
SAME = 0.75  # what is left beside a sentence found whole resembles its old neighbour so much


def aligned(
    before: UnitsBySection,
    after: UnitsBySection,
    texts: dict[str, str],
    later_texts: dict[str, str],
) -> tuple[UnitsBySection, UnitsBySection]:
    """Return the sentences of both sides, those cut that the other side has in pieces."""
    cut_after = _Cuts(after, before).made(later_texts, edited=True)
    return _Cuts(before, cut_after).made(texts, edited=False), cut_after


class _Cuts:
    """Cuts of sentences that have no like, at the borders of the other side's that have none."""

    def __init__(self, units: UnitsBySection, others: UnitsBySection) -> None:
        self.units = units
        self.others = others
        here, there = _texts(units), _texts(others)
        self.glued = [
            unit for unit in _all(units) if unit.text not in there and INNER_END.search(unit.text)
        ]
        self.first: dict[str, list[Unit]] = defaultdict(list)  # of the other side, by first word
        self.last: dict[str, list[Unit]] = defaultdict(list)
        self.loose: set[Unit] = set()
        if self.glued:
            for unit in _all(others):
                if unit.text and unit.text not in here:
                    self.loose.add(unit)
                    self.first[unit.text.split(" ", 1)[0]].append(unit)
                    self.last[unit.text.rsplit(" ", 1)[-1]].append(unit)

    def made(self, texts: dict[str, str], *, edited: bool) -> UnitsBySection:
        """The sentences with the cuts; ``edited``: also where one of two pieces has changed."""
        places = {}
        for unit in self.glued:
            cuts = self._exact(unit) or (edited and self._beside_an_edit(unit))
            if cuts:
                places[unit] = cuts
        sections = {unit.section for unit in places}
        return {
            section: _cut(units, places, texts[section]) if section in sections else units
            for section, units in self.units.items()
        }

    def _exact(self, glued: Unit) -> list[int] | None:
        """Where the pieces end, if neighbours of the other side read the same joined."""
        for first in self.first[glued.text.split(" ", 1)[0]]:
            ends: list[int] = []
            at = 0
            for piece in self._run(first):
                if not glued.text.startswith(piece.text, at):
                    break
                at += len(piece.text)
                if at == len(glued.text) and ends:
                    return ends
                if glued.text[at : at + 1] != " " or not ENDED.search(piece.text):
                    break
                ends.append(at)
                at += 1
        return None

    def _beside_an_edit(self, glued: Unit) -> list[int] | None:
        """Where to cut into a sentence that reads the same and an edit of its neighbour."""
        for piece in self.first[glued.text.split(" ", 1)[0]]:
            end = len(piece.text)
            reads_first = glued.text.startswith(f"{piece.text} ") and ENDED.search(piece.text)
            if reads_first and self._continues(piece, 1, glued.text[end + 1 :]):
                return [end]
        for piece in self.last[glued.text.rsplit(" ", 1)[-1]]:
            end = len(glued.text) - len(piece.text) - 1
            reads_last = glued.text.endswith(f" {piece.text}") and ENDED.search(glued.text[:end])
            if reads_last and self._continues(piece, -1, glued.text[:end]):
                return [end]
        return None

    def _continues(self, piece: Unit, step: int, rest: str) -> bool:
        neighbour = self._neighbour(piece, step)
        return neighbour is not None and _alike(neighbour.text, rest)

    def _run(self, first: Unit) -> Iterator[Unit]:
        unit: Unit | None = first
        while unit:
            yield unit
            unit = self._neighbour(unit, 1)

    def _neighbour(self, unit: Unit, step: int) -> Unit | None:
        section = self.others[unit.section]
        index = unit.index + step
        found = section[index] if 0 <= index < len(section) else None
        return found if found in self.loose else None


def _all(units: UnitsBySection) -> Iterator[Unit]:
    return chain.from_iterable(units.values())


def _texts(units: UnitsBySection) -> set[str]:
    return {unit.text for unit in _all(units)}


def _alike(one: str, other: str) -> bool:
    words = Vocabulary((one, other)).words
    return similarity(words(one), words(other)) >= SAME


def _cut(units: Sequence[Unit], places: dict[Unit, list[int]], text: str) -> list[Unit]:
    found: list[Unit] = []
    for unit in units:
        pieces = _pieces(unit, places[unit], text) if unit in places else [(unit.span, unit.text)]
        found += [
            Unit(unit.section, index, span, words)
            for index, (span, words) in enumerate(pieces, start=len(found))
        ]
    return found


def _pieces(unit: Unit, ends: Sequence[int], text: str) -> Iterator[tuple[Span, str]]:
    normal = Normal.of(unit.span.of(text))
    start = 0
    for end in (*ends, len(unit.text)):
        place = normal.original(Span(start, end))
        yield (
            Span(unit.span.start + place.start, unit.span.start + place.end),
            unit.text[start:end],
        )
        start = end + 1
