"""Two sequences of tokens with a common past, cut into stretches of which each side made something.

What a token is (a line, a sentence, a word) and which changes meet is the caller's to say.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from articles.text.diff import LARGEST


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the common text, and what each side has in its place; "" for nothing."""

    base: str
    theirs: str
    mine: str

    @property
    def changed(self) -> bool:
        return not self.base == self.theirs == self.mine

    @property
    def clashes(self) -> bool:
        """Whether both changed it, each in another way."""
        return self.theirs != self.mine and self.base not in (self.theirs, self.mine)

    @property
    def by(self) -> str:
        """Who changed it: "theirs", "mine", "both", or "" for nobody."""
        if not self.changed:
            return ""
        if self.mine == self.base:
            return "theirs"
        return "mine" if self.theirs == self.base else "both"

    @property
    def text(self) -> str:
        """The change of the side that made one; mine where both did."""
        return self.theirs if self.mine == self.base else self.mine


@dataclass(frozen=True, slots=True)
class Hunk:
    """One side's change: these tokens instead of ``start`` to ``end`` of the common ones."""

    start: int
    end: int
    tokens: Sequence[str]
    mine: bool


Meet = Callable[[Hunk, Hunk], bool]


def touch(one: Hunk, other: Hunk) -> bool:
    """Whether no unchanged token stands between them."""
    return one.start <= other.end and other.start <= one.end


def overlap(one: Hunk, other: Hunk) -> bool:
    """Whether they speak of the same token or the same gap, or one adds beside what the other took.

    What was added beside a deleted sentence may have been said of it.
    """
    first, second = sorted((one, other), key=_place)
    if first.start == first.end == second.start == second.end:
        return True
    if touch(first, second) and any(
        added.start == added.end and not deleted.tokens
        for added, deleted in ((one, other), (other, one))
    ):
        return True
    return second.start < first.end


def _place(hunk: Hunk) -> tuple[int, int]:
    return hunk.start, hunk.end


def three_way(
    base: Sequence[str],
    theirs: Sequence[str],
    mine: Sequence[str],
    *,
    meet: Meet,
    in_pairs: bool = False,
) -> Iterator[Stretch]:
    """Cut all three into stretches, in order; changes of two sides that ``meet`` are in one.

    ``in_pairs`` takes as many tokens in the place of as many one by one.
    """
    done = 0
    hunks = [
        *_hunks(base, theirs, mine=False, in_pairs=in_pairs),
        *_hunks(base, mine, mine=True, in_pairs=in_pairs),
    ]
    for group in _groups(hunks, meet):
        start, end = group[0].start, max(hunk.end for hunk in group)
        yield _unchanged(base[done:start])
        there, here = (
            _applied(base, start, end, [hunk for hunk in group if hunk.mine is side])
            for side in (False, True)
        )
        yield Stretch("".join(base[start:end]), there, here)
        done = end
    yield _unchanged(base[done:])


def _unchanged(tokens: Sequence[str]) -> Stretch:
    text = "".join(tokens)
    return Stretch(text, text, text)


def _groups(hunks: list[Hunk], meet: Meet) -> Iterator[list[Hunk]]:
    """Hunks in order, those together that meet one of the other side."""
    group: list[Hunk] = []
    for hunk in sorted(hunks, key=_place):
        if group and not any(hunk.mine != other.mine and meet(hunk, other) for other in group):
            yield group
            group = []
        group.append(hunk)
    if group:
        yield group


def _applied(base: Sequence[str], start: int, end: int, hunks: list[Hunk]) -> str:
    parts: list[str] = []
    for hunk in hunks:
        parts += [*base[start : hunk.start], *hunk.tokens]
        start = hunk.end
    return "".join([*parts, *base[start:end]])


def _hunks(old: Sequence[str], new: Sequence[str], *, mine: bool, in_pairs: bool) -> Iterator[Hunk]:
    """What changed. ``in_pairs`` takes as many tokens in the place of as many one by one."""
    changes = list(_changes(old, new))
    limits = [*(start for start, _end, _tokens in changes[1:]), len(old) + 1]
    for change, limit in zip(changes, limits, strict=False):
        start, end, tokens = _slid(old, *change, limit)
        if in_pairs and len(tokens) == end - start:
            for place, token in enumerate(tokens, start):
                yield Hunk(place, place + 1, [token], mine)
        else:
            yield Hunk(start, end, tokens, mine)


def _changes(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, Sequence[str]]]:
    """Stretches of ``old``, each with the tokens in its place, an equal one between any two."""
    lead = _in_common(old, new)
    trail = _in_common(old[lead:][::-1], new[lead:][::-1])
    before, after = old[lead : len(old) - trail], new[lead : len(new) - trail]
    i = j = 0
    for start, end, there in (*_equal(before, after), (len(before), len(before), len(after))):
        if (i, j) != (start, there):
            yield lead + i, lead + start, after[j:there]
        i, j = end, there + end - start


def _equal(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int]]:
    """Where both go together: start and end in ``old``, start in ``new``; the longest way.

    Aligned from the end. Of two lines that changed places the second is then the one that
    stayed, as git sees it; two editors' changes have to be seen alike.
    """
    if len(old) * len(new) > LARGEST:
        return []
    equal = (step for step in LCSseq.opcodes(old[::-1], new[::-1]) if step.tag == "equal")
    return [
        (len(old) - step.src_end, len(old) - step.src_start, len(new) - step.dest_end)
        for step in equal
    ][::-1]


def _slid(
    old: Sequence[str], start: int, end: int, tokens: Sequence[str], limit: int
) -> tuple[int, int, Sequence[str]]:
    """The change as far down as it may stand, so that the same one stands the same on both sides.

    Of two equal neighbours either may be said to have come or gone.
    """
    if start == end:
        while end + 1 < limit and end < len(old) and tokens[0] == old[end]:
            tokens, start, end = [*tokens[1:], tokens[0]], start + 1, end + 1
    elif not tokens:
        while end + 1 < limit and end < len(old) and old[start] == old[end]:
            start, end = start + 1, end + 1
    return start, end, tokens


def _in_common(old: Sequence[str], new: Sequence[str]) -> int:
    """How many tokens both begin with."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(old), len(new)))
