"""Where each claim of an article went when its text was edited.

Works over the whole article. Sentences that read the same are paired first, with the help of what
stands around them (``pairing``); what is left may have been edited, split or merged, which likeness
and place decide (``successors``); claims follow their sentences (``heirs``). Nothing but equality
of whole normalised sentences makes a claim unchanged, and a sentence that reads like an old one is
never taken for an edit of another: "15,290" is not "15,209". When unsure, the claim counts as
deleted, and a person decides.

`python -m articles.text.follow` follows claims as JSON Lines (``lines``).
"""

from collections.abc import Iterable, Sequence

from articles.text.follow import borders
from articles.text.follow.heirs import Heirs
from articles.text.follow.pairing import Unit, pair_equal
from articles.text.follow.places import Claim, NewSection, OldSection, Outcome, Place
from articles.text.follow.successors import successions
from articles.text.sentences import normalised
from articles.text.spans import Span, touched, touched_places

__all__ = ["Claim", "NewSection", "OldSection", "Outcome", "Place", "follow"]


def follow(old: Sequence[OldSection], new: Sequence[NewSection]) -> dict[str, Place]:
    """Return the place of each claim by its uid. Sections on one side only came or went."""
    same = _identical(old, new)
    places = {
        claim.uid: Place(Outcome.UNCHANGED, section.uid, claim.span)
        for section in old
        if section.uid in same
        for claim in section.claims
    }
    changed = [section for section in old if section.uid not in same]
    if not changed:
        return places
    texts = {section.uid: section.text for section in changed}
    later_texts = {section.uid: section.text for section in new if section.uid not in same}
    before, after = borders.aligned(
        {s.uid: _units(s.uid, s.text, _all_units(s)) for s in changed},
        {s.uid: _units(s.uid, s.text, s.units) for s in new if s.uid not in same},
        texts,
        later_texts,
    )
    pairing = pair_equal(before, after)
    elsewhere = (span.of(s.text) for s in old if s.uid in same for span in s.units)
    found = successions(before, after, pairing, elsewhere)
    heirs = Heirs(pairing, found, later_texts)
    for section in changed:
        units = before[section.uid]
        spans = [unit.span for unit in units]
        for claim in section.claims:
            own = [units[index] for index in touched_places(spans, claim.span)]
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
        if claim.span not in known and not touched(units, claim.span)
    ]
    return sorted({*units, *alone})


def _units(section: str, text: str, spans: Iterable[Span]) -> list[Unit]:
    return [
        Unit(section, index, span, normalised(span.of(text))) for index, span in enumerate(spans)
    ]
