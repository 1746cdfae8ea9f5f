"""Claims whose sentences are gone, and the new sentences at which they could go on. Pure.

Where following cannot tell which sentence took a claim's place, the claim ends. Here a person
is shown what looks most like it, and decides.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz

from articles.history.state import ArticleState, ClaimState, SectionState

# Points of likeness, of a hundred, for a sentence that stands where the old one stood: rewritten
# from scratch it has little else in common with it.
IN_ITS_PLACE = 25.0


@dataclass(frozen=True, slots=True)
class Placed:
    """A claim and the section that it stands in."""

    claim: ClaimState
    section: SectionState


@dataclass(frozen=True)
class Endings:
    """What ended from one state to the next and has no place ``now``, and what began meanwhile."""

    before: ArticleState
    after: ArticleState
    now: ArticleState

    @cached_property
    def ended(self) -> tuple[Placed, ...]:
        """As they last stood, in reading order."""
        stay = {claim.uid for state in (self.after, self.now) for claim in state.claims()}
        return tuple(old for old in placed(self.before) if old.claim.uid not in stay)

    @cached_property
    def recorded(self) -> tuple[Placed, ...]:
        """The ended ones that somebody judged or cited for."""
        return tuple(old for old in self.ended if old.claim.recorded)

    @cached_property
    def new(self) -> tuple[Placed, ...]:
        """Those that began, as they stand now, where nobody judged them or cited for them."""
        was = {claim.uid for claim in self.before.claims()}
        begun = {claim.uid for claim in self.after.claims()} - was
        return tuple(
            new for new in placed(self.now) if new.claim.uid in begun and not new.claim.recorded
        )

    def places_for(self, old: Placed) -> list[Placed]:
        """The new sentences, those first at which the ended claim most likely goes on."""
        between = self._between(old)
        return sorted(
            self.new,
            key=lambda new: (
                likeness(old.claim.text, new.claim.text)
                + (IN_ITS_PLACE if new.claim.uid in between else 0)
            ),
            reverse=True,
        )

    def _between(self, old: Placed) -> set[str]:
        """Uids of what stands now between the ended claim's neighbours of then."""
        uids = [claim.uid for claim in old.section.claims]
        at = uids.index(old.claim.uid)
        section = next((s for s in self.now.sections if s.uid == old.section.uid), None)
        here = [claim.uid for claim in section.claims] if section else []
        start = next((here.index(uid) + 1 for uid in reversed(uids[:at]) if uid in here), 0)
        end = next((here.index(uid) for uid in uids[at + 1 :] if uid in here), len(here))
        return set(here[start:end])


def placed(state: ArticleState) -> Iterator[Placed]:
    for section in state.sections:
        for claim in section.claims:
            yield Placed(claim, section)


def likeness(old: str, new: str) -> float:
    """How much of their words two sentences share, from 0 to 100, for a person to look at.

    In any order, and one sentence may be a part of the other.
    """
    old, new = old.casefold(), new.casefold()
    return (fuzz.token_set_ratio(old, new) + fuzz.token_sort_ratio(old, new)) / 2
