import json

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.append_only import AppendOnly, AppendOnlyQuerySet
from articles.models.article import Article
from articles.models.revision import Revision


class PublicationQuerySet(AppendOnlyQuerySet):
    def shown(self) -> "PublicationQuerySet":
        """Entries that put a revision before readers."""
        return self.filter(act=Publication.Act.PUBLISHED)

    def noted(self) -> "PublicationQuerySet":
        """Entries that tell readers something: a correction, or why an article was withdrawn."""
        return self.exclude(note="")


class Publication(AppendOnly):
    """An entry in the site's one log: a revision became, or ceased to be, what readers see.

    Each entry's hash covers the one before it and its revision's chained hash.
    """

    class Act(models.TextChoices):
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    number = models.PositiveIntegerField(unique=True)  # place in the log: 1, 2, 3 …
    article = models.ForeignKey(Article, models.PROTECT, related_name="publications")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="publications")
    act = models.CharField(max_length=10, choices=Act)
    created_at = models.DateTimeField(default=timezone.now)
    author = models.CharField(max_length=150, blank=True)
    # Who takes editorial responsibility for exactly this revision; "" for nobody.
    responsible = models.CharField(max_length=150, blank=True)
    note = models.CharField(  # the correction, or why the article was withdrawn
        max_length=1000, blank=True
    )
    # Counts as canonical JSON, see history/diff.py; text, since its hash is over each byte.
    changes_text = models.TextField(default="{}")
    hash = models.CharField(max_length=64, unique=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        constraints = [
            models.CheckConstraint(
                condition=Q(act__in=["published", "withdrawn"]), name="publication_act_known"
            ),
            models.CheckConstraint(
                condition=~Q(act="withdrawn") | (Q(responsible="") & ~Q(note="")),
                name="publication_withdrawal_says_why",
            ),
        ]

    @property
    def changes(self) -> dict[str, int]:
        """What differs from the revision that readers saw before, as counts."""
        return json.loads(self.changes_text)

    def __str__(self) -> str:
        return f"{self.get_act_display()}: {self.revision}"
