"""How a guest behaves: asks whether it may, waits for its turn, comes back when told to."""

import re
import time
from contextlib import suppress
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.http import parse_http_date
from django.utils.translation import gettext as _
from protego import Protego

from articles.evidence.fetch.addresses import Place
from articles.evidence.fetch.answer import Unfetched
from articles.evidence.fetch.bounds import Allowance
from articles.evidence.fetch.connection import Received, get
from articles.evidence.fetch.redirects import REDIRECTS, follow
from articles.models import Host
from articles.models.visit import Outcome

ROBOT = settings.FETCH_AGENT.partition("/")[0].lower()  # as robots.txt names us
KNOWN_FOR = timedelta(days=1)  # a robots.txt
CRAWL_DELAY = 10  # seconds between two requests, at most, whatever a robots.txt wishes
RETRY_AFTER = timedelta(days=1)  # that a site may send us away for, at most
NO_RULES = frozenset({Outcome.REFUSED, Outcome.UNREADABLE})  # of a robots.txt
PAUSE = timedelta(minutes=1)  # where it does not say how long


def take_turn(place: Place, allowance: Allowance) -> None:
    """Return when this place may be asked.

    Raises Unfetched where its robots.txt forbids it or cannot be had, and where the turn comes
    later than the allowance can wait. Never inside a transaction: turns are seen by all processes
    at once, and nobody sleeps on a lock.
    """
    with transaction.atomic(durable=True):
        host, _created = Host.objects.get_or_create(pk=place.origin)
    _check_wait(place, host.next_at, allowance)
    rules = Protego.parse(_ours(_robots(host, place, allowance)))
    if not rules.can_fetch(place.address, ROBOT):
        raise Unfetched(
            Outcome.BLOCKED,
            _(
                "“%(host)s” asks programs not to read this page (robots.txt); "
                "upload a copy that you saved yourself."
            )
            % {"host": place.host},
            detail="robots.txt",
        )
    wished = min(rules.crawl_delay(ROBOT) or 0, CRAWL_DELAY)
    turn = _reserve(place, timedelta(seconds=max(settings.FETCH_DELAY, wished)), allowance)
    seconds = max((turn - timezone.now()).total_seconds(), 0)
    allowance.wait -= seconds
    time.sleep(seconds)


def heed(place: Place, received: Received) -> datetime | None:
    """Until when the answer sends us away, if it does; all processes stay away until then."""
    later = retry_after(received)
    if later is not None:
        waiting = Host.objects.filter(Q(next_at=None) | Q(next_at__lt=later), pk=place.origin)
        waiting.update(next_at=later)
    return later


def retry_after(received: Received) -> datetime | None:
    """Until when a 429 or 503 sends us away; None for other answers and a 503 that does not say."""
    now = timezone.now()
    said = received.header("Retry-After")
    if received.status not in (429, 503) or (received.status == 503 and not said):
        return None
    later = now + PAUSE
    if re.fullmatch(r"[0-9]{1,9}", said):
        later = now + timedelta(seconds=int(said))
    elif said:
        with suppress(ValueError, OverflowError, OSError):
            later = datetime.fromtimestamp(parse_http_date(said), tz=now.tzinfo)
    return min(max(later, now), now + RETRY_AFTER)


def _reserve(place: Place, delay: timedelta, allowance: Allowance) -> datetime:
    """When it is our turn; the next one gets a later turn, in whatever process it is."""
    while True:
        with transaction.atomic(durable=True):
            next_at = Host.objects.values_list("next_at", flat=True).get(pk=place.origin)
            _check_wait(place, next_at, allowance)
            turn = max(next_at or timezone.now(), timezone.now())
            # Who was faster changed it meanwhile; then this changes nothing.
            mine = Host.objects.filter(pk=place.origin, next_at=next_at)
            if mine.update(next_at=turn + delay):
                return turn


def _check_wait(place: Place, next_at: datetime | None, allowance: Allowance) -> None:
    if next_at and next_at > timezone.now() + timedelta(seconds=max(allowance.wait, 0)):
        raise Unfetched(
            Outcome.BUSY,
            _("“%(host)s” is not to be asked again before %(time)s UTC; try again then.")
            % {"host": place.host, "time": f"{next_at:%H:%M:%S}"},
            retry_after=next_at,
            detail="next turn",
        )


def _robots(host: Host, place: Place, allowance: Allowance) -> str:
    """The site's robots.txt, asked for once a day."""
    if host.robots_at and host.robots_at > timezone.now() - KNOWN_FOR:
        return host.robots
    known = host.robots_at is not None
    try:
        with allowance.share(allowance.bounds.robots_seconds) as part:
            robots = _ask_for_robots(place, part)
    except Unfetched:
        if not known:
            raise
        return host.robots  # an old one says more than none
    Host.objects.filter(pk=host.pk).update(robots=robots, robots_at=timezone.now())
    return robots


def _ask_for_robots(place: Place, allowance: Allowance) -> str:
    """A client error means that there is none, so all is allowed (RFC 9309); so does one that
    leads inside or in circles. Who cannot be asked or is in trouble is left alone."""
    headers = {"User-Agent": settings.FETCH_AGENT, "Accept": "text/plain", "Connection": "close"}

    def ask(at: Place) -> Received:
        bounds = allowance.bounds
        with allowance.deadline() as deadline:
            return get(at, headers, deadline=deadline, bounds=bounds, first=bounds.robots_size)

    try:
        _at, received, _moved = follow(f"{place.origin}/robots.txt", ask, most=5)
    except Unfetched as unfetched:
        if unfetched.outcome in NO_RULES or unfetched.status in REDIRECTS:
            return ""
        unfetched.detail = f"robots.txt: {unfetched.detail}"[:300]
        raise
    if received.status == 429 or received.status >= 500:
        later = heed(place, received)
        raise Unfetched(
            Outcome.BUSY if later else Outcome.BROKEN,
            _("“%(host)s” cannot say now whether programs may read it; try again later.")
            % {"host": place.host},
            status=received.status,
            retry_after=later,
            detail=f"robots.txt: {received.status}",
        )
    if not 200 <= received.status < 300:
        return ""
    # PostgreSQL stores no NUL.
    return received.body.decode("utf-8-sig", errors="replace").replace("\0", "")


def _ours(robots: str) -> str:
    """A robots.txt with everybody else under one name.

    What the parser does with a group grows with the names over it times the rules in it: half a
    megabyte of both would keep it busy for minutes.

    >>> _ours("User-agent: somebot\\nUser-agent: *\\nDisallow: /a")
    'User-agent: else\\nUser-agent: *\\nDisallow: /a'
    """

    def named(found: re.Match[str]) -> str:
        name = re.split(r"[/\s#]", found[2].strip().lower(), maxsplit=1)[0]
        return found[1] + (name if name in ("*", ROBOT) else "else")

    return re.sub(r"(?im)^([ \t]*user[- ]?agent[ \t]*:?[ \t]*)([^\r\n]*)", named, robots)
