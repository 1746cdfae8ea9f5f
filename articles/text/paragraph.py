"""The stretch of Markdown in which a sentence of the plain text stands."""

from bisect import bisect_right

from markdown_it.token import Token

from articles.text.plain import plain
from articles.text.render import blocks_of, render
from articles.text.spans import Span

# Tokens that hold words; each that says something is one block of the plain text.
LEAVES = {"inline", "fence", "code_block"}


def paragraph_at(markdown: str, offset: int, *, prefix: str = "") -> Span:
    """Return where the block stands that holds character ``offset`` of the plain text.

    The block is a whole paragraph, list, table, quotation or footnote, without the blank
    lines around it: what an editor needs to see to correct a sentence. Raises ValueError
    for an offset outside the text.

    >>> text = "One. Two.\\n\\n- Three.\\n- Four.\\n"
    >>> span = paragraph_at(text, 13)
    >>> text[span.start:span.end]
    '- Three.\\n- Four.'
    """
    read = plain(render(markdown, prefix=prefix))
    if not 0 <= offset < len(read.text):
        raise ValueError(f"The text has {len(read.text)} characters; {offset} is outside.")
    place = bisect_right([block.start for block in read.blocks], offset) - 1
    first, last = _lines(blocks_of(markdown))[place]
    lines = markdown.splitlines(keepends=True)
    start = sum(map(len, lines[:first]))
    stretch = "".join(lines[first:last]).rstrip()
    return Span(start, start + len(stretch))


def _lines(tokens: list[Token]) -> list[tuple[int, int]]:
    """The lines of the outermost block around each leaf that says something."""
    found = []
    outer: tuple[int, int] = (0, 0)
    in_notes = False
    for token in tokens:
        if token.type == "footnote_block_open":
            in_notes = True
        if token.map and (token.level == 0 or (in_notes and token.type == "paragraph_open")):
            outer = (token.map[0], token.map[1])
        if token.type in LEAVES and _says_something(token):
            found.append(outer)
    return found


def _says_something(token: Token) -> bool:
    words = token.children if token.type == "inline" else [token]
    return any(
        word.content.strip() for word in words or () if word.type not in ("image", "footnote_ref")
    )
