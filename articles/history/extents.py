"""Which words of a section its claims are about: they never overlap, and no sentence is left out.

A claim is about one sentence, unless an editor narrowed it to a part or widened it over its
neighbours. What no claim is about gets one of its own. Pure.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from itertools import accumulate

from articles.history.state import ClaimState, SectionState, SectionText
from articles.models.fields import new_uid
from articles.text.diff import words as words_of
from articles.text.follow import NewSection
from articles.text.plain import Plain, plain
from articles.text.provenance import carried, runs, spoken
from articles.text.render import render
from articles.text.sentences import is_claim, units
from articles.text.spans import Span, touched

Placed = tuple[Span, ClaimState]
# What joins two parts of a sentence belongs to neither.
JOINTS = " \n,;:–—-"


def read(section: SectionText) -> Plain:
    return plain(render(section.body, prefix=section.uid))


def sentences_of(section: SectionText, language: str) -> NewSection:
    """The section's plain text and the places of its sentences."""
    text = read(section)
    return NewSection(section.uid, text.text, tuple(units(text, language)))


@dataclass(slots=True)
class Ground:
    """The stretches of a section's text that claims stand on."""

    placed: list[Placed] = field(default_factory=list)  # in order
    _starts: list[int] = field(default_factory=list)

    def take(self, span: Span, claim: ClaimState) -> bool:
        """Let the claim stand there; False, and nothing done, where another one does."""
        at = bisect_left(self._starts, span.end)
        if at and self.placed[at - 1][0].end > span.start:
            return False
        self._starts.insert(at, span.start)
        self.placed.insert(at, (span, claim))
        return True

    def cover(self, section: NewSection) -> list[Placed]:
        """All claims in order, with a new one for each stretch of a sentence that has none.

        A stretch that is too short for a claim stays without: see ``is_claim``.
        """
        spans = [span for span, _claim in self.placed]
        for unit in section.units:
            for gap in _gaps(unit, touched(spans, unit)):
                stretch = trimmed(section.text, gap)
                if stretch and is_claim(stretch.of(section.text)):
                    self.take(stretch, ClaimState(new_uid(), 0, 0, "", "", ""))
        return self.placed


def _gaps(unit: Span, taken: Iterable[Span]) -> Iterator[Span]:
    start = unit.start
    for span in taken:
        if start < span.start:
            yield Span(start, span.start)
        start = span.end
    if start < unit.end:
        yield Span(start, unit.end)


def trimmed(text: str, span: Span) -> Span | None:
    """The stretch without what joins it to its neighbours; None where nothing is left."""
    stretch = span.of(text)
    start = span.start + len(stretch) - len(stretch.lstrip(JOINTS))
    end = span.end - len(stretch) + len(stretch.rstrip(JOINTS))
    return Span(start, end) if start < end else None


def placed_at(section: NewSection, span: Span, claim: ClaimState) -> ClaimState:
    """The claim there, with the sentences around it where it leaves out a part of them."""
    inside = touched(section.units, span)
    whole = inside[0].around(inside[-1]) if inside else span
    around = whole.of(section.text) if whole != span else ""
    return replace(claim, start=span.start, end=span.end, around=around)


def made_of(claim: ClaimState, text: str, before: Sequence[ClaimState]) -> ClaimState:
    """The claim with ``text``, which stood in the sentence of the claims ``before`` already.

    A word that was too short a fragment for any of them came when the sentence began.
    """
    newest = max(before, key=lambda was: was.changed)
    begun = min(was.begun for was in before)
    words = [(was.text, was.word_numbers) for was in before]
    return replace(
        claim,
        text=text,
        origin=reduce(mixed, [was.origin for was in before]),
        writer=newest.writer,
        begun=begun,
        changed=newest.changed,
        words=runs(carried(words, text, [begun] * len(spoken(text))), begun),
    )


def mixed(one: str, other: str) -> str:
    """Who wrote a sentence that both wrote.

    >>> mixed("ai", "human"), mixed("ai", "ai")
    ('ai_assisted', 'ai')
    """
    return one if one == other else "ai_assisted"


def attached(ended: ClaimState, to: ClaimState) -> ClaimState:
    """The claim that ended, going on where another one stands that nobody has judged."""
    origin, writer, changed = to.origin, to.writer, to.changed
    if ended.text == to.text:
        origin, writer, changed = ended.origin, ended.writer, ended.changed
    words = carried([(ended.text, ended.word_numbers)], to.text, to.word_numbers)
    return replace(
        ended,
        start=to.start,
        end=to.end,
        text=to.text,
        around=to.around,
        origin=mixed(ended.origin, origin),
        writer=writer,
        changed=changed,
        words=runs(words, ended.begun),
    )


class NoExtent(ValueError):
    """The words are none that a claim could be about."""


def found_words(section: SectionText, claim: ClaimState, words: str) -> Span:
    """Where ``words`` stand in the claim's paragraph, nearest to the claim.

    Raises NoExtent where they do not stand there letter for letter, or cut a word in two.
    """
    text = read(section)
    block = _block(text, claim)
    wanted = " ".join(words.split()) if spoken(words) else ""
    places = []
    at = text.text.find(wanted, block.start, block.end) if wanted else -1
    while at >= 0:
        places.append(Span(at, at + len(wanted)))
        at = text.text.find(wanted, at + 1, block.end)
    borders = set(accumulate(map(len, words_of(block.of(text.text))), initial=block.start))
    whole = [span for span in places if {span.start, span.end} <= borders]
    if not whole:
        raise NoExtent("cut" if places else "absent")
    return min(whole, key=lambda span: abs(span.start - claim.start))


def _block(text: Plain, claim: ClaimState) -> Span:
    """The paragraph, list item or cell in which the claim stands."""
    return next(block for block in text.blocks if block.start <= claim.start < block.end)


def widened(section: SectionText, language: str, claim: ClaimState, *, back: bool) -> Span:
    """The claim's stretch with the sentence before it, or after it, in the same paragraph.

    Raises NoExtent where there is none.
    """
    text = read(section)
    block = _block(text, claim)
    span = Span(claim.start, claim.end)
    inside = [unit for unit in units(text, language) if unit.overlaps(block)]
    beside = [u for u in inside if (u.start < span.start if back else u.end > span.end)]
    if not beside:
        raise NoExtent("last")
    return span.around(beside[-1] if back else beside[0])


def recut(section: SectionState, language: str, uid: str, span: Span) -> tuple[ClaimState, ...]:
    """The section's claims where the one with ``uid`` is about ``span``.

    Claims that lie wholly within it end, and others give up what they share with it.
    """
    now = sentences_of(section.text, language)
    claim = next(c for c in section.claims if c.uid == uid)
    ground = Ground()
    ground.take(span, claim)
    for other in section.claims:
        if other.uid != uid and (rest := _rest(now.text, other, span)):
            ground.take(rest, other)
    return tuple(_recut(now, span, claim, section.claims) for span, claim in ground.cover(now))


def _rest(text: str, claim: ClaimState, taken: Span) -> Span | None:
    """What is left to a claim when another takes that stretch."""
    whole = Span(claim.start, claim.end)
    if not whole.overlaps(taken):
        return whole
    left = [stretch for gap in _gaps(whole, [taken]) if (stretch := trimmed(text, gap))]
    left = [stretch for stretch in left if is_claim(stretch.of(text))]
    return max(left, key=lambda stretch: stretch.end - stretch.start, default=None)


def _recut(
    section: NewSection, span: Span, claim: ClaimState, was: Sequence[ClaimState]
) -> ClaimState:
    text = span.of(section.text)
    if text != claim.text:
        before = [other for other in was if other.start < span.end and span.start < other.end]
        claim = made_of(claim, text, before or _of_sentence(section, span, was))
    return placed_at(section, span, claim)


def _of_sentence(section: NewSection, span: Span, claims: Sequence[ClaimState]) -> list[ClaimState]:
    """The claims in the sentence that the stretch is a part of."""
    inside = touched(section.units, span)
    whole = inside[0].around(inside[-1]) if inside else span
    return [c for c in claims if c.start < whole.end and whole.start < c.end] or list(claims)
