"""An archive that speaks RFC 7089, on the test's own web."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from articles.evidence import archives, files, watching
from articles.evidence.fetch import Unfetched
from tests.evidence.sources import cited
from tests.evidence.web import Page, html, redirect

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("copies")]

URL = "https://un.example/facts?year=2017"
JUNE = datetime(2017, 6, 30, 12, tzinfo=UTC)


def memento(words, taken, original=URL):
    links = f'<{original}>; rel="original", <https://archive.example/tm>; rel=timemap'
    return html(words, **{"Memento-Datetime": taken, "Link": links})


@pytest.fixture
def archive(web, settings):
    """Two mementos of the page; its TimeGate leads to the one asked for."""
    settings.MEMENTO_TIMEGATE = web.url("/timegate/")
    web.pages |= {
        f"/timegate/{URL}": lambda visitor: visitor.answer(
            redirect("/2017" if "2017" in visitor.headers["Accept-Datetime"] else "/2020")
        ),
        "/2017": memento("It had 15,209 members.", "Fri, 30 Jun 2017 09:00:00 GMT"),
        "/2020": memento("It had 13,289 members.", "Tue, 30 Jun 2020 09:00:00 GMT"),
    }
    return web


def test_the_copy_closest_to_a_moment_is_found(archive):
    found = archives.find(URL, JUNE)

    assert found.address == archive.url("/2017")
    assert found.archived_at == datetime(2017, 6, 30, 9, tzinfo=UTC)
    assert archive.requests[0]["Accept-Datetime"] == "Fri, 30 Jun 2017 12:00:00 GMT"


def test_the_moment_is_asked_for_in_gmt(archive):
    archives.find(URL, datetime.fromisoformat("2017-06-30T14:00:00+02:00"))

    assert archive.requests[0]["Accept-Datetime"] == "Fri, 30 Jun 2017 12:00:00 GMT"


def test_an_archived_copy_is_kept_and_its_quotes_are_due(archive):
    source = cited(URL)
    watching.leave([source.uid])

    copy = archives.take(source.uid, URL, JUNE)

    assert (copy.kind, copy.final_address) == ("archived", archive.url("/2017"))
    assert copy.archived_at == datetime(2017, 6, 30, 9, tzinfo=UTC)
    assert "15,209" in files.text_of(copy)
    assert watching.due(timezone.now()) == [source.uid]


def test_nobody_is_asked_where_no_archive_is_named(archive, settings):
    settings.MEMENTO_TIMEGATE = ""

    assert archives.find(URL, JUNE) is None
    assert archive.asked == []


def test_a_page_that_the_archive_does_not_hold_is_none(archive):
    assert archives.find("https://un.example/other", JUNE) is None


@pytest.mark.parametrize(
    "answer",
    [
        html("A page on the archive itself."),
        html("Undated.", **{"Memento-Datetime": "long ago"}),
        memento("Another page.", "Fri, 30 Jun 2017 09:00:00 GMT", "https://un.example/other"),
    ],
)
def test_what_does_not_say_when_it_was_taken_or_is_of_another_page_does_not_count(archive, answer):
    archive.pages["/2017"] = answer

    assert archives.find(URL, JUNE) is None


def test_an_archive_that_fails_says_why(archive):
    archive.pages["/2017"] = Page(status=500)

    with pytest.raises(Unfetched):
        archives.find(URL, JUNE)
