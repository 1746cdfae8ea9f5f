"""Which new sentences continue an old one that is not there any more: edits, splits, merges.

Candidates are scored by similarity and by place, and taken best first, each sentence once. What
an edit may look like depends on where it stands: between the same unchanged sentences as before
little likeness is needed, elsewhere much.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

from articles.text.pairing import Gap, Pairing, Unit, UnitsBySection, left
from articles.text.sentences import normalised
from articles.text.similarity import Words, contained, content_shared, other_figures, similarity

MOST_PARTNERS = 16  # looked at for each old sentence by their words
MOST_NEIGHBOURS = 8  # looked at on either side of the same place in the gap
MOST_WITH_WORD = 200  # a word in more sentences than that tells nothing
PARTNERS_IN_GROUPS = 4
LONGEST_SPLIT = 5
LONGEST_MERGE = 4

# Likeness that an edit needs, by place
IN_BALANCED_GAP = 0.36  # as many sentences went as came, or half of the content is shared
IN_GAP = 0.44
IN_GAP_OTHER_WORDS = 0.52  # hardly any content word is shared
FEW_WORDS = 0.3
MANY_WORDS = 0.5
IN_SECTION = 0.72
ELSEWHERE = 0.74
IMPOSSIBLE = 2.0  # where all figures are others and more sentences came or went
# … and a split or merge
GROUP = 0.60
GROUP_ELSEWHERE = 0.68
GROUP_ADVANTAGE = 0.02  # over the best single sentence
PART_CONTAINED = 0.40  # of each part in the whole
CLOSE = 0.03  # two candidates that differ by less: a person decides
SURE = 0.95  # nothing of weight is left over that a second sentence could hold
SWALLOWED = 0.75  # of a sentence in one that already continues another
SWALLOWED_ALONE = 0.60  # of it in words that the other does not explain
SWALLOWED_ELSEWHERE = 0.90  # both, if it came from another section


class Nearness(IntEnum):
    """How near the place of a new sentence is to that of an old one."""

    OTHER_SECTION = 0
    SECTION = 1
    GAP = 2


BONUS = {Nearness.OTHER_SECTION: 0.0, Nearness.SECTION: 0.06, Nearness.GAP: 0.14}
GROUP_BONUS = 0.02


@dataclass(frozen=True, slots=True)
class Succession:
    """Old sentences and the new ones that continue them: one to one, one to many, many to one."""

    old: tuple[Unit, ...]
    new: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    succession: Succession
    likeness: float
    nearness: Nearness

    @property
    def rank(self) -> float:
        group = len(self.succession.old) + len(self.succession.new) > 2
        return self.likeness + BONUS[self.nearness] + GROUP_BONUS * group


def successions(
    before: UnitsBySection, after: UnitsBySection, pairing: Pairing, elsewhere: Iterable[str]
) -> list[Succession]:
    """Return who continues whom among the sentences that have no equal.

    ``elsewhere`` are the texts of other old sentences: a new one that reads like an old one is
    a copy of that, and never an edit of another.
    """
    olds, news = left(before, pairing.heirs), left(after, pairing.taken)
    if not olds or not news:
        return []
    known = {unit.text for units in before.values() for unit in units}
    known.update(map(normalised, elsewhere))
    news = [unit for unit in news if unit.text not in known]
    field = _Field(olds, news, pairing)
    chosen = _best_first(field.candidates(), field)
    return field.with_swallowed(field.without_doubtful(chosen))


def _evenness(one: float, other: float) -> float:
    """The most that two texts of these lengths can have in common, from 0 to 1."""
    return 2 * min(one, other) / (one + other) if one + other else 0.0


def _best_first(candidates: Iterable[Candidate], field: "_Field") -> list[Succession]:
    """Take candidates by rank, each sentence once; of equals the one that keeps the order."""
    ranked = sorted(candidates, key=lambda c: (-c.rank, field.displacement(c.succession)))
    used: set[Unit] = set()
    chosen: list[Succession] = []
    for candidate in ranked:
        units = (*candidate.succession.old, *candidate.succession.new)
        if used.isdisjoint(units):
            used.update(units)
            chosen.append(candidate.succession)
    return chosen


class _Field:
    """The sentences left on both sides, with their words and places."""

    def __init__(self, olds: Sequence[Unit], news: Sequence[Unit], pairing: Pairing) -> None:
        self.olds = olds
        self.news = news
        self.pairing = pairing
        by_text = {text: Words.of(text) for text in {unit.text for unit in (*olds, *news)}}
        self.words = {unit: by_text[unit.text] for unit in (*olds, *news)}
        self.by_place = {(unit.section, unit.index): unit for unit in news}
        self.old_by_place = {(unit.section, unit.index): unit for unit in olds}
        self.gaps: dict[Gap, tuple[list[Unit], list[Unit]]] = defaultdict(lambda: ([], []))
        self.gap: dict[Unit, Gap] = {}  # of old sentences
        self._partners: dict[Unit, list[Unit]] = {}
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
        self.rank_in_gap = {
            (gap, unit): rank
            for gap, sides in self.gaps.items()
            for side in sides
            for rank, unit in enumerate(side)
        }
        self._likeness: dict[tuple[str, str], float] = {}

    def likeness(self, old: Unit, new: Unit) -> float:
        found = self._likeness.get((old.text, new.text))
        if found is None:
            found = similarity(self.words[old], self.words[new])
            self._likeness[old.text, new.text] = found
        return found

    def nearness(self, old: Unit, new: Unit) -> Nearness:
        gap = self.gap.get(old)
        if gap is None or gap.new_section != new.section:
            return Nearness.OTHER_SECTION
        return Nearness.GAP if (gap, new) in self.rank_in_gap else Nearness.SECTION

    def displacement(self, succession: Succession) -> tuple[int, str, int]:
        """How far from its place in the gap, or the section, a sentence went."""
        old, new = succession.old[0], succession.new[0]
        gap = self.gap.get(old)
        ranks = self.rank_in_gap.get((gap, old)), self.rank_in_gap.get((gap, new))
        if ranks[0] is not None and ranks[1] is not None:
            return abs(ranks[0] - ranks[1]), old.section, old.index
        return abs(old.index - new.index), old.section, old.index

    @cached_property
    def index(self) -> dict[str, list[Unit]]:
        """New sentences by the content words in them."""
        found: dict[str, list[Unit]] = defaultdict(list)
        for unit in self.news:
            for stem in self.words[unit].content:
                found[stem].append(unit)
        return found

    def partners(self, old: Unit) -> list[Unit]:
        """The new sentences worth comparing, the most alike first."""
        if old not in self._partners:
            self._partners[old] = sorted(self._near(old), key=lambda n: -self.likeness(old, n))
        return self._partners[old]

    def _near(self, old: Unit) -> Iterable[Unit]:
        hits: Counter[Unit] = Counter()
        for stem in self.words[old].content:
            with_word = self.index.get(stem, ())
            if len(with_word) <= MOST_WITH_WORD:
                hits.update(with_word)
        found = dict.fromkeys(unit for unit, _ in hits.most_common(MOST_PARTNERS))
        if gap := self.gap.get(old):
            olds, news = self.gaps[gap]
            middle = self.rank_in_gap[gap, old] * len(news) // len(olds)
            near = news[max(0, middle - MOST_NEIGHBOURS) : middle + MOST_NEIGHBOURS + 1]
            found.update(dict.fromkeys(near))
        return found

    def candidates(self) -> Iterator[Candidate]:
        best_old: dict[Unit, list[tuple[float, Unit]]] = defaultdict(list)
        best: dict[Unit, float] = defaultdict(float)
        partners = {old: self.partners(old) for old in self.olds}
        for old, news in partners.items():
            for new in news:
                likeness = self.likeness(old, new)
                best[old] = max(best[old], likeness)
                best[new] = max(best[new], likeness)
                best_old[new].append((likeness, old))
                nearness = self.nearness(old, new)
                if likeness >= self.needed(old, new, nearness):
                    yield Candidate(Succession((old,), (new,)), likeness, nearness)
        for old, news in partners.items():
            if best[old] < SURE:
                yield from self.splits(old, news[:PARTNERS_IN_GROUPS], best)
        for new, ranked in best_old.items():
            if best[new] < SURE:
                ranked.sort(key=lambda pair: -pair[0])
                olds = [old for _, old in ranked[:PARTNERS_IN_GROUPS]]
                yield from self.merges(new, olds, best)

    def needed(self, old: Unit, new: Unit, nearness: Nearness) -> float:
        """The likeness from which a new sentence may be an edit of an old one."""
        one, other = self.words[old], self.words[new]
        olds, news = self.gaps[self.gap[old]] if nearness is Nearness.GAP else ((), (new,))
        balanced = len(olds) == len(news)
        if other_figures(one, other) and not balanced:
            return IMPOSSIBLE
        if nearness < Nearness.GAP:
            return ELSEWHERE if nearness is Nearness.OTHER_SECTION else IN_SECTION
        content = content_shared(one, other)
        if content < FEW_WORDS:
            return IN_GAP_OTHER_WORDS
        return IN_BALANCED_GAP if balanced or content >= MANY_WORDS else IN_GAP

    def splits(
        self, old: Unit, partners: Sequence[Unit], best: Mapping[Unit, float]
    ) -> Iterator[Candidate]:
        for run in self._runs(old, partners, self.by_place, LONGEST_SPLIT):
            nearness = min(self.nearness(old, new) for new in run)
            needed = self._needed_by_group(nearness, max(best[u] for u in (old, *run)))
            if (likeness := self._group_likeness(old, run, needed)) >= needed:
                yield Candidate(Succession((old,), run), likeness, nearness)

    def merges(
        self, new: Unit, partners: Sequence[Unit], best: Mapping[Unit, float]
    ) -> Iterator[Candidate]:
        for run in self._runs(new, partners, self.old_by_place, LONGEST_MERGE):
            nearness = min(self.nearness(old, new) for old in run)
            needed = self._needed_by_group(nearness, max(best[u] for u in (new, *run)))
            if (likeness := self._group_likeness(new, run, needed)) >= needed:
                yield Candidate(Succession(run, (new,)), likeness, nearness)

    @staticmethod
    def _needed_by_group(nearness: Nearness, best_single: float) -> float:
        least = GROUP_ELSEWHERE if nearness is Nearness.OTHER_SECTION else GROUP
        return max(least, best_single + GROUP_ADVANTAGE)

    def _group_likeness(self, whole: Unit, run: Sequence[Unit], needed: float) -> float:
        """How alike a sentence and several are; 0 where their lengths alone rule it out."""
        in_words = _evenness(self.words[whole].total, sum([self.words[u].total for u in run]))
        in_letters = _evenness(len(whole.text), sum([len(u.text) for u in run]))
        if max(0.5 * in_words + 0.5 * in_letters, 0.8 * in_words + 0.2) < needed:
            return 0.0
        return similarity(self.words[whole], self._joined(run))

    def _runs(
        self,
        whole: Unit,
        partners: Iterable[Unit],
        by_place: Mapping[tuple[str, int], Unit],
        longest: int,
    ) -> Iterator[tuple[Unit, ...]]:
        """Neighbouring sentences around the partners, each of them a part of the whole."""

        def is_part(unit: Unit | None) -> bool:
            return (
                unit is not None
                and self.words[unit].total < self.words[whole].total
                and contained(self.words[unit], self.words[whole]) >= PART_CONTAINED
            )

        seen: set[tuple[str, int, int]] = set()
        for partner in partners:
            if not is_part(partner):
                continue
            section, first, last = partner.section, partner.index, partner.index
            while last - first < longest and is_part(by_place.get((section, first - 1))):
                first -= 1
            while last - partner.index < longest and is_part(by_place.get((section, last + 1))):
                last += 1
            for start in range(first, partner.index + 1):
                for end in range(max(partner.index, start + 1), min(last, start + longest - 1) + 1):
                    if (section, start, end) not in seen:
                        seen.add((section, start, end))
                        yield tuple(by_place[section, i] for i in range(start, end + 1))

    def _joined(self, units: Sequence[Unit]) -> Words:
        return sum((self.words[u] for u in units[1:]), self.words[units[0]])

    def without_doubtful(self, chosen: Sequence[Succession]) -> list[Succession]:
        """Leave out edits for which another sentence, that nobody takes, would do as well."""
        used = {unit for succession in chosen for unit in (*succession.old, *succession.new)}
        rivals: dict[Unit, list[Unit]] = defaultdict(list)  # old ones that end, by new ones
        for old in self.olds:
            if old not in used:
                for new in self.partners(old):
                    rivals[new].append(old)

        def is_doubtful(old: Unit, new: Unit) -> bool:
            pairs = [(old, other) for other in self.partners(old) if other not in used]
            pairs += [(other, new) for other in rivals[new]]
            nearness = self.nearness(old, new)
            return any(
                self.likeness(*pair) >= self.likeness(old, new) - CLOSE
                and self.nearness(*pair) >= nearness
                for pair in pairs
            )

        return [
            s for s in chosen if len(s.old) + len(s.new) > 2 or not is_doubtful(s.old[0], s.new[0])
        ]

    def with_swallowed(self, chosen: Sequence[Succession]) -> list[Succession]:
        """Add old sentences whose content went into one that already continues another."""
        heirs = {succession.new[0]: succession for succession in chosen if len(succession.new) == 1}
        continued = {old for succession in chosen for old in succession.old}
        for old in self.olds:
            if old in continued:
                continue
            for new in self.partners(old):
                succession = heirs.get(new)
                if succession and self._is_swallowed(old, new, succession):
                    olds = sorted((*succession.old, old), key=lambda u: (u.section, u.index))
                    heirs[new] = Succession(tuple(olds), (new,))
                    break
        return [*heirs.values(), *(s for s in chosen if len(s.new) > 1)]

    def _is_swallowed(self, old: Unit, new: Unit, succession: Succession) -> bool:
        needed = needed_alone = SWALLOWED_ELSEWHERE
        if self.nearness(old, new) > Nearness.OTHER_SECTION:
            needed, needed_alone = SWALLOWED, SWALLOWED_ALONE
        words = self.words[old]
        if contained(words, self.words[new]) < needed:
            return False
        unexplained = self.words[new].stems - self._joined(succession.old).stems
        return contained(words, Words("", unexplained)) >= needed_alone
