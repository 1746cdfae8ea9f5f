"""Articles as values, with the verdicts and citations that a test is about."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from articles.history.state import (
    ArticleState,
    CitationState,
    ClaimState,
    SectionState,
    SourceState,
    VerdictState,
)
from articles.reading.page import Facts
from articles.text.plain import plain
from articles.text.render import render
from articles.text.sentences import units

THEN = datetime(2026, 11, 14, 8, tzinfo=UTC)


def state(*sections: SectionState, sources: Sequence[SourceState] = (), **values) -> ArticleState:
    return ArticleState(
        **{
            "uid": "a" * 12,
            "slug": "wells",
            "title": "Wells",
            "language": "en",
            "translation_of": "",
            "see_also": (),
            "sections": tuple(sections) or (section("It had 15,209 staff. It never left."),),
            "sources": tuple(sources),
        }
        | values
    )


def section(body: str, *, heading: str = "", number: int = 0, **values) -> SectionState:
    """A section whose sentences are claims with the uids c01…, written by a machine."""
    text = plain(render(body, prefix=f"s{number}"))
    claims = tuple(
        ClaimState(f"c{number}{place}", span.start, span.end, span.of(text.text), "ai", "ai")
        for place, span in enumerate(units(text, "en"))
    )
    return SectionState(
        **{
            "uid": f"s{number}",
            "level": 2,
            "heading": heading,
            "body": body,
            "tags": (),
            "claims": claims,
        }
        | values
    )


def judged(
    section: SectionState, *verdicts: VerdictState | None, citations: Sequence[CitationState] = ()
) -> SectionState:
    """The section with a verdict on each of its first claims, and citations of the first one."""
    claims = list(section.claims)
    for place, verdict in enumerate(verdicts):
        if verdict:
            read = replace(verdict, judged_text=verdict.judged_text or claims[place].text)
            claims[place] = replace(claims[place], verdicts=(read,))
    if citations:
        claims[0] = replace(claims[0], citations=tuple(citations))
    return replace(section, claims=tuple(claims))


def verdict(rating: str = "supported", *, by: str = "", on: str = "", **values) -> VerdictState:
    """A verdict by a machine, or by the person ``by``, on the present words or on others."""
    return VerdictState(
        **{
            "uid": "v" * 12,
            "rating": rating,
            "note": "",
            "as_of": "",
            "recheck_by": None,
            "judged_text": on,
            "editor": by,
            "judged_at": THEN,
        }
        | values
    )


def citation(source: str = "s1", *, quote: str = "15,209 uniformed staff", **values):
    return CitationState(
        **{
            "uid": "q" * 12,
            "source": source,
            "stance": "supports",
            "quote": quote,
            "locator": "p. 3",
        }
        | values
    )


def source(uid: str = "s1", **values) -> SourceState:
    return SourceState(
        **{
            "uid": uid,
            "type": "report",
            "title": "Fact sheet",
            "authors": "{UN Security Council}",
            "container_title": "",
            "publisher": "United Nations",
            "issued": "2017-06-30",
            "url": "https://example.org/sheet",
            "doi": "",
            "language": "en",
            "accessed": None,
            "note": "",
        }
        | values
    )


def facts(**values) -> Facts:
    return Facts(
        **{
            "number": 4,
            "newest": 4,
            "hash": "9f" * 32,
            "published_at": THEN,
            "first_published_at": THEN,
            "previous": 3,
        }
        | values
    )
