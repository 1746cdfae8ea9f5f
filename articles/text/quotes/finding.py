"""Whether a text says what a quote says, and where."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from articles.text.quotes import exact, near, pages, parts
from articles.text.quotes.borders import widened
from articles.text.quotes.near import Likeness
from articles.text.quotes.reading import INVISIBLE, Reading
from articles.text.spans import Span

NEAR = 0.9  # similarity
GAP = 1_000  # characters that near parts may be apart
PERHAPS_NEAR = 0.6  # similarity with the foot and head of a page in the midst of it
AROUND_PAGE = 300  # characters
LONGEST_ACROSS_PAGES = 5_000  # characters; in what is longer they make no difference


@dataclass(frozen=True, slots=True)
class Found:
    """What became of a quote in a text.

    ``start`` and ``end`` count code points of the text, half-open; ``score`` is how similar the
    two are, from 0 to 1.
    """

    result: Literal["exact", "near", "missing"]
    start: int | None = None
    end: int | None = None
    matched: str = ""
    score: float = 0.0


class Prepared:
    """A text that is read once and asked for many quotes."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def reading(self) -> Reading:
        return Reading.of(self.text)

    def find(self, quote: str) -> Found:
        """Find a quote: word for word, else what is at least 0.9 similar, else nothing.

        >>> text = Prepared("The force had 13,289 troops, not counting police.")
        >>> text.find("“The force had … police.”").result  # what is left out says "not"
        'near'
        >>> text.find("The force had 13,298 troops")
        Found(result='near', start=0, end=27, matched='The force had 13,289 troops', score=0.963)
        """
        quote = quote.strip().strip(f"{INVISIBLE}\u00ad").strip()
        if not any(map(str.isalnum, quote)) or not self.text.strip():
            return Found("missing")
        place = self._exact(quote)
        if place:
            return self._found("exact", place, 1.0)
        likeness = self._near(quote)
        if likeness is None:
            return Found("missing")
        if likeness.score < NEAR:
            return Found("missing", score=round(likeness.score, 3))
        return self._found("near", widened(self.text, likeness.span), likeness.score)

    def _found(self, result: Literal["exact", "near"], place: Span, score: float) -> Found:
        return Found(result, place.start, place.end, place.of(self.text), round(score, 3))

    def _exact(self, quote: str) -> Span | None:
        """Where the quote stands in the text, word for word."""
        for words in dict.fromkeys([quote, parts.without_outer_marks(quote)]):
            place = exact.word_for_word(self.reading, Reading.of(words))
            if place:
                return self.reading.back(place)
            for written in parts.as_written(words):
                several = _readings(parts.parts(written))
                place = exact.in_parts(self.reading, several) if several else None
                if place:
                    return self.reading.back(place)
        return None

    def _near(self, quote: str) -> Likeness | None:
        """Where the text is most like the quote, and how much; places are those of the text."""
        quote = parts.without_outer_marks(quote)
        stretches = [reading.text for reading in _readings(parts.stretches(quote))]
        if not stretches:
            return None
        likest = near.likest(self.reading.text, " ".join(stretches))
        if len(stretches) > 1:
            apart = self._apart(stretches)
            likest = [apart, *likest] if apart else likest
        found = max(likest, key=lambda likeness: likeness.score, default=None)
        if found is None:
            return None
        several = [Likeness(found.score, self.reading.back(found.span))]
        if found.score < NEAR:
            several += self._across_pages(" ".join(stretches), likest)
        return max(several, key=lambda likeness: likeness.score)

    def _apart(self, stretches: Sequence[str]) -> Likeness | None:
        """The stretches of a quote one after the other; what is between them does not count."""
        text = self.reading.text
        longest = max(range(len(stretches)), key=lambda index: len(stretches[index]))
        place = near.nearest(text, stretches[longest])
        if place is None:
            return None
        alike = place.score * len(stretches[longest])
        span = place.span
        for stretch in reversed(stretches[:longest]):
            reach = Span(max(0, span.start - GAP - len(stretch)), span.start)
            place = _within(text, stretch, reach, last=True)
            alike += place.score * len(stretch) if place else 0
            span = span.around(place.span) if place else span
        for stretch in stretches[longest + 1 :]:
            reach = Span(span.end, min(len(text), span.end + GAP + len(stretch)))
            place = _within(text, stretch, reach, last=False)
            alike += place.score * len(stretch) if place else 0
            span = span.around(place.span) if place else span
        return Likeness(alike / sum(map(len, stretches)), span)

    def _across_pages(self, quote: str, likest: Sequence[Likeness]) -> Iterator[Likeness]:
        """The same places again, not counting the feet and heads of the pages they are on."""
        for likeness in likest:
            if likeness.score < PERHAPS_NEAR:
                continue
            start = max(0, likeness.span.start - AROUND_PAGE)
            end = min(len(self.reading.text), likeness.span.end + AROUND_PAGE)
            around = self.reading.back(Span(start, end))
            if around.end - around.start <= LONGEST_ACROSS_PAGES:
                yield from self._without_furniture(quote, around)

    def _without_furniture(self, quote: str, around: Span) -> Iterator[Likeness]:
        text = around.of(self.text)
        for left_out in pages.furniture(text):
            reading = Reading.of(text[: left_out.start] + text[left_out.end :])
            found = near.nearest(reading.text, quote)
            if found is not None:
                yield Likeness(found.score, _put_back(reading.back(found.span), left_out, around))


def find(text: str, quote: str) -> Found:
    """The same for a single quote."""
    return Prepared(text).find(quote)


def _readings(several: Sequence[str]) -> list[Reading]:
    readings = map(Reading.of, several)
    return [reading for reading in readings if any(map(str.isalnum, reading.text))]


def _within(text: str, stretch: str, reach: Span, *, last: bool) -> Likeness | None:
    at = (text.rfind if last else text.find)(stretch, reach.start, reach.end)
    if at >= 0:
        return Likeness(1.0, Span(at, at + len(stretch)))
    found = near.nearest(text, stretch, reach)
    return found if found and found.score >= NEAR else None


def _put_back(span: Span, left_out: Span, around: Span) -> Span:
    size = left_out.end - left_out.start
    start = span.start + size * (span.start >= left_out.start)
    end = span.end + size * (span.end > left_out.start)
    return Span(around.start + start, around.start + end)
