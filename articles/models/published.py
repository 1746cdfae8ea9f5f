"""What readers' lists and pages look up of published revisions; written by publishing alone."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article, Language
from articles.models.claim import Origin
from articles.models.fields import UID_LENGTH
from articles.models.publication import Publication


class PublishedArticleQuerySet(models.QuerySet):
    def shown(self) -> "PublishedArticleQuerySet":
        return self.filter(withdrawn=False)

    def slugs(self, title_keys: Iterable[str] | models.QuerySet) -> dict[str, str]:
        """Where links by these titles lead, by title without case.

        Of several articles with one title, to the one whose publication is the oldest.
        """
        found = self.shown().filter(title_key__in=title_keys).order_by("-published_at", "-pk")
        return dict(found.values_list("title_key", "slug"))


class PublishedArticle(models.Model):
    """The published revision of one article; a withdrawn one keeps its row."""

    article = models.OneToOneField(
        Article, models.PROTECT, primary_key=True, related_name="published"
    )
    slug = models.SlugField(max_length=150, unique=True)
    title = models.CharField(max_length=300)
    title_key = models.CharField(max_length=300, db_index=True)  # without case, to be linked by
    language = models.CharField(max_length=8, choices=Language)
    # uid of the article that this is a translation of, or its own: what translations share.
    original = models.CharField(max_length=UID_LENGTH, db_index=True)
    # Those that readers see in other languages: [[language, slug], …], in the languages' order.
    translations = models.JSONField(default=list)
    # Where its links (PublishedLink) lead, as far as they lead anywhere: {title_key: slug}.
    linked = models.JSONField(default=dict)
    standfirst = models.TextField(blank=True)
    # The log's entry that made the page what it is, also where it was a withdrawal.
    publication = models.OneToOneField(Publication, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()  # of the revision shown
    previous = models.PositiveIntegerField(null=True)  # of the one shown before
    hash = models.CharField(max_length=64)  # of the revision shown
    first_published_at = models.DateTimeField()
    published_at = models.DateTimeField(db_index=True)
    withdrawn = models.BooleanField(default=False)
    corrected_at = models.DateTimeField(null=True)  # of the newest correction
    correction = models.CharField(max_length=1000, blank=True)
    responsible = models.CharField(max_length=150, blank=True)
    origin = models.CharField(max_length=12, choices=Origin)
    reviewed = models.CharField(
        max_length=8, choices=[("none", _("none")), ("partial", _("partial")), ("full", _("full"))]
    )
    tally = models.JSONField(default=list)  # [[rating, by, stale, count], …], see history/review.py
    # Grows when something outside the revision changes the page: a linked article, a quote check.
    version = models.PositiveIntegerField(default=1)

    objects = PublishedArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at"]

    def __str__(self) -> str:
        return self.title


class PublishedSection(models.Model):
    uid = models.CharField(max_length=UID_LENGTH, unique=True)
    article = models.ForeignKey(PublishedArticle, models.CASCADE, related_name="sections")
    position = models.PositiveIntegerField()
    heading = models.CharField(max_length=300, blank=True)
    anchor = models.CharField(max_length=330)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "position"], name="published_section_position_unique"
            )
        ]

    def __str__(self) -> str:
        return self.heading


class PublishedLink(models.Model):
    """A title under "see also" of a published article, or once there, without case.

    Pages of old revisions link, too.
    """

    article = models.ForeignKey(PublishedArticle, models.CASCADE, related_name="links")
    title_key = models.CharField(max_length=300, db_index=True)

    def __str__(self) -> str:
        return self.title_key


class PublishedTag(models.Model):
    """A tag on a published section. Tags whose names differ in case only share a slug."""

    section = models.ForeignKey(PublishedSection, models.CASCADE, related_name="tags")
    name = models.CharField(max_length=100)
    slug = models.CharField(max_length=120, db_index=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["section", "slug"], name="published_tag_once")
        ]

    def __str__(self) -> str:
        return self.name


class PublishedClaim(models.Model):
    """A claim that readers see or once saw, with the revision that last showed it."""

    uid = models.CharField(max_length=UID_LENGTH, unique=True)
    article = models.ForeignKey(PublishedArticle, models.CASCADE, related_name="claims")
    number = models.PositiveIntegerField()  # of the revision that last showed it
    current = models.BooleanField(default=True)
    position = models.PositiveIntegerField()  # in the article
    section = models.CharField(max_length=UID_LENGTH)
    text = models.TextField()
    rating = models.CharField(max_length=20)  # "none": nobody looked
    by = models.CharField(max_length=7, blank=True)
    stale = models.BooleanField(default=False)
    claimant = models.CharField(max_length=200, blank=True)  # whose claim the rating is of

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.text


class PublishedSource(models.Model):
    """A work that a published revision cites, as CSL-JSON."""

    uid = models.CharField(max_length=UID_LENGTH, unique=True)
    title = models.CharField(max_length=500)
    csl = models.JSONField()
    # Those that cite it or once did: pages of old revisions tell how it stands with it, too.
    articles = models.ManyToManyField(PublishedArticle, related_name="+")

    class Meta:
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title


class PublishedCitation(models.Model):
    """Where a published article uses a source. Ended claims have none."""

    claim = models.ForeignKey(PublishedClaim, models.CASCADE, related_name="citations")
    source = models.ForeignKey(PublishedSource, models.CASCADE, related_name="citations")
    stance = models.CharField(max_length=10)
    quote = models.TextField(blank=True)
    locator = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.stance}: {self.source}"
