"""Looking at sources: their addresses visited, copies kept, quotes looked for, each in small steps.

A look holds a lease on its source (leases.py) and fetches outside of any transaction. A visit, the
copy that came of it and the next date are stored together; so is each copy's batch of checks.
Whoever is killed in between has recorded all of a step or none, and the source is still due.
"""

import logging
import time
from collections.abc import Callable, Container, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from articles.evidence import checking, content, keeping, leases, standing, watching
from articles.evidence.documents import Document, Unreadable, read
from articles.evidence.fetch import Answer, NotModified, Unfetched, fetch
from articles.evidence.seals import sealed
from articles.models import Kind, Outcome, QuoteCheck, Snapshot, Source, Visit, Watch
from articles.text.identifiers import same_page

logger = logging.getLogger(__name__)

# Said of a visit that was led to another page by redirects for good (301, 308).
MOVED = "moved for good"
PAUSE = 0.5  # seconds between two looks whether somebody else is done
LATER = timedelta(hours=1)  # after a fault of our own


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of looking at a source."""

    uid: str
    visit: Visit | None  # none: its address was left alone
    checks: tuple[QuoteCheck, ...]  # that were recorded
    new_copy: bool = False


@dataclass(frozen=True, slots=True)
class Later:
    """Nobody was asked: it is not our turn at this site before then."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """What an address gave."""

    outcome: str
    status: int | None = None
    detail: str = ""
    final_address: str = ""
    copy: Snapshot | None = None  # its files are stored; its row is not, but for an old one
    etag: str = ""
    last_modified: str = ""
    retry_after: datetime | None = None
    at: datetime | None = None  # of an answer that somebody else got


def look(uid: str, *, afresh: bool = False, now: datetime | None = None) -> Looked | None:
    """Look at one source: visit its address if that is due, then check its quotes.

    ``afresh`` visits it in any case. None where somebody else looks at it, or its address was
    changed meanwhile. ``now`` stands still, for tests; without it the clock runs.
    """
    watch = leases.take(uid, now or timezone.now())
    if watch is None:
        return None
    try:
        found = visit(watch, afresh=afresh, now=now)
        checks = checking.check(uid, lease=watch, now=now)
        _settle(watch, now)
    except leases.LeaseLost:
        return None
    except Exception:
        # Once an hour is often enough to meet a fault of our own again.
        later = (now or timezone.now()) + LATER
        Watch.objects.filter(pk=uid, lease=watch.lease).update(due_at=later)
        raise
    finally:
        leases.release(watch)
    made, new = found or (None, False)
    return Looked(uid, made, tuple(checks), new)


def look_at(
    uids: Iterable[str],
    *,
    afresh: Container[str] = (),
    progress: Callable[[], None] = lambda: None,
) -> list[Looked]:
    """Look at each of the sources, one after the other; ``progress`` is called after each.

    Those in ``afresh`` are visited in any case. Where somebody else is looking, this waits for
    them, and looks again only if they left something to do. A fault of our own is logged and
    ends the look at that source alone.
    """
    uids = list(uids)
    watching.enter(uids)
    began = timezone.now()
    all_looked, held = [], []
    for uid in uids:
        looked = _logged_look(uid, afresh=uid in afresh)
        if looked is None and Watch.objects.get(pk=uid).lease:
            held.append(uid)
            continue
        all_looked.append(looked or Looked(uid, None, ()))
        progress()
    for uid in held:
        all_looked.append(_look_after(uid, began, afresh=uid in afresh))
        progress()
    return all_looked


def _look_after(uid: str, began: datetime, *, afresh: bool) -> Looked:
    """What somebody else's look gave that began before; one of our own where that was too old."""
    while (watch := Watch.objects.get(pk=uid)).lease and timezone.now() < began + leases.LENGTH:
        time.sleep(PAUSE)
    visited = watch.visited_at is not None and watch.visited_at >= began
    if not visited or (watch.due_at and watch.due_at <= timezone.now()):
        looked = _logged_look(uid, afresh=afresh and not visited)
        if looked:
            return looked
    visit = Visit.objects.filter(source_id=uid, made_at__gte=began).first()
    return Looked(uid, visit, ())


def _logged_look(uid: str, *, afresh: bool) -> Looked | None:
    try:
        return look(uid, afresh=afresh)
    except Exception:
        logger.exception("Looking at source %s failed", uid)
        return None


def visit(
    watch: Watch, *, afresh: bool = False, now: datetime | None = None
) -> tuple[Visit, bool] | None:
    """Visit the address of a source that is leased, unless that is not due; record what came of it.

    Returns the visit and whether it brought a new copy.
    """
    source = Source.objects.get(uid=watch.pk)
    if not source.url:
        return None
    begun = now or timezone.now()
    found = _brought(watch, source, begun)
    if not found:
        if watch.fetch_at and watch.fetch_at > begun and not afresh:
            return None
        found = _found(watch, source)
    if isinstance(found, Later):
        Watch.objects.filter(pk=watch.pk, lease=watch.lease).update(fetch_at=found.at)
        watch.fetch_at = found.at
        return None
    return _recorded(watch, source, found, now)


def _brought(watch: Watch, source: Source, begun: datetime) -> Found | None:
    """What somebody fetched while they entered the source: a copy that no visit has brought."""
    lately = begun - timedelta(days=settings.RECHECK_DAYS)
    copy = (
        Snapshot.objects.filter(source_id=source.uid, kind=Kind.FETCHED, visits=None)
        .filter(Q(address=source.url) | Q(final_address=source.url))
        .filter(taken_at__gt=max(lately, watch.visited_at or lately))
        .first()
    )
    if copy is None:
        return None
    outcome = Outcome.READ if copy.text else Outcome.UNREADABLE
    return Found(
        outcome, copy.status, final_address=copy.final_address, copy=copy, at=copy.taken_at
    )


def _found(watch: Watch, source: Source) -> Found | Later:
    """Fetch and read. Nothing is locked."""
    asked = {"etag": watch.etag, "last_modified": watch.last_modified} if watch.snapshot_id else {}
    try:
        answer = fetch(source.url, **asked)
    except NotModified:
        last = _last_read(source)
        return Found(
            Outcome.UNCHANGED,
            304,
            detail=last.detail if last else "",
            final_address=last.final_address if last else "",
            copy=watch.snapshot,
            etag=watch.etag,
            last_modified=watch.last_modified,
        )
    except Unfetched as failure:
        if failure.outcome == Outcome.BUSY and failure.status is None and failure.retry_after:
            return Later(failure.retry_after)
        return Found(
            failure.outcome,
            failure.status,
            detail=failure.detail,
            final_address=failure.final_address,
            retry_after=failure.retry_after,
        )
    document, detail = _document(answer)
    if answer.moved and same_page(answer.final_address) != same_page(source.url):
        detail = MOVED
    return Found(
        Outcome.READ if document and document.text else Outcome.UNREADABLE,
        answer.status,
        detail=detail,
        final_address=answer.final_address,
        copy=keeping.fetched_copy(source.uid, answer, document),
        etag=answer.header("ETag"),
        last_modified=answer.header("Last-Modified"),
    )


def _document(answer: Answer) -> tuple[Document | None, str]:
    try:
        document = read(
            answer.body, answer.media_type, answer.charset, address=answer.final_address
        )
    except Unreadable as fault:
        return None, str(fault)
    return document, ""


def _last_read(source: Source) -> Visit | None:
    return Visit.objects.filter(
        source_id=source.uid, address=source.url, outcome=Outcome.READ
    ).first()


def _recorded(
    watch: Watch, source: Source, found: Found, now: datetime | None
) -> tuple[Visit, bool]:
    """Store visit, copy and the next date together, under the lease."""
    at = found.at or now or timezone.now()
    before = _standing(watch)
    then = standing.visited(before, found.outcome, at)
    with checking.writing(source.uid, watch, now):
        copy = found.copy
        new = copy is not None and copy.pk is None
        if new:
            copy = keeping.kept(copy)
            new = copy is found.copy
        made = sealed(
            Visit(
                source_id=source.uid,
                address=source.url,
                final_address=keeping.clean(found.final_address),
                made_at=at,
                outcome=found.outcome,
                status=found.status,
                detail=keeping.clean(found.detail)[:500],
                snapshot=copy,
            )
        )
        values = asdict(then) | {
            "fetch_at": standing.next_visit(
                then, source.uid, days=settings.RECHECK_DAYS, asked_back=found.retry_after
            )
        }
        if copy:
            values["snapshot"] = copy
            # What is too long is not what the site said: better to ask without.
            values["etag"] = _fitting(found.etag, 500)
            values["last_modified"] = _fitting(found.last_modified, 100)
        Watch.objects.filter(pk=source.uid).update(**values)
        # Another copy is the current one: what was found in the one before is told no more.
        if then.state != before.state or (copy and copy.pk != watch.snapshot_id):
            checking.touch_citing(source.uid)
    for name, value in values.items():
        setattr(watch, name, value)
    return made, new


def _settle(watch: Watch, now: datetime | None) -> None:
    """Say how it stands by what the checks gave, and when to come again."""
    uid = watch.pk
    source = Source.objects.get(uid=uid)
    before = _standing(watch)
    last = _last_read(source)
    seen = content.content(
        uid, source.url, watch.snapshot, moved=bool(last and last.detail == MOVED)
    )
    then = standing.checked(before, seen, now or timezone.now())
    with checking.writing(uid, watch, now):
        if then != before:
            Watch.objects.filter(pk=uid).update(state=then.state, since=then.since)
            checking.touch_citing(uid)
        # Who asked since the look began wants another one.
        next_look = watch.fetch_at if source.url else None
        Watch.objects.filter(pk=uid, due_at=watch.due_at).update(due_at=next_look)


def _standing(watch: Watch) -> standing.Standing:
    fields = standing.Standing.__dataclass_fields__
    return standing.Standing(**{name: getattr(watch, name) for name in fields})


def _fitting(text: str, length: int) -> str:
    return text if len(text) <= length and text.isprintable() else ""
