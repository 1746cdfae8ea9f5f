"""Copies that public archives hold, found by the Memento protocol (RFC 7089)."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from django.conf import settings
from django.utils.translation import gettext as _

from articles.evidence import keeping
from articles.evidence.documents import read
from articles.evidence.fetch import Answer, Unfetched, fetch
from articles.models import Outcome, Snapshot, Source, Visit
from articles.text.identifiers import same_page

# <https://example.org/>; rel="original timegate"
LINK = re.compile(r'<([^>]*)>\s*((?:;\s*[\w*-]+\s*=\s*(?:"[^"]*"|[^\s;,"]+)\s*)*)')
REL = re.compile(r';\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Archived:
    """A page as an archive took it."""

    address: str
    archived_at: datetime
    answer: Answer


def find(url: str, around: datetime) -> Archived | None:
    """The archived copy of the page that was taken closest to the moment; None where there is none.

    Asks the archive that MEMENTO_TIMEGATE names, and nobody where it is "". What it answers counts
    only if it says when it was taken, and of which page. Raises Unfetched.
    """
    if not settings.MEMENTO_TIMEGATE:
        return None
    try:
        answer = fetch(
            settings.MEMENTO_TIMEGATE + url,
            accept_datetime=format_datetime(around.astimezone(UTC), usegmt=True),
            polite=False,  # made for programs, and chosen by whoever runs the site
        )
    except Unfetched as failure:
        if failure.outcome == Outcome.NOT_FOUND:
            return None
        raise
    taken, original = _taken_at(answer), _original(answer)
    if taken is None or (original and same_page(original) != same_page(url)):
        return None
    return Archived(answer.final_address, taken, answer)


def take(source_uid: str, url: str, around: datetime) -> Snapshot | None:
    """Keep the archived copy closest to the moment, and have its quotes looked for.

    Raises Unfetched and Unreadable. Never within a transaction: it fetches.
    """
    found = find(url, around)
    if found is None:
        return None
    return _kept(source_uid, found.answer, found.archived_at)


def link(source: Source, address: str) -> Snapshot:
    """Keep the copy that an archive has at this address, and have its quotes looked for.

    It counts only if it says when it was taken, and if it is of the source's page, now or once.
    Raises Unfetched, also where it is not, and Unreadable. Never within a transaction: it fetches.
    """
    answer = fetch(address)
    taken, original = _taken_at(answer), _original(answer)
    if taken is None:
        raise Unfetched(
            Outcome.UNREADABLE,
            _("This page does not say when an archive took it: link another, or upload a copy."),
            status=answer.status,
        )
    if original and not _was_at(source, original):
        raise Unfetched(
            Outcome.UNREADABLE,
            _("This is an archive’s copy of another page, %s: look for one of the source’s own.")
            % original,
            status=answer.status,
        )
    return _kept(source.uid, answer, taken)


def _was_at(source: Source, address: str) -> bool:
    """Whether the source is at this address, or a visit of it led there."""
    visits = Visit.objects.filter(source_id=source.uid).order_by()
    rows = visits.values_list("address", "final_address").distinct()
    places = {source.url, *(place for row in rows for place in row)} - {""}
    return not places or same_page(address) in {same_page(place) for place in places}


def _kept(source_uid: str, answer: Answer, taken: datetime) -> Snapshot:
    document = read(answer.body, answer.media_type, answer.charset, address=answer.final_address)
    return keeping.keep_archived(source_uid, answer, document, taken)


def _taken_at(answer: Answer) -> datetime | None:
    try:
        taken = parsedate_to_datetime(answer.header("Memento-Datetime"))
    except ValueError:
        return None
    return taken if taken.tzinfo else taken.replace(tzinfo=UTC)


def _original(answer: Answer) -> str:
    for address, parameters in LINK.findall(answer.header("Link")):
        found = REL.search(parameters)
        if found and "original" in (found[1] or found[2]).lower().split():
            return address
    return ""
