"""Which revisions the public may see: those that were published once. Every door asks here."""

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from articles.history.authorship import Contribution, as_published
from articles.history.store import contributions
from articles.models import Publication, PublishedArticle, Revision
from articles.remembering import remembered


def publications(article: int) -> QuerySet[Publication]:
    """The log's entries that put a revision of the article before readers, oldest first."""
    return Publication.objects.shown().filter(article=article).order_by("number")


def revisions(article: int) -> QuerySet[Revision]:
    """The article's revisions that readers saw at some time, newest first."""
    shown = publications(article).order_by()
    return Revision.objects.filter(pk__in=shown.values("revision"))


@remembered
def revision(article: int, number: int) -> Revision:
    """One of them, with its manifest. Raises Http404 for a draft as for what does not exist."""
    found = revisions(article).select_related("manifest").filter(number=number).first()
    if found is None:
        raise Http404(_("No revision of this number was ever published."))
    return found


@remembered
def writers(row: PublishedArticle, numbers: frozenset[int]) -> dict[int, Contribution]:
    """Who wrote with the revisions of these numbers that readers see words of, in two queries.

    Of a draft its author and origin are told, and the revision in which readers first saw its
    words: not its number, its time or its summary.
    """
    shown = Publication.objects.shown().filter(
        article=row.article_id, revision__number__lte=row.number
    )
    published = shown.order_by("pk").values_list("revision__number", "created_at")
    return as_published(contributions(row.article_id, numbers), list(published))
