"""Fetch a page for an editor: what to ask for, and what an answer means."""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.evidence.fetch import manners
from articles.evidence.fetch.addresses import Place
from articles.evidence.fetch.answer import Answer, NotModified, Unfetched, media
from articles.evidence.fetch.bounds import BOUNDS, Allowance, Bounds
from articles.evidence.fetch.connection import Received, get
from articles.evidence.fetch.redirects import follow
from articles.models.visit import Outcome

DEFAULT = "text/html,application/xhtml+xml,application/pdf;q=0.9,text/plain;q=0.8,*/*;q=0.5"
CLOSED = frozenset({401, 402, 403, 407, 451})


def fetch(
    address: str,
    *,
    accept: str = DEFAULT,
    etag: str = "",
    last_modified: str = "",
    accept_datetime: str = "",
    polite: bool = True,
    bounds: Bounds = BOUNDS,
) -> Answer:
    """The page at this address, or where it leads.

    `etag` and `last_modified` ask for a page only if it is another one by now; raises NotModified
    if not. `accept_datetime` asks an archive for the page as it was then (RFC 7089). Not `polite`
    is for services that are made for programs, and were chosen by whoever runs the site: asked
    without robots.txt and without waiting for a turn.

    Raises Unfetched for everything else. Never call it inside a transaction.
    """
    headers = {
        "User-Agent": settings.FETCH_AGENT,
        "Accept": accept,
        "Accept-Encoding": "gzip, deflate",
        "Connection": "close",
    }
    # What the last answer said holds where redirects end, so it is sent along the whole way.
    if etag:
        headers["If-None-Match"] = etag
    if last_modified:
        headers["If-Modified-Since"] = last_modified
    if accept_datetime:
        headers["Accept-Datetime"] = accept_datetime
    allowance = Allowance(bounds)

    def ask(at: Place) -> Received:
        if polite:
            manners.take_turn(at, allowance)
        with allowance.deadline() as deadline:
            return get(at, headers, deadline=deadline, bounds=bounds)

    at, received, moved = follow(address, ask, most=bounds.redirects)
    if received.status == 304 and (etag or last_modified):
        raise NotModified(received.headers)
    if not 200 <= received.status < 300 or received.status == 206:
        unfetched = _unfetched(at, received, polite=polite)
        unfetched.final_address = at.address
        raise unfetched
    media_type, charset = media(received.header("Content-Type"))
    return Answer(
        address=address,
        final_address=at.address,
        status=received.status,
        headers=received.headers,
        body=received.body,
        media_type=media_type,
        charset=charset,
        at=timezone.now(),
        moved=moved,
    )


def _unfetched(at: Place, received: Received, *, polite: bool) -> Unfetched:
    status = received.status
    later = manners.heed(at, received) if polite else manners.retry_after(received)
    outcome, sentence = _meaning(status, busy=later is not None)
    return Unfetched(
        outcome,
        sentence % {"host": at.host, "status": status},
        status=status,
        retry_after=later,
        detail=f"HTTP {status}",
    )


def _meaning(status: int, *, busy: bool) -> tuple[Outcome, str]:
    if status == 404:
        return Outcome.NOT_FOUND, _(
            "“%(host)s” has no page at this address (404); look for where it is now."
        )
    if status == 410:
        return Outcome.GONE, _(
            "“%(host)s” removed this page for good (410); look for another copy or source."
        )
    if status in CLOSED:
        return Outcome.BLOCKED, _(
            "“%(host)s” does not let us read this page (%(status)s); upload a copy instead."
        )
    if busy:
        return Outcome.BUSY, _(
            "“%(host)s” asked us to come back later (%(status)s); try again then."
        )
    return Outcome.BROKEN, _(
        "“%(host)s” answered with an error (%(status)s); try again later or look for another copy."
    )
