"""A stretch of a text found again in what the text became."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from articles.text.follow.similarity import Vocabulary
from articles.text.spans import Span

FOUND = 70.0  # percent: how much alike the stretch and what it became must be
WORD = re.compile(r"\w+(?:[.,]\d+)*|[^\w\s]")


def find_part(old: str, part: Span, new: str) -> Span | None:
    """Find what a part of a text became in the new text; None if it is gone.

    Words that stand as they stood are found wherever they went, near their old place if they
    occur again. Others are looked for only between what surrounds them in both texts, so that a
    part that went is not taken for a similar one beside it.

    >>> old, new = "It has two wells in Gao, two in Kidal.", "It has five wells in Gao."
    >>> find_part(old, Span(7, 23), new).of(new)
    'five wells in Gao'
    >>> find_part(old, Span(25, 37), new) is None
    True
    """
    words = part.of(old)
    places = [match.start() for match in re.finditer(f"(?={re.escape(words)})", new)]
    places = [at for at in places if _is_apart(new, Span(at, at + len(words)))]
    if places:
        start = min(places, key=lambda place: abs(place - part.start))
        return Span(start, start + len(words))
    window = _between(old, part, new)
    if window.start == window.end:
        return None
    found = _most_alike(words, new, _whole_words(new, window))
    known = Vocabulary((old, new)).words
    if found and known(words).marks and not known(found.of(new)).marks:
        return None  # what it was about is gone, and nothing came in its place
    return found


def _most_alike(words: str, text: str, window: Span) -> Span | None:
    if fuzz.ratio(words, window.of(text)) >= FOUND:
        return window
    if window.end - window.start <= len(words):
        return None
    found = fuzz.partial_ratio_alignment(words, window.of(text), score_cutoff=FOUND)
    if found is None or found.dest_start == found.dest_end:
        return None
    return _whole_words(text, Span(window.start + found.dest_start, window.start + found.dest_end))


def _is_apart(text: str, span: Span) -> bool:
    """Whether a stretch begins and ends between words."""
    return _whole_words(text, span) == span


def _whole_words(text: str, span: Span) -> Span:
    """The stretch, widened to the words that it cuts, and without white space around it."""
    start, end = span.start, span.end
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _between(old: str, part: Span, new: str) -> Span:
    """The stretch of the new text between what surrounds the part in both texts."""
    old_words, new_words = list(WORD.finditer(old)), list(WORD.finditer(new))
    start, end = 0, len(new)
    for i, j in _common([m[0] for m in old_words], [m[0] for m in new_words]):
        if old_words[i].end() <= part.start:
            start = new_words[j].end()
        elif old_words[i].start() >= part.end:
            end = new_words[j].start()
            break
    return Span(start, max(start, end))


def _common(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    return [
        (code.src_start + step, code.dest_start + step)
        for code in LCSseq.opcodes(old, new)
        if code.tag == "equal"
        for step in range(code.src_end - code.src_start)
    ]
