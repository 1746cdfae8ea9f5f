"""A text as the finder reads it: what makes no difference to a reader is written in one way.

That is white space, line and page breaks, quotation marks, dashes, ligatures, invisible
characters, entities that an extraction left over, composed and decomposed letters, and the spaces
that French sets inside of « ». Case, accents, other signs, superscripts, fractions, and all about
numbers stay as they are.

Hyphens between letters are left out as well, since nobody can tell whether "long-" at the end of a
line is half of "longest" or of "long-term". What was left out is remembered as ``Joint``s, so that
"long-term" is still told from "longterm" inside of a line.
"""

import html
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from articles.text.quotes.composing import composing
from articles.text.quotes.rewriting import Rewriting, Written
from articles.text.quotes.scripts import CJK
from articles.text.spans import Span

# One for one, so that places stay. Backticks and accents are typewriters' quotation marks.
ALIKE = {
    " ": "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f"
    "\u205f\u3000",
    "\n": "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029",
    "'": "`´‘’‚‛ʼʹ′‹›＇",
    '"': "“”„‟″〝〞〟＂",
    "-": "‐‑‒–—―−⁃﹘﹣",
}
LINE_BREAKS = frozenset("\n" + ALIKE["\n"])
HYPHENS = frozenset("-‐‑\u00ad")

ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
SOFT_HYPHEN_AT_LINE_END = re.compile(r"\u00ad(?=[ \u200b]*\n)")
# A soft hyphen between digits stays: it may be all that is left of "2013-2014".
SOFT_HYPHEN = re.compile("\u00ad(?:(?<!\\d\u00ad)|(?!\\d))")
INVISIBLE = (
    "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067"
    "\u2068\u2069\ufeff"
)
UNSEEN = re.compile(f"[{INVISIBLE}\u00ad\u0300-\u036f]")  # what may stand beside a hyphen
LIGATURE = re.compile("[\ufb00-\ufb06\ufb13-\ufb17\ufb50-\ufdfb\ufe70-\ufefc]")
ELLIPSIS = re.compile(r"\.(?:\.{2,}|(?:[ \n]\.){2,})")  # "end. ..." is a stop, then an ellipsis
LONG_DASH = re.compile("--+")
SPACES = re.compile("  +")
SPACE_BEFORE_ELLIPSIS = re.compile(" …")
SPACE_AFTER_ELLIPSIS = re.compile("… ")
SPACE_AFTER_GUILLEMET = re.compile(r"« (?<!\w« )")
SPACE_BEFORE_GUILLEMET = re.compile(r" »(?!\w)")
TWO_MARKS = re.compile("''")
SPACE_IN_CJK = re.compile(f" (?<=[{CJK}] )(?=[{CJK}])")
# What UTF-8 begins some characters with: a byte is found at once, one of a range of characters not.
LIGATURE_LEAD = b"\xef"
ASTRAL_LEADS = [bytes([lead]) for lead in range(0xF0, 0xF5)]
CJK_LEADS = [bytes([lead]) for lead in range(0xE3, 0xEA)] + [b"\xf0"]
JOINT = re.compile(r"-(?<=\w-) ?(?=\w)")


class Joint(Enum):
    """What holds two parts of a word, or of a range of numbers, together."""

    NONE = ""
    HYPHEN = "-"
    SPACED = "- "
    LINE_END = "a hyphen that ends a line and does not divide a word"
    DIVIDED = "a hyphen that ends a line and may divide a word"

    def agrees(self, other: "Joint") -> bool:
        if self is other or Joint.DIVIDED in (self, other):
            return True
        return Joint.LINE_END in (self, other) and Joint.NONE not in (self, other)


@dataclass(frozen=True, eq=False)
class Reading:
    """A text as it is read, with the way back."""

    original: str = field(repr=False)
    text: str
    rewritings: tuple[Rewriting, ...] = field(repr=False)

    @classmethod
    def of(cls, original: str) -> "Reading":
        """
        >>> reading = Reading.of("“The  eﬃ\\u00adcient\\u00a0well-\\nknown way”")
        >>> reading.text, reading.back(Span(5, 14))
        ('"The efficient wellknown way"', Span(start=6, end=14))
        """
        return cls(original, *_Reader(original).read())

    def back(self, span: Span) -> Span:
        """The stretch of the original that a stretch of the text, not empty, stands for."""
        for rewriting in reversed(self.rewritings):
            span = rewriting.back(span)
        return span

    @property
    def with_hyphens(self) -> str:
        """The text before hyphens were left out."""
        return self.rewritings[-1].old

    def joints(self, span: Span) -> dict[int, Joint]:
        """The joints inside of a stretch by how far into it they are."""
        starts = self.rewritings[-1].changes[0]
        found = {}
        for index in range(bisect_right(starts, span.start), len(starts)):
            if starts[index] >= span.end:
                break
            found[starts[index] - span.start] = self._joint(index)[1]
        return found

    def all_joints(self) -> Iterator[tuple[Span, Joint]]:
        """All joints, with their places in the text that has its hyphens."""
        return map(self._joint, range(len(self.rewritings[-1].changes[0])))

    def is_joined(self, at: int) -> bool:
        """Whether something was left out before a character of the text."""
        starts = self.rewritings[-1].changes[0]
        index = bisect_left(starts, at)
        return index < len(starts) and starts[index] == at

    def _joint(self, index: int) -> tuple[Span, Joint]:
        _, _, starts, ends = self.rewritings[-1].changes
        place = Span(starts[index], ends[index])
        around = Span(place.start - 1, place.end + 1)
        for rewriting in reversed(self.rewritings[:-1]):
            around = rewriting.back(around)
        between = UNSEEN.sub("", around.of(self.original))[1:-1]
        before, after = self.with_hyphens[place.start - 1], self.with_hyphens[place.end]
        return place, _joint(before, between, after)


def _joint(before: str, between: str, after: str) -> Joint:
    if LINE_BREAKS.isdisjoint(between):
        return Joint.SPACED if between[-1:].isspace() else Joint.HYPHEN
    letters = before.isalpha() and after.isalpha()
    cased = not after.isupper() or before.isupper()
    is_hyphen = between.strip() in HYPHENS
    return Joint.DIVIDED if is_hyphen and letters and cased else Joint.LINE_END


class _Reader:
    """Takes a text through the rewritings that it needs."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.rewritings: list[Rewriting] = []
        self.is_cjk = False

    def read(self) -> tuple[str, tuple[Rewriting, ...]]:
        self._rewrite("&", ENTITY, _unescaped)
        self._signs_alike()
        if not self.text.isascii():
            self._characters()
        self._rewrite(".", ELLIPSIS, "…")
        self._rewrite("--", LONG_DASH, "-")
        self.text = self.text.replace("\n", " ")
        self._rewrite("  ", SPACES, " ")
        self._spaces()
        self.rewritings.append(Rewriting(self.text, JOINT, _joined))
        return self.rewritings[-1].text, tuple(self.rewritings)

    def _rewrite(self, sign: str, pattern: re.Pattern[str], written: Written) -> None:
        """Rewrite what a pattern matches; ``sign`` is in all of that, and quickly looked for."""
        if sign not in self.text:
            return
        rewriting = Rewriting(self.text, pattern, written)
        if rewriting.text != self.text:
            self.rewritings.append(rewriting)
            self.text = rewriting.text

    def _signs_alike(self) -> None:
        for plain, signs in ALIKE.items():
            for sign in signs:
                if sign in self.text:
                    self.text = self.text.replace(sign, plain)

    def _characters(self) -> None:
        if "\u00ad" in self.text:
            self.text = SOFT_HYPHEN_AT_LINE_END.sub("-", self.text)
            self._rewrite("\u00ad", SOFT_HYPHEN, "")
        if any(sign in self.text for sign in INVISIBLE):
            self._rewrite("", re.compile(f"[{INVISIBLE}]"), "")
        if not unicodedata.is_normalized("NFC", self.text):
            astral = any(lead in _encoded(self.text) for lead in ASTRAL_LEADS)
            self._rewrite("", composing(astral), lambda run: unicodedata.normalize("NFC", run[0]))
        encoded = _encoded(self.text)
        if LIGATURE_LEAD in encoded:
            self._rewrite("", LIGATURE, lambda sign: unicodedata.normalize("NFKC", sign[0]))
        self.is_cjk = any(lead in encoded for lead in CJK_LEADS)

    def _spaces(self) -> None:
        if "…" in self.text:
            self._rewrite(" …", SPACE_BEFORE_ELLIPSIS, "…")
            self._rewrite("… ", SPACE_AFTER_ELLIPSIS, "…")
        if "«" in self.text or "»" in self.text:
            self._rewrite("« ", SPACE_AFTER_GUILLEMET, "«")
            self._rewrite(" »", SPACE_BEFORE_GUILLEMET, "»")
            self.text = self.text.replace("«", '"').replace("»", '"')
        self._rewrite("''", TWO_MARKS, '"')
        if self.is_cjk:
            self._rewrite("", SPACE_IN_CJK, "")


def _unescaped(entity: re.Match[str]) -> str:
    return html.unescape(entity[0])


def _joined(hyphen: re.Match[str]) -> str:
    at, text = hyphen.start(), hyphen.string
    return "" if text[at - 1].isalpha() and text[hyphen.end()].isalpha() else "-"


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
