"""The article over time: its history, its revisions as they were."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.translation import gettext as _

from articles.history.state import ArticleState
from articles.history.store import load
from articles.models import Publication, PublishedArticle, Revision
from articles.reading import addressing, changes, dates, log, paging, visible
from articles.reading.article import linked, looked_up, published_facts
from articles.reading.page import Facts, render_article
from articles.reading.serving import serve
from articles.remembering import remembered

ENTRIES = 20  # of the history, a page
CORRECTIONS = 100  # told above it, the newest ones


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the history in words, ready to be placed: a page has twenty of them."""

    title: str
    address: str  # of the revision; "" for a withdrawal
    summary: str
    iso: str
    when: str
    author: str
    remarks: list[str]
    note_label: str
    note: str
    changed: str  # what it changed for readers
    compare: str  # address of the comparison with what readers saw before, or ""
    compare_label: str
    place: str  # in the log
    hash: str  # of the revision
    log_hash: str
    shown_now: bool


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
    """A page of the article's entries in the log, in four queries."""
    page, older = read(row.article_id, number)
    found = entries(row, page, older)
    numbers = sorted({str(p.revision.number) for p in page}, key=int, reverse=True)
    return loader.render_to_string(
        "articles/history.html",
        {
            "article": row,
            "page": page,
            "entries": found,
            "corrections": corrections(row.article_id) if number == 1 else [],
            "older": numbers[1:],
            "newer": numbers[:-1],
            "log": newest,
        },
    )


@remembered
def read(article: int, number: int) -> tuple[Page, list[Publication]]:
    """A page of the article's entries, and the one after them, if there is one."""
    publications = newest_first(article).select_related("revision")
    page = paging.page(publications, number, ENTRIES)
    return page, list(following(publications, page))


def newest_first(article: int) -> QuerySet[Publication]:
    """The article's entries in the log.

    By key, which rises with the number: the index on the article holds the keys in order, so
    that no long history has to be sorted for one page.
    """
    return Publication.objects.filter(article=article).order_by("-pk")


@remembered
def corrections(article: int) -> list[Publication]:
    """The publications that told readers of a correction, newest first."""
    told = newest_first(article).filter(act=Publication.Act.PUBLISHED).exclude(note="")
    return list(told.select_related("revision")[:CORRECTIONS])


def following(publications: QuerySet[Publication], page: Page) -> QuerySet[Publication]:
    """The first entry of the next page, to compare the last one of this page with."""
    end = page.end_index()
    return publications[end : end + 1] if page.has_next() else publications.none()


def entries(row: PublishedArticle, page: Page, older: list[Publication]) -> list[Entry]:
    """The page's entries, newest first; ``older`` holds the one after them, if there is one."""
    rows = [*page, *older]
    befores = [*rows[1:], None]
    return [
        entry(row, publication, before)
        for publication, before in zip(rows[: len(page)], befores, strict=False)
    ]


def entry(row: PublishedArticle, publication: Publication, before: Publication | None) -> Entry:
    """An entry of the log; ``before`` is the article's entry before it, None for its first.

    Addresses are relative to the history's, since finding them by name would take a fifth of
    the page's time.
    """
    revision = publication.revision
    number, day = str(revision.number), publication.created_at
    published = publication.act == Publication.Act.PUBLISHED
    shown_now = publication.pk == row.publication_id and published
    other = before.revision.number if before and published else revision.number
    differs = other != revision.number
    return Entry(
        title=_("Revision %s") % number if published else _("Withdrawn"),
        address=f"../revisions/{number}/" if published else "",
        summary=revision.summary if published else "",
        iso=day.isoformat(timespec="seconds"),
        when=f"{dates.day_and_time(day)} UTC",
        author=(_("by %s") % publication.author if publication.author else _("by a command")),
        remarks=list(remarks(publication, first=before is None, shown_now=shown_now)),
        note_label=_("Correction:") if published else _("Why:"),
        note=publication.note,
        changed=changes.in_words(publication.changes) if published else "",
        compare=f"../compare/{other}..{number}/" if differs else "",
        compare_label=_("Compare with %s") % other if differs else "",
        place=_("entry %s of the log") % publication.number,
        hash=revision.hash,
        log_hash=publication.hash,
        shown_now=shown_now,
    )


def remarks(publication: Publication, *, first: bool, shown_now: bool) -> Iterator[str]:
    if first:
        yield _("First publication")
    if shown_now:
        yield _("Shown to readers now")
    if publication.responsible:
        yield _("Responsible: %s") % publication.responsible


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
    state, facts = state_and_facts(row, number)
    return render_article(state, facts, looked_up(state))


def state_and_facts(row: PublishedArticle, number: int) -> tuple[ArticleState, Facts]:
    """A published revision with what its page says of it. Raises Http404 for a draft."""
    revision = visible.revision(row.article_id, number)
    state = load(revision)
    links = linked(row, state)
    if revision.hash == row.hash and not row.withdrawn:
        facts = published_facts(row, links)
        address = addressing.path("revision", row.slug, number)
        return state, replace(facts, address=address, translations=())
    return state, past_facts(row, last_publication(revision), links)


@remembered
def last_publication(revision: Revision) -> Publication:
    """The entry of the log that last put the revision before readers."""
    shown = newest_first(revision.article_id).filter(act=Publication.Act.PUBLISHED)
    return shown.filter(revision=revision).select_related("revision").first()


def past_facts(row: PublishedArticle, publication: Publication, links: Mapping[str, str]) -> Facts:
    """What the article's page said of the revision once the entry stood in the log."""
    corrected, before = so_far(publication)
    return Facts(
        number=publication.revision.number,
        hash=publication.revision.hash,
        published_at=publication.created_at,
        newest=None if row.withdrawn else row.number,
        first_published_at=row.first_published_at,
        previous=before.revision.number if before else None,
        responsible=publication.responsible,
        correction=corrected.note if corrected else "",
        corrected_at=corrected.created_at if corrected else None,
        links=links,
        withdrawn=row.withdrawn,
        address=addressing.path("revision", row.slug, publication.revision.number),
    )


@remembered
def so_far(publication: Publication) -> tuple[Publication | None, Publication | None]:
    """The latest correction when the entry stood in the log, and what was last before it."""
    upto = newest_first(publication.article_id).filter(
        act=Publication.Act.PUBLISHED, number__lte=publication.number
    )
    before = upto.exclude(revision=publication.revision_id).select_related("revision")
    return upto.exclude(note="").first(), before.first()
