"""Every column of the tables of evidence, tampered with one at a time."""

import pytest
from django.db import connection, transaction
from django.utils import timezone

from articles.evidence import checking, files, keeping, visiting
from articles.evidence.verify import verify
from articles.history import guards
from articles.models import QuoteCheck, Snapshot, Source, Visit
from tests.evidence.sources import cited
from tests.evidence.web import html
from tests.factories import SourceFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("copies")]

COLUMNS = [
    (model, field)
    for model in (Snapshot, Visit, QuoteCheck)
    for field in model._meta.concrete_fields
    if not field.primary_key
]
QUOTE = "The force had 15,209 members"


@pytest.fixture
def found(web):
    """Two sources with copies, visits and checks, the triggers taken away."""
    web.pages |= {"/a": html(f"{QUOTE} in 2017."), "/b": html("Another page.")}
    source = cited(web.url("/a"), quote=QUOTE)
    bystander = cited(web.url("/b"), quote="Another page")
    for each in (source, bystander):
        visiting.look(each.uid)
    keeping.keep_upload(source.uid, body=QUOTE.encode(), name="a.txt", editor="awa", note="Print")
    checking.check(source.uid)
    guards.remove(connection)
    return source


def execute(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def other_value(table, column, pk):
    """A value that the row does not have, of a kind that the column takes."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE id = %s", [pk])
        (was,) = cursor.fetchone()
    if column == "source_id":
        return SourceFactory().uid
    if column == "snapshot_id":
        return Snapshot.objects.exclude(pk=was).order_by("pk").first().pk
    if column in ("taken_at", "made_at", "archived_at"):
        return timezone.now()
    if column in ("kind", "outcome", "result"):
        choices = {"kind": "archived", "outcome": "gone", "result": "near"}
        return choices[column]
    if column in ("body", "text", "hash", "quote_key"):
        return "0" * 64
    return was + 1 if isinstance(was, int) else 7 if _is_number(column) else f"{was}x"


def _is_number(column):
    return column in ("status", "page", "start", "end", "score", "pages", "size", "characters")


def test_what_was_not_touched_holds(found):
    report = verify(with_files=True)

    assert report.findings == []
    assert (report.snapshots, report.visits, report.checks) == (3, 2, 3)


def test_a_changed_column_is_found_whichever_it_is(found):
    overlooked = []
    for model, field in COLUMNS:
        table, column = model._meta.db_table, field.column
        pk = model.objects.order_by("pk").first().pk
        value = other_value(table, column, pk)
        with transaction.atomic():
            execute(f'UPDATE {table} SET "{column}" = %s WHERE id = %s', value, pk)
            if (f"{table} {pk}", "its hash does not match what it says") not in verify().findings:
                overlooked.append((table, column))
            transaction.set_rollback(True)

    assert overlooked == []


def test_a_row_that_cannot_be_read_is_found(found):
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite stores what is no date as one")
    execute(
        "UPDATE articles_visit SET made_at = '2026-13-45 25:00:00' "
        "WHERE id = (SELECT MIN(id) FROM articles_visit)"
    )

    report = verify()

    assert [where.split()[0] for where, _what in report.findings] == ["articles_visit"]
    assert report.visits == 1


def test_a_file_that_is_missing_or_of_another_size_is_found(found):
    first, second, _upload = Snapshot.objects.order_by("pk")
    files.place(first.body).unlink()
    files.place(second.body).write_bytes(b"")

    assert verify().findings == [
        (f"articles_snapshot {first.pk}", f"the stored file {first.body} is missing"),
        (f"articles_snapshot {second.pk}", f"the stored file {second.body} has another size"),
    ]


def test_a_file_with_other_bytes_is_found_where_files_are_read(found):
    copy = Snapshot.objects.order_by("pk").first()
    body = files.place(copy.body)
    body.write_bytes(body.read_bytes().replace(b"15,209", b"15,290"))

    assert verify().findings == []
    assert verify(with_files=True).findings == [
        (f"articles_snapshot {copy.pk}", f"the stored file {copy.body} does not match its hash")
    ]


def test_the_evidence_of_some_sources_alone(found):
    execute("UPDATE articles_visit SET detail = 'slipped in'")

    report = verify(Source.objects.filter(uid=found.uid))

    assert (report.snapshots, report.visits, report.checks) == (2, 1, 2)
    assert len(report.findings) == 1
