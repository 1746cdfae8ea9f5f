"""What an article's pages have in common: its text with marks, its cards, its works, its notice.

The page of an article, that of its revision and its memento say the same here, so an export makes
it once. Pure, but for the language of the interface, the site's name and its address.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.template import loader
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from articles.evidence.findings import Findings
from articles.history.review import Review, review
from articles.history.state import ArticleState
from articles.reading import addressing, checks, notice
from articles.reading.cards import card_maker, squeezed
from articles.reading.citing import as_work, how_to_cite
from articles.reading.marks import Marker
from articles.reading.references import Listed, references
from articles.reading.sections import outlined, part
from articles.remembering import remembered


@dataclass(frozen=True, slots=True)
class Body:
    """The text and what it rests on, as HTML."""

    review: Review
    contents: SafeString
    sections: SafeString
    notes: SafeString  # the cards
    works: list[SafeString]  # those cited, each with what leads back to its sentences


@remembered
def body(state: ArticleState, findings: Findings, interface: str, *, draft: bool) -> Body:
    """``interface`` is the language that is active; of a ``draft`` nothing leads to live pages."""
    found = review(state)
    listed = references(state, findings)
    unfound = checks.unfound(state, findings)
    marker = Marker(
        numbers={reference.source.uid: reference.number for reference in listed},
        disclosure=found.disclosure,
        address="" if draft else addressing.claims(),
        card=card_maker(state, listed, unfound, linked=not draft),
        unfound=unfound,
    )
    context = {
        "parts": outlined(state, partial(part, marker=marker)),
        "counted": _("flagged"),
        "draft": draft,
        "references": listed,
        "see_also": state.see_also,
        "lang": state.language if state.language != interface else "",
    }
    opened = {uid: number for number, uid in enumerate(marker.cards, 1)}
    return Body(
        review=found,
        contents=loader.render_to_string("articles/_contents.html", context),
        sections=loader.render_to_string("articles/_sections.html", context),
        notes=mark_safe("\n".join(marker.cards.values())),  # noqa: S308  (as the templates made them)
        works=[work(item, opened, interface) for item in listed],
    )


def work(item: Listed, opened: Mapping[str, int], interface: str) -> SafeString:
    """A work that is cited; its quotes stand on the cards, which ``opened`` numbers by claim."""
    context = {"item": item, "places": uses(item, opened), "interface": interface}
    html = loader.render_to_string("articles/_reference.html", context)
    return mark_safe(squeezed(html))  # noqa: S308  (the template escapes)


def uses(item: Listed, opened: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """Where the work is used: the anchor of each mark and its number, else the sentence's."""
    for place, uid in enumerate(item.claims, 1):
        yield (f"m-{opened[uid]}", opened[uid]) if uid in opened else (f"c-{uid}", place)


@remembered
def notice_aside(found: Review, responsible: str, headline: str, interface: str) -> SafeString:
    """The notice above the text; ``interface`` is the language that is active."""
    context = {
        "review": found,
        "headline": headline,
        "remarks": list(notice.remarks(found, responsible)),
        "coverage": list(notice.coverage(found)),
        "bar": notice.bar(found.tallies),
        "key": notice.key(found.tallies),
    }
    return loader.render_to_string("articles/_notice.html", context)


@dataclass(frozen=True, slots=True)
class Citing:
    """How to cite a revision, as HTML."""

    tags: SafeString  # for reference managers
    section: SafeString  # for people


@remembered
def citing(
    state: ArticleState,
    number: int,
    sha256: str,
    published_at: datetime,
    responsible: str,
    headline: str,
    interface: str,
) -> Citing:
    """``headline`` is the notice's, ``interface`` the language that is active."""
    item = as_work(
        state,
        number=number,
        sha256=sha256,
        published_at=published_at,
        responsible=responsible,
        headline=headline,
    )
    context = {
        "article": state,
        "number": number,
        "published_at": published_at,
        "responsible": responsible,
        "headline": headline,
        "cite": how_to_cite(item, state.slug, number),
        "keywords": "; ".join(dict.fromkeys(tag for s in state.sections for tag in s.tags)),
    }
    return Citing(
        tags=loader.render_to_string("articles/_citation_tags.html", context),
        section=loader.render_to_string("articles/_cite.html", context),
    )
