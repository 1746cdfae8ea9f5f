"""Whether a text says what a quote says, and where.

A quote is `exact` where the text reads as it does, word for word (``reading`` says what makes no
difference), shortened only as editors may (``parts``, ``omissions``) and cut at words (``borders``,
``exact``). What is at least 0.9 similar is `near` (``near``), and its ``differences`` are for a
person to see; all else is `missing`. When unsure, a quote is not exact: another number, name or
negation is never overlooked.

`python -m articles.text.quotes` finds quotes as JSON Lines (``lines``).
"""

from articles.text.quotes.differences import differences, warnings
from articles.text.quotes.finding import Found, Prepared, find
from articles.text.quotes.surroundings import surroundings

__all__ = ["FINDER", "Found", "Prepared", "differences", "find", "surroundings", "warnings"]

FINDER = 1  # the version of the rules: it is stored with each answer
