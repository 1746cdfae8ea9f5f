"""SQLite's FTS5 over the columns of `IndexedArticle`, kept in step by triggers.

The terms are ready-made, so its tokenizer has only to part them at white space: "ascii" takes all
letters beyond ASCII for parts of words, as they come.
"""

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from articles.models import IndexedArticle
from articles.search.matching import RANKED, Match
from articles.text.query import Terms

WEIGHTS = {"title": 100, "headings": 25, "tags": 25, "sources": 8, "sentences": 1, "facets": 0}
TEXTS, HEAD = "title headings tags sources sentences", "title headings tags"
ADD = """
    INSERT INTO articles_index
        (rowid, title, headings, tags, sources, sentences, facets)
    VALUES (
        new.article_id,
        new.title, new.headings, new.tags, new.sources, new.sentences, new.facets
    );
"""
TAKE = """
    INSERT INTO articles_index
        (articles_index, rowid, title, headings, tags, sources, sentences, facets)
    VALUES (
        'delete', old.article_id,
        old.title, old.headings, old.tags, old.sources, old.sentences, old.facets
    );
"""
TRIGGER = (
    "CREATE TRIGGER articles_index_{name} AFTER {name} ON articles_indexedarticle BEGIN {} END"
)
MADE = {
    "articles_index": """
        CREATE VIRTUAL TABLE articles_index USING fts5(
            title, headings, tags, sources, sentences, facets,
            content='articles_indexedarticle', content_rowid='article_id', tokenize='ascii'
        )
    """,
    "articles_index_insert": TRIGGER.format(ADD, name="insert"),
    "articles_index_delete": TRIGGER.format(TAKE, name="delete"),
    "articles_index_update": TRIGGER.format(TAKE + ADD, name="update"),
}
COUNT = "SELECT count(*) FROM articles_index WHERE articles_index MATCH %s"
SCORED = """
    SELECT rowid, -bm25(articles_index, %s, %s, %s, %s, %s, %s)
    FROM articles_index WHERE articles_index MATCH %s
"""
NEWEST = SCORED + "ORDER BY rowid DESC LIMIT %s"


def install(database: BaseDatabaseWrapper) -> None:
    """Make the index and its triggers where a migration left none, and fill it."""
    with database.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master")
        there = {name for (name,) in cursor.fetchall()}
        if "articles_indexedarticle" not in there or MADE.keys() <= there:
            return
        for name, statement in MADE.items():
            if name not in there:
                cursor.execute(statement)
        cursor.execute("INSERT INTO articles_index (articles_index) VALUES ('rebuild')")


def written(row: IndexedArticle) -> None:
    """The triggers have done it."""


def scored(match: Match) -> tuple[dict[int, float], int]:
    """The articles that match, the best of them with their scores by BM25; how many match."""
    weights = WEIGHTS.values()
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [expression(match)])
        (total,) = cursor.fetchone()
        scores: dict[int, float] = {}
        if total > RANKED:
            # The second time a word counts as rare as it is in titles, headings and tags.
            for columns in (TEXTS, HEAD):
                cursor.execute(NEWEST, [*weights, expression(match, columns), RANKED])
                scores |= dict(cursor.fetchall())
        elif total:
            cursor.execute(SCORED, [*weights, expression(match)])
            scores = dict(cursor.fetchall())
    return scores, total


def expression(match: Match, columns: str = TEXTS) -> str:
    """
    >>> expression(Match(((("mali",), ("maliº",)), (("in", "north"),)), (("gao",),), ("ªlen",)))
    '({title headings tags sources sentences} : (("mali" OR "maliº") AND ("in north"))) \
AND (facets : ("ªlen")) NOT ("gao")'
    """
    parts = [f"({any_of(part)})" for part in match.parts]
    said = f"({{{columns}}} : ({(' AND ' if match.every else ' OR ').join(parts)}))"
    for facet in match.facets:
        said += f" AND (facets : ({phrase((facet,))}))"
    if match.without:
        said += f" NOT ({any_of(match.without)})"
    return said


def any_of(alternatives: tuple[Terms, ...]) -> str:
    return " OR ".join(map(phrase, alternatives))


def phrase(terms: Terms) -> str:
    """Terms hold letters and digits only, so nothing in them can end the string."""
    return f'"{" ".join(terms)}"'
