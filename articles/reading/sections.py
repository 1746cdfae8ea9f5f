"""An article's sections as its pages show them: as a tree, with tags around each claim's words.

Pure, but for the language of the interface.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import ngettext

from articles.history.rules import tag_slug
from articles.history.state import ArticleState, ClaimState, SectionState
from articles.reading.marks import Marker
from articles.remembering import remembered
from articles.text.anchors import anchors
from articles.text.plain import Plain, plain
from articles.text.render import render
from articles.text.wrap import Piece, wrap

FLAGGED = {"disputed", "outdated", "refuted"}


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
