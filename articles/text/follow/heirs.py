"""Places of claims, from what became of the sentences on which they stand."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from articles.text.follow.candidates import Succession
from articles.text.follow.pairing import Pairing, Unit
from articles.text.follow.parts import find_part
from articles.text.follow.places import DELETED, Claim, OldSection, Outcome, Place
from articles.text.normal import Normal
from articles.text.sentences import normalised
from articles.text.spans import Span


class Heirs:
    """What became of each old sentence."""

    def __init__(
        self, pairing: Pairing, found: Sequence[Succession], texts: Mapping[str, str]
    ) -> None:
        self.equal = pairing.heirs
        self.successions = {old: succession for succession in found for old in succession.old}
        self.texts = texts  # of the new sections
        continuing = chain(pairing.taken, *(succession.new for succession in found))
        self.continuing = {(unit.section, unit.index) for unit in continuing}

    def place(self, section: OldSection, own: Sequence[Unit], claim: Claim) -> Place:
        """The claim's place; ``own`` are the sentences that it covers, wholly or in part.

        A claim stands unchanged only where all of these sentences do, one after the other.
        """
        if len(own) == 1 and claim.span == own[0].span:
            return self._of_sentence(own[0])
        words = normalised(claim.span.of(section.text))
        if not words:
            return DELETED  # nothing can continue it
        around = _around(own)
        text = Normal.of(around.of(section.text))
        if words != text.text:
            part = _part(text, claim.span.start - around.start, len(words))
        elif len(own) == 1:
            return self._of_sentence(own[0])
        else:
            part = None
        return self._of_stretch(own, text.text, part)

    def _of_stretch(self, own: Sequence[Unit], text: str, part: Span | None) -> Place:
        """The place of a run of sentences, or of a part of their text."""
        run = self._run(own)
        if not run:
            return DELETED
        section = run[0].section
        around = _around(run)
        now = Normal.of(around.of(self.texts[section]))
        stayed = now.text == text and all(unit in self.equal for unit in own)
        if part is None:
            found = Span(0, len(now.text))
        else:
            found = part if stayed else find_part(text, part, now.text)
        if found is None:
            return DELETED
        place = now.original(found)
        return Place(
            _unchanged(own[0], run[0]) if stayed else Outcome.EDITED,
            section,
            Span(around.start + place.start, around.start + place.end),
        )

    def _of_sentence(self, unit: Unit) -> Place:
        if heir := self.equal.get(unit):
            return Place(_unchanged(unit, heir), heir.section, heir.span)
        succession = self.successions.get(unit)
        if succession is None:
            return DELETED
        if len(succession.new) > 1:
            outcome = Outcome.SPLIT
        else:
            outcome = Outcome.MERGED if len(succession.old) > 1 else Outcome.EDITED
        return Place(outcome, succession.new[0].section, _around(succession.new))

    def _run(self, units: Iterable[Unit]) -> list[Unit]:
        """What the sentences became, as far as it stands together."""
        heirs = {heir for unit in units for heir in self._heirs(unit)}
        runs: list[list[Unit]] = []
        for unit in sorted(heirs, key=lambda u: (u.section, u.index)):
            if runs and self._stand_together(runs[-1][-1], unit):
                runs[-1].append(unit)
            else:
                runs.append([unit])
        return max(runs, key=len, default=[])

    def _stand_together(self, one: Unit, other: Unit) -> bool:
        """Whether they are neighbours, or only a sentence that is new stands between them."""
        steps = other.index - one.index
        return one.section == other.section and (
            steps == 1 or (steps == 2 and (one.section, one.index + 1) not in self.continuing)
        )

    def _heirs(self, unit: Unit) -> tuple[Unit, ...]:
        if heir := self.equal.get(unit):
            return (heir,)
        succession = self.successions.get(unit)
        return succession.new if succession else ()


def _unchanged(old: Unit, new: Unit) -> Outcome:
    return Outcome.UNCHANGED if old.section == new.section else Outcome.MOVED_SECTION


def _around(units: Sequence[Unit]) -> Span:
    return Span(min(u.span.start for u in units), max(u.span.end for u in units))


def _part(text: Normal, offset: int, length: int) -> Span:
    """The stretch of a normalised text that begins at an offset of the original."""
    start = next((i for i, end in enumerate(text.ends) if end > offset), 0)
    return Span(start, min(start + length, len(text.text)))
