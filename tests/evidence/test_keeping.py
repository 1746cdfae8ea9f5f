from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError

from articles.evidence import files, keeping
from articles.models import Snapshot
from tests.factories import SourceFactory

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Page:
    """An answer, as far as keeping reads it."""

    body: bytes = b"<p>The force left.</p>"
    address: str = "https://un.example/a"
    final_address: str = "https://un.example/b"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = (
        ("Content-Type", "text/html"),
        ("Set-Cookie", "who=1"),
        ("ETag", '"1"'),
    )
    media_type: str = "text/html"
    at: datetime = AT


@dataclass(frozen=True)
class Reading:
    text: str = "The force left."
    pages: int = 0
    media_type: str = "text/html"


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.SNAPSHOTS_DIR = tmp_path


def test_a_copy_keeps_bytes_text_and_how_they_came():
    source = SourceFactory()

    copy = keeping.keep(source.uid, Page(), Reading())

    assert files.body_of(copy) == b"<p>The force left.</p>"
    assert files.text_of(copy) == "The force left."
    copy.refresh_from_db()
    kept = (copy.kind, copy.address, copy.final_address, copy.status, copy.taken_at, copy.size)
    assert kept == ("fetched", "https://un.example/a", "https://un.example/b", 200, AT, 22)
    assert (copy.characters, copy.pages, copy.media_type) == (15, 0, "text/html")


def test_cookies_are_not_kept():
    copy = keeping.keep(SourceFactory().uid, Page(), Reading())

    assert copy.headers == '[["Content-Type","text/html"],["ETag","\\"1\\""]]'


def test_the_same_bytes_again_make_no_second_copy():
    source = SourceFactory()

    first = keeping.keep(source.uid, Page(), Reading())
    second = keeping.keep(source.uid, replace(Page(), final_address="https://un.example/c"), None)

    assert second == first
    assert Snapshot.objects.count() == 1


def test_bytes_that_come_back_make_a_third_copy():
    source = SourceFactory()

    for body in (b"one", b"two", b"one"):
        keeping.keep(source.uid, replace(Page(), body=body), Reading())

    assert Snapshot.objects.count() == 3


def test_another_source_has_its_own_copy_of_the_same_bytes(settings):
    one, other = (keeping.keep(SourceFactory().uid, Page(), Reading()) for _ in range(2))

    assert one != other
    assert one.body == other.body


def test_a_copy_that_could_not_be_read_then_is_kept_again_once_it_can():
    source = SourceFactory()

    unread = keeping.keep(source.uid, Page(), None)
    read = keeping.keep(source.uid, Page(), Reading())

    assert (unread.text, unread.characters) == ("", 0)
    assert read != unread


def test_signs_that_no_database_stores_do_not_shift_the_others():
    copy = keeping.keep(SourceFactory().uid, Page(), Reading(text="a\0b\ud800c"))

    assert files.text_of(copy) == "a\ufffdb?c"
    assert copy.characters == 5


def test_an_archived_copy_tells_when_the_archive_took_it():
    copy = keeping.keep_archived(SourceFactory().uid, Page(), Reading(), AT)

    assert (copy.kind, copy.archived_at) == ("archived", AT)


def test_an_upload_tells_who_has_it_from_where():
    copy = keeping.keep_upload(
        SourceFactory().uid,
        body=b"scanned",
        name="scan.pdf",
        editor="awa",
        note=" Pages 12 to 14 of the printed edition ",
        document=Reading(text="One\fTwo", pages=2, media_type="application/pdf"),
    )

    said = (copy.kind, copy.editor, copy.note, copy.address, copy.pages, copy.media_type)
    assert said == (
        "uploaded",
        "awa",
        "Pages 12 to 14 of the printed edition",
        "",
        2,
        "application/pdf",
    )


def test_an_upload_without_a_word_on_where_it_comes_from_is_refused():
    with pytest.raises(ValidationError, match="Say where the copy comes from"):
        keeping.keep_upload(
            SourceFactory().uid, body=b"x", name="x.txt", editor="awa", note=" ", document=Reading()
        )
