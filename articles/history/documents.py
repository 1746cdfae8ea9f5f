"""A state as a document to take away: JSON for programs, Markdown for people. Pure."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext, ngettext

from articles.history.review import Review, review
from articles.history.state import (
    ArticleState,
    CitationState,
    ClaimState,
    SectionState,
    VerdictState,
)
from articles.text import csl, see_also
from articles.text.blocks import Block
from articles.text.canonical import moment
from articles.text.cite import reference
from articles.text.intake import RECORD

# From a source's uid and a quote to exact, near, missing or unchecked.
Checked = Callable[[str, str], str]

SPECIAL = re.compile(r"[\\`*_\[<{]|&(?=#?\w+;)|#+$")


@dataclass(frozen=True, slots=True)
class Edition:
    """Which revision a document holds; ``published_at`` is None for a draft."""

    number: int
    hash: str
    published_at: datetime | None = None


def unchecked(_source: str, _quote: str) -> str:
    return "unchecked"


def as_json(
    state: ArticleState,
    edition: Edition,
    *,
    slugs: Mapping[str, str],
    check: Checked = unchecked,
) -> dict:
    """The state in the shape of ``/articles/<slug>.json``, which other programs read.

    ``slugs`` holds the slugs of published articles by title, for the see-also links; ``check``
    says whether a quote was found in its source.
    """
    found = review(state)
    return {
        "slug": state.slug,
        "title": state.title,
        "language": state.language,
        "origin": found.origin,
        "revision": edition.number,
        "hash": edition.hash,
        "published_at": moment(edition.published_at) if edition.published_at else None,
        "sections": [_section(section, check) for section in state.sections],
        "sources": {source.uid: csl.item(source) for source in state.cited()},
        "see_also": [{"title": title, "slug": slugs.get(title)} for title in state.see_also],
        "coverage": {"checked": found.checked, "total": found.total, "stale": found.stale},
    }


def _section(section: SectionState, check: Checked) -> dict:
    return {
        "uid": section.uid,
        "level": section.level,
        "heading": section.heading,
        "markdown": section.body,
        "tags": list(section.tags),
        "claims": [_claim(claim, check) for claim in section.claims],
    }


def _claim(claim: ClaimState, check: Checked) -> dict:
    return {
        "uid": claim.uid,
        "text": claim.text,
        "stale": claim.stale,
        "verdict": claim.verdict and _verdict(claim.verdict),
        "citations": [_citation(citation, check) for citation in claim.citations],
    }


def _verdict(verdict: VerdictState) -> dict:
    said = {
        "rating": verdict.rating,
        "by": verdict.by,
        "note": verdict.note,
        "as_of": verdict.as_of,
        "checked_at": moment(verdict.judged_at),
    }
    if verdict.claimant:  # the rating is then not the sentence's
        said |= {"claimant": verdict.claimant, "claimed": verdict.claimed}
    return said


def _citation(citation: CitationState, check: Checked) -> dict:
    return {
        "source": citation.source,
        "stance": citation.stance,
        "quote": citation.quote,
        "locator": citation.locator,
        "quote_check": check(citation.source, citation.quote),
    }


def as_markdown(state: ArticleState, edition: Edition) -> str:
    """The article with its notice, see-also titles and references, in the article's language.

    Imported again it gives the same title, origin, sections and see-also titles.
    """
    with translation.override(state.language):
        return "\n\n".join(_parts(state, edition)) + "\n"


def _parts(state: ArticleState, edition: Edition) -> Iterator[str]:
    yield (
        f"---\nlanguage: {state.language}\nrevision: {edition.number}\nhash: {edition.hash}\n---"
    )
    yield f"# {escaped(state.title)}"
    yield f"*{notice(review(state))}*"
    for section in state.sections:
        if section.heading:
            yield f"{'#' * section.level} {escaped(section.heading)}"
        if body := section.body.strip("\n"):
            yield body
    if state.see_also:
        yield f"## {gettext('See also')}"
        yield "\n".join(_pointer(title) for title in state.see_also)
    if cited := state.cited():
        yield RECORD
        yield f"## {gettext('References')}"
        notes = [reference(csl.item(source), state.language) for source in cited]
        yield "\n".join(f"{number}. {escaped(note)}" for number, note in enumerate(notes, 1))


def notice(review: Review) -> str:
    """Who wrote the text and who reviewed it, in words that an import takes for a notice."""
    match review.origin:
        case "ai":
            written = gettext("This article was written by AI.")
        case "ai_assisted":
            written = gettext("This article was written with the help of AI.")
        case _:
            written = gettext("No AI was used to write this article.")
    return f"{written} {_reviewed(review)}"


def _reviewed(review: Review) -> str:
    match review.reviewed:
        case "none":
            return gettext("No person has reviewed it yet.")
        case "full":
            return gettext("People have reviewed every sentence.")
    return ngettext(
        "People have reviewed %(checked)d of %(total)d sentence.",
        "People have reviewed %(checked)d of %(total)d sentences.",
        review.total,
    ) % {"checked": review.checked, "total": review.total}


def _pointer(title: str) -> str:
    """A see-also title as a list item that reads back as the same title."""
    plain = f"- {title}"
    return plain if see_also.in_list(Block(1, (plain,))) == (title,) else f"- [[{title}]]"


def escaped(text: str) -> str:
    r"""Plain text as Markdown of one line.

    >>> escaped("The *role* of MINUSMA")
    'The \\*role\\* of MINUSMA'
    """
    return SPECIAL.sub(lambda m: f"&#{ord('{')};" if m[0] == "{" else f"\\{m[0]}", text)
