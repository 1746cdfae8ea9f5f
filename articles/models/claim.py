from datetime import date

from django.db import models
from django.db.models import Case, F, Max, OuterRef, Q, Subquery, When
from django.db.models.functions import Mod
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.fields import UID_LENGTH, new_uid, no_runs
from articles.models.section import Section


class Origin(models.TextChoices):
    """Who wrote a text."""

    AI = "ai", _("written by AI")
    AI_ASSISTED = "ai_assisted", _("written by AI and people")
    HUMAN = "human", _("written by people")


# More than there will ever be verdicts.
RANK = 2**40
# Said of claims with their current verdict: it was given on the words as they stand.
AS_JUDGED = {"judged_text": F("text"), "judged_around": F("around")}


class ClaimQuerySet(models.QuerySet):
    def standing(self) -> "ClaimQuerySet":
        """Claims that have a place in the article as it now reads."""
        return self.filter(section__isnull=False)

    def recorded(self) -> "ClaimQuerySet":
        """Claims that somebody judged or cited for, in whatever wording."""
        return self.filter(Q(verdicts__isnull=False) | Q(citations__isnull=False)).distinct()

    def with_current_verdict(self) -> "ClaimQuerySet":
        """Adds what the verdict in force says: `rating`, `judged_text`, `judge` and others.

        `judge` is "" for a machine. The same rule as `history.state.verdict_in_force`: a
        verdict on the present words goes before one on others, a person's before a
        machine's, a later one before an earlier; a dismissed suggestion does not speak.
        """
        from articles.models.verdict import Verdict

        verdicts = Verdict.objects.order_by().filter(dismisses=None, dismissal=None)
        judged = {"judged_text": OuterRef("text"), "judged_around": OuterRef("around")}
        best = Max(
            Case(
                When(**judged, editor="", then=2 * RANK),
                When(**judged, then=3 * RANK),
                When(editor="", then=0),
                default=RANK,
                output_field=models.BigIntegerField(),
            )
            + F("pk")
        )
        # A rank and a key in one number: SQLite sees the claim's text in a subquery's columns
        # and conditions, but not in its order.
        in_force = Subquery(
            verdicts.filter(claim=OuterRef("pk")).values("claim").annotate(best=best).values("best")
        )
        told = verdicts.filter(pk=OuterRef("in_force"))
        return self.annotate(in_force=Mod(in_force, RANK)).annotate(
            rating=Subquery(told.values("rating")),
            judged_text=Subquery(told.values("judged_text")),
            judged_around=Subquery(told.values("judged_around")),
            judge=Subquery(told.values("editor")),
            recheck_by=Subquery(told.values("recheck_by")),
        )

    def stale(self) -> "ClaimQuerySet":
        """Of claims with their current verdict: those that read otherwise by now."""
        return self.filter(rating__isnull=False).exclude(**AS_JUDGED)

    def checked(self) -> "ClaimQuerySet":
        """Of claims with their current verdict: those that a person judged as they read now."""
        return self.filter(**AS_JUDGED).exclude(judge="")

    def suggested(self) -> "ClaimQuerySet":
        """Of claims with their current verdict: those for which only a machine spoke."""
        return self.filter(**AS_JUDGED, judge="")

    def unjudged(self) -> "ClaimQuerySet":
        return self.filter(rating__isnull=True)

    def due(self, today: date) -> "ClaimQuerySet":
        """Of claims with their current verdict: those whose re-check date has come."""
        return self.filter(recheck_by__lte=today)


class Claim(models.Model):
    """A span of an article's plain text: one sentence by default, a part of it, or several.

    It keeps its uid while the text around and in it changes. A claim without a
    section has ended: its sentence is gone, its verdicts and citations stay.
    """

    uid = models.CharField(max_length=UID_LENGTH, unique=True, default=new_uid, editable=False)
    article = models.ForeignKey(Article, models.PROTECT, related_name="claims")
    section = models.ForeignKey(
        Section, models.PROTECT, null=True, blank=True, related_name="claims"
    )
    # Code points of the section's plain text, half-open.
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    text = models.TextField(_("text"))
    origin = models.CharField(_("origin"), max_length=12, choices=Origin)
    # Who wrote the words as they stand: the origin of the revision that last changed them.
    writer = models.CharField(max_length=12, choices=Origin)
    # Numbers of the revisions that first had the sentence and last changed it; 0: not known.
    begun = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    words = models.JSONField(default=no_runs)  # where each comes from, see text/provenance.py
    around = models.TextField(blank=True)  # the sentence, where the claim is a part of one

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["section__position", "start"]
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        constraints = [
            models.UniqueConstraint(fields=["section", "start"], name="claim_place_unique"),
            models.CheckConstraint(
                condition=Q(section=None, start=None, end=None)
                | Q(section__isnull=False, start__isnull=False, end__gt=F("start")),
                name="claim_placed_or_ended",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="claim_says_something"),
            models.CheckConstraint(
                condition=Q(origin__in=Origin.values), name="claim_origin_known"
            ),
            models.CheckConstraint(
                condition=Q(writer__in=[Origin.AI, Origin.HUMAN]), name="claim_writer_known"
            ),
        ]

    def __str__(self) -> str:
        return Truncator(self.text).chars(80)
