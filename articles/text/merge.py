"""Two texts with a common past made one.

By line first, as diff3 does: changes that meet or stand side by side are looked at more closely,
namely by sentence. There neighbours are let be, so that two people who correct different
sentences of one paragraph are both kept; what both did to the same sentence clashes.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import LCSseq

from articles.text.diff import LARGEST
from articles.text.sentences import sentences
from articles.text.spans import Span


@dataclass(frozen=True, slots=True)
class Same:
    """What nobody changed, or one side, or both alike."""

    text: str


@dataclass(frozen=True, slots=True)
class Clash:
    """What both changed, each in another way; "" where a side deleted it or had nothing."""

    base: str
    theirs: str
    mine: str


@dataclass(frozen=True, slots=True)
class Merged:
    pieces: tuple[Same | Clash, ...]  # of whole lines, each with its line end, the last one too

    @property
    def clashes(self) -> tuple[Clash, ...]:
        return tuple(piece for piece in self.pieces if isinstance(piece, Clash))

    @property
    def clean(self) -> str | None:
        """The merged text; None where there is a clash."""
        return None if self.clashes else self.proposal

    @property
    def proposal(self) -> str:
        """Both sides' changes; where they clash, mine."""
        text = "".join(p.text if isinstance(p, Same) else p.mine for p in self.pieces)
        return text.removesuffix("\n")


def merge(base: str, theirs: str, mine: str, language: str = "en") -> Merged:
    """Make one text of two that were both written from ``base``.

    ``language`` is that of the sentences, "en" or "fr".

    >>> base = "It had 15,209 staff. It never left."
    >>> merge(base, "It had 15,290 staff. It never left.", "It had 15,209 staff. It left.").clean
    'It had 15,290 staff. It left.'
    >>> merge(base, "It had 9 staff. It never left.", "It had 8 staff. It left.").clashes
    (Clash(base='It had 15,209 staff.', theirs='It had 9 staff.', mine='It had 8 staff.'),)
    """
    by_line = _three_way(*map(_lines, (base, theirs, mine)), meet=_touch)
    pieces: list[Same | Clash] = []
    for piece in by_line:
        pieces += [piece] if isinstance(piece, Same) else _by_sentence(piece, language)
    return Merged(tuple(_joined(pieces)))


@dataclass(frozen=True, slots=True)
class _Hunk:
    """One side's change: these tokens instead of ``start`` to ``end`` of the common ones."""

    start: int
    end: int
    tokens: Sequence[str]
    mine: bool


Meet = Callable[[_Hunk, _Hunk], bool]


def _touch(one: _Hunk, other: _Hunk) -> bool:
    """Whether no unchanged token stands between them."""
    return one.start <= other.end and other.start <= one.end


def _overlap(one: _Hunk, other: _Hunk) -> bool:
    """Whether they speak of the same token or the same gap, or one adds beside what the other took.

    What was added beside a deleted sentence may have been said of it.
    """
    first, second = sorted((one, other), key=_place)
    if first.start == first.end == second.start == second.end:
        return True
    if _touch(first, second) and any(
        added.start == added.end and not deleted.tokens
        for added, deleted in ((one, other), (other, one))
    ):
        return True
    return second.start < first.end


def _place(hunk: _Hunk) -> tuple[int, int]:
    return hunk.start, hunk.end


def _by_sentence(clash: Clash, language: str) -> list[Same | Clash]:
    """The lines that both changed, merged by sentence as far as that goes.

    The space between two sentences goes with the second, then with the first; what clashes
    less stands. (A sentence added at the end would change the last one, were its space there;
    one deleted at the start the next one.)
    """
    sides = (clash.base, clash.theirs, clash.mine)
    spans = [_sentences(side, language) for side in sides]
    ways = []
    for cut in (_with_space_before, _with_space_after):
        cuts = (cut(side, found) for side, found in zip(sides, spans, strict=True))
        ways.append(list(_three_way(*cuts, meet=_overlap, in_pairs=True)))
    return min(ways, key=_size)


def _size(pieces: Sequence[Same | Clash]) -> int:
    clashes = (piece for piece in pieces if isinstance(piece, Clash))
    return sum(len(c.base) + len(c.theirs) + len(c.mine) for c in clashes)


def _lines(text: str) -> list[str]:
    return [line + "\n" for line in text.split("\n")]


def _sentences(text: str, language: str) -> list[Span]:
    """The sentences of each line. Signs of Markdown count as words."""
    found: list[Span] = []
    start = 0
    for line in text.splitlines(keepends=True):
        found += (Span(start + s.start, start + s.end) for s in sentences(line, language))
        start += len(line)
    return found


def _with_space_before(text: str, spans: list[Span]) -> list[str]:
    return _cut(text, [0, *(span.end for span in spans), len(text)])


def _with_space_after(text: str, spans: list[Span]) -> list[str]:
    return _cut(text, [0, *(span.start for span in spans), len(text)])


def _cut(text: str, at: list[int]) -> list[str]:
    """The stretches between these places, in order, without empty ones."""
    return [text[a:b] for a, b in pairwise(sorted(set(at)))]


def _three_way(
    base: Sequence[str],
    theirs: Sequence[str],
    mine: Sequence[str],
    *,
    meet: Meet,
    in_pairs: bool = False,
) -> Iterator[Same | Clash]:
    """Apply both sides' changes; those that ``meet`` are one clash, unless they say the same."""
    done = 0
    hunks = [
        *_hunks(base, theirs, mine=False, in_pairs=in_pairs),
        *_hunks(base, mine, mine=True, in_pairs=in_pairs),
    ]
    for group in _groups(hunks, meet):
        start, end = group[0].start, max(hunk.end for hunk in group)
        yield Same("".join(base[done:start]))
        there, here = (
            _applied(base, start, end, [hunk for hunk in group if hunk.mine is side])
            for side in (False, True)
        )
        sides = {hunk.mine for hunk in group}
        if len(sides) == 1 or there == here:
            yield Same(here if True in sides else there)
        else:
            yield Clash("".join(base[start:end]), there, here)
        done = end
    yield Same("".join(base[done:]))


def _groups(hunks: list[_Hunk], meet: Meet) -> Iterator[list[_Hunk]]:
    """Hunks in order, those together that meet one of the other side."""
    group: list[_Hunk] = []
    for hunk in sorted(hunks, key=_place):
        if group and not any(hunk.mine != other.mine and meet(hunk, other) for other in group):
            yield group
            group = []
        group.append(hunk)
    if group:
        yield group


def _applied(base: Sequence[str], start: int, end: int, hunks: list[_Hunk]) -> str:
    parts: list[str] = []
    for hunk in hunks:
        parts += [*base[start : hunk.start], *hunk.tokens]
        start = hunk.end
    return "".join([*parts, *base[start:end]])


def _hunks(
    old: Sequence[str], new: Sequence[str], *, mine: bool, in_pairs: bool
) -> Iterator[_Hunk]:
    """What changed. ``in_pairs`` takes as many tokens in the place of as many one by one."""
    changes = list(_changes(old, new))
    limits = [*(start for start, _end, _tokens in changes[1:]), len(old) + 1]
    for change, limit in zip(changes, limits, strict=False):
        start, end, tokens = _slid(old, *change, limit)
        if in_pairs and len(tokens) == end - start:
            for place, token in enumerate(tokens, start):
                yield _Hunk(place, place + 1, [token], mine)
        else:
            yield _Hunk(start, end, tokens, mine)


def _changes(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, Sequence[str]]]:
    """Stretches of ``old``, each with the tokens in its place, an equal one between any two."""
    lead = _in_common(old, new)
    trail = _in_common(old[lead:][::-1], new[lead:][::-1])
    before, after = old[lead : len(old) - trail], new[lead : len(new) - trail]
    if len(before) * len(after) > LARGEST:
        yield lead, len(old) - trail, after
        return
    i = j = 0
    for step in LCSseq.opcodes(before, after):
        if step.tag == "equal":
            if (i, j) != (step.src_start, step.dest_start):
                yield lead + i, lead + step.src_start, after[j : step.dest_start]
            i, j = step.src_end, step.dest_end
    if (i, j) != (len(before), len(after)):
        yield lead + i, lead + len(before), after[j:]


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


def _joined(pieces: list[Same | Clash]) -> Iterator[Same | Clash]:
    """The pieces, neighbours that do not clash made one."""
    text = ""
    for piece in pieces:
        if isinstance(piece, Same):
            text += piece.text
            continue
        if text:
            yield Same(text)
        yield piece
        text = ""
    if text:
        yield Same(text)
