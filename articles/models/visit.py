from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.append_only import AppendOnly
from articles.models.snapshot import Snapshot
from articles.models.source import Source


class Outcome(models.TextChoices):
    """What came of asking for an address."""

    READ = "read", _("Read")
    UNCHANGED = "unchanged", _("Not modified since the last time")
    NOT_FOUND = "not_found", _("Not found (404)")
    GONE = "gone", _("Gone for good (410)")
    BLOCKED = "blocked", _("The site does not let us read it")
    BUSY = "busy", _("The site asked us to come back later")
    BROKEN = "broken", _("The site answered with an error")
    TLS = "tls", _("The site's certificate is not valid")
    DNS = "dns", _("No such site is known")
    UNREACHABLE = "unreachable", _("The site did not answer")
    TOO_LARGE = "too_large", _("The answer was too large or too slow")
    UNREADABLE = "unreadable", _("The answer holds no text that can be read")
    REFUSED = "refused", _("An address that is never fetched")


class Visit(AppendOnly):
    """One attempt to read a source at its address, whatever came of it."""

    source = models.ForeignKey(Source, models.PROTECT, to_field="uid", related_name="visits")
    address = models.TextField(_("address"))
    final_address = models.TextField(_("final address"), blank=True)  # "" where none answered
    made_at = models.DateTimeField(_("time"), default=timezone.now)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome)
    status = models.PositiveSmallIntegerField(_("status"), null=True, blank=True)  # of HTTP
    detail = models.CharField(_("detail"), max_length=500, blank=True)
    # The copy that readers of this address get: a new one, or the one before if it was the same.
    snapshot = models.ForeignKey(
        Snapshot, models.PROTECT, null=True, blank=True, related_name="visits"
    )
    hash = models.CharField(max_length=64, unique=True)  # of the row, see evidence/seals.py

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values), name="visit_outcome_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id}, {self.made_at:%Y-%m-%d %H:%M}: {self.outcome}"
