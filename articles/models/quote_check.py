from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.append_only import AppendOnly
from articles.models.snapshot import Snapshot


class Result(models.TextChoices):
    """What looking for a quote in a copy gave."""

    EXACT = "exact", _("Found word for word")
    NEAR = "near", _("Found with small differences")
    MISSING = "missing", _("Not found")


class QuoteCheck(AppendOnly):
    """The result of looking for a quote in a stored copy.

    It belongs to the quote and the copy, not to a citation: citations come and go with
    revisions, and two of them may quote the same words. So asking again makes no second row.
    """

    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="checks", db_index=False)
    quote = models.TextField(_("quote"))
    quote_key = models.CharField(max_length=64)  # SHA-256 of the quote
    finder = models.PositiveSmallIntegerField()  # text/quotes: which rules
    result = models.CharField(_("result"), max_length=7, choices=Result)
    start = models.PositiveIntegerField(null=True, blank=True)  # code points of the copy's text
    end = models.PositiveIntegerField(null=True, blank=True)
    matched = models.TextField(_("found"), blank=True)
    before = models.CharField(max_length=500, blank=True)  # the words around it
    after = models.CharField(max_length=500, blank=True)
    page = models.PositiveIntegerField(_("page"), null=True, blank=True)  # from 1
    score = models.PositiveSmallIntegerField()  # likeness, of a thousand
    made_at = models.DateTimeField(_("time"), default=timezone.now)
    hash = models.CharField(max_length=64, unique=True)  # of the row, see evidence/seals.py

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("quote check")
        verbose_name_plural = _("quote checks")
        constraints = [
            models.UniqueConstraint(
                fields=["snapshot", "quote_key", "finder"], name="quote_check_once"
            ),
            models.CheckConstraint(
                condition=Q(result__in=Result.values), name="quote_check_result_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_result_display()}: {self.quote}"
