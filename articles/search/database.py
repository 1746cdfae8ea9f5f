"""The index of the database in use."""

from typing import Protocol

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from articles.models import IndexedArticle
from articles.search import postgresql, sqlite
from articles.search.matching import Match, Ranked


class Index(Protocol):
    def install(self, database: BaseDatabaseWrapper) -> None: ...
    def written(self, row: IndexedArticle) -> None: ...
    def find(self, match: Match, most: int) -> Ranked: ...


INDEXES: dict[str, Index] = {"sqlite": sqlite, "postgresql": postgresql}


def index(database: BaseDatabaseWrapper | None = None) -> Index:
    return INDEXES[(database or connection).vendor]


def find(match: Match, most: int) -> Ranked:
    """The articles that match; ``most`` of them ranked, the best first."""
    return index().find(match, most)
