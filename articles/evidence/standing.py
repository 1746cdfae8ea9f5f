"""How it stands with a source's address: a function of its visits and of what became of its quotes.

Pure: values in, values out. A failure is told only after it happened on three different days, for
most are gone by the next; that an address is refused is our own rule and told at once.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from articles.models import LinkState, Outcome

PATIENCE = 3  # different days (UTC) on which it failed, until readers are told
SETTLED = 7  # days between two visits to an address that is known to fail
SOONEST = timedelta(minutes=1)  # until we come back to a site that sent us away
READ = {Outcome.READ, Outcome.UNCHANGED, Outcome.UNREADABLE}  # the site gave what it has

FAILURES = {
    Outcome.NOT_FOUND: LinkState.NOT_FOUND,
    Outcome.GONE: LinkState.GONE,
    Outcome.BLOCKED: LinkState.BLOCKED,
    Outcome.BUSY: LinkState.UNREACHABLE,
    Outcome.BROKEN: LinkState.UNREACHABLE,
    Outcome.TLS: LinkState.TLS,
    Outcome.DNS: LinkState.DNS,
    Outcome.UNREACHABLE: LinkState.UNREACHABLE,
    Outcome.TOO_LARGE: LinkState.UNREACHABLE,
    Outcome.REFUSED: LinkState.REFUSED,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """The fields of a Watch that follow from visits and checks."""

    state: str = LinkState.UNKNOWN
    since: datetime | None = None
    visited_at: datetime | None = None
    read_at: datetime | None = None
    failing_since: datetime | None = None
    failed_days: int = 0

    @property
    def reads(self) -> bool:
        """Whether the last visit got what the site has."""
        return self.visited_at is not None and self.failing_since is None


@dataclass(frozen=True, slots=True)
class Content:
    """What became of the work, by its newest copy."""

    redirected: bool = False  # its address leads to another page, for good
    changed: bool = False  # its text is another one than when it was cited
    quote_gone: bool = False  # a quote that an earlier copy held is missing

    @property
    def state(self) -> str:
        if self.quote_gone:
            return LinkState.QUOTE_GONE
        if self.redirected:
            return LinkState.REDIRECTED
        return LinkState.CHANGED if self.changed else LinkState.OK


def visited(before: Standing, outcome: str, at: datetime) -> Standing:
    """After a visit. What the content tells comes with `checked`."""
    if outcome in READ:
        return replace(before, visited_at=at, read_at=at, failing_since=None, failed_days=0)
    again = before.failing_since is not None and _day(before.visited_at) == _day(at)
    failed = replace(
        before,
        visited_at=at,
        failing_since=before.failing_since or at,
        failed_days=before.failed_days + (not again),
    )
    if outcome == Outcome.REFUSED or failed.failed_days >= PATIENCE:
        return _in_state(failed, FAILURES[Outcome(outcome)], at)
    return failed


def checked(before: Standing, content: Content, at: datetime) -> Standing:
    """After the quotes were looked for. While visits fail, the last word is theirs."""
    return _in_state(before, content.state, at) if before.reads else before


def next_visit(
    standing: Standing, uid: str, *, days: int, asked_back: datetime | None = None
) -> datetime:
    """When to ask for the address again, never before the site wants it (``asked_back``).

    ``days`` is the time between two visits that succeed, made up to a tenth longer by the uid:
    sources that were cited in an hour do not all fall due in the same one a month later.
    """
    at = standing.visited_at
    spread = 1 + _fraction(uid) / 10
    if standing.reads or standing.state == LinkState.REFUSED:
        return at + timedelta(days=days) * spread
    if asked_back and standing.failed_days < PATIENCE:
        # Twice as late each time, to a site that says "in a second" each time.
        patience = min(max(at - standing.failing_since, SOONEST), timedelta(days=1))
        return max(asked_back, at + patience)
    usual = (
        at + timedelta(days=1 if standing.failed_days < PATIENCE else min(SETTLED, days)) * spread
    )
    return max(usual, asked_back) if asked_back else usual


def _in_state(before: Standing, state: str, at: datetime) -> Standing:
    return before if before.state == state else replace(before, state=state, since=at)


def _day(at: datetime) -> object:
    return at.astimezone(UTC).date()


def _fraction(uid: str) -> float:
    return int(hashlib.sha256(uid.encode()).hexdigest()[:8], 16) / 2**32
