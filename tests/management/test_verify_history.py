"""What the command says of a history that holds, and of one that does not."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from articles import publishing
from articles.evidence import files, keeping
from articles.history import guards
from articles.models import Publication
from tests.evidence.sources import cited
from tests.factories import article

pytestmark = pytest.mark.django_db


@pytest.fixture
def published():
    made = article()
    publishing.publish(made, by=None)
    return made


def test_a_history_that_holds_is_counted_with_the_head_to_note(published, capsys):
    call_command("verify_history")

    said = capsys.readouterr().out
    assert "1 article(s), 1 revision(s)" in said
    assert said.strip().endswith(f"Head of the log: {Publication.objects.get().hash}")


def test_each_fault_is_a_line_and_the_command_fails(published, capsys):
    guards.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_publication SET note = 'slipped in'")

    with pytest.raises(CommandError, match=r"1 finding\(s\): the history does not hold"):
        call_command("verify_history")

    said = capsys.readouterr().err.splitlines()
    assert "publication 1: its hash does not match what it says" in said
    assert [line.split(":")[0] for line in said].count("Warning") == len(said) - 1


def test_json_holds_the_whole_report(published, capsys):
    call_command("verify_history", "two-sections", "--json")

    report = json.loads(capsys.readouterr().out)
    assert (report["findings"], report["articles"], report["publications"]) == ([], 1, 1)
    assert report["head"] == Publication.objects.get().hash


def test_evidence_is_counted_and_its_faults_are_faults(published, copies, capsys):
    source = cited(slug="two-sections")
    keeping.keep_upload(source.uid, body=b"Words.", name="a.txt", editor="awa", note="Print")
    copy = keeping.keep_upload(source.uid, body=b"Moor.", name="b.txt", editor="awa", note="Print")

    call_command("verify_history", "two-sections", "--json")
    report = json.loads(capsys.readouterr().out)
    assert (report["snapshots"], report["visits"], report["checks"]) == (2, 0, 0)

    files.place(copy.body).write_bytes(b"Room.")
    call_command("verify_history")
    with pytest.raises(CommandError, match=r"1 finding\(s\)"):
        call_command("verify_history", "--files")


def test_a_noted_head_is_looked_for(published):
    noted = Publication.objects.get().hash
    publishing.publish(published, by=None, note="Again.")

    call_command("verify_history", since=noted)
    with pytest.raises(CommandError):
        call_command("verify_history", since="f" * 64)


def test_an_unknown_article_is_told_in_one_line():
    with pytest.raises(CommandError, match="No article has the slug “nothing”"):
        call_command("verify_history", "nothing")
