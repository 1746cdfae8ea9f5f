"""Publications at moments that a test is about."""

from datetime import UTC, datetime

from django.db import connection
from django.db.models import QuerySet

from articles import publishing
from articles.history import guards
from articles.models import Article, Publication, PublishedArticle


def published(article: Article, moment: str, **values) -> Publication:
    """Publish the article's head as if it were that moment of UTC. The log's hash does not hold."""
    return dated(publishing.publish(article, by=None, **values), moment)


def withdrawn(article: Article, moment: str, *, reason: str = "Not ours.") -> Publication:
    return dated(publishing.withdraw(article, by=None, reason=reason), moment)


def dated(entry: Publication, moment: str) -> Publication:
    then = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    guards.remove(connection)
    QuerySet(Publication).filter(pk=entry.pk).update(created_at=then)
    guards.install(connection)
    for name in ("published_at", "first_published_at", "corrected_at"):
        rows = PublishedArticle.objects.filter(article=entry.article_id)
        rows.filter(**{name: entry.created_at}).update(**{name: then})
    entry.created_at = then
    return entry
