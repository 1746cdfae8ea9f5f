"""Whether a work is among the sources already: the same, or one so alike that people are asked."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from django.db.models import Q
from rapidfuzz import fuzz, process

from articles.models import Source
from articles.text import identifiers, un_documents
from articles.text.csl import Work
from articles.text.identifiers import Unrecognised, same_page

ALIKE = 90  # of a hundred: titles with a slip or another spelling
MOST_ALIKE = 5
# What is compared, and what people are told of a source that is there.
COMPARED = (
    *("uid", "type", "title", "container_title", "issued"),
    *("url", "doi", "isbn", "number"),
)
# Parts of a book, or of a yearbook, have its ISBN.
PARTS = (
    *("chapter", "entry-encyclopedia"),
    *("article-journal", "article-magazine", "article-newspaper"),
)

Key = tuple[str, str]


class Index:
    """Sources to compare many works with."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self.sources = list(sources)

    @cached_property
    def by_key(self) -> dict[Key, Source]:
        found: dict[Key, Source] = {}
        for source in self.sources:
            for key in keys(source):
                found.setdefault(key, source)
        return found

    @cached_property
    def titles(self) -> dict[str, dict[int, str]]:
        """By year, then by place among the sources."""
        found: dict[str, dict[int, str]] = {}
        for place, source in enumerate(self.sources):
            found.setdefault(source.issued[:4], {})[place] = plain(source.title)
        return found

    def same(self, work: Work) -> Source | None:
        """The source that is the same work; of several the first, by the surest of its keys."""
        return next((self.by_key[key] for key in keys(work) if key in self.by_key), None)

    def alike(self, work: Work) -> list[Source]:
        """Those that may be the same work, the likest first: nearly the same title, no other year.

        Titles with other figures are others: “Fact sheet 12” and “Fact sheet 13”.
        """
        title, year = plain(work.title), work.issued[:4]
        if not title:
            return []
        found = [
            (-score, place)
            for each in ((year, "") if year else self.titles)
            for other, score, place in process.extract(
                title,
                self.titles.get(each, {}),
                scorer=fuzz.ratio,
                processor=None,
                score_cutoff=ALIKE,
                limit=None,
            )
            if figures(other) == figures(title)
        ]
        return [self.sources[place] for _, place in sorted(found)[:MOST_ALIKE]]


def index() -> Index:
    """All sources; one query."""
    return Index(Source.objects.only(*COMPARED).order_by("pk"))


def same_work(work: Work) -> Source | None:
    """The source that is the same work."""
    perhaps = _perhaps_same(work)
    if not perhaps:
        return None
    found = Index(Source.objects.filter(perhaps).only(*COMPARED).order_by("pk")).same(work)
    return found and Source.objects.get(pk=found.pk)


def alike(work: Work) -> list[Source]:
    """The sources that may be the same work, the likest first; see Index.alike."""
    if not plain(work.title):
        return []
    of_the_year = Q(issued="") | Q(issued__startswith=work.issued[:4])
    found = Index(Source.objects.filter(of_the_year).only(*COMPARED).order_by("pk")).alike(work)
    sources = Source.objects.in_bulk([source.pk for source in found])
    return [sources[source.pk] for source in found]


def work_of(fields: Mapping[str, Any]) -> Work:
    """A work to compare, from values of a form or a look-up; other fields are passed over."""
    return Source(**{name: str(fields[name]) for name in COMPARED if fields.get(name)})


def keys(work: Work) -> Iterator[Key]:
    """What tells that two works are the same, whatever else is said of them; the surest first."""
    if doi := identifiers.doi(work.doi):
        yield "doi", doi.casefold()
    if work.url:
        yield "url", same_page(work.url)
    if work.type not in PARTS and (isbn := _isbn(work.isbn)):
        yield "isbn", isbn
    symbol = un_documents.symbol(work.number)
    if symbol:
        yield "number", symbol
    if work.title and not (doi or work.url):
        # Reports of a series may differ in their number alone.
        said = (work.issued, work.title, work.container_title, symbol or work.number)
        yield "title", "\n".join((work.type, *map(_folded, said)))


def _perhaps_same(work: Work) -> Q:
    """What those sources have that may share a key with the work; nothing where it has none."""
    perhaps = Q()
    for kind, value in keys(work):
        if kind == "doi":
            # Some are stored as an address, or with “doi:” before them.
            perhaps |= Q(doi__contains=value.partition("/")[0])
        elif kind == "url":
            host = re.split(r"[/?:]", value.partition("//")[2] or value, maxsplit=1)[0]
            # A stored one may be in letters that the compared one spells out.
            perhaps |= Q(url__icontains=host) if host and "xn--" not in host else ~Q(url="")
        elif kind == "isbn":
            perhaps |= ~Q(isbn="")
        elif kind == "number":
            perhaps |= Q(number__contains="/")
        else:
            perhaps |= Q(url="", type=work.type, issued=work.issued)
    return perhaps


def _isbn(written: str) -> str:
    try:
        return identifiers.isbn(written) or ""
    except Unrecognised:  # with a wrong check digit the same digits are still the same book
        return re.sub(r"[^0-9X]", "", written.upper())


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def plain(title: str) -> str:
    """A title without case, accents, signs and doubled spaces.

    >>> plain("L’État – à Gao")
    'l etat a gao'
    """
    bare = unicodedata.normalize("NFKD", title.casefold())
    bare = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return " ".join(re.findall(r"\w+", bare))


def figures(title: str) -> list[str]:
    return re.findall(r"[0-9]+", title)
