"""Two texts with a common past made one.

By line first, as diff3 does: changes that meet or stand side by side are looked at more closely,
namely by sentence. There neighbours are let be, so that two people who correct different
sentences of one paragraph are both kept; what both did to the same sentence clashes. For such a
sentence there is a proposal at most: both wordings joined by word.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from articles.text.diff import words
from articles.text.sentences import sentences
from articles.text.spans import Span
from articles.text.threeway import Stretch, overlap, three_way, touch


@dataclass(frozen=True, slots=True)
class Merged:
    stretches: tuple[Stretch, ...]  # of whole lines, each with its line end, the last one too

    @property
    def clashes(self) -> tuple[Stretch, ...]:
        return tuple(stretch for stretch in self.stretches if stretch.clashes)

    @property
    def clean(self) -> str | None:
        """The merged text; None where there is a clash."""
        return None if self.clashes else self.proposal

    @property
    def proposal(self) -> str:
        """Both sides' changes; where they clash, both joined, and mine where that cannot be."""
        return "".join(map(proposed, self.stretches)).removesuffix("\n")


def merge(base: str, theirs: str, mine: str, language: str = "en") -> Merged:
    """Make one text of two that were both written from ``base``.

    ``language`` is that of the sentences, "en" or "fr".

    >>> base = "It had 15,209 staff. It never left."
    >>> merge(base, "It had 15,290 staff. It never left.", "It had 15,209 staff. It left.").clean
    'It had 15,290 staff. It left.'
    >>> merge(base, "It had 9 staff. It never left.", "It had 8 staff. It left.").clashes
    (Stretch(base='It had 15,209 staff.', theirs='It had 9 staff.', mine='It had 8 staff.'),)
    """
    by_line = three_way(*map(_lines, (base, theirs, mine)), meet=touch)
    stretches: list[Stretch] = []
    for stretch in by_line:
        stretches += _by_sentence(stretch, language) if stretch.clashes else [stretch]
    return Merged(tuple(_gathered(stretches)))


def proposed(stretch: Stretch) -> str:
    """What to begin with where somebody has to decide; elsewhere the merged text itself."""
    if not stretch.clashes:
        return stretch.text
    both = joined(stretch)
    return stretch.mine if both is None else both


def joined(clash: Stretch) -> str | None:
    """Both wordings in one, where they changed different words or both added something; else None.

    It is made of words, so somebody has to read it.

    >>> joined(Stretch("It has been so.", "It had been so.", "It has been so, once."))
    'It had been so, once.'
    >>> joined(Stretch("It never left.", "It rarely left.", "It once left.")) is None
    True
    >>> joined(Stretch("", " It came.", " It went."))
    ' It came. It went.'
    """
    if not clash.base.strip():
        return _one_after_the_other(clash.theirs, clash.mine)
    by_word = list(three_way(*map(_words, (clash.base, clash.theirs, clash.mine)), meet=touch))
    if any(stretch.clashes for stretch in by_word):
        return None
    return "".join(stretch.text for stretch in by_word)


def _one_after_the_other(theirs: str, mine: str) -> str:
    for whole, part in ((theirs, mine), (mine, theirs)):
        if part.strip() in whole:
            return whole
    apart = theirs[-1].isspace() or mine[0].isspace()
    return theirs + mine if apart else f"{theirs} {mine}"


def _words(text: str) -> list[str]:
    """Words with the space behind them: two that stand side by side were changed as one phrase."""
    tokens: list[str] = []
    for word in words(text):
        if tokens and word.isspace():
            tokens[-1] += word
        else:
            tokens.append(word)
    return tokens


def _by_sentence(clash: Stretch, language: str) -> list[Stretch]:
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
        ways.append(list(three_way(*cuts, meet=overlap, in_pairs=True)))
    return min(ways, key=_size)


def _size(stretches: Sequence[Stretch]) -> int:
    clashes = (stretch for stretch in stretches if stretch.clashes)
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


def _gathered(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """The stretches, unchanged neighbours made one."""
    text = ""
    for stretch in stretches:
        if not stretch.changed:
            text += stretch.base
            continue
        if text:
            yield Stretch(text, text, text)
        yield stretch
        text = ""
    if text:
        yield Stretch(text, text, text)
