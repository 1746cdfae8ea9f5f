"""Whether a work is among the sources already."""

import re
import unicodedata
from collections.abc import Iterator, Mapping

from django.db.models import Q
from rapidfuzz import fuzz, process

from articles.models import Source
from articles.text import un_documents
from articles.text.identifiers import Unrecognised, doi, isbn, same_page

ALIKE = 90  # of a hundred: titles with a slip or another spelling
MOST_ALIKE = 5
# Parts of a book have its ISBN.
PARTS = ("chapter", "entry-encyclopedia")


def same_work(fields: Mapping[str, str]) -> Source | None:
    """The source that names the same work: by DOI, address, ISBN or UN document symbol.

    >>> same_work({})
    """
    for found in (_by_doi(fields), _by_address(fields), _by_isbn(fields), _by_symbol(fields)):
        if source := next(found, None):
            return source
    return None


def alike(fields: Mapping[str, str]) -> list[Source]:
    """Sources that may be the same work, the likest first: nearly the same title, no other year.

    Titles with other figures are others: “Fact sheet 12” and “Fact sheet 13”.
    """
    title = plain(fields.get("title", ""))
    if not title:
        return []
    year = fields.get("issued", "")[:4]
    rows = Source.objects.values_list("pk", "title", "issued")
    if year:
        rows = rows.filter(Q(issued="") | Q(issued__startswith=year))
    titles = {pk: plain(other) for pk, other, _ in rows}
    found = process.extract(
        title, titles, scorer=fuzz.ratio, processor=None, score_cutoff=ALIKE, limit=50
    )
    keys = [pk for other, _, pk in found if figures(other) == figures(title)][:MOST_ALIKE]
    sources = Source.objects.in_bulk(keys)
    return [sources[pk] for pk in keys]


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


def _by_doi(fields: Mapping[str, str]) -> Iterator[Source]:
    wanted = doi(fields.get("doi", "")).lower()
    if wanted:
        # Some are stored as an address, or with “doi:” before them.
        for source in Source.objects.filter(doi__iendswith=wanted).order_by("pk"):
            if doi(source.doi).lower() == wanted:
                yield source


def _by_address(fields: Mapping[str, str]) -> Iterator[Source]:
    url = fields.get("url", "")
    if not url:
        return
    wanted = same_page(url)
    # The host narrows it down; a stored one may be in letters that the compared one spells out.
    host = wanted.partition("//")[2].partition("/")[0].partition("?")[0].partition(":")[0]
    rows = Source.objects.exclude(url="").order_by("pk")
    if "xn--" not in host:
        rows = rows.filter(url__icontains=host)
    same = (pk for pk, other in rows.values_list("pk", "url") if same_page(other) == wanted)
    for pk in same:
        yield Source.objects.get(pk=pk)


def _by_isbn(fields: Mapping[str, str]) -> Iterator[Source]:
    wanted = _isbn(fields.get("isbn", ""))
    if not wanted or fields.get("type") in PARTS:
        return
    for source in Source.objects.exclude(isbn="").exclude(type__in=PARTS).order_by("pk"):
        if _isbn(source.isbn) == wanted:
            yield source


def _isbn(written: str) -> str:
    try:
        return isbn(written) or ""
    except Unrecognised:
        return ""


def _by_symbol(fields: Mapping[str, str]) -> Iterator[Source]:
    wanted = un_documents.symbol(fields.get("number", ""))
    if wanted:
        for source in Source.objects.filter(number__icontains="/").order_by("pk"):
            if un_documents.symbol(source.number) == wanted:
                yield source
