"""What a comparison lays side by side: paragraphs, list items and the rows of tables."""

from dataclasses import dataclass
from typing import Literal

from articles.text.markup import tags
from articles.text.plain import plain

BETWEEN_CELLS = " · "


@dataclass(frozen=True, slots=True)
class Passage:
    text: str
    form: Literal["paragraph", "item", "row"]


def passages(html: str) -> list[Passage]:
    """The passages of clean HTML, a table's row as one.

    >>> passages("<ul><li>Gao</li></ul><table><tr><td>Mopti</td><td></td><td>9</td></tr></table>")
    [Passage(text='Gao', form='item'), Passage(text='Mopti ·  · 9', form='row')]
    """
    read = plain(html)
    blocks = [(read.starts[block.start], block.of(read.text)) for block in read.blocks]
    blocks.reverse()
    found: list[Passage] = []
    cells: list[str] | None = None  # of the row that is open
    begins_item = False
    for tag in tags(html):
        while blocks and blocks[-1][0] < tag.start:
            _start, text = blocks.pop()
            if cells:
                cells[-1] = f"{cells[-1]} {text}".lstrip()
            else:
                found.append(Passage(text, "item" if begins_item else "paragraph"))
            begins_item = False
        opens = tag.kind == "open"
        if tag.name == "tr":
            if cells and any(cells):
                found.append(Passage(BETWEEN_CELLS.join(cells), "row"))
            cells = [] if opens else None
        elif tag.name in ("td", "th") and opens and cells is not None:
            cells.append("")
        elif tag.name == "li":
            begins_item = opens
    return found + [Passage(text, "paragraph") for _start, text in reversed(blocks)]
