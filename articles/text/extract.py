"""Texts as search results show them: the words that were found are marked, long ones are cut."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from articles.text.query import Terms
from articles.text.words import Word, term, words

LENGTH = 320  # characters; a longer text is cut around what was found
BEFORE = 80
GAP = "…"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text; ``found``: it is what was looked for."""

    text: str
    found: bool = False


def extract(
    text: str, language: str, wanted: Collection[Terms], *, length: int = LENGTH
) -> tuple[Piece, ...]:
    """The text, or the stretch of it around the first find.

    >>> extract("The missions went north.", "en", [("mission",), ("north",)])  # doctest: +ELLIPSIS
    (Piece(text='The ', ...), Piece(text='missions', found=True), ..., Piece(text='.', ...))
    """
    spans = finds(text, language, wanted)
    start, end = 0, len(text)
    if end > length:
        start, end = window(text, spans, length)
    pieces, at = [Piece(GAP)] if start else [], start
    for left, right in spans:
        if left < start or right > end:
            continue
        pieces += [Piece(text[at:left]), Piece(text[left:right], found=True)]
        at = right
    pieces += [Piece(text[at:end]), Piece(GAP if end < len(text) else "")]
    return tuple(piece for piece in pieces if piece.text)


def finds(text: str, language: str, wanted: Collection[Terms]) -> list[tuple[int, int]]:
    """Where the terms stand; finds next to each other are one."""
    there = list(words(text))
    # Stems begin as their words do, so most words need not be stemmed.
    initials = {part[0] for sought in wanted for part in sought}
    looked_up = [
        term(word.folded, language) if word.folded[0] in initials else "" for word in there
    ]
    hit = [False] * len(there)
    for at in range(len(there)):
        for sought in wanted:
            if tuple(looked_up[at : at + len(sought)]) == sought:
                hit[at : at + len(sought)] = [True] * len(sought)
    return joined(text, [word for word, is_hit in zip(there, hit, strict=True) if is_hit])


def joined(text: str, found: Sequence[Word]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for word in found:
        if spans and text[spans[-1][1] : word.start].isspace():
            spans[-1] = (spans[-1][0], word.end)
        else:
            spans.append((word.start, word.end))
    return spans


def window(text: str, spans: Sequence[tuple[int, int]], length: int) -> tuple[int, int]:
    """A stretch of about this length around the first find, from word to word."""
    first = spans[0][0] if spans else 0
    start = max(0, min(first - BEFORE, len(text) - length))
    if start:
        start = text.find(" ", start, first) + 1 or start
    end = min(len(text), start + length)
    if end < len(text):
        end = max(text.rfind(" ", start, end), spans[0][1] if spans else 0) or end
    return start, min(end, start + length)
