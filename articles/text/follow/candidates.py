"""What may have become of sentences that are not there any more: edits, splits, merges.

How much alike two sentences must be depends on where they stand: between the same unchanged
sentences as before little will do, elsewhere much. It depends on what speaks against them, too:
other figures and names, or a number of sentences that does not come out even.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from articles.text.follow.neighbourhood import Nearness, Neighbourhood
from articles.text.follow.pairing import Pairing, Unit
from articles.text.follow.similarity import (
    Vocabulary,
    Words,
    contained,
    content_shared,
    frame_shared,
    other_marks,
    similarity,
)

MOST_PARTNERS = 16  # looked at for each old sentence by their words
MOST_WITH_WORD = 200  # a word in more sentences than that tells nothing
PARTNERS_IN_GROUPS = 4
LONGEST_SPLIT = 5
LONGEST_MERGE = 4

# Likeness that an edit needs, by place
LEAST = IN_BALANCED_GAP = 0.36  # as many sentences went as came, or half of the content is shared
IN_GAP = 0.44
IN_GAP_OTHER_WORDS = 0.52  # hardly any content word is shared
IN_GAP_OTHER_MARKS = 0.66  # no figure or name is shared, nor what is said of them
IN_SECTION = 0.72
ELSEWHERE = 0.74
IMPOSSIBLE = 2.0
# … and shares of the content words that tell these cases apart
FEW_WORDS = 0.30
MANY_WORDS = 0.50
SAME_FRAME = 0.60  # of what is said of figures and names
SAME_SUBJECT = 0.65  # below it, what stands elsewhere is about something else
# … and that a split or merge needs
GROUP = 0.60
GROUP_ELSEWHERE = 0.68
GROUP_ADVANTAGE = 0.02  # over the best single sentence
PART_CONTAINED = 0.40  # of each part in the whole
SURE = 0.95  # nothing of weight is left over that a second sentence could hold

BONUS = {Nearness.OTHER_SECTION: 0.0, Nearness.SECTION: 0.06, Nearness.GAP: 0.14}
GROUP_BONUS = 0.02


@dataclass(frozen=True, slots=True)
class Succession:
    """Old sentences and the new ones that continue them: one to one, one to many, many to one."""

    old: tuple[Unit, ...]
    new: tuple[Unit, ...]

    @property
    def is_edit(self) -> bool:
        return len(self.old) == len(self.new) == 1


@dataclass(frozen=True, slots=True)
class Candidate:
    succession: Succession
    likeness: float
    nearness: Nearness

    @property
    def rank(self) -> float:
        bonus = 0 if self.succession.is_edit else GROUP_BONUS
        return self.likeness + BONUS[self.nearness] + bonus


class Candidates:
    """Old and new sentences without an equal, and what each might have become."""

    def __init__(self, olds: Sequence[Unit], news: Sequence[Unit], pairing: Pairing) -> None:
        self.olds = olds
        self.news = news
        self.where = Neighbourhood(olds, news, pairing)
        texts = {unit.text for unit in (*olds, *news)}
        vocabulary = Vocabulary(texts)
        words = {text: vocabulary.words(text) for text in texts}
        self.words = {unit: words[unit.text] for unit in (*olds, *news)}
        self._likeness: dict[tuple[str, str], float] = {}
        self._partners: dict[Unit, list[Unit]] = {}

    def likeness(self, old: Unit, new: Unit) -> float:
        found = self._likeness.get((old.text, new.text))
        if found is None:
            found = similarity(self.words[old], self.words[new])
            self._likeness[old.text, new.text] = found
        return found

    def joined(self, units: Sequence[Unit]) -> Words:
        return sum((self.words[u] for u in units[1:]), self.words[units[0]])

    def partners(self, old: Unit) -> list[Unit]:
        """The new sentences worth comparing, the most alike first."""
        if old not in self._partners:
            self._partners[old] = sorted(self._near(old), key=lambda n: -self.likeness(old, n))
        return self._partners[old]

    def _near(self, old: Unit) -> Iterable[Unit]:
        hits: Counter[Unit] = Counter()
        for stem in self.words[old].content:
            with_word = self._by_word.get(stem, ())
            if len(with_word) <= MOST_WITH_WORD:
                hits.update(with_word)
        found = dict.fromkeys(unit for unit, _ in hits.most_common(MOST_PARTNERS))
        found.update(dict.fromkeys(self.where.around(old)))
        return found

    @cached_property
    def _by_word(self) -> dict[str, list[Unit]]:
        """New sentences by the content words in them."""
        found: dict[str, list[Unit]] = defaultdict(list)
        for unit in self.news:
            for stem in self.words[unit].content:
                found[stem].append(unit)
        return found

    def all(self) -> Iterator[Candidate]:
        best_old: dict[Unit, list[tuple[float, Unit]]] = defaultdict(list)
        best: dict[Unit, float] = defaultdict(float)
        for old in self.olds:
            for new in self.partners(old):
                likeness = self.likeness(old, new)
                best[old] = max(best[old], likeness)
                best[new] = max(best[new], likeness)
                best_old[new].append((likeness, old))
                if likeness < LEAST:
                    continue
                nearness = self.where.nearness(old, new)
                if likeness >= self._needed(old, new, nearness):
                    yield Candidate(Succession((old,), (new,)), likeness, nearness)
        groups = _Groups(self, best)
        for old in self.olds:
            if best[old] < SURE:
                yield from groups.splits(old, self.partners(old)[:PARTNERS_IN_GROUPS])
        for new, ranked in best_old.items():
            if best[new] < SURE:
                ranked.sort(key=lambda pair: -pair[0])
                yield from groups.merges(new, [old for _, old in ranked[:PARTNERS_IN_GROUPS]])

    def _needed(self, old: Unit, new: Unit, nearness: Nearness) -> float:
        """The likeness from which a new sentence may be an edit of an old one."""
        one, other = self.words[old], self.words[new]
        in_its_place = self.where.takes_the_place(new, old)
        others = other_marks(one, other)
        if others > 1 and not in_its_place:
            return IMPOSSIBLE
        content = content_shared(one, other)
        if nearness is not Nearness.GAP:
            if content < SAME_SUBJECT:
                return IMPOSSIBLE
            return ELSEWHERE if nearness is Nearness.OTHER_SECTION else IN_SECTION
        if others and frame_shared(one, other) < SAME_FRAME:
            return IN_GAP_OTHER_MARKS
        if content < FEW_WORDS:
            return IN_GAP_OTHER_WORDS
        return IN_BALANCED_GAP if in_its_place or content >= MANY_WORDS else IN_GAP


class _Groups:
    """Splits of one sentence into neighbours, and merges of neighbours into one."""

    def __init__(self, field: Candidates, best: Mapping[Unit, float]) -> None:
        self.field = field
        self.words = field.words
        self.best = best  # likeness of each sentence to a single other one
        self.new_at = {(unit.section, unit.index): unit for unit in field.news}
        self.old_at = {(unit.section, unit.index): unit for unit in field.olds}

    def splits(self, old: Unit, partners: Sequence[Unit]) -> Iterator[Candidate]:
        for run in self._runs(old, partners, self.new_at, LONGEST_SPLIT):
            nearness = min(self.field.where.nearness(old, new) for new in run)
            if likeness := self._likeness(old, run, nearness):
                yield Candidate(Succession((old,), run), likeness, nearness)

    def merges(self, new: Unit, partners: Sequence[Unit]) -> Iterator[Candidate]:
        for run in self._runs(new, partners, self.old_at, LONGEST_MERGE):
            nearness = min(self.field.where.nearness(old, new) for old in run)
            if likeness := self._likeness(new, run, nearness):
                yield Candidate(Succession(run, (new,)), likeness, nearness)

    def _likeness(self, whole: Unit, run: Sequence[Unit], nearness: Nearness) -> float:
        """How alike a sentence and several are; 0 where that is not enough."""
        needed = max(
            GROUP_ELSEWHERE if nearness is Nearness.OTHER_SECTION else GROUP,
            max(self.best[unit] for unit in (whole, *run)) + GROUP_ADVANTAGE,
        )
        in_words = _evenness(self.words[whole].total, sum([self.words[u].total for u in run]))
        in_letters = _evenness(len(whole.text), sum([len(u.text) for u in run]))
        if max(0.5 * in_words + 0.5 * in_letters, 0.8 * in_words + 0.2) < needed:
            return 0.0  # by their lengths alone
        likeness = similarity(self.words[whole], self.field.joined(run))
        return likeness if likeness >= needed else 0.0

    def _runs(
        self,
        whole: Unit,
        partners: Iterable[Unit],
        at: Mapping[tuple[str, int], Unit],
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
            while last - first < longest and is_part(at.get((section, first - 1))):
                first -= 1
            while last - partner.index < longest and is_part(at.get((section, last + 1))):
                last += 1
            for start in range(first, partner.index + 1):
                for end in range(max(partner.index, start + 1), min(last, start + longest - 1) + 1):
                    if (section, start, end) not in seen:
                        seen.add((section, start, end))
                        yield tuple(at[section, i] for i in range(start, end + 1))


def _evenness(one: float, other: float) -> float:
    """The most that two texts of these lengths can have in common, from 0 to 1."""
    return 2 * min(one, other) / (one + other) if one + other else 0.0
