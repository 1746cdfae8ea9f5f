from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.append_only import AppendOnly
from articles.models.claim import Claim
from articles.models.fields import UID_LENGTH, new_uid, validate_partial_date


class Rating(models.TextChoices):
    SUPPORTED = "supported", _("Supported")
    PARTLY_SUPPORTED = "partly_supported", _("Partly supported")
    DISPUTED = "disputed", _("Disputed")
    OUTDATED = "outdated", _("Outdated")
    REFUTED = "refuted", _("Refuted")
    UNVERIFIED = "unverified", _("Unverified")
    NOT_CHECKABLE = "not_checkable", _("Not checkable")


NOBODY_CLAIMED = _("Say also whose claim it is, or leave both fields empty.")


class Verdict(AppendOnly):
    """One judgement of a claim's text. Rows are added, never changed.

    Where the text reports what somebody else claimed, both that they said so and what they
    said can be judged, with opposite results. A verdict that names a `claimant` judges what
    they said.

    A row that `dismisses` a machine's suggestion has no rating: it says only that its
    editor does not follow the suggestion.
    """

    uid = models.CharField(max_length=UID_LENGTH, unique=True, default=new_uid, editable=False)
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="verdicts")
    rating = models.CharField(_("rating"), max_length=20, choices=Rating, blank=True)
    note = models.TextField(_("note"), blank=True, validators=[MaxLengthValidator(5000)])
    as_of = models.CharField(
        _("as of"),
        max_length=10,
        blank=True,
        validators=[validate_partial_date],
        help_text=_("The date that the verdict speaks of; a year or a month will do."),
    )
    recheck_by = models.DateField(_("re-check by"), null=True, blank=True)
    claimant = models.CharField(
        _("claimant"),
        max_length=200,
        blank=True,
        help_text=_(
            "Whose claim this verdict judges, where the sentence reports what somebody else "
            "claimed. Leave it empty where the verdict judges only whether they said so."
        ),
    )
    claimed = models.CharField(
        _("what they claimed"),
        max_length=200,
        blank=True,
        help_text=_(
            "In a few words, best under 75 characters, without your verdict. Empty: as the "
            "sentence has it."
        ),
    )
    judged_text = models.TextField(editable=False)  # the claim as it then read
    judged_around = models.TextField(blank=True, editable=False)  # … and the sentence around it
    # The verdict that its judge says again: a suggestion confirmed, or a verdict on the words
    # before that is still true as reworded.
    reaffirms = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    dismisses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="dismissal", editable=False
    )
    # How carefully: seconds from reading the claim to judging it, and whether a source was
    # opened meanwhile. None where it was not seen.
    seconds = models.PositiveIntegerField(null=True, blank=True, editable=False)
    source_opened = models.BooleanField(null=True, blank=True, editable=False)
    # The user name as it was then, so that the record outlives accounts; "" for a machine.
    editor = models.CharField(max_length=150, blank=True, editable=False)
    judged_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-pk"]  # newest first
        verbose_name = _("verdict")
        verbose_name_plural = _("verdicts")
        constraints = [
            models.CheckConstraint(condition=~Q(judged_text=""), name="verdict_judges_text"),
            models.CheckConstraint(
                condition=Q(rating__in=Rating.values, dismisses=None)
                | (Q(rating="", dismisses__isnull=False) & ~Q(editor="")),
                name="verdict_rates_or_dismisses",
            ),
            models.CheckConstraint(
                condition=Q(claimed="") | ~Q(claimant=""),
                name="verdict_claimed_by_somebody",
                violation_error_message=NOBODY_CLAIMED,
            ),
        ]

    def judges(self, claim: Claim) -> bool:
        """Whether it was given on the claim as it stands."""
        return (self.judged_text, self.judged_around) == (claim.text, claim.around)

    def __str__(self) -> str:
        return f"{self.get_rating_display() or _('Suggestion dismissed')}: {self.claim}"
