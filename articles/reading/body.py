"""What the pages of one state of an article have in common: its text with marks, cards and works.

An article's own page, that of its revision and its memento say the same here, so an export makes
it once. Pure, but for the language of the interface.
"""

from dataclasses import dataclass
from functools import partial

from django.template import loader
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from articles.evidence.findings import Findings
from articles.history.review import Review, review
from articles.history.state import ArticleState
from articles.reading import addressing, checks
from articles.reading.cards import card_maker
from articles.reading.marks import Marker
from articles.reading.references import Listed, references
from articles.reading.sections import outlined, part
from articles.remembering import remembered


@dataclass(frozen=True, slots=True)
class Body:
    review: Review
    listed: list[Listed]  # the works cited
    contents: SafeString
    sections: SafeString
    notes: SafeString  # the cards
    opened: list[str]  # the claims with cards, by their uids


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
        "counted": _("flagged"),
        "parts": outlined(state, partial(part, marker=marker)),
        "draft": draft,
        "references": listed,
        "see_also": state.see_also,
        "lang": state.language if state.language != interface else "",
    }
    return Body(
        review=found,
        listed=listed,
        contents=loader.render_to_string("articles/_contents.html", context),
        sections=loader.render_to_string("articles/_sections.html", context),
        notes=mark_safe("\n".join(marker.cards.values())),  # noqa: S308  (as the templates made them)
        opened=list(marker.cards),
    )
