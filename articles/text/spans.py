"""Stretches of a text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Code points ``start`` to ``end`` of a text, half-open."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return what the span covers in ``text``."""
        return text[self.start : self.end]
