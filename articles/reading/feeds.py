"""Atom feeds of the articles, of corrections, and of what became of one article.

The list of articles is paged, for it changes all over (RFC 5005, section 3). The other two only
grow: a document holds the newest entries and leads to archives, which hold so many entries each,
from the oldest on, and stay as they are (section 4). Entries' ids follow from uids and from the
log's hashes, so they outlive a new address of the site.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid5

from django.conf import settings
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.template import loader
from django.utils.translation import gettext as _

from articles.history.store import titles
from articles.models import Publication, PublishedArticle
from articles.reading import changes, log, notice, paging
from articles.reading.links import absolute
from articles.reading.listing import review_of
from articles.reading.log import Head
from articles.reading.serving import answer, serve
from articles.remembering import remembered
from articles.text.wellformed import wellformed

ATOM = "application/atom+xml; charset=utf-8"
ENTRIES = 20  # a document
NAMESPACE = UUID("6f5c1f0e-4d0b-5d6e-9b0a-2c6f0f6a7d11")
Links = tuple[tuple[str, str], ...]  # relations and addresses
BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    id: str
    title: str
    language: str  # of the title; "" for the interface's
    address: str
    updated: datetime
    summary: str
    published: datetime | None = None
    author: str = ""
    related: str = ""  # address of a comparison with what readers saw before
    hash: str = ""  # of the log's entry


@dataclass(frozen=True, slots=True)
class Feed:
    id: str
    title: str
    page: str  # address of the page for people
    links: Links
    entries: list[Entry]
    archive: bool = False
    head: Head | None = None  # in documents that follow it


def urn(kind: str, name: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE, f'{kind}:{name}')}"


def document(feed: Feed) -> str:
    updated = max((entry.updated for entry in feed.entries), default=BEFORE_ALL)
    context = {"feed": feed, "updated": updated, "site": settings.SITE_NAME}
    return wellformed(loader.render_to_string("articles/feed.xml", context))


def articles(request: HttpRequest, number: int = 1) -> HttpResponse:
    newest = log.head()
    return answer(
        request,
        f"feed-articles-{number}-{newest.key}",
        lambda: document(articles_feed(number, newest)),
        content_type=ATOM,
    )


def articles_feed(number: int, newest: Head) -> Feed:
    """A page of the published articles, newest change first, in two queries."""
    shown = PublishedArticle.objects.shown().annotate(uid=F("article__uid"))
    page = paging.page(shown, number, ENTRIES)
    numbers = {
        "self": number,
        "first": 1,
        "previous": number - 1 if page.has_previous() else None,
        "next": number + 1 if page.has_next() else None,
        "last": page.paginator.num_pages,
    }
    return Feed(
        id=absolute("feed-articles"),
        title=_("%s: articles") % settings.SITE_NAME,
        page=absolute("home"),
        links=tuple((name, articles_address(n)) for name, n in numbers.items() if n),
        entries=[article_entry(row) for row in page],
        head=newest,
    )


def articles_address(number: int) -> str:
    return absolute("feed-articles") if number == 1 else absolute("feed-articles-page", number)


def article_entry(row: PublishedArticle) -> Entry:
    """An article, with the notice before its opening words."""
    headline = notice.headline(review_of(row), row.responsible)
    return Entry(
        id=urn("article", row.uid),
        title=row.title,
        language=row.language,
        address=absolute("article", row.slug),
        updated=row.published_at,
        published=row.first_published_at,
        summary=f"{headline}\n\n{row.standfirst}".strip(),
    )


def corrections(request: HttpRequest, number: int | None = None) -> HttpResponse:
    newest = log.head()
    return answer(
        request,
        f"feed-corrections-{number}-{newest.key}",
        lambda: document(corrections_feed(number, newest)),
        content_type=ATOM,
    )


def corrections_feed(number: int | None, newest: Head) -> Feed:
    """What was corrected or withdrawn, in three queries."""
    rows, links = archived(
        None,
        number,
        newest=absolute("feed-corrections"),
        archive=lambda n: absolute("feed-corrections-archive", n),
    )
    called = titles([row.revision for row in rows])
    return Feed(
        id=absolute("feed-corrections"),
        title=_("%s: corrections") % settings.SITE_NAME,
        page=absolute("corrections"),
        links=links,
        entries=[corrected_entry(row, *named) for row, named in zip(rows, called, strict=True)],
        archive=number is not None,
        head=newest if number is None else None,
    )


def corrected_entry(row: Publication, title: str, language: str) -> Entry:
    withdrawn = row.act == Publication.Act.WITHDRAWN
    words = _("Withdrawn: %s") if withdrawn else _("Corrected: %s")
    return log_entry(row, words % title, language)


def article_changes(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    newest = log.head()
    return serve(
        request,
        slug,
        f"feed-changes-{number}-{newest.key}",
        lambda row: document(changes_feed(row, number, newest)),
        content_type=ATOM,
        also_withdrawn=True,
    )


def changes_feed(row: PublishedArticle, number: int | None, newest: Head) -> Feed:
    """What readers saw of the article and when, in three queries."""
    slug = row.slug
    rows, links = archived(
        row.article_id,
        number,
        newest=absolute("feed-changes", slug),
        archive=lambda n: absolute("feed-changes-archive", slug, n),
    )
    return Feed(
        id=urn("changes", row.article.uid),
        title=_("Changes of “%s”") % row.title,
        page=absolute("history", slug),
        links=links,
        entries=[log_entry(entry, changed_title(entry)) for entry in rows],
        archive=number is not None,
        head=newest if number is None else None,
    )


def changed_title(row: Publication) -> str:
    if row.act == Publication.Act.WITHDRAWN:
        return _("Withdrawn")
    return _("Revision %s") % row.revision.number


def archived(
    article: int | None,
    number: int | None,
    *,
    newest: str,
    archive: Callable[[int], str],
) -> tuple[list[Publication], Links]:
    """The document's entries of the log, newest first, and its links, in two queries.

    ``number`` counts archives from 1; None asks for the newest entries, at ``newest``.
    """
    rows, full = part(article, number)
    if number is None:
        links = {"self": newest, "prev-archive": archive(full) if full else ""}
    else:
        links = {
            "self": archive(number),
            "current": newest,
            "prev-archive": archive(number - 1) if number > 1 else "",
            "next-archive": archive(number + 1) if number < full else "",
        }
    return rows, tuple((name, address) for name, address in links.items() if address)


@remembered
def part(article: int | None, number: int | None) -> tuple[list[Publication], int]:
    """A document's entries of the log, newest first, and how many archives are full.

    They are an article's, or what is noted of all of them. Raises Http404 for an archive that is
    not full yet.
    """
    noted = article is None
    entries = Publication.objects.noted() if noted else Publication.objects.filter(article=article)
    total = entries.count()
    full = total // ENTRIES
    if number is not None and not 0 < number <= full:
        raise Http404(_("There is no archive of this number."))
    start = max(total - ENTRIES, 0) if number is None else (number - 1) * ENTRIES
    rows = log.with_revisions(entries).order_by("number")[start : start + ENTRIES]
    return list(rows)[::-1], full


def log_entry(row: Publication, title: str, language: str = "") -> Entry:
    """An entry of the log. It leads to what readers saw then, which does not change."""
    published = row.act == Publication.Act.PUBLISHED
    number = row.revision.number
    differs = published and row.before and row.before != number
    return Entry(
        id=urn("publication", row.hash),
        title=title,
        language=language,
        address=absolute("memento", row.slug, row.number)
        if published
        else absolute("history", row.slug),
        updated=row.created_at,
        summary="\n\n".join(told(row)),
        author=row.author,
        related=absolute("compare", row.slug, row.before, number) if differs else "",
        hash=row.hash,
    )


def told(row: Publication) -> Iterator[str]:
    """What the log says of the entry to readers."""
    if row.note:
        yield row.note
    if row.act == Publication.Act.PUBLISHED:
        yield from filter(None, [row.revision.summary, changes.in_words(row.changes)])
        if row.responsible:
            yield _("Responsible: %s") % row.responsible
