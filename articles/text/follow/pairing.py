"""Sentences that read the same before and after an edit, each paired with its like."""

from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from articles.text.spans import Span

MOST_COPIES = 20  # beyond, copies are paired in their order without a look at their neighbours


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """A sentence: the ``index``-th of its section. ``text`` is normalised."""

    section: str
    index: int
    span: Span
    text: str


UnitsBySection = Mapping[str, Sequence[Unit]]  # of each section, in order


class Gap(NamedTuple):
    """What lies between two neighbouring anchors, seen from either side."""

    old_section: str
    new_section: str
    number: int


@dataclass(slots=True)
class Pairing:
    """Which old sentence is which new one, of those that read the same."""

    heirs: dict[Unit, Unit] = field(default_factory=dict)  # new ones by old ones
    taken: set[Unit] = field(default_factory=set)  # the new ones among them
    aliases: dict[str, str] = field(default_factory=dict)  # of an old section: the new one
    # Pairs that kept their order: indices of old and new sentences, both rising.
    anchors: dict[tuple[str, str], tuple[list[int], list[int]]] = field(default_factory=dict)

    def add(self, old: Unit, new: Unit) -> None:
        self.heirs[old] = new
        self.taken.add(new)

    def gap_of_old(self, unit: Unit) -> Gap | None:
        """Between which anchors an old sentence stands; None where its section is gone."""
        target = self.aliases.get(unit.section)
        if target is None:
            return None
        return Gap(unit.section, target, bisect(self.anchors[unit.section, target][0], unit.index))

    def gap_of_new(self, unit: Unit, old_section: str) -> Gap:
        """Between which anchors that it shares with an old section a new sentence stands."""
        indices = self.anchors[old_section, unit.section][1]
        return Gap(old_section, unit.section, bisect(indices, unit.index))


def pair_equal(before: UnitsBySection, after: UnitsBySection) -> Pairing:
    """Pair sentences of equal text: within a section first, then across sections.

    Where there are more of a text on one side than on the other, those go together whose
    neighbours are equal, too.
    """
    pairing = Pairing()
    for section in before.keys() & after.keys():
        _pair_in_order(pairing, section, section, before, after)
    for section in before.keys() & after.keys():
        _pair_copies(pairing, before, after, (section,), (section,))
    vanished = [section for section in before if section not in after]
    appeared = [section for section in after if section not in before]
    for section in vanished:
        if target := _new_home(section, pairing, before, after, vanished, appeared):
            _pair_in_order(pairing, section, target, before, after)
    _pair_copies(pairing, before, after, before, after)
    return pairing


def left(units: UnitsBySection, paired: Mapping[Unit, Unit] | set[Unit]) -> list[Unit]:
    """The sentences that have no like on the other side."""
    return [unit for section in units.values() for unit in section if unit not in paired]


def _new_home(
    section: str,
    pairing: Pairing,
    before: UnitsBySection,
    after: UnitsBySection,
    vanished: Sequence[str],
    appeared: Sequence[str],
) -> str | None:
    """The section that a vanished one went on as: where most of its sentences are."""
    texts = {unit.text for unit in before[section]}
    homes = Counter(u.section for u in left(after, pairing.taken) if u.text in texts)
    if homes:
        return homes.most_common(1)[0][0]
    return appeared[0] if len(vanished) == len(appeared) == 1 else None


def _pair_in_order(
    pairing: Pairing, section: str, target: str, before: UnitsBySection, after: UnitsBySection
) -> None:
    """Pair the longest run of equal sentences that kept their order: the anchors."""
    olds = [unit for unit in before[section] if unit not in pairing.heirs]
    news = [unit for unit in after[target] if unit not in pairing.taken]
    pairs = list(_aligned([u.text for u in olds], [u.text for u in news]))
    for i, j in pairs:
        pairing.add(olds[i], news[j])
    pairing.aliases[section] = target
    pairing.anchors[section, target] = (
        [olds[i].index for i, _ in pairs],
        [news[j].index for _, j in pairs],
    )


def _aligned(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Indices of a longest common subsequence, equal beginnings and ends first."""
    start, end = 0, min(len(old), len(new))
    while start < end and old[start] == new[start]:
        yield start, start
        start += 1
    tail = 0
    while tail < end - start and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    middle_old, middle_new = old[start : len(old) - tail], new[start : len(new) - tail]
    if middle_old and middle_new:
        for code in LCSseq.opcodes(middle_old, middle_new):
            if code.tag == "equal":
                for step in range(code.src_end - code.src_start):
                    yield start + code.src_start + step, start + code.dest_start + step
    for step in range(tail, 0, -1):
        yield len(old) - step, len(new) - step


def _pair_copies(
    pairing: Pairing,
    before: UnitsBySection,
    after: UnitsBySection,
    sections: Iterable[str],
    targets: Iterable[str],
) -> None:
    """Pair what is left of equal text in these sections, out of order."""
    waiting: dict[str, list[Unit]] = defaultdict(list)
    for section in targets:
        for unit in after[section]:
            if unit not in pairing.taken:
                waiting[unit.text].append(unit)
    if not waiting:
        return
    copies: dict[str, list[Unit]] = defaultdict(list)
    for section in sections:
        for unit in before[section]:
            if unit not in pairing.heirs and unit.text in waiting:
                copies[unit.text].append(unit)
    for text, olds in copies.items():
        for old, new in _best_together(olds, waiting[text], before, after):
            pairing.add(old, new)


def _best_together(
    olds: Sequence[Unit], news: Sequence[Unit], before: UnitsBySection, after: UnitsBySection
) -> Iterator[tuple[Unit, Unit]]:
    if len(olds) == len(news) == 1 or max(len(olds), len(news)) > MOST_COPIES:
        yield from zip(olds, news, strict=False)
        return
    ranked = sorted(
        ((old, new) for old in olds for new in news),
        key=lambda pair: -_equal_neighbours(*pair, before, after),
    )
    used: set[Unit] = set()
    for old, new in ranked:
        if old not in used and new not in used:
            used |= {old, new}
            yield old, new


def _equal_neighbours(old: Unit, new: Unit, before: UnitsBySection, after: UnitsBySection) -> int:
    return sum(
        _text_at(before[old.section], old.index + step)
        == _text_at(after[new.section], new.index + step)
        for step in (-1, 1)
    )


def _text_at(units: Sequence[Unit], index: int) -> str | None:
    return units[index].text if 0 <= index < len(units) else None
