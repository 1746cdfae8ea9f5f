"""Which revisions the public may see: those that were published once. Every door asks here."""

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from articles.models import Publication, Revision


def revisions(article: int) -> QuerySet[Revision]:
    """The article's revisions that readers saw at some time, newest first."""
    shown = Publication.objects.shown().filter(article=article)
    return Revision.objects.filter(pk__in=shown.values("revision"))


def revision(article: int, number: int) -> Revision:
    """One of them, with its manifest. Raises Http404 for a draft as for what does not exist."""
    found = revisions(article).select_related("manifest").filter(number=number).first()
    if found is None:
        raise Http404(_("No revision of this number was ever published."))
    return found
