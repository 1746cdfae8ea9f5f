"""Drafts and old revisions as a reader would see them."""

from django.contrib.admin import ModelAdmin
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from articles.admin.pages import article_or_404, revision_or_404
from articles.history.store import head, load
from articles.models import Revision
from articles.reading.article import linked
from articles.reading.page import Facts, render_article


@require_safe
@cache_control(private=True, no_store=True)
def preview(request: HttpRequest, pk: int, model_admin: ModelAdmin) -> HttpResponse:
    """The newest revision."""
    return as_read(head(article_or_404(request, model_admin, pk)))


@require_safe
@cache_control(private=True, no_store=True)
def revision(request: HttpRequest, pk: int, number: int, model_admin: ModelAdmin) -> HttpResponse:
    """Revision ``number``, published or not."""
    return as_read(revision_or_404(article_or_404(request, model_admin, pk), number))


def as_read(revision: Revision) -> HttpResponse:
    state = load(revision)
    facts = Facts(revision.number, revision.hash, links=linked(state), draft=True)
    return HttpResponse(render_article(state, facts))
