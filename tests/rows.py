"""What takes long to come about, kept as rows; these are back in a tenth of the time."""

from collections.abc import Callable

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.db.models import Model
from taggit.models import Tag, TaggedItem

Rows = dict[str, list[tuple]]  # by table
TAGS = (Tag, TaggedItem)


def rows_left_by(make: Callable[[], object], *others: type[Model]) -> Rows:
    """The articles' rows, and those of editors and ``others``, that are there once ``make`` ran.

    They are taken back. Tags name their kind by a number that a transactional test's flush changes,
    so they are for modules without one.
    """
    models = [*apps.get_app_config("articles").get_models(), get_user_model(), *others]
    tables = [model._meta.db_table for model in models]
    with transaction.atomic(), connection.cursor() as cursor:
        make()
        found = {}
        for table in tables:
            cursor.execute(f"SELECT * FROM {table}")
            found[table] = cursor.fetchall()
        transaction.set_rollback(True)
    return {table: rows for table, rows in found.items() if rows}


def put(rows: Rows) -> None:
    """Put the rows in their places; what refers to what is looked at when all of them are there."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table, found in rows.items():
            places = ", ".join(["%s"] * len(found[0]))
            cursor.executemany(f"INSERT INTO {table} VALUES ({places})", found)
