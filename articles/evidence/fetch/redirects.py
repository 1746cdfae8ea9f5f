"""From address to address, each one checked in full before it is asked."""

from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urljoin

from django.conf import settings
from django.utils.translation import gettext as _

from articles.evidence.fetch.addresses import Place, place
from articles.evidence.fetch.answer import Unfetched
from articles.evidence.fetch.connection import CONTROL, Received
from articles.models.visit import Outcome

PERMANENT = frozenset({301, 308})
REDIRECTS = PERMANENT | {302, 303, 307}


def follow(
    address: str, ask: Callable[[Place], Received], *, most: int
) -> tuple[Place, Received, bool]:
    """Where the address leads, what that place answers, and whether it moved there for good.

    From https to http too: what is cited is public, and the final address tells. Raises
    Unfetched, with the address that failed, also for more than `most` redirects.
    """
    at = place(address, settings.FETCH_ALLOW)
    seen: list[str] = []
    moved: list[bool] = []
    try:
        while True:
            seen.append(at.address)
            received = ask(at)
            onward = received.header("Location")
            if received.status not in REDIRECTS or not onward:
                return at, received, bool(moved) and all(moved)
            moved.append(received.status in PERMANENT)
            at = _next(at, onward)
            if at.address in seen or len(moved) > most:
                raise Unfetched(
                    Outcome.BROKEN,
                    _("The page leads from one address to the next without end; find another one."),
                    status=received.status,
                    detail=f"{len(moved)} redirects",
                )
    except Unfetched as unfetched:
        unfetched.final_address = at.address
        raise


def _next(at: Place, location: str) -> Place:
    """Where a Location leads. Many servers send UTF-8 where only ASCII may stand."""
    with suppress(UnicodeError):
        location = location.encode("latin-1").decode()
    with suppress(ValueError):  # such as "http://[": `place` says what is wrong with it
        location = urljoin(at.address, location)
    try:
        return place(location, settings.FETCH_ALLOW)
    except Unfetched as refused:
        raise Unfetched(
            refused.outcome,
            _("The page leads on to where nothing is fetched: %(why)s") % {"why": refused},
            detail=f"Location: {location.translate(CONTROL)}"[:300],
        ) from refused
