import pytest
from django.db import DatabaseError, connection, transaction

from articles import editing, publishing
from articles.history import guards
from articles.models import AppendOnlyError, Blob, Publication, Revision, Verdict
from tests.factories import EditorFactory, article, claim_of

MODELS = [Blob, Revision, Publication, Verdict]


@pytest.fixture
def recorded(db):
    editor = EditorFactory()
    made = article(by=editor)
    claim = claim_of(made, "15,209")
    editing.judge(claim, read=claim.text, rating="supported", by=editor)
    publishing.publish(made, by=editor)
    return made


def test_after_all_migrations_every_trigger_is_there(db):
    assert guards.missing(connection) == set()


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("statement", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}"])
def test_the_database_refuses_to_change_what_only_grows(recorded, model, statement):
    sql = statement.format(model._meta.db_table, model._meta.pk.column)

    with (
        pytest.raises(DatabaseError, match="only grows"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


@pytest.mark.parametrize("model", MODELS)
def test_the_orm_refuses_to_change_what_only_grows(recorded, model):
    row = model.objects.first()

    with pytest.raises(AppendOnlyError):
        row.save()
    with pytest.raises(AppendOnlyError):
        row.delete()
    with pytest.raises(AppendOnlyError):
        model.objects.update(pk=row.pk)
    with pytest.raises(AppendOnlyError):
        model.objects.all().delete()
    with pytest.raises(AppendOnlyError):
        model.objects.bulk_update([row], ["pk"])


def test_triggers_that_a_migration_lost_come_back(db):
    guards.remove(connection)
    assert guards.missing(connection) == guards.names(connection.vendor)

    guards.install(connection)

    assert guards.missing(connection) == set()
