"""Drafts and old revisions as a reader would see them."""

from collections.abc import Iterator

from django.contrib.admin import ModelAdmin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from articles.admin.pages import article_or_404, revision_or_404
from articles.history.store import head, load
from articles.models import Article, PublishedArticle, Revision
from articles.reading.article import linked_now, looked_up
from articles.reading.page import Facts, render_article


@require_safe
@cache_control(private=True, no_store=True)
def preview(request: HttpRequest, pk: int, model_admin: ModelAdmin) -> HttpResponse:
    """The newest revision."""
    article = article_or_404(request, model_admin, pk)
    return as_read(request, article, head(article))


@require_safe
@cache_control(private=True, no_store=True)
def revision(request: HttpRequest, pk: int, number: int, model_admin: ModelAdmin) -> HttpResponse:
    """Revision ``number``, published or not."""
    article = article_or_404(request, model_admin, pk)
    return as_read(request, article, revision_or_404(article, number))


def as_read(request: HttpRequest, article: Article, revision: Revision) -> HttpResponse:
    state = load(revision)
    shown = PublishedArticle.objects.shown().filter(article=article)
    facts = Facts(
        revision.number,
        revision.hash,
        newest=shown.values_list("number", flat=True).first(),
        links=linked_now(state),
        draft=True,
        ways=tuple(ways(request, article)),
    )
    return HttpResponse(render_article(state, facts, looked_up(state)))


def ways(request: HttpRequest, article: Article) -> Iterator[tuple[str, str]]:
    """Where an editor goes from here: words and address."""
    pages = [("change", _("Edit"), "change"), ("history", _("History"), "view")]
    pages += [("publish", _("Publish …"), "publish")]
    for name, words, right in pages:
        if request.user.has_perm(f"articles.{right}_article"):
            yield words, reverse(f"admin:articles_article_{name}", args=[article.pk])
