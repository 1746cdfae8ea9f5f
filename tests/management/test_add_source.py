"""The command that makes a source of an address."""

import hashlib
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles.evidence.files import body_of, text_of
from articles.models import Snapshot, Source
from tests.evidence.documents.pdfs import pdf, written
from tests.evidence.web import Page, bomb, html
from tests.factories import SourceFactory

pytestmark = pytest.mark.django_db

PDF = {"Content-Type": "application/pdf"}
ARTICLE = b"""<!doctype html><html lang="en"><head><title>Strength | Example Review</title>
<meta name="citation_title" content="Strength"><meta name="citation_author" content="Diallo, A.">
<meta name="citation_date" content="2018/03"><meta name="citation_journal_title"
content="Example Review"></head><body><p>It had 15,209 members.</p></body></html>"""


@pytest.fixture(autouse=True)
def at_once(settings):
    settings.FETCH_DELAY = 0


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("add_source", *arguments, stdout=out)
    return out.getvalue()


def told(*arguments: str) -> dict:
    return json.loads(run(*arguments, "--json"))


def test_a_page_becomes_a_source_with_a_copy(web):
    web.pages["/a"] = Page(ARTICLE)

    said = told(web.url("/a"))

    source, snapshot = Source.objects.get(), Snapshot.objects.get()
    assert said == {
        "uid": source.uid,
        "created": True,
        "csl": {
            "id": source.uid,
            "type": "article-journal",
            "title": "Strength",
            "author": [{"family": "Diallo", "given": "A."}],
            "issued": {"date-parts": [[2018, 3]]},
            "container-title": "Example Review",
            "URL": web.url("/a"),
            "language": "en",
            "accessed": {"date-parts": [[*snapshot.taken_at.timetuple()[:3]]]},
        },
        "snapshot": {
            "uid": snapshot.uid,
            "sha256": hashlib.sha256(ARTICLE).hexdigest(),
            "taken_at": said["snapshot"]["taken_at"],
            "final_address": web.url("/a"),
            "media_type": "text/html",
            "size": len(ARTICLE),
            "characters": 22,
            "pages": 0,
        },
    }
    assert (snapshot.source_id, body_of(snapshot)) == (source.uid, ARTICLE)
    assert text_of(snapshot) == "It had 15,209 members."


def test_the_same_work_is_stored_once_and_stays_as_editors_left_it(web):
    web.pages["/a"] = Page(ARTICLE)
    first = told(web.url("/a"))
    Source.objects.update(title="Strength, corrected")

    again = told(web.url("/a?utm_source=x#top"))

    assert (again["uid"], again["created"]) == (first["uid"], False)
    assert again["csl"]["title"] == "Strength, corrected"
    assert again["snapshot"] == first["snapshot"]
    assert (Source.objects.count(), Snapshot.objects.count()) == (1, 1)


def test_a_page_that_changed_is_kept_beside_its_former_copy(web):
    web.pages["/a"] = Page(ARTICLE)
    first = told(web.url("/a"))
    web.pages["/a"] = Page(ARTICLE.replace(b"15,209", b"15,290"))

    again = told(web.url("/a"))

    assert again["uid"] == first["uid"]
    assert again["snapshot"]["sha256"] != first["snapshot"]["sha256"]
    assert Snapshot.objects.filter(source_id=first["uid"]).count() == 2


def test_a_source_that_an_editor_made_is_found(web):
    web.pages["/a"] = Page(ARTICLE)
    source = SourceFactory(url=web.url("/a/"))

    assert told(web.url("/a"))["uid"] == source.uid


def test_words_for_people_say_the_same(web):
    web.pages["/a"] = Page(ARTICLE)

    said = run(web.url("/a")).splitlines()

    assert said == [
        f"Strength ({Source.objects.get().uid})",
        "Added.",
        f"Copy: text/html, {len(ARTICLE)} bytes, 22 characters, "
        f"SHA-256 {hashlib.sha256(ARTICLE).hexdigest()}",
    ]
    assert "It was there already, and stays as it is." in run(web.url("/a"))


def test_a_pdf_has_pages(web):
    page = pdf([["One"], ["Two"]], {"Title": "A long report"})
    web.pages["/a.pdf"] = Page(page, headers=PDF)

    assert told(web.url("/a.pdf"))["snapshot"]["pages"] == 2


def test_a_scan_is_kept_without_text(web):
    web.pages["/scan"] = Page(written([b""], {"Title": "A scan of a report"}), headers=PDF)

    said = run(web.url("/scan"))

    assert "quotes cannot be looked for in it" in said
    assert Snapshot.objects.get().text == ""


def test_what_cannot_be_fetched_beside_its_symbol_is_a_source_without_copy(web, settings):
    settings.UN_DOCUMENTS = web.url("/")

    said = told("S/RES/2690 (2023)")

    assert (said["created"], said["snapshot"]) == (True, None)
    assert said["csl"]["title"] == "Security Council resolution 2690 (2023)"
    assert "No copy was kept." in run("S/RES/2690 (2023)")


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Page(b"", 404), "has no page at this address"),
        (Page(bytes(range(256)) * 9, headers={"Content-Type": "x/y"}), "holds no text"),
        (Page(b"%PDF-1.7\nnothing", headers=PDF), "damaged"),
        (Page(b"<p>Words without a title"), "No title was found"),
        (bomb(), "larger than what is fetched"),
    ],
)
def test_an_error_is_one_line_and_stores_nothing(web, answer, why):
    web.pages["/a"] = answer

    with pytest.raises(CommandError, match=why) as error:
        run(web.url("/a"))

    assert str(error.value).startswith(web.url("/a") + ": ")
    assert "\n" not in str(error.value)
    assert not Source.objects.exists()
    assert not Snapshot.objects.exists()


@pytest.mark.parametrize(
    "pasted", ["not an\naddress", "http://", "http://10.0.0.1/", "http://user:x@example.org/"]
)
def test_what_may_not_be_asked_for_is_refused_in_one_line(pasted):
    with pytest.raises(CommandError) as error:
        run(pasted)

    assert len(str(error.value).splitlines()) == 1


def test_an_unread_page_leaves_a_known_source_as_it_was(web):
    web.pages["/a"] = html("Words.")
    told(web.url("/a"))
    web.pages["/a"] = Page(b"", 410)

    with pytest.raises(CommandError, match="removed this page"):
        run(web.url("/a"))

    assert Snapshot.objects.count() == 1
