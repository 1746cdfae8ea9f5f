"""From an address to bytes: one query, then 304, the cache, or a page made on the spot.

    slug → row (1 query) → ETag → 304
                                → bytes from the cache
                                → make the document, keep its bytes

The cache's key and the ETag name all that the bytes depend on, so nothing is ever deleted from
the cache: a new publication asks for another key.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.template import loader
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles.models import Publication, PublishedArticle
from articles.reading.packing import coding, packed
from articles.remembering import remembered

HTML = "text/html; charset=utf-8"
CACHE_CONTROL = "public, max-age=0, must-revalidate"
UNKEPT = (
    "articles.unkept"  # in a request's environment, which no header reaches: keep nothing of it
)
ACCEPTED = "HTTP_ACCEPT_ENCODING"
# By hand, since the ORM takes fifteen times as long to make and read it, on each warm page.
LOOK_UP = """
    SELECT article_id, hash, publication_id, version, withdrawn
    FROM articles_publishedarticle WHERE slug = %s
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """What readers see at a slug: enough to tell whether they have it already."""

    article: int  # primary key
    hash: str  # of the revision
    publication: int  # the same revision may be published again, signed or with a note
    version: int  # counts what changes around the revision
    withdrawn: bool

    @property
    def key(self) -> str:
        return f"{self.hash[:20]}-{self.publication}-{self.version}"


@remembered
def look_up(slug: str) -> Shown:
    """What readers see at the slug, in one query. Raises Http404 where nothing was published."""
    with connection.cursor() as cursor:
        cursor.execute(LOOK_UP, [slug])
        row = cursor.fetchone()
    if row is None:
        raise Http404(_("There is no article at this address."))
    return Shown(*row)


def serve(
    request: HttpRequest,
    slug: str,
    kind: str,
    make: Callable[[PublishedArticle], str],
    *,
    content_type: str = HTML,
    also_withdrawn: bool = False,
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Answer with a document of a published article, made by ``make`` if the cache lacks it.

    ``kind`` tells the article's documents apart ("page", "json", "compare-3..4"). ``make``
    gets the row with its publication, revision and manifest, which cost one query, and may
    raise Http404; only then nothing is kept. A withdrawn article answers 410, except for
    documents that outlive it, such as its history. ``headers`` go with each of these answers.
    """
    shown = look_up(slug)
    if shown.withdrawn and not also_withdrawn:
        row = published_row(shown.article)
        return gone(row.title, row.language, row.slug, row.publication, headers=headers)
    # Published again since the look-up, the row makes newer bytes than the key says. Nobody
    # asks for that key again, so this does no harm.
    return answer(
        request,
        f"{kind}-{shown.key}",
        lambda: make(published_row(shown.article)),
        content_type=content_type,
        headers=headers,
    )


@remembered
def published_row(article: int) -> PublishedArticle:
    """The row with the revision that it shows and that revision's manifest: one query."""
    return PublishedArticle.objects.select_related("publication__revision__manifest").get(
        pk=article
    )


def answer(
    request: HttpRequest,
    key: str,
    make: Callable[[], str | bytes],
    *,
    content_type: str = HTML,
    headers: Mapping[str, str] | None = None,
    kept: bool = True,
) -> HttpResponse:
    """Answer 304, or with what the cache has under ``key``, or with what ``make`` returns.

    ``key`` names everything that the document depends on but the language of the interface,
    the release of the program and the encoding, which are added here. ``headers`` are sent
    besides those that follow from the document. The cache is left alone unless the document is
    to be ``kept``, and where the request's environment holds UNKEPT, as the export's does.
    """
    if request.method not in ("GET", "HEAD"):
        return not_allowed(request)
    # A picture is packed already.
    accepted = "" if content_type.startswith("image/") else request.META.get(ACCEPTED, "")
    packing = coding(accepted)
    plain_tag = f"{key}-{get_language()}-{settings.RELEASE}"
    tag = f"{plain_tag}-{packing}" if packing else plain_tag
    etag = f'"{tag}"'
    own = {"ETag": etag, "Cache-Control": CACHE_CONTROL, "Vary": "Accept-Encoding"}
    headers = {**own, **headers} if headers else own
    seen = request.META.get("HTTP_IF_NONE_MATCH")
    if seen and matches(seen, etag):
        return HttpResponseNotModified(headers=headers)
    if kept and UNKEPT not in request.META:
        body = kept_body(plain_tag, tag, packing, make)
    else:
        body = packed(as_bytes(make()), packing)
    if packing:
        headers["Content-Encoding"] = packing
    headers["Content-Length"] = str(len(body))
    return HttpResponse(
        b"" if request.method == "HEAD" else body, content_type=content_type, headers=headers
    )


def kept_body(plain_tag: str, tag: str, packing: str, make: Callable[[], str | bytes]) -> bytes:
    """The document's bytes from the cache, packed from the plain ones there, or made."""
    body = cache.get(tag)
    if body is not None:
        return body
    plain = cache.get(plain_tag) if packing else None
    if plain is None:
        plain = as_bytes(make())
    body = packed(plain, packing)
    cache.set_many({plain_tag: plain, tag: body})
    return body


def as_bytes(document: str | bytes) -> bytes:
    return document if isinstance(document, bytes) else document.encode()


def matches(if_none_match: str, etag: str) -> bool:
    """Whether the header names the tag, compared weakly (RFC 9110, section 13.1.2)."""
    return if_none_match.strip() == "*" or any(
        tag.strip().removeprefix("W/") == etag for tag in if_none_match.split(",")
    )


def not_allowed(request: HttpRequest, allowed: str = "GET, HEAD") -> HttpResponse:
    return HttpResponse(
        loader.render_to_string("405.html", {"method": request.method}),
        status=405,
        headers={"Allow": allowed},
    )


def gone(
    title: str,
    language: str,
    slug: str,
    withdrawal: Publication,
    *,
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The page of a withdrawn article: when and why."""
    page = loader.render_to_string(
        "410.html", {"title": title, "language": language, "slug": slug, "withdrawal": withdrawal}
    )
    return HttpResponse(
        page, status=410, headers={"Cache-Control": CACHE_CONTROL, **(headers or {})}
    )
