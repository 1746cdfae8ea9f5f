"""Who wrote which words of a state, as values for pages. Pure.

A state names revisions by number; what is known of them comes in beside it, so that a page
may show readers other numbers than editors.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import accumulate, chain, groupby
from operator import itemgetter

from articles.history.state import ArticleState, ClaimState, SectionState
from articles.text.diff import words

UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Contribution:
    """A revision as far as somebody wrote with it."""

    number: int
    author: str  # user name; "" for a command
    origin: str  # ai or human
    at: datetime
    before: int | None = None  # number of the revision to compare it with


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row that came with one contribution, or the signs between two such runs."""

    text: str
    words: int  # 0: spaces and signs
    origin: str  # ai, human or UNKNOWN
    came: Contribution | None = None  # None: not known


@dataclass(frozen=True, slots=True)
class Written:
    """A claim with the contributions that made it; None for one that is not known."""

    claim: ClaimState
    begun: Contribution | None  # first had the sentence
    changed: Contribution | None  # last changed it
    runs: tuple[Run, ...]  # joined they are the claim's text

    @property
    def whole(self) -> bool:
        """Whether all its words came with the sentence."""
        return all(run.came == self.begun for run in self.runs if run.words)


@dataclass(frozen=True, slots=True)
class Shares:
    """How many words are whose."""

    ai: int = 0
    human: int = 0
    unknown: int = 0

    @property
    def total(self) -> int:
        return self.ai + self.human + self.unknown

    @property
    def percent(self) -> tuple[int, int, int]:
        """The same in whole percent, which sum to 100 (or are 0 where there is no word).

        >>> Shares(ai=1, human=1, unknown=1).percent
        (34, 33, 33)
        """
        counts = (self.ai, self.human, self.unknown)
        if not self.total:
            return (0, 0, 0)
        found = [100 * count // self.total for count in counts]
        by_remainder = sorted(range(3), key=lambda i: (-(100 * counts[i] % self.total), i))
        for i in by_remainder[: 100 - sum(found)]:
            found[i] += 1
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Authorship:
    sections: tuple[tuple[SectionState, tuple[Written, ...]], ...]
    shares: Shares
    claims: Mapping[str, int]  # how many are ai, ai_assisted, human

    def written(self) -> Iterator[Written]:
        return chain.from_iterable(found for _section, found in self.sections)

    @property
    def begun_by(self) -> str:
        """ai or human: the origin of the oldest words. UNKNOWN where none are known."""
        known = (run.came for written in self.written() for run in written.runs if run.came)
        oldest = min(known, key=lambda came: came.number, default=None)
        return oldest.origin if oldest else UNKNOWN


def numbers_in(state: ArticleState) -> set[int]:
    """The numbers of the revisions that a state's words came with."""
    return {
        number
        for claim in state.claims()
        for number in (claim.begun, claim.changed, *(number for number, _count in claim.words))
        if number
    }


def as_published(
    known: Mapping[int, Contribution], published: Sequence[tuple[int, datetime]]
) -> dict[int, Contribution]:
    """Contributions under the numbers and times at which readers first saw what they brought.

    ``published`` are the revisions that readers saw, up to the one in question, with the times,
    as they stand in the log. A draft's words are shown under the first of them that came after
    it. Who wrote stays. Should a restored revision bring words back that were gone in between,
    that first one may be one that lacked them.
    """
    first: dict[int, tuple[int, datetime, int | None]] = {}
    rising: list[tuple[int, datetime, int | None]] = []
    before = None
    for number, at in published:
        if number not in first:
            first[number] = (number, at, before)
            if not rising or number > rising[-1][0]:
                rising.append(first[number])
        before = number
    shown = {}
    for number, contribution in known.items():
        place = bisect_left(rising, number, key=itemgetter(0))
        found = first.get(number) or (rising[place] if place < len(rising) else None)
        if found:
            seen, at, before = found
            shown[number] = replace(contribution, number=seen, at=at, before=before)
    return shown


def authorship(state: ArticleState, known: Mapping[int, Contribution]) -> Authorship:
    """Who wrote the state; ``known`` are the contributions by the numbers that the state has."""
    sections = tuple(
        (section, tuple(_written(claim, known) for claim in section.claims))
        for section in state.sections
    )
    counts: Counter[str] = Counter()
    for _section, found in sections:
        for run in chain.from_iterable(written.runs for written in found):
            counts[run.origin] += run.words
    origins = Counter(claim.origin for claim in state.claims())
    return Authorship(
        sections,
        Shares(counts["ai"], counts["human"], counts[UNKNOWN]),
        {origin: origins[origin] for origin in ("ai", "ai_assisted", "human")},
    )


def _written(claim: ClaimState, known: Mapping[int, Contribution]) -> Written:
    return Written(
        claim,
        known.get(claim.begun),
        known.get(claim.changed),
        tuple(_runs(claim, known)),
    )


def _runs(claim: ClaimState, known: Mapping[int, Contribution]) -> Iterator[Run]:
    tokens = words(claim.text)
    sources = list(_sources(claim, tokens, known))
    # Signs belong to a run that goes on behind them.
    before = accumulate(sources, _last)
    after = reversed(list(accumulate(reversed(sources), _last)))
    owners = [one if one == other else None for one, other in zip(before, after, strict=True)]
    for owner, group in groupby(zip(tokens, owners, strict=True), key=itemgetter(1)):
        texts = [text for text, _owner in group]
        count = sum(text[0].isalnum() for text in texts)
        yield Run("".join(texts), count, *(owner or (UNKNOWN, None)))


Source = tuple[str, Contribution | None]  # who wrote a word, and which revision brought it


def _last(before: Source | None, now: Source | None) -> Source | None:
    return now or before


def _sources(
    claim: ClaimState, tokens: Sequence[str], known: Mapping[int, Contribution]
) -> Iterator[Source | None]:
    """Where each token comes from; None for spaces and signs.

    Where only machines or only people ever wrote a claim, that is known of its words even if
    their revisions are not. A word that the record does not count comes from nowhere known.
    """
    pure = claim.origin if claim.origin in ("ai", "human") else UNKNOWN
    numbers = iter(claim.word_numbers)
    for text in tokens:
        if text[0].isalnum():
            came = known.get(next(numbers, 0))
            yield (came.origin if came else pure), came
        else:
            yield None
