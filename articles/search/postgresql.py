"""PostgreSQL's full text over `IndexedArticle`, in columns that only this module knows.

`vector` holds all terms, `head` those of title, headings and tags. Both are written as values, for
PostgreSQL's own parser would cut the ready-made terms in its way.
"""

from collections.abc import Iterable, Iterator

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from articles.models import IndexedArticle
from articles.search.matching import RANKED, Match
from articles.text.query import Terms

HEAD = {"title": "A", "headings": "B", "tags": "B"}
WEIGHTS = {**HEAD, "sources": "C", "sentences": "D"}
RANKS = [0.02, 0.1, 0.4, 1.0]  # of D, C, B, A
MOST_BYTES = 900_000  # of a vector's text; PostgreSQL takes 1 MiB, as it stores it
LAST_PLACE = 16_383
MOST_PLACES = 255  # of a term
INSTALLED = [
    """
    ALTER TABLE articles_indexedarticle
        ADD COLUMN IF NOT EXISTS vector tsvector, ADD COLUMN IF NOT EXISTS head tsvector
    """,
    """
    CREATE INDEX IF NOT EXISTS articles_index_vector
        ON articles_indexedarticle USING gin (vector)
    """,
    "CREATE INDEX IF NOT EXISTS articles_index_head ON articles_indexedarticle USING gin (head)",
    # The planner takes it for cheap to read all vectors, for it does not see that they are stored
    # apart from their rows: 220 ms among 10,000 articles, where the index needs 30.
    """
    CREATE OR REPLACE FUNCTION articles_index_count(asked tsquery) RETURNS bigint
        LANGUAGE sql STABLE SET enable_seqscan = off
        AS 'SELECT count(*) FROM articles_indexedarticle WHERE vector @@ asked'
    """,
    # Rows that came from elsewhere: catch_up writes them anew.
    "UPDATE articles_indexedarticle SET edition = 0 WHERE vector IS NULL",
]
WRITE = """
    UPDATE articles_indexedarticle SET vector = %s::tsvector, head = %s::tsvector
    WHERE article_id = %s
"""
COUNT = "SELECT articles_index_count(%s::tsquery)"
SCORED = """
    SELECT article_id, ts_rank(%s::real[], vector, %s::tsquery)
    FROM articles_indexedarticle WHERE vector @@ %s::tsquery
"""
NEWEST = SCORED + "ORDER BY article_id DESC LIMIT %s"
NEWEST_BY_HEAD = """
    SELECT article_id, ts_rank(%s::real[], vector, %s::tsquery)
    FROM articles_indexedarticle WHERE head @@ %s::tsquery ORDER BY article_id DESC LIMIT %s
"""


def install(database: BaseDatabaseWrapper) -> None:
    """Add the columns and their indexes where they are missing."""
    with database.cursor() as cursor:
        if IndexedArticle._meta.db_table in database.introspection.table_names(cursor):
            for statement in INSTALLED:
                cursor.execute(statement)


def written(row: IndexedArticle) -> None:
    """Write the row's vectors."""
    facets = row.facets.split()
    with connection.cursor() as cursor:
        cursor.execute(
            WRITE,
            [vector(row, WEIGHTS, facets), vector(row, HEAD, facets), row.pk],
        )


def vector(row: IndexedArticle, columns: dict[str, str], facets: Iterable[str]) -> str:
    """The terms of the columns with their places; of a very long text not the last new ones."""
    places: dict[str, list[str]] = {facet: [] for facet in facets}
    size = sum(map(len, places))
    for place, (term, weight) in enumerate(weighted(row, columns), start=1):
        known = places.get(term)
        size += 8 if known is not None else 12 + len(term.encode())
        if size > MOST_BYTES:
            break
        known = places.setdefault(term, [])
        if len(known) < MOST_PLACES:
            known.append(f"{min(place, LAST_PLACE)}{weight}")
    return " ".join(
        f"'{term}':{','.join(at)}" if at else f"'{term}'" for term, at in places.items()
    )


def weighted(row: IndexedArticle, columns: dict[str, str]) -> Iterator[tuple[str, str]]:
    for name, weight in columns.items():
        for term in getattr(row, name).split():
            yield term, weight


def scored(match: Match) -> tuple[dict[int, float], int]:
    """The articles that match, the best of them with their scores by ts_rank; how many match."""
    asked = expression(match)
    words = expression(Match(match.parts, every=match.every))
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [asked])
        (total,) = cursor.fetchone()
        scores: dict[int, float] = {}
        if total > RANKED:
            for statement in (NEWEST, NEWEST_BY_HEAD):
                cursor.execute(statement, [RANKS, words, asked, RANKED])
                scores |= dict(cursor.fetchall())
        elif total:
            cursor.execute(SCORED, [RANKS, words, asked])
            scores = dict(cursor.fetchall())
    return scores, total


def expression(match: Match) -> str:
    """
    >>> expression(Match(((("mali",), ("maliº",)), (("in", "north"),)), (("gao",),), ("ªlen",)))
    "('mali' | 'maliº') & ('in' <-> 'north') & 'ªlen' & !('gao')"
    """
    parts = [f"({any_of(part)})" for part in match.parts]
    said = (" & " if match.every else " | ").join(parts)
    if not match.every:
        said = f"({said})"
    for facet in match.facets:
        said += f" & '{facet}'"
    if match.without:
        said += f" & !({any_of(match.without)})"
    return said


def any_of(alternatives: tuple[Terms, ...]) -> str:
    return " | ".join(map(phrase, alternatives))


def phrase(terms: Terms) -> str:
    """Terms hold letters and digits only, so nothing in them can end the string."""
    return " <-> ".join(f"'{term}'" for term in terms)
