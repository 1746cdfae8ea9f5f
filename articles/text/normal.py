"""Normalised text, as `sentences.normalised` makes it, with the way back to the original."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from articles.text.spans import Span

PLAIN = re.compile(r"\S+(?:[ \n]\S+)*")  # nothing but the kind of white space to change


@dataclass(frozen=True, slots=True)
class Normal:
    """A normalised text. Character i stands for ``original[starts[i]:ends[i]]``."""

    text: str
    starts: Sequence[int] = field(repr=False)
    ends: Sequence[int] = field(repr=False)

    @classmethod
    def of(cls, original: str) -> "Normal":
        """
        >>> normal = Normal.of("  un e\\u0301te\\u0301 \\u00a0 sec")
        >>> normal.text, normal.original(Span(3, 6))
        ('un été sec', Span(start=5, end=10))
        """
        if PLAIN.fullmatch(original) and unicodedata.is_normalized("NFC", original):
            size = len(original)
            return cls(original.replace("\n", " "), range(size), range(1, size + 1))
        text: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for start, end in _clusters(original):
            written = unicodedata.normalize("NFC", original[start:end])
            if not written.isspace():
                text += written
                starts += [start] * len(written)
                ends += [end] * len(written)
            elif text:
                text.append(" ")
                starts.append(start)
                ends.append(end)
        if text and text[-1] == " ":
            del text[-1], starts[-1], ends[-1]
        return cls("".join(text), starts, ends)

    def original(self, span: Span) -> Span:
        """The stretch of the original that a stretch of the normalised text stands for."""
        return Span(self.starts[span.start], self.ends[span.end - 1])


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Runs of white space, and characters with what combines with them."""
    start = 0
    for at in range(1, len(text)):
        if not _combine(text[start:at], text[at]):
            yield start, at
            start = at
    if text:
        yield start, len(text)


def _combine(cluster: str, sign: str) -> bool:
    if cluster.isspace() or sign.isspace():
        return cluster.isspace() and sign.isspace()
    if unicodedata.combining(sign):
        return True
    composed = unicodedata.normalize("NFC", cluster + sign)
    return composed != unicodedata.normalize("NFC", cluster) + unicodedata.normalize("NFC", sign)
