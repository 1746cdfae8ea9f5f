"""What a reader typed into the search box, understood. Nothing is an error: the rest is text.

kidal withdrawal      both words, wherever in an article
"in the capital"      these words in this order
-ceasefire            not this word
"""

import re
from dataclasses import dataclass

from articles.text.words import COMMON, term, words

PART = re.compile(r'(?P<minus>(?<!\S)-(?=["\w]))?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')
MOST_WORDS = 16

Terms = tuple[str, ...]  # one word, or several that follow each other


@dataclass(frozen=True, slots=True)
class Part:
    """A word, or words in a row, folded."""

    words: tuple[str, ...]

    def terms(self, language: str) -> Terms:
        return tuple(term(word, language) for word in self.words)


@dataclass(frozen=True, slots=True)
class Query:
    parts: tuple[Part, ...]
    without: tuple[Part, ...]
    shortened: bool  # there were more words than are looked for

    def __bool__(self) -> bool:
        return bool(self.parts)


def understood(typed: str) -> Query:
    """
    >>> understood('l’ONU "in the north" -Gao 15,209').parts
    (Part(words=('onu',)), Part(words=('in', 'the', 'north')), Part(words=('15209',)))
    >>> understood("the who").parts, understood("the of").parts
    ((Part(words=('who',)),), (Part(words=('the',)), Part(words=('of',))))
    """
    wanted: dict[Part, None] = {}
    unwanted: dict[Part, None] = {}
    common: dict[Part, None] = {}
    for found in PART.finditer(typed):
        if found["phrase"] is not None:
            part = Part(tuple(word.folded for word in words(found["phrase"])))
        else:
            # "peace-keeping" and "S/RES/2690" are written as one and looked for as such.
            folded = [word.folded for word in words(found["word"])]
            part = Part(tuple(word for word in folded if word not in COMMON))
            if folded and not part.words:
                common |= dict.fromkeys(Part((word,)) for word in folded)
        if part.words:
            (unwanted if found["minus"] else wanted)[part] = None
    return bounded(list(wanted or common), list(unwanted))


def bounded(wanted: list[Part], unwanted: list[Part]) -> Query:
    kept, count = [], 0
    for part in wanted:
        room = MOST_WORDS - count
        if room <= 0:
            break
        kept.append(Part(part.words[:room]))
        count += len(part.words)
    shortened = count > MOST_WORDS or len(kept) < len(wanted) or len(unwanted) > MOST_WORDS
    return Query(tuple(kept), tuple(unwanted[:MOST_WORDS]), shortened)
