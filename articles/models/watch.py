from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.snapshot import Snapshot
from articles.models.source import Source


class LinkState(models.TextChoices):
    """How it stands with a source's address."""

    UNKNOWN = "unknown", _("Not looked at yet")
    OK = "ok", _("As it was")
    REDIRECTED = "redirected", _("Leads elsewhere")
    CHANGED = "changed", _("Changed since it was cited")
    QUOTE_GONE = "quote_gone", _("A quote is no longer there")
    NOT_FOUND = "not_found", _("Not found (404)")
    GONE = "gone", _("Gone for good (410)")
    BLOCKED = "blocked", _("Closed to us")
    TLS = "tls", _("Its certificate is not valid")
    DNS = "dns", _("No such site is known")
    UNREACHABLE = "unreachable", _("Does not answer, or with errors")
    REFUSED = "refused", _("An address that is never fetched")


class WatchQuerySet(models.QuerySet):
    def due(self, moment: datetime) -> Self:
        """Those to look at by now that nobody is looking at."""
        return self.filter(due_at__lte=moment).filter(
            Q(leased_until=None) | Q(leased_until__lte=moment)
        )


class Watch(models.Model):
    """How it stands with a source, and when to look next: what the worker goes by.

    All but the times and the lease can be told again from visits and checks. The queue of tasks
    only says when to look here, so nothing is lost with it.
    """

    source = models.OneToOneField(
        Source, models.CASCADE, to_field="uid", primary_key=True, related_name="watch"
    )
    state = models.CharField(
        _("state"), max_length=12, choices=LinkState, default=LinkState.UNKNOWN, db_index=True
    )
    since = models.DateTimeField(_("since"), null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True, db_index=True)  # none: nobody asked
    # Before that its address is left alone: what is due then are checks of new quotes only.
    fetch_at = models.DateTimeField(null=True, blank=True)  # none: at once
    visited_at = models.DateTimeField(_("last looked at"), null=True, blank=True)
    read_at = models.DateTimeField(_("last read"), null=True, blank=True)
    # Since the last success: the first failure, and on how many different days (UTC) it failed.
    failing_since = models.DateTimeField(null=True, blank=True)
    failed_days = models.PositiveSmallIntegerField(default=0)
    # The newest copy from the source's address, and what to ask with whether there is a newer one.
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, null=True, blank=True, related_name="+")
    etag = models.CharField(max_length=500, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    # Who looks now (evidence/leases.py), and until when others believe it.
    lease = models.CharField(max_length=32, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)

    objects = WatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("watch")
        verbose_name_plural = _("watches")

    def __str__(self) -> str:
        return f"{self.source_id}: {self.state}"


class Host(models.Model):
    """A web site that we ask: its robots.txt, and when it may be asked again."""

    name = models.CharField(max_length=300, primary_key=True)  # scheme://host:port
    next_at = models.DateTimeField(null=True, blank=True)
    robots = models.TextField(blank=True)  # as received; "" allows all
    robots_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("web site")
        verbose_name_plural = _("web sites")

    def __str__(self) -> str:
        return self.name
