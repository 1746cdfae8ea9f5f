"""The plain text of a section, with the way back into its HTML."""

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from articles.text.markup import tags
from articles.text.spans import Span

# Words with single spaces between them stand in the text as they stand in the HTML.
PIECE = re.compile(r"(?P<entity>&#?[0-9A-Za-z]+;)|[^\s&]+(?: [^\s&]+)*|\s+|&")


@dataclass(frozen=True, slots=True)
class Plain:
    """The text that a reader reads, block by block.

    Blocks (paragraphs, headings, list items' own text, table cells, code blocks, footnotes)
    are joined by a newline; white space inside one is a single space. Footnote marks and
    image descriptions are not text. The characters are the HTML's own: no normalisation, so
    that invisible signs stay.
    """

    text: str
    blocks: tuple[Span, ...]
    # Character i of the text stands at html[starts[i]:ends[i]].
    starts: array = field(repr=False, compare=False)
    ends: array = field(repr=False, compare=False)

    def place(self, span: Span) -> tuple[int, int]:
        """Return where in the HTML the span's first character begins and its last one ends."""
        return self.starts[span.start], self.ends[span.end - 1]


class _Builder:
    """Collects characters with their places, and closes blocks."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.starts = array("l")
        self.ends = array("l")
        self.blocks: list[Span] = []
        self.block_start: int | None = None
        self.space: tuple[int, int] | None = None  # seen, and kept only before more text

    def add_space(self, start: int, end: int) -> None:
        if self.block_start is not None and self.space is None:
            self.space = (start, end)

    def add(self, text: str, start: int, end: int) -> None:
        """Add ``text``, which is html[start:end] or, for an entity, what that stands for."""
        if self.block_start is None:
            if self.blocks:
                self._put("\n", self.ends[-1], self.ends[-1])
            self.block_start = len(self.starts)
        elif self.space:
            self._put(" ", *self.space)
        self.space = None
        self._put(text, start, end)

    def close_block(self) -> None:
        if self.block_start is not None:
            self.blocks.append(Span(self.block_start, len(self.starts)))
        self.block_start = self.space = None

    def _put(self, text: str, start: int, end: int) -> None:
        self.parts.append(text)
        if len(text) == end - start:
            self.starts.extend(range(start, end))
            self.ends.extend(range(start + 1, end + 1))
        else:
            self.starts.extend([start] * len(text))
            self.ends.extend([end] * len(text))


def plain(html: str) -> Plain:
    """Return the plain text of clean HTML.

    >>> plain("<p>Mali &amp;\\n <em>Niger</em></p><ul><li>Gao</li></ul>").text
    'Mali & Niger\\nGao'
    """
    builder = _Builder()
    position = 0
    for tag in tags(html):
        _add_text(builder, html, position, tag.start)
        position = tag.end
        if tag.name == "br":
            builder.add_space(tag.start, tag.end)
        elif not tag.inline:
            builder.close_block()
    _add_text(builder, html, position, len(html))
    builder.close_block()
    return Plain("".join(builder.parts), tuple(builder.blocks), builder.starts, builder.ends)


def _add_text(builder: _Builder, html: str, start: int, end: int) -> None:
    for text, at, until in _pieces(html, start, end):
        if text.isspace():
            builder.add_space(at, until)
        else:
            builder.add(text, at, until)


def _pieces(html: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Cut the stretch between two tags into text, white space and decoded entities."""
    for match in PIECE.finditer(html, start, end):
        text = unescape(match[0]) if match["entity"] else match[0]
        yield text, match.start(), match.end()
