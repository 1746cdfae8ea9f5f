"""The article's past by date and time, for clients of RFC 7089 (Memento).

The original is the article's address. Each entry of the log that put a revision before readers
has a memento of its own: the same revision may be published twice, with a signature or a
correction that it lacked before, and a memento never changes. Its moment is the entry's.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.template import loader
from django.utils.http import parse_http_date
from django.utils.translation import gettext as _

from articles.history.store import load
from articles.models import Publication, PublishedArticle
from articles.reading import addressing, visible
from articles.reading.links import LINK_FORMAT, absolute, header, link, to_time, when
from articles.reading.page import render_article
from articles.reading.serving import (
    CACHE_CONTROL,
    Shown,
    answer,
    look_up,
    not_allowed,
    published_row,
    serve,
)
from articles.reading.timeline import past_facts
from articles.remembering import remembered


def timegate(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead to the memento of the moment that ``Accept-Datetime`` names, or to the newest.

    That is the last one published by then, within the second; before all, the first. Answers
    400 for what is no date of HTTP.
    """
    if request.method not in ("GET", "HEAD"):
        return not_allowed(request)
    shown = look_up(slug)
    found = visible.publications(shown.article)
    try:
        moment = asked(request)
    except ValueError:
        page = loader.render_to_string("400.html")
        return HttpResponse(page, status=400, headers=gate_headers(shown, slug, []))
    by_then = found.filter(created_at__lte=moment).last() if moment else found.last()
    chosen = by_then or found.first()
    return HttpResponse(
        status=302,
        headers={
            "Location": absolute("memento", slug, chosen.number),
            **gate_headers(
                shown, slug, memento_links(slug, neighbours(shown.article, chosen.number), chosen)
            ),
        },
    )


def asked(request: HttpRequest) -> datetime | None:
    """The end of the second that the client asks for. Raises ValueError where it is none."""
    words = request.META.get("HTTP_ACCEPT_DATETIME")
    if words is None:
        return None
    return datetime.fromtimestamp(parse_http_date(words.strip()), UTC).replace(microsecond=999_999)


def gate_headers(shown: Shown, slug: str, links: list[str]) -> dict[str, str]:
    return {
        "Vary": "accept-datetime",
        "Cache-Control": CACHE_CONTROL,
        **header([original(shown, slug), *to_time(slug)[1:], *links]),
    }


def timemap(request: HttpRequest, slug: str) -> HttpResponse:
    return serve(
        request,
        slug,
        "timemap",
        timemap_document,
        content_type=LINK_FORMAT,
        also_withdrawn=True,
    )


def timemap_document(row: PublishedArticle) -> str:
    """All mementos of the article, a line each, in one query."""
    rows = list(visible.publications(row.article_id).only("number", "created_at"))
    return ",\n".join(map_lines(row.slug, rows)) + "\n"


def map_lines(slug: str, rows: list[Publication]) -> Iterator[str]:
    first, last = rows[0], rows[-1]
    yield link(absolute("article", slug), "original")
    yield link(
        absolute("timemap", slug),
        "self",
        type=LINK_FORMAT,
        **{"from": when(first.created_at), "until": when(last.created_at)},
    )
    yield link(absolute("timegate", slug), "timegate")
    for row in rows:
        yield memento_link(slug, row, relation(row, first=first, last=last))


def memento_link(slug: str, row: Publication, relation: str) -> str:
    return link(absolute("memento", slug, row.number), relation, datetime=when(row.created_at))


def relation(row: Publication, **named: Publication | None) -> str:
    """What a memento is: “first memento”, “prev memento predecessor-version”."""
    names = [name for name, other in named.items() if other and other.pk == row.pk]
    versions = {"prev": "predecessor-version", "next": "successor-version"}
    return " ".join([*names, "memento", *(versions[name] for name in names if name in versions)])


def original(shown: Shown, slug: str) -> str:
    """The article's address; a withdrawn one has no latest version."""
    return link(
        absolute("article", slug), "original" if shown.withdrawn else "original latest-version"
    )


def memento(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What entry ``number`` of the log put before readers. Raises Http404 for any other entry."""
    shown = look_up(slug)
    around = neighbours(shown.article, number)
    publication = next((row for row in around if row.number == number), None)
    if publication is None:
        raise Http404(_("No entry of this number in the log published this article."))
    return answer(
        request,
        f"memento-{publication.hash[:20]}",
        lambda: memento_page(published_row(shown.article), publication),
        headers={
            "Memento-Datetime": when(publication.created_at),
            **header(
                [
                    original(shown, slug),
                    *to_time(slug),
                    *memento_links(slug, around, publication),
                    link(absolute("history", slug), "version-history"),
                ]
            ),
        },
    )


@remembered
def neighbours(article: int, number: int) -> list[Publication]:
    """The memento, those beside it, the first and the last: five rows at most, in one query."""
    found = visible.publications(article).values("number")
    newest_first = found.order_by("-number")
    wanted = (
        Q(number=number)
        | Q(number=found[:1])
        | Q(number=newest_first[:1])
        | Q(number=newest_first.filter(number__lt=number)[:1])
        | Q(number=found.filter(number__gt=number)[:1])
    )
    return list(visible.publications(article).filter(wanted).select_related("revision__manifest"))


def memento_links(slug: str, around: list[Publication], chosen: Publication) -> list[str]:
    """The memento that was chosen and its ``neighbours``."""
    before = [row for row in around if row.number < chosen.number]
    after = [row for row in around if row.number > chosen.number]
    named = {
        "first": around[0],
        "prev": before[-1] if before else None,
        "next": after[0] if after else None,
        "last": around[-1],
    }
    return [memento_link(slug, row, relation(row, **named)) for row in around]


def memento_page(row: PublishedArticle, publication: Publication) -> str:
    """The page as of the entry; without links to other articles, which come and go."""
    facts = replace(
        past_facts(row, publication, {}),
        newest=None,
        withdrawn=False,
        kept=True,
        address=addressing.path("memento", row.slug, publication.number),
    )
    return render_article(load(publication.revision), facts)
