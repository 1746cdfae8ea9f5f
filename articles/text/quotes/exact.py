"""Finding a quote word for word."""

from collections.abc import Iterator, Mapping, Sequence

from articles.text.quotes import omissions
from articles.text.quotes.borders import cuts
from articles.text.quotes.reading import Joint, Reading
from articles.text.spans import Span

# Places looked at, so that "a" in a long text, or a text that repeats itself, takes no time.
PLACES = 300
TRIES = 20_000


def word_for_word(text: Reading, quote: Reading) -> Span | None:
    """The first place, in the text as it is read, where a quote stands word for word."""
    return next(places(text, quote), None)


def in_parts(text: Reading, parts: Sequence[Reading]) -> Span | None:
    """Where the parts stand one after the other, with nothing between that must not be left out.

    The longest part is looked for first, the others on both sides of it.
    """
    longest = max(range(len(parts)), key=lambda index: len(parts[index].text))
    for place in places(text, parts[longest]):
        found = place
        for part in reversed(parts[:longest]):
            found = _before(text, part, found) if found else None
        for part in parts[longest + 1 :]:
            found = _after(text, part, found) if found else None
        if found:
            return found
    return None


def places(text: Reading, quote: Reading, within: Span | None = None) -> Iterator[Span]:
    """Where a quote stands in the text as it is read, and neither end cuts a word."""
    words = quote.text
    if not words:
        return
    within = within or Span(0, len(text.text))
    joints = quote.joints(Span(0, len(words)))
    looked_at = 0
    at = text.text.find(words, within.start, within.end)
    for _try in range(TRIES):
        if at < 0 or looked_at == PLACES:
            return
        span = Span(at, at + len(words))
        if not _cuts_plainly(text, span.start) and not _cuts_plainly(text, span.end):
            looked_at += 1
            original = text.back(span)
            if _agree(joints, text.joints(span)) and not cuts(
                text.original, original.start, original.end
            ):
                yield span
        at = text.text.find(words, at + 1, within.end)


def _cuts_plainly(text: Reading, at: int) -> bool:
    """Whether a place is inside of a word of ASCII letters and digits, without a closer look."""
    pair = text.text[at - 1 : at + 1] if at else ""
    return len(pair) == 2 and pair.isascii() and pair.isalnum() and not text.is_joined(at)


def _agree(joints: Mapping[int, Joint], others: Mapping[int, Joint]) -> bool:
    return all(
        joints.get(at, Joint.NONE).agrees(others.get(at, Joint.NONE))
        for at in joints.keys() | others.keys()
    )


def _before(text: Reading, part: Reading, found: Span) -> Span | None:
    reach = omissions.LONGEST + len(part.text)
    within = Span(max(0, found.start - reach), found.start)
    for place in reversed(list(places(text, part, within))):
        return _joined(text, place, found)
    return None


def _after(text: Reading, part: Reading, found: Span) -> Span | None:
    reach = omissions.LONGEST + len(part.text)
    within = Span(found.end, min(len(text.text), found.end + reach))
    place = next(places(text, part, within), None)
    return _joined(text, found, place) if place else None


def _joined(text: Reading, first: Span, second: Span) -> Span | None:
    gap = text.text[first.end : second.start]
    if first.end < second.start:
        gap = text.back(Span(first.end, second.start)).of(text.original)
    return first.around(second) if omissions.may_be_left_out(gap) else None
