"""Readers’ reports of errors: the one door through which they come in and are closed.

They are no content: no revision holds them, and no reader sees them.
"""

import hmac
from datetime import timedelta
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from articles.models import Report

A_DAY = timedelta(days=1)
AN_HOUR = timedelta(hours=1)
# By how many reports of one sender, and of one sentence, in which time.
MOST = (
    ("sender", 5, AN_HOUR),
    ("sender", 15, A_DAY),
    ("claim_uid", 20, A_DAY),
)


class TooMany(Exception):
    """So many reports came that this one is not taken; ``wait`` tells when to try again."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(wait)
        self.wait = wait


@transaction.atomic
def report(given: Report, *, address: str) -> Report:
    """Take in a reader's report; ``address`` is the reader's, of which a keyed hash is kept.

    Raises TooMany for a sender or a sentence with too many of them, ValidationError for a report
    that says nothing or too much. Hashes older than a day are erased.
    """
    forget_senders()
    given.sender = sender(address)
    for name, most, time in MOST:
        same = Report.objects.filter(**{name: getattr(given, name)})
        if same.filter(created_at__gt=timezone.now() - time).count() >= most:
            raise TooMany(time)
    given.full_clean()
    given.save()
    return given


@transaction.atomic
def close(found: Report, *, state: str, answer: str, by: AbstractBaseUser) -> Report:
    """Say what became of a report, or open it again. Raises ValidationError."""
    forget_senders()
    found.state, found.answer = state, answer
    is_open = state == Report.State.OPEN
    found.closed_at, found.closed_by = (None, None) if is_open else (timezone.now(), by)
    found.full_clean()
    found.save(update_fields=["state", "answer", "closed_at", "closed_by"])
    return found


def forget_senders() -> None:
    """Erase who sent what, as far as it is older than a day."""
    old = Report.objects.filter(created_at__lte=timezone.now() - A_DAY).exclude(sender="")
    old.update(sender="")


def sender(address: str) -> str:
    """A hash that tells senders apart for the day, and nothing to who lacks the site's key.

    One household of IPv6 has 2⁶⁴ addresses, so half of the address counts.
    """
    try:
        found = ip_address(address)
        place = str(ip_network((found, 64), strict=False)) if found.version == 6 else str(found)
    except ValueError:
        place = address
    key = f"reports {timezone.now():%Y-%m-%d} {settings.SECRET_KEY}"
    return hmac.digest(key.encode(), place.encode(), "sha256").hex()
