"""Which of an article's claims wait for whom, by name. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from articles.history.state import ArticleState, ClaimState


@dataclass(frozen=True, slots=True)
class Looking:
    """Who looks, when, and at what finds: what "mine", "due" and "quotes" depend on."""

    editor: str  # user name
    today: date
    unfound: frozenset[str] = frozenset()  # uids of claims whose supporting quotes are all missing


def is_due(claim: ClaimState, looking: Looking) -> bool:
    """Whether it is to be looked at again by now, whoever judged it.

    That is where the verdict in force was to be, and where none of the supporting quotes was
    found, for as long as that is so.
    """
    verdict = claim.verdict
    recheck_by = verdict.recheck_by if verdict else None
    return claim.uid in looking.unfound or (recheck_by is not None and recheck_by <= looking.today)


def is_open(claim: ClaimState, looking: Looking) -> bool:
    """Whether a person has something to do about it."""
    return not claim.reviewed or is_due(claim, looking)


Rule = Callable[[ClaimState, Looking], bool]

QUEUES: dict[str, Rule] = {
    "open": is_open,
    "none": lambda claim, _looking: claim.verdict is None,
    "suggested": lambda claim, _looking: claim.by == "machine" and not claim.stale,
    "stale": lambda claim, _looking: claim.stale,
    "due": is_due,
    "quotes": lambda claim, looking: claim.uid in looking.unfound,
    "disputed": lambda claim, _looking: claim.rating == "disputed",
    "mine": lambda claim, looking: (
        claim.verdict is not None and claim.verdict.editor == looking.editor
    ),
    "all": lambda _claim, _looking: True,
}


def queue(state: ArticleState, name: str, looking: Looking) -> list[ClaimState]:
    """The claims in the queue of that name, in reading order. Raises KeyError for no queue."""
    rule = QUEUES[name]
    return [claim for claim in state.claims() if rule(claim, looking)]


def lengths(state: ArticleState, looking: Looking) -> dict[str, int]:
    """How many claims wait in each queue."""
    return {name: len(queue(state, name, looking)) for name in QUEUES}


def following(state: ArticleState, waiting: list[ClaimState], uid: str) -> ClaimState | None:
    """The first claim of a queue behind the one with ``uid``, from the beginning after the last.

    None where no other claim waits. The claim itself need not be in the queue.
    """
    order = {claim.uid: place for place, claim in enumerate(state.claims())}
    here = order.get(uid, -1)
    others = [claim for claim in waiting if claim.uid != uid]
    behind = (claim for claim in others if order[claim.uid] > here)
    return next(behind, others[0] if others else None)


def preceding(state: ArticleState, waiting: list[ClaimState], uid: str) -> ClaimState | None:
    """The last claim of a queue before the one with ``uid``; at the beginning the very last."""
    order = {claim.uid: place for place, claim in enumerate(state.claims())}
    here = order.get(uid, len(order))
    others = [claim for claim in waiting if claim.uid != uid]
    before = [claim for claim in others if order[claim.uid] < here]
    return (before or others or [None])[-1]
