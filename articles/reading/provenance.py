"""Where each sentence and word of the published article comes from."""

from datetime import date
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.translation import gettext as _

from articles.history.authorship import Contribution, numbers_in
from articles.history.store import load
from articles.models import PublishedArticle
from articles.reading import addressing, dates, origins, visible
from articles.reading.origin_marks import Telling
from articles.reading.serving import serve


def provenance(request: HttpRequest, slug: str) -> HttpResponse:
    return serve(request, slug, "provenance", provenance_page)


def provenance_page(row: PublishedArticle) -> str:
    """The page as HTML, in five queries."""
    state = load(row.publication.revision)
    writers = visible.writers(row, frozenset(numbers_in(state)))
    context = origins.context(state, writers, telling(row.slug))
    return loader.render_to_string("articles/provenance.html", {"article": row, **context})


def telling(slug: str) -> Telling:
    # Finding each address by its name would take as long as all the rest of the page.
    article = addressing.path("article", slug)
    claims = addressing.claims()

    def compare(came: Contribution) -> str:
        return f"{article}compare/{came.before}..{came.number}/" if came.before else ""

    @cache
    def published_on(day: date) -> str:
        return _("published on %s") % dates.day(day)

    return Telling(
        when=lambda came: published_on(came.at.date()),
        address=lambda came: f"{article}revisions/{came.number}/",
        compare=compare,
        record=lambda uid: f"{claims}{uid}/",
    )
