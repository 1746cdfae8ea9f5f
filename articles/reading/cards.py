"""What a sentence rests on, as the card that opens at its mark.

Pure, but for the language of the interface.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from django.template import loader
from django.utils.translation import get_language

from articles.history.diff import since_judged
from articles.history.state import ArticleState, CitationState, ClaimState
from articles.models import Stance
from articles.reading import notice
from articles.reading.checks import UNCHECKED, Check
from articles.reading.references import Listed, Quote

# A card takes a kilobyte. With more of them than this, marks lead to the claims' pages instead.
MOST_CARDS = 1_500


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a card takes from one place of a work."""

    stance: str
    reference: Listed
    locator: str
    quotes: list[Quote]


def card_maker(
    state: ArticleState,
    listed: list[Listed],
    unfound: frozenset[str],
    *,
    linked: bool,
) -> Callable[[ClaimState, int], str]:
    if sum(claim.recorded for claim in state.claims()) > MOST_CARDS:
        return lambda claim, number: ""
    return partial(
        card,
        references={reference.source.uid: reference for reference in listed},
        found={(r.source.uid, quote.text): quote.check for r in listed for quote in r.quotes},
        unfound=unfound,
        lang=get_language() if state.language != get_language() else "",
        language=state.language,
        linked=linked,
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
