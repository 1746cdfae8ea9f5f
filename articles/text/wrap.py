"""Puts claims into the HTML of a section."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from articles.text.markup import Tag, tags
from articles.text.plain import Plain, plain
from articles.text.spans import Span


@dataclass(frozen=True, slots=True)
class Piece:
    """A claim to be wrapped: a span of the plain text and trusted HTML to put round it.

    ``open`` is a whole start tag of a ``span``, ``again`` the one for the second and later
    parts of a claim that markup splits (without the id; empty: ``open`` again). ``tail``
    follows the last part without white space, ``after`` the top-level block in which the
    claim ends.
    """

    span: Span
    open: str
    tail: str = ""
    again: str = ""
    after: str = ""


def wrap(html: str, pieces: Sequence[Piece], text: Plain | None = None) -> str:
    """Return clean HTML with each piece's span in ``open``…``</span>``.

    A span goes round inline elements that lie wholly within the claim, and is split where
    markup begins or ends inside it, and at footnote marks. Raises ValueError where spans are
    empty, overlap, or lie outside of ``plain(html).text``; who has that at hand gives it.
    """
    text = text or plain(html)
    page = _Page.read(html)
    insertions: list[tuple[int, str]] = []
    reached = 0
    for piece in sorted(pieces, key=lambda piece: piece.span):
        if not reached <= piece.span.start < piece.span.end <= len(text.text):
            raise ValueError(
                f"The claim at {piece.span.start}–{piece.span.end} is empty, overlaps the one "
                f"before it, or lies outside of the text ({len(text.text)} characters)."
            )
        reached = piece.span.end
        insertions.extend(_insertions(page, text, piece))
    # Stable: what is put at one place keeps the order in which the claims come.
    insertions.sort(key=lambda insertion: insertion[0])
    parts: list[str] = []
    position = 0
    for place, addition in insertions:
        parts += (html[position:place], addition)
        position = place
    return "".join([*parts, html[position:]])


@dataclass(frozen=True, slots=True)
class _Page:
    """The HTML's tags, ready for looking things up by place."""

    html: str
    tags: list[Tag]
    starts: list[int]
    around: list[Tag | None]  # the innermost inline element that is open before each tag
    parent: dict[int, Tag | None]  # by an inline element's start: the one around it
    block_ends: list[int]  # where the top-level blocks end

    @classmethod
    def read(cls, html: str) -> "_Page":
        page = cls(html, tags(html), [], [], {}, [])
        open_inline: list[Tag] = []
        depth = 0
        for tag in page.tags:
            innermost = open_inline[-1] if open_inline else None
            page.starts.append(tag.start)
            page.around.append(innermost)
            if tag.kind == "open" and tag.inline:
                page.parent[tag.start] = innermost
                open_inline.append(tag)
            elif tag.kind == "close" and tag.inline:
                if open_inline:
                    open_inline.pop()
            elif tag.kind == "open":
                depth += 1
            elif tag.kind == "close":
                depth -= 1
                if depth == 0:
                    page.block_ends.append(tag.end)
        return page

    def tag_at(self, place: int) -> int:
        """Return the number of the first tag that begins at or after ``place``."""
        return bisect_left(self.starts, place)

    def elements_around(self, place: int) -> Iterator[Tag]:
        """List the inline elements that are open at ``place``, innermost first."""
        index = self.tag_at(place)
        tag = self.around[index] if index < len(self.around) else None
        while tag:
            yield tag
            tag = self.parent[tag.start]

    def block_end(self, place: int) -> int:
        index = bisect_left(self.block_ends, place)
        return self.block_ends[index] if index < len(self.block_ends) else len(self.html)


def _insertions(page: _Page, text: Plain, piece: Piece) -> Iterator[tuple[int, str]]:
    start, end = _widened(page, *text.place(piece.span))
    opening = piece.open
    for first, last in _stretches(page, start, end):
        if _holds_text(text, first, last):
            yield first, opening
            yield last, "</span>"
            opening = piece.again or piece.open
    if piece.tail:
        yield end, _outside_of_links(page, end, piece.tail)
    if piece.after:
        yield page.block_end(end), piece.after


def _widened(page: _Page, start: int, end: int) -> tuple[int, int]:
    """Take in the inline tags that open right before the claim or close right after it.

    An element that a claim fills wholly then lies inside its span, tail outside.
    """
    index = page.tag_at(start) - 1
    while index >= 0 and page.tags[index].end == start:
        if page.tags[index].kind != "open" or not page.tags[index].inline:
            break
        start = page.tags[index].start
        index -= 1
    index = page.tag_at(end)
    while index < len(page.tags) and page.tags[index].start == end:
        if page.tags[index].kind != "close" or not page.tags[index].inline:
            break
        end = page.tags[index].end
        index += 1
    return start, end


def _stretches(page: _Page, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut html[start:end] at the tags that a span must not hold, and yield what is between."""
    cuts: list[Tag] = []
    unclosed: list[Tag] = []
    for tag in page.tags[page.tag_at(start) : page.tag_at(end)]:
        if tag.kind == "aside" or not tag.inline:
            # Whatever is open here is cut as well; its end tags then find nothing to close.
            cuts += [*unclosed, tag]
            unclosed.clear()
        elif tag.kind == "open":
            unclosed.append(tag)
        elif tag.kind == "close" and unclosed:
            unclosed.pop()
        elif tag.kind == "close":
            cuts.append(tag)
    for tag in sorted(cuts + unclosed, key=lambda tag: tag.start):
        yield start, tag.start
        start = tag.end
    yield start, end


def _holds_text(text: Plain, first: int, last: int) -> bool:
    start, end = bisect_left(text.starts, first), bisect_left(text.starts, last)
    return bool(text.text[start:end].strip())


def _outside_of_links(page: _Page, place: int, tail: str) -> str:
    """Interrupt a link that runs on behind the claim: buttons and links must not stand in one."""
    inner = list(page.elements_around(place))
    links = [number for number, tag in enumerate(inner) if tag.name == "a"]
    if not links:
        return tail
    interrupted = inner[: links[-1] + 1]
    closing = "".join(f"</{tag.name}>" for tag in interrupted)
    opening = "".join(page.html[tag.start : tag.end] for tag in reversed(interrupted))
    return f"{closing}{tail}{opening}"
