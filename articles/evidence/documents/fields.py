"""What a document says of itself, as the fields of a source.

A document's facts are texts by the name under which it gives them ("citation_title", "JSON-LD
headline", "<title>"). Here stands which of them counts first for each field, and what becomes of
it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from html import unescape

from articles.evidence.documents import days, people
from articles.evidence.documents.sniffing import CONTROL
from articles.text import identifiers

Facts = Mapping[str, Sequence[str]]

# The most characters that a source's field takes; models/source.py has the same.
LONGEST = {
    "title": 500,
    "authors": 5000,
    "editors": 5000,
    "container_title": 300,
    "publisher": 300,
    "place": 200,
    "volume": 50,
    "issue": 50,
    "pages": 50,
    "number": 100,
    "issued": 10,
    "url": 2000,
    "doi": 200,
    "isbn": 20,
    "issn": 20,
    "language": 8,
    "note": 2000,
    "type": 30,
    "accessed": 10,
}
# In order of trust: Highwire and Dublin Core are written for citing, JSON-LD for search
# engines, Open Graph for links in social media, the rest for readers or by programs.
SOURCES: dict[str, tuple[str, ...]] = {
    "title": (
        *("citation_title", "dcterms.title", "dc.title", "JSON-LD headline", "JSON-LD name"),
        *("og:title", "twitter:title", "<title>", "<h1>", "PDF Title"),
        *("largest words on page 1", "first line"),
    ),
    "authors": (
        *("citation_author", "citation_authors", "dcterms.creator", "dc.creator"),
        *("dc.creator.personalname", "JSON-LD author", "article:author", "author", "byl"),
        *("parsely-author", "sailthru.author", "itemprop author", "rel author", "PDF Author"),
    ),
    "issued": (
        *("citation_publication_date", "citation_date", "citation_online_date", "citation_year"),
        *("prism.publicationdate", "dcterms.issued", "dc.date.issued", "dc.date", "dcterms.date"),
        *("JSON-LD datePublished", "article:published_time", "og:article:published_time"),
        *("article:published", "itemprop datepublished", "datepublished", "publish-date"),
        *("parsely-pub-date", "sailthru.date", "pubdate", "date", "<time>", "date on page 1"),
        *("dcterms.created", "JSON-LD dateCreated", "PDF CreationDate"),
    ),
    "container_title": (
        *("citation_journal_title", "citation_inbook_title", "citation_book_title"),
        *("citation_conference_title", "prism.publicationname", "dcterms.ispartof"),
        *("JSON-LD isPartOf", "og:site_name", "JSON-LD WebSite", "application-name"),
    ),
    "publisher": (
        *("citation_technical_report_institution", "citation_dissertation_institution"),
        *("citation_publisher", "dcterms.publisher", "dc.publisher", "JSON-LD publisher"),
    ),
    "volume": ("citation_volume", "prism.volume", "JSON-LD volumeNumber"),
    "issue": ("citation_issue", "prism.number", "JSON-LD issueNumber"),
    "pages": ("pages", "JSON-LD pagination"),
    "number": ("citation_technical_report_number", "JSON-LD reportNumber"),
    "doi": (
        *("citation_doi", "prism.doi", "dcterms.identifier", "dc.identifier", "dc.identifier.doi"),
        *("bepress_citation_doi", "JSON-LD identifier", "PDF doi"),
    ),
    "isbn": ("citation_isbn", "JSON-LD isbn", "book:isbn", "dc.identifier"),
    "issn": ("citation_issn", "prism.issn", "JSON-LD issn"),
    "language": (
        *("citation_language", "dcterms.language", "dc.language", "JSON-LD inLanguage"),
        *("<html lang>", "content-language", "og:locale", "PDF Lang"),
    ),
    "url": ("rel canonical",),
}
SEVERAL = ("authors",)
JSON_LD_TYPES = {
    "ScholarlyArticle": "article-journal",
    "MedicalScholarlyArticle": "article-journal",
    "NewsArticle": "article-newspaper",
    "ReportageNewsArticle": "article-newspaper",
    "AnalysisNewsArticle": "article-newspaper",
    "OpinionNewsArticle": "article-newspaper",
    "BackgroundNewsArticle": "article-newspaper",
    "ReviewNewsArticle": "article-newspaper",
    "Report": "report",
    "TechArticle": "webpage",
    "BlogPosting": "post-weblog",
    "SocialMediaPosting": "post",
    "DiscussionForumPosting": "post",
    "Legislation": "legislation",
    "Book": "book",
    "Chapter": "chapter",
    "Thesis": "thesis",
    "Dataset": "dataset",
    "Article": "webpage",
    "WebPage": "webpage",
}
TYPE_BY_FACT = (
    ("citation_journal_title", "article-journal"),
    ("citation_dissertation_institution", "thesis"),
    ("citation_technical_report_institution", "report"),
    ("citation_technical_report_number", "report"),
    ("citation_inbook_title", "chapter"),
    ("citation_conference_title", "article"),
    ("citation_isbn", "book"),
)
THREE_LETTERS = (
    "eng:en fre:fr fra:fr spa:es ger:de deu:de ara:ar rus:ru por:pt chi:zh zho:zh ita:it"
)
LANGUAGES = dict(pair.split(":") for pair in f"{THREE_LETTERS} english:en french:fr".split())
INLINE_TAG = re.compile(
    r"</?(?:i|em|b|strong|sub|sup|span|small|u|br|p|cite|q)(?:\s[^>]*)?/?>", re.IGNORECASE
)
DIVIDER = r"\s*(?:[|·•»]|::)\s*|\s+[-–—]\s+"


def chosen(facts: Facts, *, kind: str = "webpage") -> tuple[dict[str, str], dict[str, str]]:
    """Fields from facts, and under which name each was found.

    ``kind`` is the type where the facts tell none.
    """
    found: dict[str, str] = {}
    origins: dict[str, str] = {}
    for field, names in SOURCES.items():
        for name in names:
            if value := _value(field, facts.get(name, ()), facts):
                found[field], origins[field] = value, name
                break
    found["type"], origins["type"] = _type(facts, kind)
    if found.get("publisher", "").casefold() == found.get("container_title", "").casefold():
        found.pop("publisher", None)
        origins.pop("publisher", None)
    return found, origins


def cleaned(value: str) -> str:
    """In one line, without control characters, entities left over and tags."""
    return re.sub(r"\s+", " ", CONTROL.sub("", INLINE_TAG.sub("", unescape(value)))).strip()


def fitting(field: str, value: str) -> str:
    """As much as the field takes; a title is cut between words, what cannot be cut is left out."""
    most = LONGEST[field]
    if len(value) <= most:
        return value
    if field == "title":
        return value[: most - 1].rsplit(" ", 1)[0] + "…"
    if field in ("authors", "editors"):
        return value[:most].rsplit("\n", 1)[0]
    return ""


def _value(field: str, values: Sequence[str], facts: Facts) -> str:
    if field in SEVERAL:
        return fitting(field, people.lines(map(cleaned, values), _sites(facts)))
    for value in map(cleaned, values):
        if told := fitting(field, FORMS.get(field, _as_it_is)(value, facts)):
            return told
    return ""


def _as_it_is(value: str, facts: Facts) -> str:
    return value


def _title(value: str, facts: Facts) -> str:
    """Without the site's name before or after it."""
    value = value.strip(" |·•»-–—")
    named = {site.casefold() for site in _sites(facts)}
    named |= {cleaned(each).casefold() for each in facts.get("citation_journal_title", ())}
    pieces = re.split(f"({DIVIDER})", value)
    while len(pieces) > 2 and pieces[-1].casefold() in named:
        pieces = pieces[:-2]
    while len(pieces) > 2 and pieces[0].casefold() in named:
        pieces = pieces[2:]
    value = "".join(pieces)
    for heading in map(cleaned, facts.get("<h1>", ())):
        rest = value.removeprefix(heading)
        if len(heading) > 15 and rest != value and re.match(DIVIDER, rest):
            return heading
    return value


def _sites(facts: Facts) -> list[str]:
    names = ("og:site_name", "application-name", "JSON-LD WebSite", "JSON-LD publisher")
    return [site for name in names for value in facts.get(name, ()) if (site := cleaned(value))]


def _issued(value: str, facts: Facts) -> str:
    return days.partial(value)


def _doi(value: str, facts: Facts) -> str:
    return identifiers.doi(value)


def _isbn(value: str, facts: Facts) -> str:
    try:
        return identifiers.isbn(value) or ""
    except identifiers.Unrecognised:
        return ""


def _issn(value: str, facts: Facts) -> str:
    match = re.search(r"\b([0-9]{4})-?([0-9]{3}[0-9Xx])\b", value)
    return f"{match[1]}-{match[2].upper()}" if match else ""


def _language(value: str, facts: Facts) -> str:
    main = re.split(r"[-_,; ]", value.lower(), maxsplit=1)[0]
    main = LANGUAGES.get(main, main)
    return main if re.fullmatch(r"[a-z]{2,3}", main) else ""


def _pages(value: str, facts: Facts) -> str:
    return re.sub(r"\s*[-–—]+\s*", "–", value)


FORMS: dict[str, Callable[[str, Facts], str]] = {
    "title": _title,
    "issued": _issued,
    "doi": _doi,
    "isbn": _isbn,
    "issn": _issn,
    "language": _language,
    "pages": _pages,
}


def _type(facts: Facts, kind: str) -> tuple[str, str]:
    for name, type_ in TYPE_BY_FACT:
        if any(value.strip() for value in facts.get(name, ())):
            return type_, name
    for value in facts.get("JSON-LD @type", ()):
        if type_ := JSON_LD_TYPES.get(value):
            return type_, "JSON-LD @type"
    if "book" in facts.get("og:type", ()):
        return "book", "og:type"
    return kind, "kind of document"
