"""Where the claims of an article stand after its text was changed. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce
from itertools import takewhile

from rapidfuzz import fuzz

from articles.history.extents import Ground, made_of, mixed, placed_at, sentences_of
from articles.history.state import ArticleState, ArticleText, ClaimState, SectionState
from articles.text.follow import Claim, NewSection, OldSection, Outcome, Place, follow
from articles.text.provenance import carried, runs, spoken
from articles.text.spans import Span, touched


@dataclass(frozen=True, slots=True)
class Placing:
    """Claims by their section's uid, in reading order, for the sections whose text changed."""

    sections: dict[str, tuple[ClaimState, ...]]
    ended: tuple[str, ...]  # uids of claims whose sentences are gone
    begun: tuple[str, ...]  # uids of claims on new sentences


def place(
    old: ArticleState, new: ArticleText, *, origin: str, number: int, corrected: str = ""
) -> Placing:
    """Follow the claims of ``old`` into ``new``, written by ``origin`` (ai or human) as ``number``.

    A section whose Markdown is the same keeps its claims where they are. A sentence carries
    one claim, unless somebody had narrowed claims to parts of it: of several that were merged
    the first goes on, the others end. ``corrected`` is the uid of the claim whose own sentence
    somebody corrected: it goes on where it stood, however different the words.
    """
    was = {section.uid: section for section in old.sections}
    stays = {
        section.uid
        for section in new.sections
        if section.uid in was
        and was[section.uid].body == section.body
        and old.language == new.language
    }
    before = [_old_section(s, old.language) for s in old.sections if s.uid not in stays]
    after = [sentences_of(s, new.language) for s in new.sections if s.uid not in stays]
    claims = [claim for s in old.sections if s.uid not in stays for claim in s.claims]
    heirs = _Heirs(before, after, claims)
    if corrected in heirs.ended:
        heirs.put_back(corrected, old)
    sections = {}
    begun: list[str] = []
    for section in after:
        found = heirs.ground[section.uid].cover(section)
        begun += [claim.uid for _span, claim in found if claim.uid not in heirs.known]
        sections[section.uid] = tuple(
            _continued(section, span, claim, heirs, origin=origin, number=number)
            for span, claim in found
        )
    return Placing(sections, tuple(heirs.ended), tuple(begun))


class _Heirs:
    """Which old claim goes on where, and which old claims' words went into which sentence."""

    def __init__(
        self, before: list[OldSection], after: list[NewSection], claims: list[ClaimState]
    ) -> None:
        self.known = {claim.uid: claim for claim in claims}
        self.ground = {section.uid: Ground() for section in after}
        self.flows: dict[tuple[str, Span], list[ClaimState]] = defaultdict(list)
        self.ended: list[str] = []
        self._sections = {section.uid: section for section in after}
        self._several = {
            claim.uid
            for section in before
            for claim in section.claims
            if len(touched(section.units, claim.span)) > 1
        }
        places = follow(before, after)
        # What reads as before is not to be in the way of nothing that was changed.
        for claim in sorted(claims, key=lambda claim: places[claim.uid].outcome not in SAME):
            self._place(claim, places[claim.uid])
        order = {claim.uid: number for number, claim in enumerate(claims)}
        self.ended.sort(key=order.__getitem__)

    def _place(self, claim: ClaimState, found: Place) -> None:
        if found.section is None or found.span is None:
            self.ended.append(claim.uid)
            return
        section = self._sections[found.section]
        for unit in touched(section.units, found.span):
            self.flows[section.uid, unit].append(claim)
        span = self._span(claim, found, section)
        if not self.ground[section.uid].take(span, claim):
            self.ended.append(claim.uid)

    def _span(self, claim: ClaimState, found: Place, section: NewSection) -> Span:
        """Where the claim goes on: a whole one on one sentence, of a split the most like it."""
        inside = touched(section.units, found.span)
        if found.outcome in SAME or claim.around or not inside:
            return found.span
        if claim.uid in self._several:
            return inside[0].around(inside[-1])
        return max(inside, key=lambda unit: fuzz.ratio(claim.text, unit.of(section.text)))

    def put_back(self, uid: str, old: ArticleState) -> None:
        """Let a claim that would end go on at the first new sentence between its neighbours."""
        here = old.section_of(uid)
        section = self._sections.get(here.uid)
        if section is None:
            return
        earlier = {claim.uid for claim in takewhile(lambda c: c.uid != uid, here.claims)}
        ground = self.ground[section.uid]
        start = max((span.end for span, claim in ground.placed if claim.uid in earlier), default=0)
        unit = next((unit for unit in section.units if unit.start >= start), None)
        if unit and ground.take(unit, self.known[uid]):
            self.flows[section.uid, unit].append(self.known[uid])
            self.ended.remove(uid)


SAME = {Outcome.UNCHANGED, Outcome.MOVED_SECTION}


def _continued(
    section: NewSection, span: Span, claim: ClaimState, heirs: _Heirs, *, origin: str, number: int
) -> ClaimState:
    """The claim on the words that it has now, which ``origin`` wrote as far as they are new."""
    text = span.of(section.text)
    inside = touched(section.units, span)
    claim = placed_at(section, span, claim)
    if claim.text == text:
        return claim
    going_on = claim.uid in heirs.known
    before = [heirs.known[claim.uid]] if going_on else []
    flowing = {c.uid: c for unit in inside for c in heirs.flows[section.uid, unit]}
    # The words of a claim that goes on elsewhere count only where this one begins.
    before += [
        c for c in flowing.values() if c.uid != claim.uid and (c.uid in heirs.ended or not going_on)
    ]
    came = [number] * len(spoken(text))
    words = carried([(was.text, was.word_numbers) for was in before], text, came)
    if not going_on:
        if words == came:
            before = []  # it stands in the place of the others, and has nothing of them
        elif number not in words:
            # What was split off without a new word was written with the whole.
            return made_of(claim, text, before)
    begun = min((was.begun for was in before), default=number)
    return replace(
        claim,
        text=text,
        origin=reduce(mixed, [was.origin for was in before], origin),
        writer=origin,
        begun=begun,
        changed=number,
        words=runs(words, begun),
    )


def _old_section(section: SectionState, language: str) -> OldSection:
    """The section as it is followed: its sentences, and the claims on them.

    Spans point into the text of the day. Where an earlier release read the Markdown otherwise,
    claims count as sentences, and what was between them is blank.
    """
    now = sentences_of(section.text, language)
    claims = tuple(Claim(c.uid, Span(c.start, c.end)) for c in section.claims)
    if all(c.text == now.text[c.start : c.end] for c in section.claims):
        return OldSection(section.uid, now.text, now.units, claims)
    text = _laid_out(section.claims)
    return OldSection(section.uid, text, tuple(claim.span for claim in claims), claims)


def _laid_out(claims: Iterable[ClaimState]) -> str:
    """A text in which each claim stands where it stood."""
    text, at = [], 0
    for claim in claims:
        text += [" " * (claim.start - at), claim.text]
        at = claim.end
    return "".join(text)
