"""An article's page from its state: the published one, an old revision, a draft's preview.

Pure, but for the language of the interface and the site's name and address.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from itertools import groupby

from django.conf import settings
from django.template import loader
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import get_language, ngettext

from articles.evidence.findings import NOTHING, Findings
from articles.history.diff import since_judged
from articles.history.review import review
from articles.history.rules import tag_slug
from articles.history.state import ArticleState, CitationState, ClaimState, SectionState
from articles.models import Stance
from articles.reading import addressing, checks, languages, linked_data, notice
from articles.reading.checks import UNCHECKED, Check
from articles.reading.citing import as_work, how_to_cite
from articles.reading.marks import Marker
from articles.reading.references import Listed, Quote, references
from articles.remembering import remembered
from articles.text.anchors import anchors
from articles.text.csl import Csl
from articles.text.plain import Plain, plain
from articles.text.render import render
from articles.text.wrap import Piece, wrap

FLAGGED = {"disputed", "outdated", "refuted"}
# A card takes a kilobyte. With more of them than this, marks lead to the claims' pages instead.
MOST_CARDS = 1_500
SIGNS_OF_A_WORK = 160  # in the list of references, about


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page says of a revision beyond its state."""

    number: int
    hash: str
    published_at: datetime | None = None  # none: a draft
    newest: int | None = None  # the revision that readers see now
    first_published_at: datetime | None = None
    previous: int | None = None  # the revision that readers saw before
    responsible: str = ""
    correction: str = ""
    corrected_at: datetime | None = None
    links: Mapping[str, str] = field(default_factory=dict)  # slugs by see-also title
    draft: bool = False
    ways: tuple[tuple[str, str], ...] = ()  # where an editor goes from a draft: words and address
    withdrawn: bool = False
    as_of: date | None = None  # the day at whose end readers saw it
    kept: bool = False  # a memento, which says the same for ever
    address: str = ""  # the page's own, without the site; none: a draft
    translations: tuple[tuple[str, str], ...] = ()  # that readers see: language and slug

    @property
    def past(self) -> bool:
        """Whether the page is another one than the article's own."""
        apart = self.kept or self.as_of is not None or self.newest != self.number
        return apart and not self.draft


@dataclass(frozen=True, slots=True)
class Part:
    """A section as the page shows it, with those of deeper levels that follow it."""

    section: SectionState
    anchor: str
    html: SafeString
    tags: list[tuple[str, str]]  # names and slugs
    count: int  # of the sentences that the contents count
    counted: str  # what those are, after the number
    parts: list["Part"]

    @property
    def length(self) -> int:
        """How many signs it holds with all under it, by which browsers guess how tall it is."""
        return len(self.section.body) + sum(inner.length for inner in self.parts)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a card takes from one place of a work."""

    stance: str
    reference: Listed
    locator: str
    quotes: list[Quote]


def render_article(state: ArticleState, facts: Facts, findings: Findings = NOTHING) -> str:
    """The whole page as HTML; ``findings`` are those of the sources that the state names."""
    found = review(state)
    listed = references(state, findings)
    unfound = checks.unfound(state, findings)
    interface = get_language()
    marker = Marker(
        numbers={reference.source.uid: reference.number for reference in listed},
        disclosure=found.disclosure,
        address="" if facts.draft else addressing.claims(),
        card=card_maker(state, listed, facts, unfound),
        unfound=unfound,
    )
    parts = outlined(state, partial(part, marker=marker))
    headline, described = notice.headline(found, facts.responsible), description(state)
    linked = (
        ""
        if facts.draft or facts.past
        else linked_data.of_article(
            state,
            facts,
            found,
            description=described,
            headline=headline,
            archives=findings.archives,
        )
    )
    context = {
        "article": state,
        "facts": facts,
        "review": found,
        "lang": state.language if state.language != interface else "",
        "parts": parts,
        "notes": mark_safe("\n".join(marker.cards.values())),  # noqa: S308  (as the templates made them)
        "references": references_list(listed, list(marker.cards), state, facts, linked),
        "see_also": [(title, facts.links.get(title, "")) for title in state.see_also],
        "written_by": notice.written_by(found.origin),
        "headline": headline,
        "remarks": list(notice.remarks(found, facts.responsible)),
        "coverage": list(notice.coverage(found)),
        "bar": notice.bar(found.tallies),
        "key": notice.key(found.tallies),
        "description": described,
        "site_url": settings.SITE_URL,
        "versions": languages.versions(languages.in_languages(facts.address, facts.translations))
        if facts.address
        else [],
        "translations": languages.translations(facts.translations),
        "cite": None
        if facts.draft
        else how_to_cite(cited_as(state, facts), state.slug, facts.number),
        "keywords": "; ".join(dict.fromkeys(tag for s in state.sections for tag in s.tags)),
        "linked_data": linked if not listed else "",
    }
    return loader.render_to_string("articles/article.html", context)


def references_list(
    listed: list[Listed],
    opened: Sequence[str],
    state: ArticleState,
    facts: Facts,
    linked: SafeString,
) -> SafeString:
    """The works cited, as HTML, with the page's linked data; their quotes stand on the cards.

    ``opened`` are the claims with cards, by their uids: the numbers of these lead back to the
    sentences.
    """
    numbers = {uid: number for number, uid in enumerate(opened, 1)}
    context = {
        "references": [(item, list(uses(item, numbers))) for item in listed],
        "article": state,
        "facts": facts,
        "interface": get_language(),
        "linked_data": linked,
        "length": len(listed) * SIGNS_OF_A_WORK,
        "middle": (len(listed) + 1) // 2,
    }
    html = loader.render_to_string("articles/_references.html", context)
    return mark_safe(squeezed(html))  # noqa: S308  (the template escapes)


def uses(item: Listed, numbers: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """Where the work is used: the anchor of each mark and its number, else the sentence's."""
    for place, uid in enumerate(item.claims, 1):
        yield (f"m-{numbers[uid]}", numbers[uid]) if uid in numbers else (f"c-{uid}", place)


def cited_as(state: ArticleState, facts: Facts) -> Csl:
    """The published revision as a work that others cite."""
    return as_work(
        state,
        number=facts.number,
        sha256=facts.hash,
        day=facts.published_at.date().isoformat(),
        responsible=facts.responsible,
        headline=notice.headline(review(state), facts.responsible),
    )


def description(state: ArticleState) -> str:
    """The first sentence, for search engines and previews of links."""
    first = next((claim.text for claim in state.claims()), state.title)
    return Truncator(first).chars(200)


def outlined(state: ArticleState, made: Callable[[SectionState, str], Part]) -> list[Part]:
    """The sections as a tree: each one holds those after it that are of a deeper level.

    ``made`` returns the part of a section, which gets its anchor.
    """
    tree: list[Part] = []
    around: list[Part] = []  # from the outermost section to the one that was last
    names = anchors([section.heading for section in state.sections])
    for section, anchor in zip(state.sections, names, strict=True):
        new = made(section, anchor)
        while around and not holds(around[-1].section, section):
            around.pop()
        (around[-1].parts if around else tree).append(new)
        around.append(new)
    return tree


def part(section: SectionState, anchor: str, marker: Marker) -> Part:
    flagged = sum(c.rating in FLAGGED and not c.stale for c in section.claims)
    return Part(
        section=section,
        anchor=anchor,
        html=marked(section, marker.piece),
        tags=[(tag, tag_slug(tag)) for tag in section.tags],
        count=flagged,
        counted=ngettext(
            "sentence disputed, outdated or refuted",
            "sentences disputed, outdated or refuted",
            flagged,
        ),
        parts=[],
    )


def holds(outer: SectionState, inner: SectionState) -> bool:
    """Whether a section belongs under one before it; nothing is part of an introduction."""
    return bool(outer.heading) and outer.level < inner.level


def marked(section: SectionState, piece: Callable[[ClaimState], Piece]) -> SafeString:
    """The section's text with its claims in the tags that ``piece`` makes, which are trusted."""
    html, text = rendered(section.body, section.uid)
    pieces = [piece(claim) for claim in in_place(section.claims, text.text)]
    # Clean as render leaves it, and nothing is added but what the markers escape.
    return mark_safe(wrap(html, pieces, text))  # noqa: S308


@remembered
def rendered(body: str, uid: str) -> tuple[str, Plain]:
    """A section's clean HTML and its text, which an article's pages have in common."""
    html = render(body, prefix=uid)
    return html, plain(html)


def in_place(claims: Sequence[ClaimState], text: str) -> Iterator[ClaimState]:
    """The claims where their words stand.

    A later release may render a little otherwise than the one that counted the characters.
    What it cannot find again stays unmarked: an old revision must not become unreadable.
    """
    after = 0
    for claim in claims:
        start, end = claim.start, claim.end
        if start < after or text[start:end] != claim.text:
            start = text.find(claim.text, after)
            end = start + len(claim.text)
        if start >= 0:
            after = end
            yield claim if start == claim.start else replace(claim, start=start, end=end)


def card_maker(
    state: ArticleState,
    listed: list[Listed],
    facts: Facts,
    unfound: frozenset[str],
) -> Callable[[ClaimState, int], str]:
    if sum(bool(c.verdicts or c.citations) for c in state.claims()) > MOST_CARDS:
        return lambda claim, number: ""
    return partial(
        card,
        references={reference.source.uid: reference for reference in listed},
        found={(r.source.uid, quote.text): quote.check for r in listed for quote in r.quotes},
        unfound=unfound,
        lang=get_language() if state.language != get_language() else "",
        language=state.language,
        linked=not facts.draft,
    )


def card(
    claim: ClaimState,
    number: int,
    references: Mapping[str, Listed],
    found: Mapping[tuple[str, str], Check],
    unfound: frozenset[str],
    lang: str,
    language: str,
    linked: bool,
) -> str:
    """The evidence of one claim; ``found`` are its quotes' checks by source and words.

    ``number`` is the card's place among the article's.
    """
    rests = list(evidence(claim, references, found))
    checked = [quote for item in rests for quote in item.quotes]
    html = loader.render_to_string(
        "articles/_card.html",
        {
            "claim": claim,
            "number": number,
            "label": notice.label(claim.rating),
            "whose": notice.whose(claim.by),
            "runs": since_judged(claim.verdict, claim) if claim.verdict else (),
            "evidence": rests,
            "quotes": len(checked),
            "looked": any(quote.check.result != UNCHECKED.result for quote in checked),
            "interface": get_language(),
            "unfound": claim.uid in unfound,
            "lang": lang,
            "language": language,
            "linked": linked,
        },
    )
    return squeezed(html)


def evidence(
    claim: ClaimState, references: Mapping[str, Listed], found: Mapping[tuple[str, str], Check]
) -> Iterator[Evidence]:
    """The claim's citations; neighbours that rest on the same place of a work are one."""

    def place(citation: CitationState) -> tuple[str, str, str]:
        return citation.stance, citation.source, citation.locator

    for (stance, uid, locator), citations in groupby(claim.citations, place):
        quotes = [
            Quote(c.quote, c.locator, found.get((uid, c.quote), UNCHECKED))
            for c in citations
            if c.quote
        ]
        yield Evidence(Stance(stance).label, references[uid], locator, quotes)


def squeezed(html: str) -> str:
    """Without the lines that a template leaves empty: of hundreds of cards, half a kilobyte."""
    return "\n".join(filter(None, html.splitlines()))
