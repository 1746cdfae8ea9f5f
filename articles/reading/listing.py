"""Readers' lists: articles, tags, sources. All of them follow from the log's head.

A source's page also says what was found outside, and so follows from that as well.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.core.paginator import Page
from django.db.models import Count, Min, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template import loader
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from articles.evidence.findings import Copy, Findings, copies, findings, standing, version
from articles.history.review import Review, Tally
from articles.models import (
    Kind,
    LinkState,
    PublishedArticle,
    PublishedCitation,
    PublishedSection,
    PublishedSource,
    PublishedTag,
    Stance,
)
from articles.reading import checks, linked_data, log, notice, paging
from articles.reading.checks import Check
from articles.reading.numbers import grouped
from articles.reading.punctuation import semicolons
from articles.reading.serving import answer
from articles.remembering import remembered
from articles.text.canonical import sha256
from articles.text.cite import Reference, parts

ARTICLES, SOURCES, USES = 20, 50, 50  # rows a page
COPIES = 20  # of a source, the newest ones

Context = dict[str, Any]


def home(request: HttpRequest) -> HttpResponse:
    return listed(request, "home", home_context)


def tags(request: HttpRequest) -> HttpResponse:
    return listed(request, "tags", tags_context)


def tag(request: HttpRequest, slug: str) -> HttpResponse:
    return listed(request, "tag", lambda number: tag_context(slug, number), of=slug)


def sources(request: HttpRequest) -> HttpResponse:
    return listed(request, "sources", sources_context)


def source(request: HttpRequest, uid: str) -> HttpResponse:
    return listed(
        request,
        "source",
        lambda number: source_context(uid, number),
        of=uid,
        known=version(uid),
    )


def listed(
    request: HttpRequest,
    name: str,
    context: Callable[[int], Context],
    *,
    of: str = "",
    known: str = "",
) -> HttpResponse:
    """Answer with a page of a list; ``of`` names what it is a list of, as typed by a stranger.

    ``known`` tells what it depends on besides what is published.
    """
    number = paging.number(request)
    subject = sha256(of)[:16] if of else ""
    return answer(
        request,
        f"{name}-{subject}-{number}-{log.head().key}{known and '-'}{known}",
        lambda: loader.render_to_string(f"articles/{name}.html", context(number)),
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """An article in the list, with the state of its review."""

    article: PublishedArticle
    headline: str
    coverage: str
    bar: list[notice.Segment]


def home_context(number: int) -> Context:
    page = paging.page(PublishedArticle.objects.shown(), number, ARTICLES)
    return {
        "page": page,
        "entries": [entry(row) for row in page],
        "linked_data": linked_data.of_home(),
    }


def entry(row: PublishedArticle) -> Entry:
    found = review_of(row)
    judged = ngettext(
        "%(checked)s of %(total)s sentence judged by a person",
        "%(checked)s of %(total)s sentences judged by a person",
        found.total,
    ) % {"checked": grouped(found.checked), "total": grouped(found.total)}
    return Entry(
        article=row,
        headline=notice.headline(found, row.responsible),
        coverage=semicolons([judged, *notice.coverage(found)]),
        bar=notice.bar(found.tallies),
    )


def review_of(row: PublishedArticle) -> Review:
    """The review as far as the tally tells it: not which sentences a machine changed since."""
    tallies = tuple(Tally(*values) for values in row.tally)

    def count(*, by: str, stale: bool) -> int:
        return sum(t.count for t in tallies if (t.by, t.stale) == (by, stale))

    return Review(
        origin=row.origin,
        total=sum(t.count for t in tallies),
        checked=count(by="human", stale=False),
        suggested=count(by="machine", stale=False),
        stale=sum(t.count for t in tallies if t.stale),
        changed_by_machine=0,
        disclosure="",
        tallies=tallies,
    )


def tags_context(number: int) -> Context:
    counted = (
        PublishedTag.objects.values("slug")
        .annotate(name=Min("name"), sections=Count("pk"))
        .order_by("slug")
    )
    if number > 1:
        raise Http404
    return {"tags": list(counted)}


def tag_context(slug: str, number: int) -> Context:
    page = tagged_page(slug, number)
    if not page.object_list:
        raise Http404(_("No published section carries this tag."))
    sections = list(page)
    return {
        "page": page,
        "name": sections[0].tag_name,
        "slug": slug,
        "articles": [
            (article, list(of_article))
            for article, of_article in groupby(sections, key=attrgetter("article"))
        ],
    }


@remembered
def tagged_page(slug: str, number: int) -> Page:
    return paging.page(tagged_sections(slug), number, USES)


def tagged_sections(slug: str) -> QuerySet[PublishedSection]:
    """The sections that carry the tag, article by article, newest change first."""
    if "\0" in slug:  # PostgreSQL knows no such text
        return PublishedSection.objects.none()
    return (
        PublishedSection.objects.filter(tags__slug=slug)
        .annotate(tag_name=Min("tags__name"))
        .select_related("article")
        .order_by("-article__published_at", "article", "position")
    )


@dataclass(frozen=True, slots=True)
class Work:
    """A source in the list, with the number of sentences that cite it."""

    source: PublishedSource
    reference: Reference
    uses: int


def sources_context(number: int) -> Context:
    cited = PublishedSource.objects.annotate(uses=Count("citations__claim", distinct=True))
    page = paging.page(cited.filter(uses__gt=0).order_by("title", "pk"), number, SOURCES)
    return {
        "page": page,
        "works": [Work(row, parts(row.csl, get_language()), row.uses) for row in page],
    }


@dataclass(frozen=True, slots=True)
class Use:
    """A sentence's use of a source."""

    citation: PublishedCitation
    stance: str
    check: Check


@dataclass(frozen=True, slots=True)
class Stored:
    """A copy of a source in words."""

    copy: Copy
    origin: str
    link: str  # where an archive's copy is to be had
    note: str


def source_context(uid: str, number: int) -> Context:
    source, page = cited(uid, number)
    known, work = findings([uid]), parts(source.csl, get_language())
    addresses = (source.csl.get("URL", ""), work.url)
    uses = [use(citation, uid, known, addresses) for citation in page]
    stored = copies(uid, COPIES + 1)
    seen = known.standings.get(uid) or standing(uid)
    told = checks.speaks_of(seen, *addresses)
    return {
        "page": page,
        "source": source,
        "work": work,
        "copies": [in_words(copy, addresses) for copy in stored[:COPIES]],
        "more_copies": len(stored) > COPIES,
        "link": checks.link_in_words(seen) if told else "",
        "led_to": seen.final_address if told and seen.state == LinkState.REDIRECTED else "",
        "looked_at": seen.visited_at if told else None,
        "read_in_copy": told and seen.away and any(use.check.shows for use in uses),
        "language": source.csl.get("language", ""),
        "articles": [
            (article, list(of_article))
            for article, of_article in groupby(uses, key=lambda use: use.citation.claim.article)
        ],
    }


@remembered
def cited(uid: str, number: int) -> tuple[PublishedSource, Page]:
    """A source and a page of its citations. Raises Http404 where no article cites it."""
    source = PublishedSource.objects.filter(uid=uid).first()
    if source is None:
        raise Http404(_("No published article cites such a source."))
    citations = source.citations.select_related("claim__article").order_by(
        "claim__article__title", "claim__article", "claim__position", "pk"
    )
    return source, paging.page(citations, number, USES)


def use(citation: PublishedCitation, uid: str, known: Findings, addresses: tuple[str, ...]) -> Use:
    return Use(
        citation=citation,
        stance=Stance(citation.stance).label,
        check=checks.check(known, uid, citation.quote, *addresses),
    )


def in_words(copy: Copy, addresses: tuple[str, ...]) -> Stored:
    """A copy as readers are told of it. A draft's address is none of ``addresses``, nor told."""
    match copy.kind:
        case Kind.ARCHIVED:
            origin, link = _("Fetched from a public archive"), copy.final_address or copy.address
        case Kind.UPLOADED:
            origin, link = _("Uploaded by an editor"), ""
        case _ if checks.same_address(copy.address, *addresses):
            origin, link = _("Fetched from the address above"), ""
        case _:
            origin, link = _("Fetched from another address of this work"), ""
    return Stored(copy, origin, link, copy.note)
