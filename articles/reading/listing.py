"""Readers' lists: articles, tags, sources. All of them follow from the log's head."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db.models import Count, Min, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template import loader
from django.utils.translation import gettext as _

from articles.history.review import Review, Tally
from articles.models import (
    PublishedArticle,
    PublishedCitation,
    PublishedSection,
    PublishedSource,
    PublishedTag,
    Stance,
)
from articles.reading import log, notice, paging
from articles.reading.serving import answer
from articles.text.canonical import sha256
from articles.text.cite import Reference, parts

ARTICLES, SOURCES, USES = 20, 50, 50  # rows a page

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
    return listed(request, "source", lambda number: source_context(uid, number), of=uid)


def listed(
    request: HttpRequest, name: str, context: Callable[[int], Context], *, of: str = ""
) -> HttpResponse:
    """Answer with a page of a list; ``of`` names what it is a list of, as typed by a stranger."""
    number = paging.number(request)
    subject = sha256(of)[:16] if of else ""
    return answer(
        request,
        f"{name}-{subject}-{number}-{log.head().key}",
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
    return {"page": page, "entries": [entry(row) for row in page]}


def entry(row: PublishedArticle) -> Entry:
    found = review_of(row)
    judged = _("%(checked)d of %(total)d sentences judged by a person") % {
        "checked": found.checked,
        "total": found.total,
    }
    return Entry(
        article=row,
        headline=notice.headline(found, row.responsible),
        coverage="; ".join([judged, *notice.coverage(found)]),
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
    page = paging.page(tagged_sections(slug), number, USES)
    if not page.object_list:
        raise Http404(_("No published section carries this tag."))
    sections = list(page)
    return {
        "page": page,
        "name": sections[0].tag_name,
        "articles": [
            (article, list(of_article))
            for article, of_article in groupby(sections, key=attrgetter("article"))
        ],
    }


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
    return {"page": page, "works": [Work(row, parts(row.csl), row.uses) for row in page]}


@dataclass(frozen=True, slots=True)
class Use:
    """A sentence's use of a source."""

    citation: PublishedCitation
    stance: str


def source_context(uid: str, number: int) -> Context:
    source = PublishedSource.objects.filter(uid=uid).first()
    if source is None:
        raise Http404(_("No published article cites such a source."))
    citations = source.citations.select_related("claim__article").order_by(
        "claim__article__title", "claim__article", "claim__position", "pk"
    )
    page = paging.page(citations, number, USES)
    uses = [Use(citation, Stance(citation.stance).label) for citation in page]
    return {
        "page": page,
        "source": source,
        "work": parts(source.csl),
        "language": source.csl.get("language", ""),
        "articles": [
            (article, list(of_article))
            for article, of_article in groupby(uses, key=lambda use: use.citation.claim.article)
        ],
    }
