"""The index of the database in use."""

from collections.abc import Iterable
from typing import Protocol

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from articles.models import IndexedArticle, PublishedArticle
from articles.search import postgresql, sqlite
from articles.search.matching import Match, Ranked


class Index(Protocol):
    def install(self, database: BaseDatabaseWrapper) -> None: ...
    def written(self, row: IndexedArticle) -> None: ...
    def scored(self, match: Match) -> tuple[dict[int, float], int]: ...


# How much better an article is found in the language preferred. With SQLite's BM25 a word in a
# long article still comes before the same word, twice, in a short one of another language.
PREFERRED = 3.0
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


def in_language(language: str, pks: Iterable[int]) -> Iterable[int]:
    """Asked of the small rows that lists are made of, not of the entries with all the words."""
    return PublishedArticle.objects.filter(pk__in=list(pks), language=language).values_list(
        "pk", flat=True
    )
