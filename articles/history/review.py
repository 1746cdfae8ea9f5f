"""What the record says of an article's review: the facts behind the notice, never typed."""

from collections import Counter
from dataclasses import dataclass

from articles.history.state import ArticleState

# From the least human care to the most; an article is as good as its weakest sentence.
DISCLOSURES = ("ai-autonomous", "ai-assisted", "human-only")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many claims have the same rating, given by the same kind of judge."""

    rating: str
    by: str  # human, machine or "" (nobody)
    stale: bool
    count: int


@dataclass(frozen=True, slots=True)
class Review:
    origin: str  # ai, ai_assisted, human
    total: int  # claims
    checked: int  # claims whose present words a person judged
    suggested: int  # claims for whose present words only a machine spoke
    stale: int  # claims that changed since they were judged
    changed_by_machine: int  # of them: a person had judged, then a machine rewrote
    disclosure: str
    tallies: tuple[Tally, ...]

    @property
    def reviewed(self) -> str:
        """none, partial or full."""
        if not self.checked:
            return "none"
        return "full" if self.checked == self.total else "partial"


def review(state: ArticleState) -> Review:
    claims = list(state.claims())
    origins = {claim.origin for claim in claims}
    counted = Counter((claim.rating, claim.by, claim.stale) for claim in claims)
    disclosures = {claim.disclosure for claim in claims}
    return Review(
        origin=origins.pop() if len(origins) == 1 else "ai_assisted" if origins else "human",
        total=len(claims),
        checked=sum(claim.reviewed for claim in claims),
        suggested=sum(claim.by == "machine" and not claim.stale for claim in claims),
        stale=sum(claim.stale for claim in claims),
        changed_by_machine=sum(
            claim.stale and claim.by == "human" and claim.writer == "ai" for claim in claims
        ),
        disclosure=next((d for d in DISCLOSURES if d in disclosures), "human-only"),
        tallies=tuple(Tally(*key, count) for key, count in sorted(counted.items())),
    )
