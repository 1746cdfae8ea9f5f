"""The list of works at the article's end, with what was found of their quotes."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language

from articles.evidence.findings import NOTHING, Findings
from articles.history.state import ArticleState, CitationState, SourceState
from articles.reading import checks
from articles.reading.checks import UNCHECKED, Check
from articles.text import csl
from articles.text.cite import Reference, parts


@dataclass(frozen=True, slots=True)
class Quote:
    text: str
    locator: str
    check: Check = UNCHECKED


@dataclass(frozen=True, slots=True)
class Listed:
    """A work with all that the article takes from it."""

    number: int
    source: SourceState
    work: Reference
    quotes: tuple[Quote, ...]
    claims: tuple[str, ...]  # uids of those that cite it, as they stand in the text
    check: str = "unchecked"  # the worst of its quotes', see checks.ORDER
    away: str = ""  # why its page cannot be read, in a sentence
    archived: str = ""  # the address of a public archive's copy


def references(state: ArticleState, findings: Findings = NOTHING) -> list[Listed]:
    uses: dict[str, list[tuple[str, CitationState]]] = {}
    for claim in state.claims():
        for citation in claim.citations:
            uses.setdefault(citation.source, []).append((claim.uid, citation))
    return [
        listed(number, source, uses[source.uid], findings)
        for number, source in enumerate(state.cited(), 1)
    ]


def listed(
    number: int, source: SourceState, uses: Sequence[tuple[str, CitationState]], findings: Findings
) -> Listed:
    work = parts(csl.item(source), get_language())
    quotes = quoted([citation for _uid, citation in uses], findings, source.url, work.url)
    return Listed(
        number=number,
        source=source,
        work=work,
        quotes=quotes,
        claims=tuple(dict.fromkeys(uid for uid, _citation in uses)),
        check=checks.worst(quote.check.result for quote in quotes if quote.text),
        away=checks.away_in_words(findings.standing(source.uid), source.url, work.url),
        archived=findings.archives.get(source.uid, ""),
    )


def quoted(
    citations: Sequence[CitationState], findings: Findings, *addresses: str
) -> tuple[Quote, ...]:
    """Each quote once, though several sentences may rest on it, with the first place named."""
    places: dict[str, str] = {}
    for citation in citations:
        places[citation.quote] = places.get(citation.quote) or citation.locator
    return tuple(
        Quote(text, place, checks.check(findings, citations[0].source, text, *addresses))
        for text, place in places.items()
        if text or place
    )
