"""Where each claim of an article went when its text was edited.

Works over the whole article, in two steps. Sentences that read the same are paired first, with
the help of what stands around them (``pairing``); what is left may have been edited, split or
merged, which similarity decides (``successors``). Nothing but equality of normalised sentences
makes a claim unchanged, and a sentence that reads like an old one is never taken for an edit of
another: "15,290" is not "15,209". When unsure, the claim counts as deleted, and a person decides.

`python -m articles.text.follow` reads JSON Lines, a case with `before`, `after` and `claims` in
each, and writes `{"id", "result": {claim id: {"outcome", "section", "quote"}}}`.
"""

import json
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter
from typing import Any

from rapidfuzz import fuzz

from articles.text.pairing import Pairing, Unit, pair_equal
from articles.text.plain import plain
from articles.text.render import render
from articles.text.sentences import normalised, sentences
from articles.text.spans import Span
from articles.text.successors import Succession, successions

PART_FOUND = 70.0  # percent: a part of a sentence is found again in the edited one


class Outcome(StrEnum):
    UNCHANGED = "unchanged"
    EDITED = "edited"
    SPLIT = "split"
    MERGED = "merged"
    MOVED_SECTION = "moved_section"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim and where it stands in its section's text."""

    uid: str
    span: Span


@dataclass(frozen=True, slots=True)
class OldSection:
    """Plain text with all of its sentences, and the claims made of them."""

    uid: str
    text: str
    units: tuple[Span, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class NewSection:
    """Plain text with all of its sentences."""

    uid: str
    text: str
    units: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """What became of a claim, and where it stands now: nowhere if it was deleted.

    After a split the span covers all the sentences. Claims that were merged have the same span.
    """

    outcome: Outcome
    section: str | None = None
    span: Span | None = None


DELETED = Place(Outcome.DELETED)


def follow(old: Sequence[OldSection], new: Sequence[NewSection]) -> dict[str, Place]:
    """Return the place of each claim by its uid. Sections on one side only came or went."""
    same = _identical(old, new)
    places = {
        claim.uid: Place(Outcome.UNCHANGED, section.uid, claim.span)
        for section in old
        if section.uid in same
        for claim in section.claims
    }
    before = {s.uid: _units(s.uid, s.text, _all_units(s)) for s in old if s.uid not in same}
    after = {s.uid: _units(s.uid, s.text, s.units) for s in new if s.uid not in same}
    if not before:
        return places
    pairing = pair_equal(before, after)
    elsewhere = (span.of(s.text) for s in old if s.uid in same for span in s.units)
    found = successions(before, after, pairing, elsewhere)
    heirs = _Heirs(pairing, found, {section.uid: section.text for section in new})
    for section in old:
        if section.uid not in same:
            units = before[section.uid]
            spans = [unit.span for unit in units]
            for claim in section.claims:
                own = [units[index] for index in _touching(spans, claim.span)]
                places[claim.uid] = heirs.place(section, own, claim)
    return places


def _identical(old: Sequence[OldSection], new: Sequence[NewSection]) -> set[str]:
    """The sections in which nothing changed: following their sentences would cost time only."""
    now = {section.uid: section for section in new}
    return {
        section.uid
        for section in old
        if (other := now.get(section.uid))
        and other.text == section.text
        and other.units == section.units
    }


def _all_units(section: OldSection) -> list[Span]:
    """The sentences, and claims that lie in none of them: those are followed as they are."""
    known = set(section.units)
    units = sorted(known)
    alone = [
        claim.span
        for claim in section.claims
        if claim.span not in known and not _touching(units, claim.span)
    ]
    return sorted({*units, *alone})


def _touching(spans: Sequence[Span], span: Span) -> range:
    """The indices of those of the spans, sorted and apart, that share a character with one."""
    first = bisect_right(spans, span.start, key=attrgetter("end"))
    return range(first, bisect_left(spans, span.end, lo=first, key=attrgetter("start")))


def _units(section: str, text: str, spans: Iterable[Span]) -> list[Unit]:
    return [
        Unit(section, index, span, normalised(span.of(text))) for index, span in enumerate(spans)
    ]


class _Heirs:
    """Places of claims, from what became of their sentences."""

    def __init__(
        self, pairing: Pairing, found: Iterable[Succession], texts: Mapping[str, str]
    ) -> None:
        self.equal = pairing.heirs
        self.successions = {old: succession for succession in found for old in succession.old}
        self.texts = texts

    def place(self, section: OldSection, own: Sequence[Unit], claim: Claim) -> Place:
        """The claim's place; ``own`` are the sentences that it covers, wholly or in part."""
        words = normalised(claim.span.of(section.text))
        if len(own) > 1:
            return self._of_several(own, words)
        if own[0].text != words:
            return self._of_part(section, own[0], claim)
        return self._of_one(own[0])

    def _of_one(self, unit: Unit) -> Place:
        if heir := self.equal.get(unit):
            return _unchanged(unit.section, heir.section, heir.span)
        succession = self.successions.get(unit)
        if succession is None:
            return DELETED
        if len(succession.new) > 1:
            outcome = Outcome.SPLIT
        else:
            outcome = Outcome.MERGED if len(succession.old) > 1 else Outcome.EDITED
        return Place(outcome, succession.new[0].section, _around(succession.new))

    def _of_part(self, section: OldSection, unit: Unit, claim: Claim) -> Place:
        """A claim on part of a sentence: it stands unchanged only in an unchanged sentence."""
        whole = self._of_one(unit)
        if whole.section is None or whole.span is None:
            return DELETED
        text = self.texts[whole.section]
        span = _find_part(
            claim.span.of(section.text), claim.span.start - unit.span.start, text, whole.span
        )
        if span is None:
            return DELETED
        if unit in self.equal and normalised(span.of(text)) == normalised(
            claim.span.of(section.text)
        ):
            return Place(whole.outcome, whole.section, span)
        return Place(Outcome.EDITED, whole.section, span)

    def _of_several(self, units: Sequence[Unit], words: str) -> Place:
        """A claim on several sentences: on what they became, as far as that stands together."""
        heirs = [heir for unit in units for heir in self._heirs(unit)]
        if not heirs:
            return DELETED
        run = _longest_run(heirs)
        span = _around(run)
        section = run[0].section
        stayed = all(unit in self.equal for unit in units)
        if stayed and normalised(span.of(self.texts[section])) == words:
            return _unchanged(units[0].section, section, span)
        return Place(Outcome.EDITED, section, span)

    def _heirs(self, unit: Unit) -> tuple[Unit, ...]:
        if heir := self.equal.get(unit):
            return (heir,)
        succession = self.successions.get(unit)
        return succession.new if succession else ()


def _unchanged(before: str, section: str, span: Span) -> Place:
    outcome = Outcome.UNCHANGED if before == section else Outcome.MOVED_SECTION
    return Place(outcome, section, span)


def _around(units: Sequence[Unit]) -> Span:
    return Span(min(u.span.start for u in units), max(u.span.end for u in units))


def _longest_run(units: Iterable[Unit]) -> list[Unit]:
    """The longest run of neighbours among these sentences; one between two may be new."""
    runs: list[list[Unit]] = []
    for unit in sorted(set(units), key=lambda u: (u.section, u.index)):
        last = runs[-1][-1] if runs else None
        if last and last.section == unit.section and unit.index - last.index <= 2:
            runs[-1].append(unit)
        else:
            runs.append([unit])
    return max(runs, key=len)


def _find_part(part: str, offset: int, text: str, within: Span) -> Span | None:
    """Find a part of a sentence in what the sentence became, near its old offset if repeated."""
    sentence = within.of(text)
    places = []
    at = sentence.find(part)
    while at >= 0:
        places.append(at)
        at = sentence.find(part, at + 1)
    if places:
        start = within.start + min(places, key=lambda place: abs(place - offset))
        return Span(start, start + len(part))
    found = fuzz.partial_ratio_alignment(part, sentence, score_cutoff=PART_FOUND)
    if found is None or found.dest_start == found.dest_end:
        return None
    return Span(within.start + found.dest_start, within.start + found.dest_end)


def _read_section(section: Mapping[str, str], language: str) -> NewSection:
    """Markdown as text and sentences; fragments count, too, since a claim may be one."""
    found = plain(render(section["markdown"]))
    spans = [
        Span(block.start + span.start, block.start + span.end)
        for block in found.blocks
        for span in sentences(block.of(found.text), language)
    ]
    return NewSection(section["uid"], found.text, tuple(spans))


def _find_claims(section: NewSection, claims: Iterable[Mapping[str, str]]) -> tuple[Claim, ...]:
    """Claims at their quotes: the n-th claim of a quote at its n-th place."""
    text = section.text.replace("\n", " ")
    starts = {span.start for span in section.units}
    ends = {span.end for span in section.units}
    found: list[Claim] = []
    taken: set[Span] = set()
    for claim in claims:
        quote = " ".join(claim["quote"].split())
        places: list[Span] = []
        at = text.find(quote)
        while quote and at >= 0:
            places.append(Span(at, at + len(quote)))
            at = text.find(quote, at + 1)
        free = [span for span in places if span not in taken]
        if not free:
            continue
        best = min(free, key=lambda span: (-((span.start in starts) + (span.end in ends)), span))
        taken.add(best)
        found.append(Claim(claim["id"], best))
    return tuple(found)


def _answer(case: Mapping[str, Any]) -> dict[str, Any]:
    before = [_read_section(section, case["lang"]) for section in case["before"]]
    after = [_read_section(section, case["lang"]) for section in case["after"]]
    old = [
        OldSection(
            s.uid,
            s.text,
            s.units,
            _find_claims(s, (claim for claim in case["claims"] if claim["section"] == s.uid)),
        )
        for s in before
    ]
    places = follow(old, after)
    texts = {section.uid: section.text for section in after}
    result = {}
    for claim in case["claims"]:
        place = places.get(claim["id"], DELETED)
        quote = normalised(place.span.of(texts[place.section])) if place.span else None
        result[claim["id"]] = {
            "outcome": place.outcome,
            "section": place.section,
            "quote": quote,
        }
    return {"id": case["id"], "result": result}


def main() -> int:
    for number, line in enumerate(sys.stdin.buffer, start=1):
        if not line.strip():
            continue
        try:
            answer = _answer(json.loads(line))
        except (ValueError, KeyError, TypeError) as error:  # JSON, UTF-8 and TooLarge among them
            sys.stderr.write(f"stdin, line {number}: {error!r}. Mend the line, then try again.\n")
            return 1
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
