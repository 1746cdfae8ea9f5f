"""The list of works at the article's end."""

from collections.abc import Sequence
from dataclasses import dataclass

from articles.history.state import ArticleState, CitationState, SourceState
from articles.text.cite import Reference, csl, parts


@dataclass(frozen=True, slots=True)
class Quote:
    text: str
    locator: str
    check: str = "unchecked"  # exact, near, missing, unchecked


@dataclass(frozen=True, slots=True)
class Listed:
    """A work with all that the article takes from it."""

    number: int
    source: SourceState
    work: Reference
    quotes: tuple[Quote, ...]
    claims: tuple[str, ...]  # uids of those that cite it, as they stand in the text
    check: str = "unchecked"  # the worst of its quotes'


def references(state: ArticleState) -> list[Listed]:
    uses: dict[str, list[tuple[str, CitationState]]] = {}
    for claim in state.claims():
        for citation in claim.citations:
            uses.setdefault(citation.source, []).append((claim.uid, citation))
    return [
        Listed(
            number=number,
            source=source,
            work=parts(csl(source)),
            quotes=quoted([citation for _uid, citation in uses[source.uid]]),
            claims=tuple(dict.fromkeys(uid for uid, _citation in uses[source.uid])),
        )
        for number, source in enumerate(state.cited(), 1)
    ]


def quoted(citations: Sequence[CitationState]) -> tuple[Quote, ...]:
    """Each quote once, though several sentences may rest on it, with the first place named."""
    places: dict[str, str] = {}
    for citation in citations:
        places[citation.quote] = places.get(citation.quote) or citation.locator
    return tuple(Quote(text, place) for text, place in places.items() if text or place)
