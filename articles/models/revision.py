from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.append_only import AppendOnly, AppendOnlyQuerySet
from articles.models.article import Article
from articles.models.blob import Blob


class Act(models.TextChoices):
    """What somebody did to make a revision."""

    IMPORT = "import", _("Import")
    EDIT = "edit", _("Edit")
    VERDICT = "verdict", _("Verdict")
    CITATION = "citation", _("Citation")
    SOURCE = "source", _("Source")
    ATTACH = "attach", _("Claim attached")
    EXTENT = "extent", _("Claim narrowed or widened")
    RESTORE = "restore", _("Restore")


class RevisionQuerySet(AppendOnlyQuerySet):
    def head_of(self, article: Article) -> "Revision":
        """The newest revision, also where the instance at hand does not know of it yet."""
        return self.get(article=article, number=models.F("article__latest"))


class Revision(AppendOnly):
    """The whole article at one moment, numbered 1, 2, 3 … within its article.

    One child at most (`parent` is one to one), so a history never forks. Names are
    kept as text: the record outlives accounts.
    """

    # The unique constraint on (article, number) serves look-ups by article as well.
    article = models.ForeignKey(Article, models.PROTECT, related_name="revisions", db_index=False)
    number = models.PositiveIntegerField()
    parent = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="child"
    )
    created_at = models.DateTimeField(default=timezone.now)
    author = models.CharField(max_length=150, blank=True)  # user name; "" for a command
    origin = models.CharField(max_length=5, choices=[("ai", _("AI")), ("human", _("human"))])
    act = models.CharField(max_length=10, choices=Act)
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    manifest = models.ForeignKey(Blob, models.PROTECT, related_name="+", db_index=False)
    hash = models.CharField(max_length=64, unique=True)  # chained, see history/chain.py

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="revision_number_unique"),
            models.CheckConstraint(
                condition=Q(number=1, parent=None) | Q(number__gt=1, parent__isnull=False),
                name="revision_first_has_no_parent",
            ),
            models.CheckConstraint(
                condition=Q(origin__in=["ai", "human"]), name="revision_origin_known"
            ),
            models.CheckConstraint(condition=Q(act__in=Act.values), name="revision_act_known"),
        ]

    def __str__(self) -> str:
        return f"{self.article}, revision {self.number}"
