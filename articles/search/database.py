"""The index of the database in use."""

from collections.abc import Collection
from typing import Protocol

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from articles.models import IndexedArticle
from articles.search import postgresql, sqlite
from articles.search.matching import Match, Ranked


class Index(Protocol):
    def install(self, database: BaseDatabaseWrapper) -> None: ...
    def written(self, row: IndexedArticle) -> None: ...
    def scored(self, match: Match) -> tuple[dict[int, float], int]: ...


# How much better an article is found in the language preferred. With SQLite's BM25 a word in a
# long article still comes before the same word, twice, in a short one of another language.
PREFERRED = 3.0
LANGUAGE = """
    SELECT article_id FROM articles_publishedarticle WHERE language = %s AND article_id IN ({})
"""
INDEXES: dict[str, Index] = {"sqlite": sqlite, "postgresql": postgresql}


def index(database: BaseDatabaseWrapper | None = None) -> Index:
    return INDEXES[(database or connection).vendor]


def find(match: Match, most: int, *, preferred: str = "") -> Ranked:
    """The articles that match; ``most`` of them ranked, the best first.

    What is in the language ``preferred`` counts for more.
    """
    scores, total = index().scored(match)
    if preferred and scores:
        for pk in in_language(preferred, scores):
            scores[pk] *= PREFERRED
    best = sorted(scores.items(), key=lambda found: (-found[1], -found[0]))
    return Ranked(dict(best[:most]), total)


def in_language(language: str, pks: Collection[int]) -> list[int]:
    """Those of the articles that are in the language.

    Asked of the small rows that lists are made of, not of the entries with all the words; by
    hand, since the ORM takes a quarter of a search to look at a thousand keys.
    """
    with connection.cursor() as cursor:
        cursor.execute(LANGUAGE.format(", ".join(["%s"] * len(pks))), [language, *pks])
        return [pk for (pk,) in cursor.fetchall()]
