"""Differences of two texts by words."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import LCSseq

# A number is one token with its signs (15,209 · 3.5 · 12-13 · 15 209), for a change from 15,209
# to 15,290 must never show as a change of two digits.
TOKEN = re.compile(
    r"\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?!\d)(?:[.,]\d+)*"  # numbers in groups of three
    r"|\d+(?:[.,:/’'\u2010-\u2013-]\d+)*"  # numbers
    r"|[^\W\d_](?:[\w\u00ad\u200b\u0300-\u036f]|[\u200c\u200d’'\u2010\u2011-](?=\w))*"  # words
    r"|\s+|\w|[^\w\s]"  # white space, then single signs
)

# Tokens times tokens that are aligned at once: the alignment keeps a bit for each pair (25 MB).
LARGEST = 200_000_000


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch that stayed, went (is only in the old text) or came (only in the new one)."""

    kind: Literal["same", "gone", "came"]
    text: str


def words(text: str) -> list[str]:
    """Cut a text into words, numbers, white space and single signs, losing nothing.

    >>> words("It had 15,209 staff.")
    ['It', ' ', 'had', ' ', '15,209', ' ', 'staff', '.']
    """
    return TOKEN.findall(text)


def word_diff(old: str, new: str) -> tuple[Run, ...]:
    """Compare two texts word by word.

    "Same" and "gone" joined are the old text, "same" and "came" the new one; what went stands
    before what came in its place.

    >>> [(run.kind, run.text) for run in word_diff("It had 15,209 staff.", "It has 15,209.")]
    [('same', 'It '), ('gone', 'had'), ('came', 'has'), ('same', ' 15,209'), ('gone', ' staff'),\
 ('same', '.')]
    """
    if old == new:
        return (Run("same", old),) if old else ()
    changes = _without_islands(_changes(words(old), words(new)))
    return tuple(_runs(changes))


def line_diff(old: str, new: str) -> tuple[Run, ...]:
    """Compare two texts line by line, as `word_diff` does by words.

    >>> [(run.kind, run.text) for run in line_diff("Mali\\nGao", "Gao\\nMali")]
    [('came', 'Gao\\n'), ('same', 'Mali\\n'), ('gone', 'Gao\\n')]
    """
    before, after = ([f"{line}\n" for line in text.splitlines()] for text in (old, new))
    return tuple(_runs(_aligned(before, after)))


def shortened(runs: Sequence[Run], around: int = 6) -> tuple[Run, ...]:
    """The runs with at most so many words of what stayed on each side of a change.

    >>> [run.text for run in shortened(word_diff("It had some 9 staff.", "It had some 8."), 1)]
    ['… some ', '9 staff', '8', '.']
    """
    brief = []
    for place, run in enumerate(runs):
        text = run.text
        if run.kind == "same":
            places = [match.start() for match in re.finditer(r"(?<!\S)\S", text)]
            head = text if place else ""
            tail = text if place + 1 < len(runs) else ""
            cuts = (place > 0) + (place + 1 < len(runs))
            if len(places) > around * cuts:
                head = head and text[: places[around]]
                tail = tail and text[places[-around] :]
                text = f"{head}… {tail}" if tail else f"{head}…"
        brief.append(Run(run.kind, text))
    return tuple(brief)


def counted(runs: Iterable[Run]) -> tuple[int, int]:
    """Return how many words and numbers came, and how many went."""
    numbers = {"came": 0, "gone": 0, "same": 0}
    for run in runs:
        numbers[run.kind] += sum(token[0].isalnum() for token in words(run.text))
    return numbers["came"], numbers["gone"]


@dataclass(frozen=True, slots=True)
class _Change:
    """Tokens of both texts at one place; equal where nothing changed."""

    gone: list[str]
    came: list[str]

    @property
    def same(self) -> bool:
        return self.gone == self.came

    @property
    def replaces(self) -> bool:
        """Whether words stand where other words stood."""
        return any(map(_is_word, self.gone)) and any(map(_is_word, self.came))

    def __add__(self, other: "_Change") -> "_Change":
        return _Change(self.gone + other.gone, self.came + other.came)


def _is_word(token: str) -> bool:
    return token[0].isalnum()


def _changes(old: list[str], new: list[str]) -> list[_Change]:
    """Pair equal and unequal stretches in turn; neighbouring unequal ones are one."""
    if len(old) * len(new) > LARGEST:
        return _coarse_changes(old, new)
    return _aligned(old, new)


def _aligned(old: list[str], new: list[str]) -> list[_Change]:
    changes: list[_Change] = []
    for step in LCSseq.opcodes(old, new):
        change = _Change(old[step.src_start : step.src_end], new[step.dest_start : step.dest_end])
        if step.tag != "equal" and changes and not changes[-1].same:
            change = changes.pop() + change
        changes.append(change)
    return changes


def _coarse_changes(old: list[str], new: list[str]) -> list[_Change]:
    """Compare sentence by sentence, and only unlike sentences word by word."""
    changes: list[_Change] = []
    for stretch in _aligned(_sentences(old), _sentences(new)):
        gone, came = words("".join(stretch.gone)), words("".join(stretch.came))
        if stretch.same or len(gone) * len(came) > LARGEST:
            changes.append(_Change(gone, came))
        else:
            changes += _aligned(gone, came)
    return changes


def _sentences(tokens: list[str]) -> list[str]:
    """Roughly: what matters here is only that equal text is cut alike."""
    return re.findall(r"[^.!?\n]*[.!?\n]+\s*|[^.!?\n]+", "".join(tokens))


def _without_islands(changes: list[_Change]) -> list[_Change]:
    """Join replacements that only a space or sign holds apart: they read as one phrase."""
    joined: list[_Change] = []
    for change in changes:
        if (
            len(joined) > 1
            and change.replaces
            and joined[-2].replaces
            and not joined[-2].same
            and len(joined[-1].gone) == 1
            and not _is_word(joined[-1].gone[0])
        ):
            island = joined.pop()
            joined[-1] += island + change
        else:
            joined.append(change)
    return joined


def _runs(changes: Iterable[_Change]) -> Iterator[Run]:
    """Yield the changes as runs, the spaces that both sides share outside of them."""
    same: list[str] = []
    for change in changes:
        lead, gone, came, trail = _tidied(change)
        same += lead
        if gone or came:
            yield from _run("same", same)
            yield from _run("gone", gone)
            yield from _run("came", came)
            same = []
        same += trail
    yield from _run("same", same)


def _run(kind: Literal["same", "gone", "came"], tokens: list[str]) -> Iterator[Run]:
    if tokens:
        yield Run(kind, "".join(tokens))


def _tidied(change: _Change) -> tuple[list[str], list[str], list[str], list[str]]:
    """Split off what both sides begin and end with: before, gone, came, after."""
    gone, came = change.gone, change.came
    if change.same:
        return gone, [], [], []
    start = 0
    while start < min(len(gone), len(came)) and gone[start] == came[start]:
        start += 1
    end = 0
    while end < min(len(gone), len(came)) - start and gone[-1 - end] == came[-1 - end]:
        end += 1
    return (
        gone[:start],
        gone[start : len(gone) - end],
        came[start : len(came) - end],
        gone[len(gone) - end :],
    )
