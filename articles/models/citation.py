from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.claim import Claim
from articles.models.fields import UID_LENGTH, new_uid
from articles.models.source import Source


class Stance(models.TextChoices):
    """What a work says of the claim that cites it."""

    SUPPORTS = "supports", _("Supports")
    REFUTES = "refutes", _("Speaks against")
    QUALIFIES = "qualifies", _("Qualifies")
    CONTEXT = "context", _("Context")


class Citation(models.Model):
    """A claim's use of a source."""

    uid = models.CharField(max_length=UID_LENGTH, unique=True, default=new_uid, editable=False)
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="citations")
    position = models.PositiveIntegerField(editable=False)
    source = models.ForeignKey(
        Source, models.PROTECT, related_name="citations", verbose_name=_("source")
    )
    stance = models.CharField(_("stance"), max_length=10, choices=Stance, default=Stance.SUPPORTS)
    quote = models.TextField(
        _("quote"),
        blank=True,
        validators=[MaxLengthValidator(2000)],
        help_text=_("Word for word, as in the source."),
    )
    locator = models.CharField(
        _("place"), max_length=200, blank=True, help_text=_("Page, paragraph, minute.")
    )

    class Meta:
        ordering = ["position"]
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        constraints = [
            models.UniqueConstraint(fields=["claim", "position"], name="citation_position_unique"),
            models.CheckConstraint(
                condition=Q(stance__in=Stance.values), name="citation_stance_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stance_display()}: {self.source}"
