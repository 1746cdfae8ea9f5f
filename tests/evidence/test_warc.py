import io
import subprocess
import sys
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from articles.evidence import keeping, visiting, warc
from articles.models import Snapshot
from tests.evidence.sources import cited
from tests.evidence.web import Page, html

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("copies")]


def written():
    stream = io.BytesIO()
    warc.write(Snapshot.objects.order_by("pk"), stream)
    return stream.getvalue()


def records(data):
    """Of each record: type, address, HTTP status, body."""
    return [
        (
            record.rec_type,
            record.rec_headers.get_header("WARC-Target-URI"),
            record.http_headers and record.http_headers.get_statuscode(),
            record.content_stream().read(),
        )
        for record in ArchiveIterator(io.BytesIO(data))
    ]


def test_answers_uploads_and_what_stayed_the_same_are_records(web):
    web.pages["/a"] = html("A page.", ETag='"1"')
    web.pages["/b"] = html("Another page.")
    for path in ("/a", "/b"):
        source = cited(web.url(path))
        for _time in range(2):
            visiting.look(source.uid, afresh=True)
    upload = keeping.keep_upload(
        source.uid, body=b"Typed by hand.", name="a.txt", editor="awa", note="The printed edition"
    )

    info, *others = records(written())

    assert info[0] == "warcinfo"
    assert others == [
        ("response", web.url("/a"), "200", web.pages["/a"].body),
        ("revisit", web.url("/a"), "304", b""),
        ("response", web.url("/b"), "200", web.pages["/b"].body),
        ("revisit", web.url("/b"), "200", b""),
        ("resource", f"urn:sha256:{upload.body}", None, b"Typed by hand."),
    ]


def test_a_packed_answer_is_stored_as_it_reads_and_says_how_it_came(web):
    import gzip

    words = html("A page.")
    web.pages["/a"] = Page(gzip.compress(words.body), headers={"Content-Encoding": "gzip"})
    visiting.look(cited(web.url("/a")).uid)

    _info, record = ArchiveIterator(io.BytesIO(written()))

    assert record.http_headers.get_header("Content-Encoding") is None
    assert record.http_headers.get_header("X-Archive-Orig-Content-Encoding") == "gzip"
    assert record.http_headers.get_header("Content-Length") == str(len(words.body))


def test_warcios_own_check_finds_no_fault(web, tmp_path):
    web.pages["/a"] = html("A page.")
    source = cited(web.url("/a"))
    for _time in range(2):
        visiting.look(source.uid, afresh=True)
    keeping.keep_upload(source.uid, body=b"Words.", name="a.txt", editor="awa", note="Print")
    path = tmp_path / "copies.warc.gz"
    path.write_bytes(written())

    checked = subprocess.run(
        [Path(sys.executable).with_name("warcio"), "check", "--verbose", path],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (checked.returncode, checked.stdout.count("digest pass")) == (0, 3)


def test_the_same_copies_give_the_same_names(web):
    web.pages["/a"] = html("A page.")
    visiting.look(cited(web.url("/a")).uid)

    def names():
        found = ArchiveIterator(io.BytesIO(written()))
        return [record.rec_headers.get_header("WARC-Record-ID") for record in found][1:]

    assert names() == names()
