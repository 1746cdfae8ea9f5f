"""What readers can ask for: every public address that a static host can answer.

Not here, since the pages that lead there tell them: later pages of lists, and comparisons.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from articles.models import (
    Publication,
    PublishedArticle,
    PublishedClaim,
    PublishedSource,
    PublishedTag,
)
from articles.reading import feeds
from articles.text.bibliography import FORMATS

SHARED = ("home", "tags", "sources", "search", "feed-articles", "feed-corrections")
MACHINES = ("sitemap", "robots", "security")
# What outlives a withdrawal, be it as a page that tells of it, and what does not.
LASTING = ("article", "history", "provenance", "feed-changes")
SHOWN = (
    "markdown",
    "json",
    "annotations",
    "picture",
    *(f"references_{ending}" for ending in FORMATS),
)


def languages() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]


def in_each(name: str, *arguments: str | int) -> Iterator[str]:
    """The addresses of a page, in each language that has one."""
    for language in languages():
        with translation.override(language):
            yield reverse(f"articles:{name}", args=arguments)


def shared() -> list[str]:
    """Addresses of the site as a whole, of its tags and sources."""
    found = [address for name in (*SHARED, *MACHINES) for address in in_each(name)]
    corrected = Publication.objects.exclude(note="").count()
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


def of_articles() -> list[tuple[list[str], bool]]:
    """The addresses of each article and whether it was withdrawn, in three queries."""
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
    rows = PublishedArticle.objects.order_by("pk").values_list("pk", "slug", "withdrawn")
    found = []
    for pk, slug, gone in rows:
        archives = total[pk] // feeds.ENTRIES
        told = of_article(slug, claims[pk], entries[pk], archives=archives, gone=gone)
        found.append((list(dict.fromkeys(told)), gone))
    return found


def of_article(
    slug: str,
    claims: Iterable[str],
    entries: Iterable[tuple[int, int]],
    *,
    archives: int,
    gone: bool,
) -> Iterator[str]:
    """``entries`` are the numbers of the log's entries and of the revisions that they published."""
    for name in (*LASTING, *(() if gone else SHOWN)):
        yield from in_each(name, slug)
    for number, _revision in entries:
        yield from in_each("memento", slug, number)
    for revision in dict.fromkeys(revision for _number, revision in entries):
        for name in ("revision", "revision-text", *(f"cite_{ending}" for ending in FORMATS)):
            yield from in_each(name, slug, revision)
    for number in range(1, archives + 1):
        yield from in_each("feed-changes-archive", slug, number)
    for uid in claims:
        yield from in_each("claim", uid)
