"""Where sentences without an equal stand: between which sentences that stayed."""

from collections import defaultdict
from collections.abc import Sequence
from enum import IntEnum

from articles.text.follow.pairing import Gap, Pairing, Unit

REACH = 8  # sentences on either side of the same place in a gap


class Nearness(IntEnum):
    """How near the place of a new sentence is to that of an old one."""

    OTHER_SECTION = 0
    SECTION = 1
    GAP = 2


class Neighbourhood:
    """The gaps between sentences that stayed, and what came and went in each."""

    def __init__(self, olds: Sequence[Unit], news: Sequence[Unit], pairing: Pairing) -> None:
        self.gaps: dict[Gap, tuple[list[Unit], list[Unit]]] = defaultdict(lambda: ([], []))
        self.gap: dict[Unit, Gap] = {}  # of old sentences
        for unit in olds:
            if gap := pairing.gap_of_old(unit):
                self.gap[unit] = gap
                self.gaps[gap][0].append(unit)
        sources = defaultdict(list)
        for old_section, new_section in pairing.aliases.items():
            sources[new_section].append(old_section)
        for unit in news:
            for old_section in sources[unit.section]:
                self.gaps[pairing.gap_of_new(unit, old_section)][1].append(unit)
        self.rank = {
            (gap, unit): rank
            for gap, sides in self.gaps.items()
            for side in sides
            for rank, unit in enumerate(side)
        }

    def nearness(self, old: Unit, new: Unit) -> Nearness:
        gap = self.gap.get(old)
        if gap is None or gap.new_section != new.section:
            return Nearness.OTHER_SECTION
        return Nearness.GAP if (gap, new) in self.rank else Nearness.SECTION

    def takes_the_place(self, new: Unit, old: Unit) -> bool:
        """Whether as many sentences came as went there, and this one where that one stood."""
        gap = self.gap.get(old)
        if gap is None or self.rank.get((gap, new)) != self.rank[gap, old]:
            return False
        olds, news = self.gaps[gap]
        return len(olds) == len(news)

    def around(self, old: Unit) -> Sequence[Unit]:
        """The new sentences at about the same place in the gap."""
        gap = self.gap.get(old)
        if gap is None:
            return ()
        olds, news = self.gaps[gap]
        middle = self.rank[gap, old] * len(news) // len(olds)
        return news[max(0, middle - REACH) : middle + REACH + 1]

    def displacement(self, old: Unit, new: Unit) -> int:
        """How far a sentence went from its place in the gap, or else in the section."""
        gap = self.gap.get(old)
        if gap and (gap, new) in self.rank:
            return abs(self.rank[gap, old] - self.rank[gap, new])
        return abs(old.index - new.index)
