"""What a search finds, as plain values: articles, and in each the places that hold the words.

The number of queries does not grow with what is there.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from django.core.paginator import Page
from django.db.models import Q

from articles import search
from articles.models import (
    IndexedArticle,
    Language,
    PublishedArticle,
    PublishedClaim,
    PublishedSection,
    PublishedSource,
    PublishedTag,
)
from articles.reading import paging
from articles.search import lines
from articles.search.facets import language_facet, state_facet, tag_facet
from articles.search.lines import Line
from articles.text.extract import Piece, extract
from articles.text.query import Part, Query, Terms, understood
from articles.text.words import terms, words

PER_PAGE = 10  # articles
MOST = 500  # articles that the pages reach
MOST_NARROWED = 200  # articles that are looked through sentence by sentence for a filter
MOST_SENTENCES = 60_000  # of them
SENTENCES, HEADINGS, SOURCES = 3, 2, 2  # shown of each article
TAGS_OFFERED, TAGS_FROM = 60, 50  # to narrow by; from so many of the best articles
FEW = 3  # articles: with fewer, another spelling is suggested


@dataclass(frozen=True, slots=True)
class Ask:
    """What a reader asked for."""

    words: str
    tag: str = ""  # its slug
    verdict: str = ""  # a rating, "none" or "stale"
    language: str = ""
    page: int = 1
    interface: str = ""  # its language; articles in it come first where others are as good
    exact: bool = False  # no other spelling of the words

    @property
    def narrowed(self) -> bool:
        return bool(self.tag or self.verdict)


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that holds what was looked for: a "sentence", "heading", "source" or "tag".

    Sources and tags come where they hold a word that no sentence or heading shown does.
    """

    kind: str
    title: str  # of the article
    slug: str  # of the article; of the tag, where it is one
    extract: tuple[Piece, ...]
    language: str
    score: int  # how many of the words it holds
    uid: str = ""  # of the sentence or the source
    heading: str = ""  # of the section, "" for the introduction
    anchor: str = ""  # of the section
    rating: str = ""
    by: str = ""
    stale: bool = False
    claimant: str = ""  # whose claim the rating is of


@dataclass(frozen=True, slots=True)
class Found:
    """An article that was found."""

    article: PublishedArticle
    title: tuple[Piece, ...]
    hits: tuple[Hit, ...]
    sentences: int  # of it that hold the words
    score: float


@dataclass(frozen=True, slots=True)
class Findings:
    ask: Ask
    query: Query
    found: tuple[Found, ...] = ()
    page: Page | None = None
    total: int = 0  # articles
    at_least: bool = False  # there may be more
    every: bool = True  # all words are there, or some
    meant: str = ""  # the spelling that was looked for, where no article holds a word as typed
    suggestion: str = ""  # what may have been meant besides
    tags: tuple[tuple[str, str], ...] = ()  # slugs and names in what was found


@dataclass(frozen=True, slots=True)
class Holding:
    """Which lines of an article's entry hold the words."""

    row: IndexedArticle
    wanted: tuple[Terms, ...]
    sentences: list[Line[str]]
    headings: list[Line[int]]
    sources: list[Line[str]]

    @property
    def shown(self) -> frozenset[int]:
        """The words that the headings and sentences hold that are shown, by their numbers."""
        shown = [*self.headings[:HEADINGS], *self.sentences[:SENTENCES]]
        return frozenset().union(*(line.parts for line in shown))


def find(ask: Ask) -> Findings:
    """What readers find. Raises Http404 for a page past the end."""
    query = understood(ask.words)
    if not query:
        return Findings(ask, query)
    findings = looked_up(ask, query)
    if findings.total >= FEW:
        return findings
    meant = another_spelling(ask, query)
    if not findings.total and len(query.parts) > 1:
        findings = replace(looked_up(ask, query, every=False), every=False)
    if findings.total or ask.exact or not meant:
        return replace(findings, suggestion=meant)
    others = looked_up(replace(ask, words=meant), understood(meant))
    return replace(others, ask=ask, meant=meant) if others.total else findings


def looked_up(ask: Ask, query: Query, *, every: bool = True) -> Findings:
    match = matching(query, ask, tuple(facets(ask)), every=every)
    ranked = search.find(
        match,
        MOST_NARROWED if ask.narrowed else MOST,
        preferred="" if ask.language else ask.interface,
    )
    scores, total = ranked.scores, ranked.total
    inside: dict[int, Holding] = {}
    at_least = False
    if ask.narrowed:
        inside, seen = narrowed(ask, query, scores)
        at_least = seen < total
        scores, total = {pk: scores[pk] for pk in inside}, len(inside)
    # Where nothing is found, the words are looked for in other ways, as of the first page.
    page = paging.page(list(scores), ask.page if scores else 1, PER_PAGE)
    tags = tags_of({*list(scores)[:TAGS_FROM], *page})
    return Findings(
        ask=ask,
        query=query,
        found=tuple(details(ask, query, {pk: scores[pk] for pk in page}, tags, inside)),
        page=page,
        total=total,
        at_least=at_least,
        tags=offered(tags),
    )


def matching(
    query: Query, ask: Ask, facets: tuple[str, ...] = (), *, every: bool = True
) -> search.Match:
    """The question to the index: each part in the terms of each language that is looked in."""
    languages = [ask.language] if ask.language else Language.values

    def alternatives(part: Part) -> tuple[Terms, ...]:
        return tuple(dict.fromkeys(part.terms(language) for language in languages))

    return search.Match(
        parts=tuple(map(alternatives, query.parts)),
        without=tuple(terms for part in query.without for terms in alternatives(part)),
        facets=facets,
        every=every,
    )


def facets(ask: Ask) -> Iterator[str]:
    if ask.language:
        yield language_facet(ask.language)
    if ask.verdict:
        yield state_facet(ask.verdict)
    if ask.tag:
        yield tag_facet(ask.tag)


def narrowed(ask: Ask, query: Query, scores: Iterable[int]) -> tuple[dict[int, Holding], int]:
    """Those of the articles that hold the words where the reader wants to look.

    Returned with the number of articles that were looked through.
    """
    tagged = sections_with(ask.tag, scores)
    rows = bounded(entries(scores))
    kept = {}
    for row in rows:
        held = held_by(row, ask, query, tagged.get(row.pk))
        if held.sentences or held.headings:
            kept[row.pk] = held
    return kept, len(rows)


def bounded(rows: list[IndexedArticle]) -> list[IndexedArticle]:
    """The first of the rows, up to so many sentences that looking through them is quick."""
    sums = list(accumulate(row.places.count("\n") + 1 for row in rows))
    return rows[: bisect_left(sums, MOST_SENTENCES) + 1]


def entries(pks: Iterable[int]) -> list[IndexedArticle]:
    """The articles' rows in this order."""
    columns = ("language", "headings", "sources", "sentences", "places", "cited")
    rows = IndexedArticle.objects.only(*columns).in_bulk(list(pks))
    return [rows[pk] for pk in pks if pk in rows]


def sections_with(tag: str, pks: Iterable[int]) -> dict[int, set[int]]:
    """The places of the articles' sections that carry the tag."""
    found: dict[int, set[int]] = {}
    if tag:
        sections = PublishedSection.objects.filter(article__in=list(pks), tags__slug=tag)
        for pk, position in sections.values_list("article", "position"):
            found.setdefault(pk, set()).add(position)
    return found


def held_by(row: IndexedArticle, ask: Ask, query: Query, sections: set[int] | None) -> Holding:
    wanted = tuple(part.terms(row.language) for part in query.parts)
    inside = (sections or set()) if ask.tag else None
    return Holding(
        row,
        wanted,
        lines.sentences(row, wanted, state=ask.verdict, sections=inside),
        [] if ask.verdict else lines.headings(row, wanted, sections=inside),
        [] if ask.narrowed else lines.sources(row, wanted),
    )


# What is shown of an article


def details(
    ask: Ask,
    query: Query,
    scores: dict[int, float],
    tags: dict[int, dict[str, str]],
    inside: dict[int, Holding],
) -> Iterator[Found]:
    """The articles with their hits, in their order; what was withdrawn meanwhile is left out."""
    articles = PublishedArticle.objects.shown().in_bulk(list(scores))
    there = [pk for pk in scores if pk in articles]
    if ask.narrowed:
        holdings = [inside[pk] for pk in there]
    else:
        holdings = [held_by(row, ask, query, None) for row in entries(there)]
    texts = Texts(holdings)
    for held in holdings:
        article = articles[held.row.pk]
        hits = [
            *texts.hits(held, article),
            *([] if ask.narrowed else tag_hits(held, article, tags.get(article.pk, {}))),
        ]
        yield Found(
            article=article,
            title=extract(article.title, article.language, held.wanted),
            hits=tuple(hits),
            sentences=len(held.sentences),
            score=scores[article.pk],
        )


class Texts:
    """The texts of what is shown of some articles, in three queries."""

    def __init__(self, holdings: Sequence[Holding]) -> None:
        sentences = [line.key for held in holdings for line in held.sentences[:SENTENCES]]
        self.claims = {
            claim.uid: claim
            for claim in PublishedClaim.objects.filter(uid__in=sentences, current=True)
        }
        wanted = Q(uid__in={claim.section for claim in self.claims.values()})
        for held in holdings:
            if places := [line.key for line in held.headings[:HEADINGS]]:
                wanted |= Q(article=held.row.pk, position__in=places)
        found = list(PublishedSection.objects.filter(wanted))
        self.sections = {section.uid: section for section in found}
        self.by_place = {(section.article_id, section.position): section for section in found}
        cited = [line.key for held in holdings for line in held.sources[:SOURCES]]
        self.sources = {
            source.uid: source for source in PublishedSource.objects.filter(uid__in=cited)
        }

    def hits(self, held: Holding, article: PublishedArticle) -> Iterator[Hit]:
        said = {"title": article.title, "slug": article.slug, "language": article.language}
        for line in held.headings[:HEADINGS]:
            if section := self.by_place.get((article.pk, line.key)):
                yield Hit(
                    "heading",
                    extract=extract(section.heading, article.language, held.wanted),
                    score=len(line.parts),
                    heading=section.heading,
                    anchor=section.anchor,
                    **said,
                )
        for line in held.sentences[:SENTENCES]:
            if claim := self.claims.get(line.key):
                section = self.sections.get(claim.section)
                yield Hit(
                    "sentence",
                    extract=extract(claim.text, article.language, held.wanted),
                    score=len(line.parts),
                    uid=line.key,
                    heading=section.heading if section else "",
                    anchor=section.anchor if section else "",
                    rating=claim.rating,
                    by=claim.by,
                    stale=claim.stale,
                    claimant=claim.claimant,
                    **said,
                )
        for line in held.sources[:SOURCES]:
            source = self.sources.get(line.key)
            if source and not line.parts <= held.shown:
                yield Hit(
                    "source",
                    extract=extract(source.title, article.language, held.wanted),
                    score=len(line.parts),
                    uid=line.key,
                    **said | {"language": source.csl.get("language", "")},
                )


def tag_hits(held: Holding, article: PublishedArticle, tags: dict[str, str]) -> Iterator[Hit]:
    for slug, name in tags.items():
        as_terms = " ".join(terms(name, article.language))
        for _line, parts in lines.holding(as_terms, held.wanted):
            if not parts <= held.shown:
                yield Hit(
                    "tag",
                    title=article.title,
                    slug=slug,
                    extract=extract(name, article.language, held.wanted),
                    language=article.language,
                    score=len(parts),
                )


# What else could be asked


def tags_of(pks: set[int]) -> dict[int, dict[str, str]]:
    """The tags of these articles, names by slugs."""
    rows = PublishedTag.objects.filter(section__article__in=pks).order_by("name")
    found: dict[int, dict[str, str]] = {}
    for pk, slug, name in rows.values_list("section__article", "slug", "name").distinct():
        found.setdefault(pk, {}).setdefault(slug, name)
    return found


def offered(tags: dict[int, dict[str, str]]) -> tuple[tuple[str, str], ...]:
    """The tags that most of the articles carry, by their names."""
    names: dict[str, str] = {}
    counts: dict[str, int] = {}
    for of_article in tags.values():
        for slug, name in of_article.items():
            names.setdefault(slug, name)
            counts[slug] = counts.get(slug, 0) + 1
    most = sorted(counts, key=lambda slug: -counts[slug])[:TAGS_OFFERED]
    return tuple(sorted(((slug, names[slug]) for slug in most), key=lambda tag: tag[1].casefold()))


def another_spelling(ask: Ask, query: Query) -> str:
    """What was typed, with words that no article holds put right; "" where none could be."""
    unknown = {
        word
        for part in query.parts
        for word in part.words
        if not search.find(matching(Query((Part((word,)),), (), False), ask), 1).total
    }
    right = {word: meant for word in unknown if (meant := search.corrected(word))}
    if not right:
        return ""
    said, at = [], 0
    for word in words(ask.words):
        if word.folded in right:
            said += [ask.words[at : word.start], right[word.folded]]
            at = word.end
    return "".join([*said, ask.words[at:]])
