"""Every column and every row of every history table, tampered with one at a time."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction

from articles import editing, publishing
from articles.history import guards
from articles.history.verify import verify
from articles.models import Article, Blob, Claim, Publication, Revision, Verdict
from tests.factories import EditorFactory, SourceFactory, article, claim_of
from tests.rows import TAGS, Rows, put, rows_left_by

TABLES = {model._meta.db_table: model for model in (Blob, Revision, Publication, Verdict)}
COLUMNS = [
    (table, field.column)
    for table, model in TABLES.items()
    for field in model._meta.concrete_fields
    if not (field.primary_key and table != "articles_blob")
]


@pytest.fixture(scope="module")
def rows(django_db_setup, django_db_blocker) -> Rows:
    """What two published articles with a history leave."""
    with django_db_blocker.unblock():
        return rows_left_by(record, *TAGS)


def record():
    editor = EditorFactory()
    for slug in ("first", "second"):
        made = article(slug=slug, by=editor)
        publishing.publish(made, by=editor, responsible="Editor")
        claim = claim_of(made, "15,209")
        editing.judge(claim, read=claim.text, rating="supported", by=editor)
        editing.review_claim(
            claim,
            read=claim.text,
            citations=[editing.CitationGiven(SourceFactory(), quote="15,209 staff")],
            by=editor,
        )
        publishing.publish(made, by=editor, note="A figure was checked.")
    ended = claim_of(Article.objects.get(slug="first"), "never left")
    editing.judge(ended, read=ended.text, rating="refuted", by=editor)
    text = editing.article_text(ended.article)
    body = text.sections[1].body.replace(" It never left the capital.", "")
    sections = (text.sections[0], replace(text.sections[1], body=body), text.sections[2])
    made = Article.objects.get(slug="first")
    editing.save_article(
        made,
        replace(text, sections=sections),
        base=made.revisions.first().hash,
        by=editor,
    )


@pytest.fixture
def recorded(db, rows):
    """The first of two articles with a history, published, the triggers taken away."""
    guards.remove(connection)
    put(rows)
    return Article.objects.get(slug="first")


def execute(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else None


@contextmanager
def without_constraints():
    """Foreign keys and CHECKs are no obstacle to somebody who owns the database file."""
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite can be told to overlook its constraints")
    with connection.constraint_checks_disabled():
        execute("PRAGMA ignore_check_constraints = on")
        yield
        execute("PRAGMA ignore_check_constraints = off")


def findings():
    return [str(finding) for finding in verify().findings]


def test_an_untouched_history_holds(recorded):
    report = verify()

    assert report.findings == []
    assert (report.articles, report.revisions, report.publications) == (2, 8, 4)
    assert report.blobs == Blob.objects.count()
    assert report.head == Publication.objects.latest("number").hash


def altered(old):
    """Another value of the same kind."""
    match old:
        case int():
            return old + 1000
        case datetime():
            return old + timedelta(seconds=1)
        case None:
            return "2031-05-05"
        case _:
            return f"{old}x"


def names(row):
    """What a finding may call the row: what it was, its place, or its key where that is all."""
    match row:
        case Blob():
            return [row.sha256]
        case Revision():
            return [
                f"{row.article.slug}, revision {row.number}:",
                f"revision {row.number} should stand here",
                f"{row.article.slug}: it counts {row.number} revisions, and {row.number - 1} are",
                f"articles_revision {row.pk}:",
            ]
        case Publication():
            return [
                f"publication {row.number}:",
                f"publication {row.number} should stand here",
                f"articles_publication {row.pk}:",
            ]
        case Verdict():
            return [f"verdict {row.uid}:"]


def rows_of(table):
    return list(TABLES[table]._meta.base_manager.order_by("pk"))


def is_named(row):
    return any(name in finding for finding in findings() for name in names(row))


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_each_altered_column_is_named_in_each_row(recorded, table, column):
    key = TABLES[table]._meta.pk.column
    unnamed = []

    for row in rows_of(table):
        ((old,),) = execute(f"SELECT {column} FROM {table} WHERE {key} = %s", row.pk)
        new = altered(old)
        with without_constraints():
            execute(f"UPDATE {table} SET {column} = %s WHERE {key} = %s", new, row.pk)
            if not is_named(row):
                unnamed.append((row.pk, findings()))
            execute(f"UPDATE {table} SET {column} = %s WHERE {column} = %s", old, new)

    assert unnamed == []
    assert findings() == []


@pytest.mark.parametrize("table", ["articles_revision", "articles_publication"])
def test_a_time_that_is_none_is_named(recorded, table):
    with without_constraints():
        execute(f"UPDATE {table} SET created_at = created_at || 'x' WHERE number = 1")

    assert findings()


@pytest.mark.parametrize("table", TABLES)
def test_each_deleted_row_is_named(recorded, table):
    key = TABLES[table]._meta.pk.column
    unnamed = []

    for row in rows_of(table):
        kept = transaction.savepoint()
        with without_constraints():
            execute(f"DELETE FROM {table} WHERE {key} = %s", row.pk)
            if not is_named(row):
                unnamed.append((row.pk, findings()))
            transaction.savepoint_rollback(kept)

    assert unnamed == []
    assert findings() == []


def copied(row, number):
    """A row that was never recorded, made of one that was."""
    values = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
    changed = {
        "articles_blob": {"sha256": f"{number:064}"},
        "articles_revision": {"number": 99, "hash": "0" * 64, "parent_id": None},
        "articles_publication": {"number": 99, "hash": "0" * 64},
        "articles_verdict": {"uid": "0" * 12},
    }[row._meta.db_table]
    if "id" in values:
        values["id"] = 9_000
    return type(row)(**values | changed)


@pytest.mark.parametrize("table", TABLES)
def test_each_inserted_row_is_named(recorded, table):
    unnamed = []

    for number, row in enumerate(rows_of(table)):
        made = copied(row, number)
        kept = transaction.savepoint()
        with without_constraints():
            made.save()
            if not is_named(made):
                unnamed.append((row.pk, findings()))
            transaction.savepoint_rollback(kept)

    assert unnamed == []


def test_a_cut_off_tail_of_drafts_is_named(recorded):
    last = recorded.revisions.first()
    with without_constraints():
        execute("DELETE FROM articles_revision WHERE id = %s", last.pk)
        execute("UPDATE articles_article SET latest = latest - 1 WHERE id = %s", recorded.pk)

        found = findings()

    assert any("what editors see" in finding for finding in found)
    connection.set_rollback(True)


def test_a_cut_off_tail_of_the_log_is_named_by_who_noted_its_head(recorded):
    noted = verify().head
    last = Publication.objects.latest("number")
    with without_constraints():
        execute("DELETE FROM articles_publication WHERE id = %s", last.pk)

        found = verify(since=noted).findings

    assert any(noted in str(finding) for finding in found)
    connection.set_rollback(True)


def test_a_noted_head_is_found_after_the_log_grew(recorded):
    noted = verify().head
    publishing.publish(recorded, by=None)

    assert verify(since=noted).findings == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE articles_section SET body = body || ' Slipped in.' WHERE heading = 'First'",
        "UPDATE articles_claim SET text = text || '!' WHERE section_id IS NOT NULL",
        "UPDATE articles_citation SET quote = 'invented'",
        "UPDATE articles_source SET title = 'invented'",
        "UPDATE articles_article SET title = 'invented'",
        "UPDATE articles_publishedarticle SET responsible = 'nobody'",
        "UPDATE articles_publishedarticle SET hash = 'x'",
    ],
)
def test_live_tables_that_say_something_else_are_named(recorded, statement):
    execute(statement)

    assert findings()


PROVENANCE = [
    "begun = begun + 1",
    "changed = changed + 1",
    "words = '[[1, 1]]'",
    "words = '7'",
    "around = 'Slipped in.'",
    "origin = 'human'",
]


@pytest.mark.parametrize("change", PROVENANCE)
@pytest.mark.parametrize("place", ["NOT NULL", "NULL"])
def test_where_words_come_from_is_watched_in_sentences_that_stand_and_that_are_gone(
    recorded, change, place
):
    execute(
        f"UPDATE articles_claim SET {change} WHERE article_id = %s AND section_id IS {place}",
        recorded.pk,
    )

    assert len(findings()) == 1


def test_a_verdict_on_a_sentence_that_is_gone_is_still_watched(recorded):
    ended = Claim.objects.get(article=recorded, section=None)
    execute("UPDATE articles_verdict SET note = 'x' WHERE claim_id = %s", ended.pk)

    assert len(findings()) == 1


def test_missing_triggers_are_a_warning_and_no_failure(recorded):
    report = verify()

    assert report.findings == []
    assert len(report.warnings) == len(guards.names(connection.vendor))
