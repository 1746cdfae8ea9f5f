"""Stretches of a text."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Code points ``start`` to ``end`` of a text, half-open."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return what the span covers in ``text``."""
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end

    def around(self, other: "Span") -> "Span":
        """The least stretch that holds both."""
        return Span(min(self.start, other.start), max(self.end, other.end))


def touched(spans: Sequence[Span], by: Span) -> Sequence[Span]:
    """Those of the spans, which are sorted and apart, that share a character with one.

    >>> touched([Span(0, 4), Span(5, 9), Span(10, 12)], Span(3, 6))
    [Span(start=0, end=4), Span(start=5, end=9)]
    """
    places = touched_places(spans, by)
    return spans[places.start : places.stop]


def touched_places(spans: Sequence[Span], by: Span) -> range:
    """The places in the sequence of what ``touched`` returns."""
    first = bisect_right(spans, by.start, key=attrgetter("end"))
    return range(first, bisect_left(spans, by.end, lo=first, key=attrgetter("start")))
