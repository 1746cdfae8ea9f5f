"""A claim's tags: the span around its words, the mark behind them, the numbers of its sources.

Built by hand, for an article may have 12,000 of them; everything that comes from outside is
escaped here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape

from django.utils.translation import gettext as _

from articles.history.state import ClaimState
from articles.reading.notice import about, label, whose
from articles.reading.punctuation import colon
from articles.text.spans import Span
from articles.text.wrap import Piece


@dataclass(slots=True)
class Marker:
    """Makes the tags of one article's claims.

    ``numbers`` are the references' by source, ``disclosure`` the whole article's, ``address``
    the claims' up to the uid ("" for a draft, whose claims have no pages), ``card`` returns a
    claim's evidence as trusted HTML under a number of its own, or "" where the claim's page has
    to do. ``unfound`` are the claims of whose supporting quotes not one was found.

    The cards gather in ``cards``, by claim. They stand after the text, as its end notes on paper.
    """

    numbers: Mapping[str, int]
    disclosure: str
    address: str
    card: Callable[[ClaimState, int], str]
    unfound: frozenset[str] = frozenset()
    names: dict[tuple[str, str, bool, bool, str], str] = field(default_factory=dict)
    cards: dict[str, str] = field(default_factory=dict)

    def piece(self, claim: ClaimState) -> Piece:
        attributes = self.quotes(claim) + claim_attributes(claim, self.disclosure)
        card = self.card(claim, len(self.cards) + 1) if claim.recorded else ""
        if card:
            self.cards[claim.uid] = card
        mark = self.mark(claim, opens=bool(card))
        return Piece(
            span=Span(claim.start, claim.end),
            open=f'<span class="claim"{attributes} id="c-{escape(claim.uid)}">',
            again=f'<span class="claim"{attributes}>',
            tail=f'<span class="tail">{mark}{self.cites(claim)}</span>',
        )

    def mark(self, claim: ClaimState, *, opens: bool) -> str:
        """The sign behind the claim's words; it ``opens`` the newest card or leads to a page."""
        name = escape(self.name(claim))
        glyph = self.glyph(claim)
        uid = escape(claim.uid)
        if opens:
            offer = escape(_("show evidence"))
            return (
                f'<button type="button" class="mark" id="m-{len(self.cards)}"'
                f' popovertarget="e-{len(self.cards)}"'
                f' aria-label="{name}{colon()} {offer}">{glyph}</button>'
            )
        if self.address:
            offer = escape(_("this sentence’s record"))
            return (
                f'<a class="mark" href="{escape(self.address)}{uid}/"'
                f' aria-label="{name}{colon()} {offer}">{glyph}</a>'
            )
        return f'<span class="mark" role="img" aria-label="{name}">{glyph}</span>'

    def glyph(self, claim: ClaimState) -> str:
        """The claim's state as a sign, and another where its quotes were looked for in vain."""
        sign = '<span class="unfound"></span>' if claim.uid in self.unfound else ""
        return f'<span class="glyph"{state_attributes(claim)}></span>{sign}'

    def quotes(self, claim: ClaimState) -> str:
        return ' data-quotes="missing"' if claim.uid in self.unfound else ""

    def name(self, claim: ClaimState) -> str:
        """The signs in words: “Outdated, machine suggestion”."""
        kind = (claim.rating, claim.by, claim.stale, claim.uid in self.unfound, claim.claimant)
        if kind not in self.names:
            said = _("Text changed since check") if claim.stale else label(claim.rating)
            quotes = _("none of its quotes was found") if claim.uid in self.unfound else ""
            self.names[kind] = ", ".join(
                filter(None, (said, whose(claim.by), about(claim.claimant), quotes))
            )
        return self.names[kind]

    def cites(self, claim: ClaimState) -> str:
        numbers = dict.fromkeys(self.numbers[citation.source] for citation in claim.citations)
        return "".join(
            f'<a class="cite" role="doc-noteref" href="#ref-{number}">{number}</a>'
            for number in numbers
        )


def claim_attributes(claim: ClaimState, disclosure: str) -> str:
    """What a claim's span says of it; ``disclosure`` is the whole article's."""
    other = claim.disclosure != disclosure
    own = f' ai-disclosure="{claim.disclosure}"' if other else ""
    # What differs from claim to claim comes last, so that what is alike packs together.
    return f'{state_attributes(claim)}{own} data-claim="{escape(claim.uid)}"'


def state_attributes(claim: ClaimState) -> str:
    """What the style sheets and programs read; nothing of it was typed."""
    by = f' data-by="{claim.by}"' if claim.by else ""
    stale = "true" if claim.stale else "false"
    return f' data-verdict="{escape(claim.rating)}"{by} data-stale="{stale}"'
