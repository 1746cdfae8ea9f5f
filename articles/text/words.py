"""The words of a text as a search compares them: without case, accents and endings."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from threading import Lock
from typing import NamedTuple

import snowballstemmer

# A figure is one word, however its thousands are divided; else letters and digits in a row, with
# the accents that stand for themselves.
WORD = re.compile(
    r"(?<!\d)\d{1,3}(?:[,.’'\u00a0\u202f]\d{3})+(?!\d)|[^\W_](?:[^\W_]|[\u0300-\u036f])*"
)
MOST_LETTERS = 60  # of a word; the rest is not looked at
# Letters that Unicode does not take apart.
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})
# No folded word holds this letter (it folds to "o"), so French terms never meet English ones:
# "notes" is "note" in English and "notº" in French, and neither is the English "not".
FRENCH = "º"
STEMMERS = {"en": snowballstemmer.stemmer("english"), "fr": snowballstemmer.stemmer("french")}
LOCK = Lock()  # a stemmer keeps the word that it works on

# Words that say nothing of what a text is about. Left out where they mean something in the other
# language or in capitals: car, son, may, us, who.
COMMON_WORDS = """
a an and are as at be been but by can did do does for from had has have he her his how i if in
into is it its not of on or our she so such than that the their them then there these they
this those to was we were what when where which while will with would you your t s
au aux avec c ce ces cet cette ci d dans de des du elle elles en est et eu il ils j je l la le
les leur leurs lui m ma mais me meme mes mon n ne nos notre nous on ont ou par pas pour qu que
qui sa sans se ses si sont sur ta te tes toi tu un une vos votre vous y etait etre ete
"""
COMMON = frozenset(COMMON_WORDS.split())


class Word(NamedTuple):
    folded: str
    start: int  # in the text, half-open
    end: int


def words(text: str) -> Iterator[Word]:
    """
    >>> [word.folded for word in words("L’État compte 15,209 Œuvres.")]
    ['l', 'etat', 'compte', '15209', 'oeuvres']
    """
    for found in WORD.finditer(text):
        if folded := fold(found.group()):
            yield Word(folded, found.start(), found.end())


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """A word without case and accents, a figure without what divides its thousands."""
    word = word.casefold()
    if not word.isascii():
        word = unicodedata.normalize("NFKD", word).casefold().translate(LIGATURES)
    return "".join(letter for letter in word if letter.isalnum())[:MOST_LETTERS]


@lru_cache(maxsize=20_000)
def term(folded: str, language: str) -> str:
    """What a folded word is looked up as: its stem, marked with the language where that matters.

    >>> term("missions", "en"), term("retraits", "fr"), term("2017", "fr")
    ('mission', 'retrº', '2017')
    """
    if language not in STEMMERS or not folded.isalpha():
        return folded
    if language == "fr":
        # The rules for French rely on accents, which readers leave out: help them along.
        stem = stemmed(singular(folded), "fr")
        return (stem.rstrip("e") if len(stem) > 3 else stem) + FRENCH
    return stemmed(folded, language)


def singular(word: str) -> str:
    plural = len(word) > 3 and (word.endswith("eaux") or (word[-1] == "s" and word[-2] != "s"))
    return word[:-1] if plural else word


def stemmed(word: str, language: str) -> str:
    with LOCK:
        return STEMMERS[language].stemWord(word)


def terms(text: str, language: str) -> list[str]:
    """
    >>> terms("Les missions retirées", "fr"), terms("The missions' withdrawal", "en")
    (['leº', 'missionº', 'retirº'], ['the', 'mission', 'withdraw'])
    """
    return [term(word.folded, language) for word in words(text)]
