"""Sources saved; a source belongs to all articles that cite it."""

from django.db import transaction
from django.utils.translation import gettext as _

from articles.editing.articles import By, name_of
from articles.history.commit import commit
from articles.models import Act, Article, Source


@transaction.atomic
def save_source(source: Source, *, by: By) -> Source:
    """Store the source, and make a revision in each article that cites it.

    Raises ValidationError by field; nothing is saved then.
    """
    source.full_clean()
    source.save()
    cited_by = Article.objects.filter(claims__citations__source=source).distinct()
    # In one order everywhere, or two savers of two sources could wait for each other.
    for article in Article.objects.filter(pk__in=cited_by).order_by("pk").select_for_update():
        commit(
            article,
            author=name_of(by),
            origin="human",
            act=Act.SOURCE,
            summary=_("Source: %s") % source.title,
        )
    return source
