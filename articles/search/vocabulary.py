"""The words that published articles hold, and which of them a mistyped one may have meant."""

from collections.abc import Sequence

from django.db import connection
from django.db.models import Q
from rapidfuzz.distance import OSA

from articles.models import IndexedWord
from articles.text.words import fold

SHORTEST, LONGEST = 4, 40  # letters of a word that is worth suggesting
SHORT = 6  # up to so many letters one slip is allowed, then two
CANDIDATES = 4_000
# By hand: the ORM can set a column where a row is there already, not add to it.
COUNT = """
    INSERT INTO articles_indexedword (word, folded, length, head, tail, articles)
    VALUES (%s, %s, %s, %s, %s, %s)
    ON CONFLICT (word) DO UPDATE SET articles = articles_indexedword.articles + excluded.articles
"""
DROP = "DELETE FROM articles_indexedword WHERE word = %s AND articles <= 0"


def is_worthy(folded: str) -> bool:
    return SHORTEST <= len(folded) < LONGEST and folded.isalpha()


def replace(before: str, now: str) -> None:
    """Count an article's words anew: those that it held, those that it holds."""
    old, new = set(before.split()), set(now.split())
    changed = dict.fromkeys(old - new, -1) | dict.fromkeys(new - old, 1)
    # In one order everywhere, or two transactions on PostgreSQL could wait for each other.
    rows = [(*row_of(word), changed[word]) for word in sorted(changed)]
    with connection.cursor() as cursor:
        if rows:
            cursor.executemany(COUNT, rows)
        if old - new:
            cursor.executemany(DROP, [(word,) for word in sorted(old - new)])


def row_of(word: str) -> tuple[str, str, int, str, str]:
    folded = fold(word)
    return word, folded, len(folded), folded[:2], folded[-2:]


def corrected(folded: str) -> str:
    """The published word that this one, mistyped, is likeliest to mean; "" if none comes near."""
    if not is_worthy(folded):
        return ""
    slips = 1 if len(folded) <= SHORT else 2
    ends = Q(head=folded[:2]) | Q(tail=folded[-2:])
    rows = IndexedWord.objects.filter(
        ends, length__range=(len(folded) - slips, len(folded) + slips)
    ).values_list("folded", "word", "articles")
    return nearest(folded, list(rows[:CANDIDATES]), slips)


def nearest(folded: str, rows: Sequence[tuple[str, str, int]], slips: int) -> str:
    """The word with the fewest slips; of those the ones that begin alike, then the commonest.

    >>> nearest("peackeepers", [("peacekeepers", "peacekeepers", 3), ("peace", "peace", 9)], 2)
    'peacekeepers'
    """
    near = [
        (distance, other[:1] != folded[:1], -articles, word)
        for other, word, articles in rows
        if 0 < (distance := OSA.distance(folded, other, score_cutoff=slips)) <= slips
    ]
    return min(near)[-1] if near else ""
