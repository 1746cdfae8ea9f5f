"""What readers can ask for: every public address that a static host can answer.

Not here, since the pages that lead there tell them: later pages of lists, and comparisons.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation

from articles.models import (
    Publication,
    PublishedArticle,
    PublishedClaim,
    PublishedSource,
    PublishedTag,
)
from articles.reading import addressing, feeds
from articles.reading.serving import Shown
from articles.text.bibliography import FORMATS

SHARED = (
    *("home", "tags", "sources", "search", "corrections", "about"),
    *("feed-articles", "feed-corrections"),
)
MACHINES = ("sitemap", "robots", "security")
# What outlives a withdrawal, be it as a page that tells of it, and what does not.
LASTING = ("article", "provenance")
SHOWN = (
    "markdown",
    "json",
    "annotations",
    "picture",
    *(f"references_{ending}" for ending in FORMATS),
)


@dataclass(frozen=True, slots=True)
class Group:
    """Addresses that change together."""

    addresses: tuple[str, ...]
    # Names all that the answers there depend on; "" where they have to be asked for.
    stamp: str = ""


def languages() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]


def in_each(name: str, *arguments: str | int) -> Iterator[str]:
    """The addresses of a page, in each language that has one."""
    for language in languages():
        with translation.override(language):
            yield addressing.path(name, *arguments)


def of_claims(uids: Iterable[str]) -> Iterator[str]:
    """The addresses of the claims' pages, in each language."""
    for language in languages():
        with translation.override(language):
            folder = addressing.claims()
        for uid in uids:
            yield f"{folder}{uid}/"


def shared() -> list[str]:
    """Addresses of the site as a whole, of its tags and sources."""
    found = [address for name in (*SHARED, *MACHINES) for address in in_each(name)]
    corrected = Publication.objects.noted().count()
    for number in range(1, corrected // feeds.ENTRIES + 1):
        found += in_each("feed-corrections-archive", number)
    pages = -(-PublishedArticle.objects.shown().count() // feeds.ENTRIES)
    for number in range(2, pages + 1):
        found += in_each("feed-articles-page", number)
    for slug in PublishedTag.objects.values_list("slug", flat=True).distinct().order_by("slug"):
        found += in_each("tag", slug)
    for uid in PublishedSource.objects.values_list("uid", flat=True).order_by("pk"):
        found += in_each("source", uid)
    return list(dict.fromkeys(found))


def of_articles() -> list[tuple[Group, Group]]:
    """Of each article what changes with it alone, and what changes with the site's log.

    In three queries.
    """
    claims: dict[int, list[str]] = defaultdict(list)
    for article, uid in PublishedClaim.objects.order_by("pk").values_list("article", "uid"):
        claims[article].append(uid)
    entries: dict[int, list[tuple[int, int]]] = defaultdict(list)
    total: dict[int, int] = defaultdict(int)
    log = Publication.objects.order_by("number")
    for article, act, number, revision in log.values_list(
        "article", "act", "number", "revision__number"
    ):
        total[article] += 1
        if act == Publication.Act.PUBLISHED:
            entries[article].append((number, revision))
    rows = PublishedArticle.objects.order_by("pk").values_list(
        "slug", "pk", "hash", "publication", "version", "withdrawn"
    )
    found = []
    for slug, *columns in rows:
        shown = Shown(*columns)
        pk, gone = shown.article, shown.withdrawn
        own = of_article(slug, claims[pk], entries[pk], gone=gone)
        # Where links of a withdrawn article's pages lead may change while its pages do not.
        stamp = "" if gone else f"{shown.key}-{settings.RELEASE}"
        logged = of_log(slug, total[pk] // feeds.ENTRIES)
        found.append((Group(tuple(dict.fromkeys(own)), stamp), Group(tuple(dict.fromkeys(logged)))))
    return found


def of_article(
    slug: str, claims: Iterable[str], entries: Iterable[tuple[int, int]], *, gone: bool
) -> Iterator[str]:
    """``entries`` are the numbers of the log's entries and of the revisions that they published."""
    for name in (*LASTING, *(() if gone else SHOWN)):
        yield from in_each(name, slug)
    for number, _revision in entries:
        yield from in_each("memento", slug, number)
    for revision in dict.fromkeys(revision for _number, revision in entries):
        for name in ("revision", "revision-text", *(f"cite_{ending}" for ending in FORMATS)):
            yield from in_each(name, slug, revision)
    yield from of_claims(claims)


def of_log(slug: str, archives: int) -> Iterator[str]:
    """What names the newest entry of the site's log."""
    for name in ("history", "feed-changes"):
        yield from in_each(name, slug)
    for number in range(1, archives + 1):
        yield from in_each("feed-changes-archive", slug, number)
