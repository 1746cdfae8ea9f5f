"""Which lines of a draft are headings."""

import re
from dataclasses import dataclass
from enum import StrEnum

from markdown_it import MarkdownIt

from articles.text.blocks import ATX, LIST_ITEM, Block

MOST_CHARACTERS = 100  # of a line that has no mark and yet is a heading
STOPS = tuple(".?!:;,…。")
CLOSING = "\"'”’»)]*_ \xa0\u202f"
NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,4}[.)]?|\d{1,2}[.)])[ \t\xa0]+(?=\S)")
ATTRIBUTES = re.compile(r"[ \t]*\{[^{}]{0,200}\}$")


class Mark(StrEnum):
    """What makes a line a heading."""

    ATX = "atx"
    UNDERLINE = "underline"
    BOLD = "bold"
    NUMBER = "number"
    NONE = "none"  # a short line between blank ones


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    mark: Mark
    depth: int  # as marked: the number of #, the parts of "2.1"


def marked(block: Block) -> Heading | None:
    """The heading that Markdown itself, or a line all in bold, makes of a block."""
    if block.code:
        return None
    line = block.lines[0].strip()
    if ATX.match(block.lines[0]):
        words = line.lstrip("#")
        return Heading(words_of(_without_closing(words)), Mark.ATX, len(line) - len(words))
    if block.underlined:
        return Heading(words_of(line), Mark.UNDERLINE, 1 if "=" in block.lines[1] else 2)
    if len(block.lines) == 1 and (bold := _all_bold(line)):
        number = NUMBER.match(bold)
        words = bold[number.end() :] if number else bold
        return Heading(words_of(words), Mark.BOLD, _parts(number[1]) if number else 1)
    return None


def numbered(block: Block, before: Block | None, after: Block | None) -> Heading | None:
    """The heading in a line like "2.1 Mandate" that stands alone.

    ``before`` and ``after`` are the blocks around it: next to another number of its depth, or
    over an indented paragraph, it is an item of a list.
    """
    found = NUMBER.match(block.one_line)
    if not found or after is None or after.indented:
        return None
    words = block.one_line[found.end() :]
    if not _short(words):
        return None
    beside = [NUMBER.match(other.one_line) for other in (before, after) if other]
    if any(other and _parts(other[1]) == _parts(found[1]) for other in beside):
        return None
    return Heading(words_of(words), Mark.NUMBER, _parts(found[1]))


def unmarked(block: Block, after: Block | None) -> Heading | None:
    """The heading in a short line between blank ones that does not end like a sentence."""
    line = block.one_line
    if after is None or LIST_ITEM.match(line) or "|" in line or not _short(line):
        return None
    return Heading(line, Mark.NONE, 1)


def _short(line: str) -> bool:
    start = line.lstrip("\"'“‘«([¿¡ \xa0\u202f")[:1]
    return (
        len(line) <= MOST_CHARACTERS
        and not line.rstrip(CLOSING).endswith(STOPS)
        and (start.isupper() or start.isdigit())
        and any(map(str.isalpha, line))
    )


def _all_bold(line: str) -> str:
    """What stands in a line that is one bold run and no label, else ""."""
    for mark in ("**", "__"):
        inner = line[2:-2]
        if (
            len(line) > 4
            and line.startswith(mark)
            and line.endswith(mark)
            and mark not in inner
            and inner == inner.strip()
            and len(inner) <= MOST_CHARACTERS
            and not inner.rstrip(CLOSING).endswith((".", ":", ";", ",", "…"))
        ):
            return inner
    return ""


def _parts(number: str) -> int:
    return len(number.strip(".)").split("."))


def _without_closing(words: str) -> str:
    words = words.strip()
    opened = words.rstrip("#")
    if not opened or opened.endswith((" ", "\t")):
        words = opened.rstrip()
    return ATTRIBUTES.sub("", words)


INLINE = MarkdownIt("commonmark", {"html": False})


def words_of(markdown: str) -> str:
    """A heading's words without their marks.

    >>> words_of("The *role* of [MINUSMA](https://example.org)")
    'The role of MINUSMA'
    """
    if len(markdown) > 5_000 or not re.search(r"[*_`\[\\&<!]", markdown):
        return " ".join(markdown.split(" ")).strip()
    tokens = INLINE.parseInline(markdown)[0].children or ()
    return "".join(" " if "break" in t.type else t.content for t in tokens).strip()
