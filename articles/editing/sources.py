"""Sources saved; a source belongs to all articles that cite it."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from articles.editing.articles import By, name_of
from articles.evidence import watching
from articles.history.commit import commit
from articles.models import Act, Article, Source


@transaction.atomic
def save_source(source: Source, *, by: By) -> Source:
    """Store the source, and make a revision in each article that cites it.

    Where it has another address than before, that one is looked at as if it were new. Raises
    ValidationError by field; nothing is saved then.
    """
    before, articles = _held_with_articles(source) if source.pk else (source, [])
    source.full_clean()
    source.save()
    if source.url != before.url:
        watching.start_over(source.uid)
    for article in articles:
        commit(
            article,
            author=name_of(by),
            origin="human",
            act=Act.SOURCE,
            summary=_("Source: %s") % source.title,
        )
    return source


def held(source: Source) -> Source:
    """The source as it is now, kept from other savers until the transaction ends.

    For callers that compare before they save.
    """
    return _held_with_articles(source)[0]


class _CitedMeanwhile(Exception):
    """Another article cites the source since those that do were locked."""


def _held_with_articles(source: Source) -> tuple[Source, list[Article]]:
    """Lock the articles that cite the source, then the source.

    In this order, as whoever cites it in an article (`tables.hold_sources`) has locked that
    article first. With the source locked nobody else begins to cite it; an article that did a
    moment before is found and locked as well.
    """
    while True:
        try:
            with transaction.atomic():  # an inner one gives up its locks where it fails
                articles = list(_citing(source).order_by("pk").select_for_update())
                now = Source.objects.select_for_update().get(pk=source.pk)
                if _citing(source).exclude(pk__in=[article.pk for article in articles]).exists():
                    raise _CitedMeanwhile
                return now, articles
        except _CitedMeanwhile:
            continue


def _citing(source: Source) -> QuerySet[Article]:
    cited_by = Article.objects.filter(claims__citations__source=source).distinct()
    return Article.objects.filter(pk__in=cited_by)
