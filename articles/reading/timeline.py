"""The article over time: its history, its revisions as they were."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.template import loader

from articles.history.store import load
from articles.models import Publication, PublishedArticle
from articles.reading import changes, log, paging, visible
from articles.reading.article import linked, published_facts
from articles.reading.page import Facts, render_article
from articles.reading.serving import serve

ENTRIES = 20  # of the history, a page


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the history."""

    publication: Publication
    changed: str  # what it changed for readers, in words
    shown_now: bool
    first: bool  # the article's first publication
    before: int | None  # the number of the other revision that readers saw before


def history(request: HttpRequest, slug: str) -> HttpResponse:
    number = paging.number(request)
    newest = log.head()
    return serve(
        request,
        slug,
        f"history-{number}-{newest.key}",
        lambda row: history_page(row, number, newest),
        also_withdrawn=True,
    )


def history_page(row: PublishedArticle, number: int, newest: log.Head) -> str:
    """A page of the article's entries in the log, in three queries."""
    publications = Publication.objects.filter(article=row.article_id)
    page = paging.page(publications.select_related("revision"), number, ENTRIES)
    found = entries(row, page, list(earlier(publications, page)))
    return loader.render_to_string(
        "articles/history.html",
        {
            "article": row,
            "page": page,
            "entries": found,
            "numbers": list(dict.fromkeys(e.publication.revision.number for e in found)),
            "log": newest,
        },
    )


def earlier(publications: Sequence[Publication], page: Page) -> Sequence[Publication]:
    """The entry that follows on the next page, to compare the last one of this page with."""
    if not page.has_next():
        return []
    return publications.select_related("revision")[page.end_index() : page.end_index() + 1]


def entries(row: PublishedArticle, page: Page, following: list[Publication]) -> list[Entry]:
    """The page's entries, newest first; ``following`` is the one after them, if there is one."""
    rows = [*page, *following]
    return [
        Entry(
            publication=publication,
            changed=changes.in_words(publication.changes),
            shown_now=publication.pk == row.publication_id and not row.withdrawn,
            first=place == len(rows) - 1,
            before=shown_before(publication, rows[place + 1 :]),
        )
        for place, publication in enumerate(rows[: len(page)])
    ]


def shown_before(publication: Publication, older: Sequence[Publication]) -> int | None:
    """The other revision that the next older entry put before readers, or took from them."""
    number = older[0].revision.number if older else publication.revision.number
    return number if number != publication.revision.number else None


def revision(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    return serve(
        request,
        slug,
        f"revision-{number}",
        lambda row: revision_page(row, number),
        also_withdrawn=True,
    )


def revision_page(row: PublishedArticle, number: int) -> str:
    """The article as it was in a published revision. Raises Http404 for a draft."""
    revision = visible.revision(row.article_id, number)
    state = load(revision)
    links = linked(state)
    if revision.hash == row.hash and not row.withdrawn:
        return render_article(state, published_facts(row, links))
    upto = Publication.objects.shown().filter(article=row.article_id)
    publication = upto.filter(revision=revision).first()
    upto = upto.filter(number__lte=publication.number)
    corrected = upto.exclude(note="").first()
    before = upto.exclude(revision=revision).select_related("revision").first()
    facts = Facts(
        number=number,
        hash=revision.hash,
        published_at=publication.created_at,
        newest=None if row.withdrawn else row.number,
        first_published_at=row.first_published_at,
        previous=before.revision.number if before else None,
        responsible=publication.responsible,
        correction=corrected.note if corrected else "",
        corrected_at=corrected.created_at if corrected else None,
        links=links,
        withdrawn=row.withdrawn,
    )
    return render_article(state, facts)
