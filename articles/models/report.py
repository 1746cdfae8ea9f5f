from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from articles.models.fields import UID_LENGTH


class ReportQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        """Those that no editor closed yet."""
        return self.filter(state=Report.State.OPEN)


class Report(models.Model):
    """A reader says that something is wrong with a sentence. Editors see it, readers never do.

    It names its sentence by the uid, as readers know it.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        ANSWERED = "answered", _("Dealt with")
        DISMISSED = "dismissed", _("Set aside")

    claim_uid = models.CharField(_("sentence"), max_length=UID_LENGTH)
    revision = models.PositiveIntegerField(_("revision"))  # that the reader had before them
    read = models.TextField(_("as the reader read it"))
    text = models.TextField(_("what is wrong"), max_length=2000)
    source = models.CharField(_("where to see it"), max_length=500, blank=True)
    contact = models.CharField(_("contact"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("reported"), default=timezone.now, db_index=True)
    sender = models.CharField(max_length=64, blank=True)  # see reporting; erased after a day
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.OPEN)
    answer = models.TextField(_("what was done"), max_length=2000, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("reader’s report")
        verbose_name_plural = _("readers’ reports")
        indexes = [
            models.Index(fields=["claim_uid", "state"], name="report_claim"),
            models.Index(fields=["sender"], name="report_sender", condition=~Q(sender="")),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="report_says_something"),
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None)
                | (~Q(state="open") & Q(closed_at__isnull=False)),
                name="report_closed_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return Truncator(self.text).chars(80)
