"""Triggers that refuse changes and deletions in the tables that only grow.

The models refuse them as well; these are for whoever comes with another program.
SQLite loses a table's triggers when a migration rebuilds it, so they are made again
after every migrate (apps.py). A TRUNCATE in PostgreSQL has a trigger of its own.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

from articles.models import Blob, Publication, QuoteCheck, Revision, Snapshot, Verdict, Visit

GUARDED = tuple(
    model._meta.db_table
    for model in (Blob, Revision, Publication, Verdict, Snapshot, Visit, QuoteCheck)
)

SQLITE = """
CREATE TRIGGER IF NOT EXISTS {table}_no_{word} BEFORE {event} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} only grows: rows are added, never changed or deleted'); END
"""
POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION articles_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% only grows: rows are added, never changed or deleted', TG_TABLE_NAME;
END $$
"""
POSTGRESQL = """
CREATE OR REPLACE TRIGGER {table}_no_{word} BEFORE {event} ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION articles_only_grows()
"""
EVENTS = {"sqlite": ("update", "delete"), "postgresql": ("update", "delete", "truncate")}


def names(vendor: str) -> set[str]:
    """The triggers that should be there."""
    return {f"{table}_no_{word}" for table in GUARDED for word in EVENTS.get(vendor, ())}


def install(connection: BaseDatabaseWrapper) -> None:
    """Make the triggers that are missing, on the tables that there are."""
    statement = {"sqlite": SQLITE, "postgresql": POSTGRESQL}.get(connection.vendor)
    if not statement:
        return
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor)) & set(GUARDED)
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL_FUNCTION)
        for table in tables:
            for word in EVENTS[connection.vendor]:
                cursor.execute(statement.format(table=table, word=word, event=word.upper()))


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers: for tests that empty their tables, and for tests of tampering."""
    with connection.cursor() as cursor:
        for table in GUARDED:
            for word in EVENTS.get(connection.vendor, ()):
                of = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{word}{of}")


def missing(connection: BaseDatabaseWrapper) -> set[str]:
    """Names of triggers that the database lacks."""
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
    }.get(connection.vendor)
    if not query:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(query)
        return names(connection.vendor) - {name for (name,) in cursor.fetchall()}
