"""How much alike two sentences are, in words and in letters.

For following a claim through an edit, where both sentences come from the same article: a stem of
five letters and short lists of words do, in any language of the Latin script. What a sentence is
about weighs most: its figures, dates, names, and whether it says "not".
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz

TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:[\d_]\w*)?|\w+")
NEGATED_VERB = re.compile(r"n['’]t\b")
STEM = 5  # letters


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FUNCTION_WORDS = _words(
    "a an and are as at be by for from has have in is it its of on or that the their this to was"
    " were which will with you your we our they can may"
    " au aux ce ces cette dans de des du elle en est et il ils la le les leur ou par pour qu que"
    " qui sa se ses son sont sur un une l d s"
    " das dem den der die ein eine er es für im ist mit sich sie sind und von zu zur"
)
NEGATIONS = _words(
    "not no nor never none neither nobody nothing nowhere without cannot"
    " ne n pas non ni jamais aucun aucune rien sans"
    " nicht nie niemals niemand nichts kein keine keinen keiner ohne"
)
NUMBER_WORDS = _words(
    "two three four five six seven eight nine ten eleven twelve twenty hundred thousand million"
    " billion dozen half twice first second third fourth fifth sixth seventh eighth ninth tenth"
    " deux trois quatre cinq sept huit neuf dix onze douze vingt cent mille millions milliards"
    " premier première deuxième troisième quatrième cinquième sixième septième huitième moitié"
    " janvier février avril juin juillet août septembre octobre novembre décembre"
)
HEAVY_WORDS = NEGATIONS | NUMBER_WORDS
FUNCTION_WEIGHT = 0.35
HEAVY = 2.0  # of figures, names and negations: a claim is often about no more than that


@dataclass(frozen=True, eq=False)
class Words:
    """A text as it is compared. Make it by ``Vocabulary.words``."""

    text: str  # lower case
    stems: Counter[str]
    marks: frozenset[str]  # those of the stems that are figures and names

    def __add__(self, other: "Words") -> "Words":
        return Words(
            f"{self.text} {other.text}", self.stems + other.stems, self.marks | other.marks
        )

    def without(self, other: "Words") -> "Words":
        """What is left of the words when those of another text are taken away."""
        return Words("", self.stems - other.stems, self.marks)

    @cached_property
    def weights(self) -> dict[tuple[str, int], float]:
        """The weight of each word, the second "of" apart from the first."""
        return {
            (stem, nth): self._weight(stem)
            for stem, count in self.stems.items()
            for nth in range(count)
        }

    def _weight(self, stem: str) -> float:
        if stem in FUNCTION_WORDS:
            return FUNCTION_WEIGHT
        return HEAVY if stem in self.marks or stem in HEAVY_WORDS else 1.0

    @cached_property
    def content(self) -> frozenset[str]:
        """The stems that say something."""
        return frozenset(self.stems) - FUNCTION_WORDS

    @cached_property
    def total(self) -> float:
        return sum(self.weights.values())

    @cached_property
    def in_order(self) -> str:
        return " ".join(sorted(self.stems.elements()))


class Vocabulary:
    """Which words of some texts are names: those with a capital that never go without."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.names: set[str] = set()
        small: set[str] = set()
        for text in texts:
            first, *others = TOKEN.findall(text) or [""]
            small.update(token for token in (first, *others) if token.islower())
            self.names.update(token.lower() for token in others if token[0].isupper())
        self.names -= small | FUNCTION_WORDS | HEAVY_WORDS

    def words(self, text: str) -> Words:
        tokens = TOKEN.findall(NEGATED_VERB.sub(" not", text))
        marks = set()
        stems = []
        for token in tokens:
            stem = token.lower()
            if self._is_mark(stem):
                marks.add(stem)
            elif stem not in HEAVY_WORDS:
                stem = stem[:STEM]
            stems.append(stem)
        return Words(text.lower(), Counter(stems), frozenset(marks))

    def _is_mark(self, token: str) -> bool:
        return token[0].isdigit() or "_" in token or (len(token) > 1 and token in self.names)


def shared(one: Words, other: Words) -> float:
    """The weight of the words that both have, each as often as both have it."""
    weights = one.weights
    return sum([weights[word] for word in weights.keys() & other.weights.keys()])


def similarity(one: Words, other: Words) -> float:
    """From 0 to 1: words in any order, and letters in theirs; 1 does not mean equal.

    >>> old, new = "The force had 15,209 members.", "In 2017 the force had 15,209 members."
    >>> words = Vocabulary([old, new]).words
    >>> round(similarity(words(old), words(new)), 2)
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


def frame_shared(one: Words, other: Words) -> float:
    """The same without figures and names: what is said of them, from 0 to 1."""
    frame, other_frame = one.content - one.marks, other.content - other.marks
    total = len(frame) + len(other_frame)
    return 2 * len(frame & other_frame) / total if total else 0.0


def other_marks(one: Words, other: Words) -> int:
    """How many figures and names speak for another subject: 0 where as many are shared.

    >>> old, new = "In 2013 it had 6,010 men.", "In 2016 it had 9,500 men."
    >>> words = Vocabulary([old, new]).words
    >>> other_marks(words(old), words(new))
    2
    """
    common = len(one.marks & other.marks)
    others = min(len(one.marks), len(other.marks)) - common
    return others if others > common else 0
