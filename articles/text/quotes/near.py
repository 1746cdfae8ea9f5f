"""Finding what reads most like a quote.

Pieces of the quote are looked for in the text; where many of them stand together, the quote is laid
against the text. The work is bounded, whatever the text: so many pieces, so many of their places,
so many candidates.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from articles.text.quotes.scripts import UNSPACED
from articles.text.spans import Span

PIECES = 24
LONGEST_PIECE, SHORTEST_PIECE = 12, 4  # characters
PLACES = 32  # of a piece
LONGER = (1, 3, 9)  # times its length that a piece may grow
CANDIDATES = 4
SHORT = 64  # characters: what rapidfuzz aligns with a whole text in milliseconds
LONG, VERY_LONG = 2_000, 20_000  # characters
ENOUGH = 0.9  # similarity: no better place is sought for a long quote; for a very long one never
END = 64  # characters at each end of a quote that are laid against the text
SHIFT = 150  # characters by which insertions may move one end: a page's foot and head
MARGIN = 30  # characters that an end may be off before it is put at a word's border

UNSPACED_SIGN = re.compile(f"[{UNSPACED}]")


@dataclass(frozen=True, slots=True, order=True)
class Likeness:
    """How much a stretch of a text is like a quote, from 0 to 1."""

    score: float
    span: Span


def nearest(text: str, quote: str, within: Span | None = None) -> Likeness | None:
    """The stretch of a text most like a quote, from word to word; none if nothing is like it."""
    return next(iter(likest(text, quote, within)), None)


def likest(text: str, quote: str, within: Span | None = None) -> list[Likeness]:
    """A few stretches of a text that are like a quote, the most similar one first."""
    within = within or Span(0, len(text))
    places = candidates(text, quote, within)
    if not places and len(quote) <= SHORT:
        places = _aligned(text, quote, within)
    found: list[Likeness] = []
    for place in places:
        found.append(laid(text, quote, place))
        if len(quote) > LONG and (found[-1].score >= ENOUGH or len(quote) > VERY_LONG):
            break
    return sorted(found, key=lambda likeness: (-likeness.score, likeness.span))


def similarity(one: str, other: str) -> float:
    """From 0 to 1: 1 is equal, 0 is also what long texts are that have little in common."""
    cutoff = 0.8 if len(one) > VERY_LONG else 0.0
    return Indel.normalized_similarity(one, other, score_cutoff=cutoff)


def candidates(text: str, quote: str, within: Span) -> list[Span]:
    """Where most of the quote's pieces stand, in its order; the best ones first."""
    hits = sorted(_hits(text, quote, within))
    tolerance = max(SHIFT, len(quote) // 10)
    sums: list[tuple[float, int, int]] = []
    weight, first = 0.0, 0
    for start, heavy in hits:
        weight += heavy
        while hits[first][0] < start - tolerance:
            weight -= hits[first][1]
            first += 1
        sums.append((weight, hits[first][0], start))
    found: list[Span] = []
    for _weight, start, end in sorted(sums, reverse=True):
        place = Span(max(within.start, start), min(within.end, end + len(quote)))
        if all(abs(place.start - other.start) > tolerance for other in found):
            found.append(place)
        if len(found) == CANDIDATES:
            break
    return found


def _hits(text: str, quote: str, within: Span) -> Iterator[tuple[int, float]]:
    """Where the quote would start by the places of its pieces, and what each place weighs."""
    size = max(SHORTEST_PIECE, min(LONGEST_PIECE, len(quote) // 4))
    last = len(quote) - size
    if last < 0:
        return
    steps = min(PIECES - 1, max(1, 2 * last // size))
    for offset in {last * step // steps for step in range(steps + 1)}:
        found = _places_of_piece(text, quote, Span(offset, offset + size), within)
        for start in found:
            yield start - offset, 1 / len(found)


def _places_of_piece(text: str, quote: str, piece: Span, within: Span) -> list[int]:
    """Where a piece of the quote stands; one that stands everywhere is taken longer."""
    found: list[int] = []
    for size in LONGER:
        words = quote[piece.start : piece.start + size * (piece.end - piece.start)]
        several = []
        at = text.find(words, within.start, within.end)
        while at >= 0 and len(several) < PLACES:
            several.append(at)
            at = text.find(words, at + 1, within.end)
        found = several or found
        if len(several) < PLACES:
            break
    return found


def _aligned(text: str, quote: str, within: Span) -> list[Span]:
    """The same for a short quote without a single piece in the text."""
    found = fuzz.partial_ratio_alignment(quote, within.of(text), score_cutoff=80)
    if found is None or not found.dest_end:
        return []
    return [Span(within.start + found.dest_start, within.start + found.dest_end)]


def laid(text: str, quote: str, place: Span) -> Likeness:
    """Lay the quote against a place of the text that is about as long."""
    head, tail = quote[:END], quote[-END:]
    first, last = place.end - len(quote), place.start + len(quote)  # of where it may start and end
    start = _end_laid(text, head, Span(place.start - SHIFT, first + len(head) + SHIFT)).start
    end = _end_laid(text, tail, Span(last - len(tail) - SHIFT, place.end + SHIFT)).end
    spans = [Span(start, end)]
    # One end may be at another place that reads the same: then the other one tells.
    if abs(end - start - len(quote)) > MARGIN and len(quote) < VERY_LONG:
        spans += [Span(start, start + len(quote)), Span(end - len(quote), end)]
    return max(_laid_by_words(text, quote, span) for span in spans)


def _laid_by_words(text: str, quote: str, place: Span) -> Likeness:
    start = _best_start(text, quote[:END], max(0, place.start))
    end = _best_end(text, quote[-END:], min(len(text), place.end))
    if start >= end:
        return Likeness(0.0, place)
    span = _trimmed(text, Span(start, end))
    return Likeness(similarity(quote, span.of(text)), span)


def _end_laid(text: str, words: str, within: Span) -> Span:
    within = Span(max(0, within.start), min(len(text), within.end))
    found = fuzz.partial_ratio_alignment(words, within.of(text), score_cutoff=50)
    if found is None or found.dest_end - found.dest_start == 0:
        return within
    if len(words) > within.end - within.start:
        return within
    return Span(within.start + found.dest_start, within.start + found.dest_end)


def _best_start(text: str, head: str, start: int) -> int:
    end = min(len(text), start + len(head))
    places = _borders(text, Span(start - MARGIN, min(start + MARGIN, end)))
    return max(places, key=lambda at: (similarity(head, text[at:end]), at), default=start)


def _best_end(text: str, tail: str, end: int) -> int:
    start = max(0, end - len(tail))
    places = _borders(text, Span(max(start, end - MARGIN), end + MARGIN))
    return max(places, key=lambda at: (similarity(tail, text[start:at]), -at), default=end)


def _borders(text: str, within: Span) -> list[int]:
    """Where words begin or end."""
    places = range(max(0, within.start), min(len(text), within.end) + 1)
    return [at for at in places if _is_border(text, at)]


def _is_border(text: str, at: int) -> bool:
    if at in (0, len(text)):
        return True
    before, after = text[at - 1], text[at]
    if not (before.isalnum() and after.isalnum()):
        return True
    return bool(UNSPACED_SIGN.match(before) or UNSPACED_SIGN.match(after))


def _trimmed(text: str, span: Span) -> Span:
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.start + len(words.rstrip())))
