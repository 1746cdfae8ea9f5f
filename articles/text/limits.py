"""What a section may hold, so that rendering it takes a bounded time."""

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

SECTION_BYTES = 200_000
LINE_CHARACTERS = 20_000
LINES = 20_000
NESTING = 100  # quotes and lists in one another; emphasis likewise
CONTAINERS = 10_000  # list items and quotes that begin
CONTAINED_LINES = 100_000  # a line counts once for each quote or list item that holds it
TABLE_CELLS = 10_000
ADDRESS_CHARACTERS = 500_000  # repeated ones count again: [a] may name a long address often

# The parser tries to read something at every mark. Prose of 200 kB has some 5,000.
MARKS = 20_000
OPEN_BRACKETS = 50  # in one paragraph at one place: the parser looks for the end of each

LINE_END = re.compile(r"\r\n?|\n")
CONTAINER = re.compile(r"[ \t]*(?:(>)|(?:[-+*]|\d{1,9}[.)])(?=[ \t]))")
CONTAINER_TOKENS = {
    f"{name}_{side}"
    for name in ("blockquote", "list_item", "footnote_reference")
    for side in ("open", "close")
}
NO_TEXT = re.compile(r"[\0\ud800-\udfff]")
BRACKET = re.compile(r"\\.|\[|\]", re.DOTALL)
MARK = re.compile(r"[]\[*_`~<&!\\]")


class TooLarge(ValueError):
    """A limit is passed; the message says which one, where, and what to do."""


def check_source(markdown: str) -> None:
    """Check what can be seen without parsing. Raises TooLarge."""
    size = len(markdown.encode("utf-8", "surrogatepass"))
    if size > SECTION_BYTES:
        raise TooLarge(
            f"The section has {size:,} bytes; at most {SECTION_BYTES:,} are allowed. "
            "Divide it into several sections."
        )
    lines = LINE_END.split(markdown)
    if len(lines) > LINES:
        raise TooLarge(
            f"The section has {len(lines):,} lines; at most {LINES:,} are allowed. "
            "Divide it into several sections."
        )
    for number, line in enumerate(lines, start=1):
        _check_line(number, line)
    _check_containers(lines)


def _check_line(number: int, line: str) -> None:
    if NO_TEXT.search(line):
        raise TooLarge(
            f"Line {number} holds a NUL character or half of a UTF-16 pair, which no text has. "
            "Is it really text? Remove the character."
        )
    if len(line) > LINE_CHARACTERS:
        raise TooLarge(
            f"Line {number} has {len(line):,} characters; at most {LINE_CHARACTERS:,} are "
            "allowed. Break it into paragraphs."
        )


def _check_containers(lines: Sequence[str]) -> None:
    """Bound the work on quotes and lists, which costs depth times lines.

    A line without marks goes on in the containers of the lines above it, up to a blank one.
    """
    opened = contained = held = quotes = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            held = quotes = 0
            continue
        named = _containers(number, line)
        opened += max(0, named.count(">") - quotes) + named.count("")
        quotes = max(quotes, named.count(">"))
        held = max(held, len(named))
        contained += held
        if opened > CONTAINERS or contained > CONTAINED_LINES:
            raise TooLarge(
                f"Line {number}: too much stands in quotes and lists (more than {CONTAINERS:,} "
                f"begin, or {CONTAINED_LINES:,} lines counted once for each that holds them). "
                "Divide the section, or nest less deeply."
            )


def _containers(number: int, line: str) -> list[str]:
    """Return ">" for each quote and "" for each list item that the line's beginning names."""
    named: list[str] = []
    position = 0
    while match := CONTAINER.match(line, position):
        position = match.end()
        named.append(match[1] or "")
        if len(named) > NESTING:
            raise _too_deep(number)
    return named


def check_blocks(tokens: Sequence[Token]) -> None:
    """Check block tokens whose inline content is not parsed yet. Raises TooLarge."""
    depth = cells = 0
    line = 1
    for token in tokens:
        line = token.map[0] + 1 if token.map else line
        if token.type in CONTAINER_TOKENS:
            depth += token.nesting
        elif token.type in ("th_open", "td_open"):
            cells += 1
        if depth > NESTING:
            raise _too_deep(line)
        if cells > TABLE_CELLS:
            raise TooLarge(
                f"Line {line}: the section's tables have more than {TABLE_CELLS:,} cells up to "
                "here. Divide the table, or leave out rows."
            )


def count_marks(text: str) -> int:
    """Count the signs at which the parser tries to read something."""
    return len(MARK.findall(text))


def has_bracket_pile(text: str) -> bool:
    """Whether so many brackets are open at once that reading them takes too long."""
    depth = 0
    for bracket in BRACKET.findall(text):
        if bracket == "[":
            depth += 1
        elif bracket == "]":
            depth = max(0, depth - 1)
        if depth > OPEN_BRACKETS:
            return True
    return False


def check_inlines(tokens: Sequence[Token]) -> None:
    """Check what inline content became. Raises TooLarge."""
    addresses = 0
    for line, token in _inline_tokens(tokens):
        if token.nesting > 0 and token.level > NESTING:
            raise TooLarge(
                f"Line {line}: more than {NESTING} emphases stand in one another. "
                "Remove most of the signs * _ ~ there."
            )
        addresses += sum(len(str(value)) for value in token.attrs.values())
        if addresses > ADDRESS_CHARACTERS:
            raise TooLarge(
                f"Line {line}: the addresses and titles of links have more than "
                f"{ADDRESS_CHARACTERS:,} characters together. Shorten or remove links."
            )


def _inline_tokens(tokens: Sequence[Token]) -> Iterator[tuple[int, Token]]:
    line = 1
    for token in tokens:
        line = token.map[0] + 1 if token.map else line
        for child in token.children or ():
            yield line, child


def _too_deep(line: int) -> TooLarge:
    return TooLarge(
        f"Line {line}: more than {NESTING} quotes and lists stand in one another. "
        "Remove most of the signs > - * 1. at its beginning."
    )
