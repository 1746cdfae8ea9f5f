"""How much alike two sentences are, in words and in letters.

For following a claim through an edit, where both sentences come from the same article: a stem of
five letters and a short list of function words do, in any language of the Latin script.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz

TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|\w+")
STEM = 5  # letters
FUNCTION_WORDS = frozenset(  # split, since words read best in lines
    "a an and are as at be by for from has have in is it its of on or that the their this to was"  # noqa: SIM905
    " were which will with you your we our they can may"
    " au aux ce ces cette dans de des du elle en est et il ils la le les leur ou par pour qu que"
    " qui sa se ses son sont sur un une l d s n"
    " das dem den der die ein eine er es für im ist mit sich sie sind und von zu zur".split()
)
FUNCTION_WEIGHT = 0.35
FIGURE_WEIGHT = 2.0  # a number is what a claim is often about


@dataclass(frozen=True)
class Words:
    """A text as it is compared. Make it by ``Words.of``."""

    text: str  # lower case
    stems: Counter[str]

    @classmethod
    def of(cls, text: str) -> "Words":
        text = text.lower()
        return cls(text, Counter(_stem(token) for token in TOKEN.findall(text)))

    def __add__(self, other: "Words") -> "Words":
        return Words(f"{self.text} {other.text}", self.stems + other.stems)

    @cached_property
    def content(self) -> frozenset[str]:
        """The stems that say something."""
        return frozenset(stem for stem in self.stems if stem not in FUNCTION_WORDS)

    @cached_property
    def figures(self) -> frozenset[str]:
        return frozenset(stem for stem in self.stems if stem[0].isdigit())

    @cached_property
    def total(self) -> float:
        return sum([weight(stem) * count for stem, count in self.stems.items()])

    @cached_property
    def in_order(self) -> str:
        return " ".join(sorted(self.stems.elements()))


def _stem(token: str) -> str:
    return token if token[0].isdigit() else token[:STEM]


def weight(stem: str) -> float:
    if stem in FUNCTION_WORDS:
        return FUNCTION_WEIGHT
    return FIGURE_WEIGHT if stem[0].isdigit() else 1.0


def shared(one: Words, other: Words) -> float:
    """The weight of the words that both have, each as often as both have it."""
    common = one.stems.keys() & other.stems.keys()
    return sum([weight(s) * min(one.stems[s], other.stems[s]) for s in common])


def similarity(one: Words, other: Words) -> float:
    """From 0 to 1: words in any order, and letters in theirs; 1 does not mean equal.

    >>> old = Words.of("The force had 15,209 members.")
    >>> round(similarity(old, Words.of("In 2017 the force had 15,209 members.")), 2)
    0.85
    """
    total = one.total + other.total
    dice = 2 * shared(one, other) / total if total else 0.0
    letters = fuzz.ratio(one.text, other.text) / 100
    sorted_letters = fuzz.ratio(one.in_order, other.in_order) / 100
    return max(0.5 * dice + 0.5 * letters, 0.8 * dice + 0.2 * sorted_letters)


def contained(part: Words, whole: Words) -> float:
    """Which share of the part's weight the whole has, from 0 to 1."""
    return shared(part, whole) / part.total if part.total else 0.0


def content_shared(one: Words, other: Words) -> float:
    """Which share of both texts' content words is common to them, from 0 to 1."""
    total = len(one.content) + len(other.content)
    return 2 * len(one.content & other.content) / total if total else 0.0


def other_figures(one: Words, other: Words) -> bool:
    """Whether both give two figures or more, and not one in common: about something else.

    >>> other_figures(Words.of("In 2013 it had 6,010 men."), Words.of("In 2016 it had 9,500 men."))
    True
    """
    return min(len(one.figures), len(other.figures)) > 1 and not one.figures & other.figures
