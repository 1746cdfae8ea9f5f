import io
import sys

import pytest
from django.core.management import CommandError, call_command
from warcio.archiveiterator import ArchiveIterator

from articles.evidence import files, visiting
from articles.models import Snapshot
from tests.evidence.sources import cited
from tests.evidence.web import html

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("copies")]


@pytest.fixture
def visited(web):
    """Two sources with a copy each, cited by an article each."""
    web.pages |= {"/a": html("A page."), "/b": html("Another page.")}
    one, other = cited(web.url("/a")), cited(web.url("/b"), slug="other")
    for source in (one, other):
        visiting.look(source.uid)
    return one, other


def exported(capfdbinary, *arguments):
    call_command("export_evidence", *arguments)
    sys.stdout.flush()
    return [
        record.rec_headers.get_header("WARC-Target-URI")
        for record in ArchiveIterator(io.BytesIO(capfdbinary.readouterr().out))
    ][1:]


def test_all_copies_or_those_of_a_source_or_an_article(visited, web, capfdbinary):
    one, _other = visited

    assert exported(capfdbinary) == [web.url("/a"), web.url("/b")]
    assert exported(capfdbinary, one.uid) == [web.url("/a")]
    assert exported(capfdbinary, "--article", "other") == [web.url("/b")]


@pytest.mark.parametrize("arguments", [["nothing"], ["--article", "nothing"]])
def test_an_unknown_name_is_told_in_one_line(arguments):
    with pytest.raises(CommandError, match="nothing”"):
        call_command("export_evidence", *arguments)


def test_a_damaged_copy_is_told(visited):
    files.place(Snapshot.objects.first().body).write_bytes(b"")

    with pytest.raises(CommandError, match="does not match its hash"):
        call_command("export_evidence")
