"""What stands between two pages of a text: the foot of one, the head of the next."""

import re
from collections.abc import Iterator

from articles.text.spans import Span

BREAK = re.compile(
    r"\f|^[^\S\n]*(?:\W|\[?(?:page|pg?\.|seite|s\.)\s?)?\s?(?:\d{1,4}|[ivxl]{1,6})"
    r"(?:\s?(?:/|of|sur|von|de|\W)\s?\d{0,4})?\]?[^\S\n]*$",
    re.MULTILINE | re.IGNORECASE,
)
LINES_BEFORE, LINES_AFTER = 3, 5
LONGEST = 100  # characters of such a line
BREAKS = 4


def furniture(text: str) -> Iterator[Span]:
    """The stretches around page breaks that may be feet and heads, shorter ones first."""
    for found in list(BREAK.finditer(text))[:BREAKS]:
        starts = [found.start(), *_line_starts(text, found.start())]
        ends = [found.end(), *_line_ends(text, found.end())]
        for start in starts:
            for end in ends:
                yield Span(start, end)


def _line_starts(text: str, at: int) -> Iterator[int]:
    """Where the lines begin that end before a place, the nearest first."""
    for _line in range(LINES_BEFORE):
        at = len(text[:at].rstrip())
        start = text.rfind("\n", 0, at) + 1
        if not start or at - start > LONGEST:
            return
        yield start
        at = start


def _line_ends(text: str, at: int) -> Iterator[int]:
    """Where the lines end that begin after a place, the nearest first."""
    for _line in range(LINES_AFTER):
        at += len(text[at:]) - len(text[at:].lstrip())
        end = text.find("\n", at)
        if end < 0 or end - at > LONGEST:
            return
        yield end
        at = end
