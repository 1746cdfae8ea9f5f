"""The published article's page."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse

from articles.evidence.findings import Findings, findings
from articles.history.rules import folded
from articles.history.state import ArticleState
from articles.history.store import load
from articles.models import PublishedArticle
from articles.reading import addressing
from articles.reading.links import of_article
from articles.reading.page import Facts, render_article
from articles.reading.serving import serve


def article(request: HttpRequest, slug: str) -> HttpResponse:
    return serve(request, slug, "page", article_page, headers=of_article(slug))


def article_page(row: PublishedArticle) -> str:
    """The page as HTML, in four queries beside the look-up's and the row's."""
    state = load(row.publication.revision)
    return render_article(state, published_facts(row, linked(row, state)), looked_up(state))


def looked_up(state: ArticleState) -> Findings:
    """What is known of the sources that the state names and of its quotes."""
    return findings(state.source_by_uid)


def linked(row: PublishedArticle, state: ArticleState) -> dict[str, str]:
    """The slugs of published articles among the see-also titles, by title.

    The row knows them for every state of its article that was ever published.
    """
    return by_title(state, row.linked)


def linked_now(state: ArticleState) -> dict[str, str]:
    """The same for any state, drafts included, in one query."""
    return by_title(state, PublishedArticle.objects.slugs(map(folded, state.see_also)))


def by_title(state: ArticleState, slugs: Mapping[str, str]) -> dict[str, str]:
    return {title: slugs[folded(title)] for title in state.see_also if folded(title) in slugs}


def published_facts(row: PublishedArticle, links: dict[str, str]) -> Facts:
    return Facts(
        number=row.number,
        newest=row.number,
        hash=row.hash,
        published_at=row.published_at,
        first_published_at=row.first_published_at,
        previous=row.previous,
        responsible=row.responsible,
        correction=row.correction,
        address=addressing.path("article", row.slug),
        translations=tuple((language, slug) for language, slug in row.translations),
        corrected_at=row.corrected_at,
        links=links,
    )
