"""What a visiting program looks for at fixed addresses: sitemap, robots.txt, security.txt."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template import loader
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import PublishedArticle
from articles.reading import addressing, log
from articles.reading.languages import Version, everywhere, in_languages, versions
from articles.reading.links import absolute
from articles.reading.serving import answer
from articles.text.canonical import moment

XML = "application/xml; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
FIXED = ("home", "tags", "sources", "corrections", "about")
MOST = 50_000  # addresses a file may hold (sitemaps.org)
# RFC 9116 wants less than a year. Where nobody looks after the site any more, it should run out.
SECURITY_DAYS = 180


@dataclass(frozen=True, slots=True)
class Address:
    address: str
    versions: list[Version]  # the page in each language
    changed: str = ""  # a moment in ISO 8601, where it is known


def sitemap(request: HttpRequest) -> HttpResponse:
    return listed(request, None)


def sitemap_part(request: HttpRequest, number: int) -> HttpResponse:
    return listed(request, number)


def listed(request: HttpRequest, number: int | None) -> HttpResponse:
    return answer(
        request,
        f"sitemap-{number}-{log.head().key}",
        lambda: sitemap_document(number),
        content_type=XML,
    )


def sitemap_document(number: int | None = None, *, most: int = MOST) -> str:
    """The list of addresses; where it is longer than ``most``, the list of its parts.

    ``number`` asks for one part, from 1 on; raises Http404 for one that is not there.
    """
    fixed = [entry for name in FIXED for entry in entries(addressing.path(name))]
    shown = PublishedArticle.objects.shown().order_by("article_id")
    room = (most - len(fixed)) // len(everywhere("/"))
    parts = max(1, -(-shown.count() // room))
    if number is None and parts > 1:
        return index([absolute("sitemap-part", n) for n in range(1, parts + 1)])
    if number is not None and not 0 < number <= parts:
        raise Http404(_("There is no part of this number."))
    start = ((number or 1) - 1) * room
    rows = shown.values_list("slug", "published_at", "translations")[start : start + room]
    found = [entry for row in rows for entry in of_article(*row)]
    return loader.render_to_string(
        "articles/sitemap.xml", {"addresses": [*(fixed if start == 0 else []), *found]}
    )


def of_article(slug: str, changed: datetime, translations: list[list[str]]) -> Iterator[Address]:
    path = addressing.path("article", slug)
    return entries(path, moment(changed), in_languages(path, translations))


def entries(
    path: str, changed: str = "", paths: Mapping[str, str] | None = None
) -> Iterator[Address]:
    """A page's address in each language; ``paths`` are the versions, where some differ."""
    found = versions(paths or everywhere(path))
    for version in versions(everywhere(path)):
        yield Address(version.address, found, changed)


def index(parts: list[str]) -> str:
    return loader.render_to_string("articles/sitemap_index.xml", {"parts": parts})


def robots(request: HttpRequest) -> HttpResponse:
    return answer(
        request,
        "robots",
        lambda: f"User-agent: *\nDisallow: /admin/\n\nSitemap: {absolute('sitemap')}\n",
        content_type=TEXT,
    )


def security(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a hole in the site (RFC 9116)."""
    today = timezone.now().astimezone(UTC).date()
    return answer(
        request,
        f"security-{today}",
        lambda: "\n".join(security_lines(today)) + "\n",
        content_type=TEXT,
    )


def security_lines(today: date) -> Iterator[str]:
    expires = datetime.combine(today + timedelta(days=SECURITY_DAYS), time(), UTC)
    yield f"Contact: {contact(settings.SECURITY_CONTACT)}"
    yield f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}"
    yield f"Canonical: {absolute('security')}"


def contact(given: str) -> str:
    """The address as a URI: an e-mail address is typed without “mailto:”."""
    return given if ":" in given else f"mailto:{given}"
