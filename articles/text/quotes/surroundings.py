"""The words around a quote in its source."""

import re

from articles.text.quotes.scripts import UNSPACED

CHARACTERS = 200
WRITTEN = re.compile(rf"\w(?<![{UNSPACED}])")


def surroundings(text: str, start: int, end: int, characters: int = CHARACTERS) -> tuple[str, str]:
    """At most so many characters of the text before and after a stretch, of whole words.

    White space is one space each. Where there is some beside the stretch it stays, so that the
    three read on from each other.

    >>> surroundings("In June the force\\n had  9 men, and left.", 18, 29, 12)
    ('the force ', ', and left.')
    """
    reach = 4 * characters  # white space is more than a character before it is collapsed
    before = re.sub(r"\s+", " ", text[max(0, start - reach) : start])
    after = re.sub(r"\s+", " ", text[end : end + reach])
    if len(before) > characters or start > reach:
        before = _whole_words(before[::-1], characters)[::-1]
    if len(after) > characters or end + reach < len(text):
        after = _whole_words(after, characters)
    return before.lstrip(), after.rstrip()


def _whole_words(text: str, characters: int) -> str:
    """The beginning of a text up to a word's border; the text goes on behind it."""
    end = min(characters, len(text))
    if end == len(text) or WRITTEN.match(text, end):
        at = end
        while at and WRITTEN.match(text, at - 1):
            at -= 1
        end = at or end
    return text[:end]
