from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.models.fields import UID_LENGTH, new_uid, no_titles, validate_titles


class Language(models.TextChoices):
    ENGLISH = "en", _("English")
    FRENCH = "fr", _("French")


class ArticleQuerySet(models.QuerySet):
    def with_counts(self) -> "ArticleQuerySet":
        """Adds `sentences`, `checked`, `stale` and `changed_at`, in the same query."""
        from articles.models.claim import Claim
        from articles.models.revision import Revision

        standing = (
            Claim.objects.standing().with_current_verdict().filter(article=models.OuterRef("pk"))
        )
        newest = Revision.objects.filter(
            article=models.OuterRef("pk"), number=models.OuterRef("latest")
        )
        return self.annotate(
            sentences=count_of(standing),
            checked=count_of(standing.checked()),
            stale=count_of(standing.stale()),
            changed_at=models.Subquery(newest.values("created_at")[:1]),
        )


def count_of(rows: models.QuerySet) -> models.Subquery:
    counted = rows.order_by().values("article").annotate(n=models.Count("pk")).values("n")
    return models.functions.Coalesce(models.Subquery(counted), 0)


class Article(models.Model):
    """A text as editors see it now; what it was stands in its revisions."""

    uid = models.CharField(max_length=UID_LENGTH, unique=True, default=new_uid, editable=False)
    slug = models.SlugField(
        _("slug"), max_length=150, unique=True, help_text=_("Its address: /articles/slug/.")
    )
    title = models.CharField(_("title"), max_length=300)
    language = models.CharField(
        _("language"), max_length=8, choices=Language, default=Language.ENGLISH
    )
    translation_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="translations",
        verbose_name=_("translation of"),
    )
    see_also = models.JSONField(
        _("see also"), default=no_titles, blank=True, validators=[validate_titles]
    )
    latest = models.PositiveIntegerField(default=0, editable=False)  # number of the head revision

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        permissions = [("publish_article", _("Can publish and withdraw articles"))]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="article_titled"),
            models.CheckConstraint(condition=~Q(slug=""), name="article_addressed"),
            models.CheckConstraint(
                condition=Q(language__in=Language.values), name="article_language_known"
            ),
            models.CheckConstraint(
                condition=~Q(translation_of=F("pk")), name="article_not_its_own_translation"
            ),
        ]

    def __str__(self) -> str:
        return self.title
