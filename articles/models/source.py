from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.fields import UID_LENGTH, new_uid, validate_partial_date


class SourceType(models.TextChoices):
    """The types of CSL 1.0.2 that editors here need."""

    ARTICLE = "article", _("article or preprint")
    JOURNAL = "article-journal", _("article in a journal")
    MAGAZINE = "article-magazine", _("article in a magazine")
    NEWSPAPER = "article-newspaper", _("article in a newspaper")
    BILL = "bill", _("bill")
    BOOK = "book", _("book")
    BROADCAST = "broadcast", _("broadcast")
    CHAPTER = "chapter", _("chapter")
    DATASET = "dataset", _("dataset")
    DOCUMENT = "document", _("document")
    ENCYCLOPEDIA = "entry-encyclopedia", _("encyclopedia entry")
    HEARING = "hearing", _("hearing")
    INTERVIEW = "interview", _("interview")
    CASE = "legal_case", _("legal case")
    LEGISLATION = "legislation", _("law or resolution")
    MANUSCRIPT = "manuscript", _("manuscript or working paper")
    PERSONAL = "personal_communication", _("personal communication")
    POST = "post", _("post")
    BLOG = "post-weblog", _("blog post")
    REGULATION = "regulation", _("regulation")
    REPORT = "report", _("report")
    SPEECH = "speech", _("speech")
    THESIS = "thesis", _("thesis")
    TREATY = "treaty", _("treaty")
    WEBPAGE = "webpage", _("web page")


class Source(models.Model):
    """A work that claims cite, in the fields of CSL; it belongs to all articles that cite it."""

    uid = models.CharField(max_length=UID_LENGTH, unique=True, default=new_uid, editable=False)
    type = models.CharField(
        _("type"), max_length=30, choices=SourceType, default=SourceType.WEBPAGE
    )
    title = models.CharField(_("title"), max_length=500)
    authors = models.TextField(
        _("authors"),
        blank=True,
        validators=[MaxLengthValidator(5000)],
        help_text=_("One a line: Family, Given. A body in braces: {UN Security Council}."),
    )
    editors = models.TextField(
        _("editors"),
        blank=True,
        validators=[MaxLengthValidator(5000)],
        help_text=_("Of the book that holds the chapter; one a line, like authors."),
    )
    container_title = models.CharField(
        _("published in"), max_length=300, blank=True, help_text=_("Newspaper, journal, book.")
    )
    publisher = models.CharField(_("publisher"), max_length=300, blank=True)
    place = models.CharField(_("place of publication"), max_length=200, blank=True)
    volume = models.CharField(_("volume"), max_length=50, blank=True)
    issue = models.CharField(_("issue"), max_length=50, blank=True)
    pages = models.CharField(
        _("pages"), max_length=50, blank=True, help_text=_("From and to: 12–34.")
    )
    number = models.CharField(
        _("number"),
        max_length=100,
        blank=True,
        help_text=_("Of a report, a law or a document: S/RES/2690 (2023)."),
    )
    issued = models.CharField(
        _("date"),
        max_length=10,
        blank=True,
        validators=[validate_partial_date],
        help_text=_("A year, a month or a day: 2017, 2017-06, 2017-06-30."),
    )
    url = models.URLField(_("address"), max_length=2000, blank=True)
    doi = models.CharField(_("DOI"), max_length=200, blank=True)
    isbn = models.CharField(_("ISBN"), max_length=20, blank=True)
    issn = models.CharField(_("ISSN"), max_length=20, blank=True)
    language = models.CharField(_("language"), max_length=8, blank=True)
    accessed = models.DateField(_("accessed"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True, validators=[MaxLengthValidator(2000)])

    class Meta:
        ordering = ["title", "pk"]
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="source_titled"),
            models.CheckConstraint(
                condition=Q(type__in=SourceType.values), name="source_type_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title
