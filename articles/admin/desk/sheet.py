"""The article's text on the desk: each claim marked by state, and leading to its panel."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

from articles.history.state import ArticleState, ClaimState, SectionState
from articles.reading.marks import Marker, state_attributes
from articles.reading.sections import marked
from articles.text.spans import Span
from articles.text.wrap import Piece

# Beyond, only the chosen claim's section is shown: a page of megabytes is no desk.
MOST_CLAIMS = 600


@dataclass(frozen=True, slots=True)
class Part:
    heading: str
    level: int
    html: SafeString
    address: str  # of its first claim, where the section itself is not shown


@dataclass(frozen=True, slots=True)
class DeskMarker:
    """Makes the tags of a claim; its mark is a link to its panel."""

    address: Callable[[str], str]  # of a claim's panel, by uid
    chosen: str
    waiting: frozenset[str]  # uids of the claims in the queue
    bulk: bool  # whether several are chosen at once
    names: Marker

    def piece(self, claim: ClaimState) -> Piece:
        uid = escape(claim.uid)
        attributes = f' data-claim="{uid}"{state_attributes(claim)}{self.names.quotes(claim)}'
        if claim.uid == self.chosen:
            attributes += ' aria-current="true"'
        elif claim.uid not in self.waiting:
            attributes += ' data-aside="true"'
        return Piece(
            span=Span(claim.start, claim.end),
            open=f'<span class="claim" id="t-{uid}"{attributes}>',
            again=f'<span class="claim"{attributes}>',
            tail=f'<span class="tail">{self.tick(claim)}{self.mark(claim)}</span>',
        )

    def mark(self, claim: ClaimState) -> str:
        return (
            f'<a class="mark" href="{escape(self.address(claim.uid))}"'
            f' aria-label="{escape(self.names.name(claim))}">{self.names.glyph(claim)}</a>'
        )

    def tick(self, claim: ClaimState) -> str:
        if not self.bulk or claim.uid not in self.waiting:
            return ""
        return (
            f'<input type="checkbox" class="pick" name="apart" value="{escape(claim.uid)}"'
            f' form="apart" aria-labelledby="t-{escape(claim.uid)}">'
        )


def sheet(state: ArticleState, marker: DeskMarker, uid: str) -> list[Part]:
    """The sections with their claims marked; of a very long article the one with the claim ``uid``.

    The others are ways there then.
    """
    short = sum(len(section.claims) for section in state.sections) <= MOST_CLAIMS
    here = state.section_of(uid)
    return [
        part(section, marker)
        if short or section is here
        else Part(section.heading, section.level, mark_safe(""), elsewhere(section, marker))
        for section in state.sections
    ]


def part(section: SectionState, marker: DeskMarker) -> Part:
    return Part(section.heading, section.level, marked(section, marker.piece), "")


def elsewhere(section: SectionState, marker: DeskMarker) -> str:
    return marker.address(section.claims[0].uid) if section.claims else ""
