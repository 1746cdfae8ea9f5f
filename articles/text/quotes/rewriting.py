"""Writing a text otherwise, with the way back.

A text of a megabyte is rewritten by the regular expression engine, at its speed. The way back
costs a loop over every change, so it is only worked out when something was found.
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import cached_property

from articles.text.normal import Normal
from articles.text.spans import Span

LONGEST = 1_000  # characters of a change whose inside is looked at

Written = str | Callable[[re.Match[str]], str]


class Rewriting:
    """A text in which everything that a pattern matches is written otherwise.

    >>> short = Rewriting("a   ﬁne  day", re.compile("  +"), " ")
    >>> short.text, short.back(Span(2, 5))
    ('a ﬁne day', Span(start=4, end=7))
    """

    def __init__(self, old: str, pattern: re.Pattern[str], written: Written) -> None:
        self.old = old
        self.text = pattern.sub(written, old)
        self._pattern = pattern
        self._written = written

    @cached_property
    def changes(self) -> tuple[list[int], list[int], list[int], list[int]]:
        """Where each change starts and ends: in the new text, then in the old one."""
        starts, ends, old_starts, old_ends = [], [], [], []
        grown = 0
        written = self._written
        for match in self._pattern.finditer(self.old):
            old_start, old_end = match.span()
            start = old_start + grown
            end = start + len(written if isinstance(written, str) else written(match))
            grown = end - old_end
            starts.append(start)
            ends.append(end)
            old_starts.append(old_start)
            old_ends.append(old_end)
        return starts, ends, old_starts, old_ends

    def back(self, span: Span) -> Span:
        """The stretch of the old text that a stretch of the new one, not empty, stands for."""
        return Span(self._back(span.start)[0], self._back(span.end - 1)[1])

    def _back(self, at: int) -> tuple[int, int]:
        """Where the old text has what the new one has at a place."""
        starts, ends, _, old_ends = self.changes
        change = bisect_right(starts, at) - 1
        if change < 0:
            return at, at + 1
        if at >= ends[change]:
            old = at - ends[change] + old_ends[change]
            return old, old + 1
        return self._inside(change, at - starts[change])

    def _inside(self, change: int, at: int) -> tuple[int, int]:
        """The same inside of a change: exactly where it composed characters, else all of it."""
        starts, ends, old_starts, old_ends = self.changes
        old = Span(old_starts[change], old_ends[change])
        composed = Normal.of(self.old[old.start : min(old.end, old.start + LONGEST)])
        if composed.text == self.text[starts[change] : ends[change]]:
            return old.start + composed.starts[at], old.start + composed.ends[at]
        return old.start, old.end
