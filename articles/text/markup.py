"""Reads the HTML that `render` makes: its tags with their places.

No HTML parser for the world: attribute values are quoted, tags and attributes are in lower
case, nothing is left open. nh3 writes nothing else.
"""

import re
from dataclasses import dataclass
from typing import Literal

INLINE = frozenset({"a", "br", "code", "del", "em", "img", "s", "span", "strong", "sub", "sup"})
EMPTY = frozenset({"br", "hr", "img"})
# Footnote marks and the arrows back: our own signs, no part of what the author wrote.
ASIDE = ('class="footnote-ref"', 'class="footnote-backref"')

TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)([^>"]*(?:"[^"]*"[^>"]*)*)>')


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag at ``html[start:end]``; an aside is a whole element that holds no text."""

    start: int
    end: int
    name: str
    kind: Literal["open", "close", "empty", "aside"]

    @property
    def inline(self) -> bool:
        return self.name in INLINE


def tags(html: str) -> list[Tag]:
    """List the tags of clean HTML in order, footnote marks as one aside each."""
    found: list[Tag] = []
    position = 0
    while match := TAG.search(html, position):
        closing, name, attributes = match.groups()
        end = match.end()
        if name in EMPTY:
            kind = "empty"
        elif closing:
            kind = "close"
        elif any(mark in attributes for mark in ASIDE):
            kind = "aside"
            closer = f"</{name}>"
            closed = html.find(closer, end)
            end = closed + len(closer) if closed >= 0 else len(html)
        else:
            kind = "open"
        found.append(Tag(match.start(), end, name, kind))
        position = end
    return found
