"""From what is pasted to a source's fields, asked of a small web on 127.0.0.1."""

import json
from datetime import date

import pytest

from articles.evidence.documents import Unreadable
from articles.evidence.fetch import Unfetched
from articles.evidence.lookup import look_up
from articles.models import Outcome
from tests.evidence.documents.pdfs import pdf, written
from tests.evidence.web import Page, html, redirect

pytestmark = pytest.mark.django_db

PDF = {"Content-Type": "application/pdf"}
CSL_JSON = {"Content-Type": "application/vnd.citationstyles.csl+json"}


@pytest.fixture(autouse=True)
def registers(settings, web):
    """The web on 127.0.0.1 is every register as well, and nobody waits for a turn."""
    settings.DOI_RESOLVER = web.url("/doi/")
    settings.ISBN_SERVICE = web.url("/books/")
    settings.UN_DOCUMENTS = web.url("/un/")
    settings.FETCH_DELAY = 0


def today(found) -> str:
    return found.answer.at.date().isoformat()


def test_a_page_tells_of_itself(web):
    web.pages["/a"] = html("Words.", title="Strength of the mission")

    found = look_up(web.url("/a?utm_source=x#top") + " ")

    assert web.asked == ["/robots.txt", "/a"]
    assert found.fields == {
        "type": "webpage",
        "title": "Strength of the mission",
        "language": "en",
        "url": web.url("/a"),
        "accessed": today(found),
    }
    assert date.fromisoformat(found.fields["accessed"])
    assert found.origins["title"] == "<title>"
    assert (found.identifier.kind, found.document.text, found.remarks) == ("url", "Words.", ())


def test_an_address_that_moved_for_good_is_replaced(web):
    web.pages |= {"/old": redirect("/new", 301), "/new": html("Words."), "/now": redirect("/new")}

    assert look_up(web.url("/old")).fields["url"] == web.url("/new")
    assert look_up(web.url("/now")).fields["url"] == web.url("/now")


def test_the_pages_own_address_counts_but_not_that_of_a_page_led_to_for_now(web):
    page = Page(b"<link rel=canonical href=/b><title>Strength</title>")
    web.pages |= {"/b?print=1": page, "/a": redirect("/b?print=1")}

    assert look_up(web.url("/b?print=1")).fields["url"] == web.url("/b")
    assert look_up(web.url("/a")).fields["url"] == web.url("/a")


def test_a_scan_says_that_no_quote_can_be_found_in_it(web):
    web.pages["/scan"] = Page(written([b""], {"Title": "A scan of a report"}), headers=PDF)

    found = look_up(web.url("/scan"))

    assert (found.document.text, found.document.pages) == ("", 1)
    assert found.fields["title"] == "A scan of a report"
    assert found.remarks == (
        "The document holds no text, as scans do: quotes cannot be looked for in it.",
    )


def test_a_page_that_is_not_there_or_holds_no_text_raises(web):
    web.pages["/binary"] = Page(bytes(range(256)), headers={"Content-Type": "x/y"})

    with pytest.raises(Unfetched) as gone:
        look_up(web.url("/absent"))
    with pytest.raises(Unreadable, match="holds no text"):
        look_up(web.url("/binary"))

    assert gone.value.outcome == Outcome.NOT_FOUND


@pytest.mark.parametrize(
    ("pasted", "why"),
    [
        ("", "Paste an address"),
        ("not an address", "This is no address"),
        ("ftp://example.org/", "Only addresses that begin with"),
        ("http://", "names no site"),
        ("978-0-306-40615-8", "check digit"),
        ("x" * 3000, "too long"),
    ],
)
def test_what_names_no_work_raises(pasted, why):
    with pytest.raises(ValueError, match=why):
        look_up(pasted)


def crossref(web, **values) -> dict:
    return {
        "type": "journal-article",
        "title": "Strength of the mission",
        "author": [{"family": "Diallo", "given": "A."}],
        "issued": {"date-parts": [[2018, 3, 2]]},
        "container-title": "Example Review",
        "URL": web.url("/landing"),
        "DOI": "10.1000/182",
    } | values


def test_a_doi_is_described_by_its_registry_and_its_page_kept(web):
    web.pages["/doi/10.1000/182"] = Page(json.dumps(crossref(web)).encode(), headers=CSL_JSON)
    web.pages["/landing"] = html("An abstract.", title="Not this title")

    found = look_up("https://doi.org/10.1000/182")

    assert found.fields == {
        "type": "article-journal",
        "title": "Strength of the mission",
        "authors": "Diallo, A.",
        "issued": "2018-03-02",
        "container_title": "Example Review",
        "url": web.url("/landing"),
        "doi": "10.1000/182",
        "language": "en",
        "accessed": today(found),
    }
    assert "csl+json" in web.requests[0]["Accept"]
    assert (found.origins["title"], found.origins["language"]) == (
        "the DOI's registry",
        "<html lang>",
    )
    assert found.document.text == "An abstract."


def test_a_doi_whose_page_is_closed_is_still_described(web):
    web.pages["/doi/10.1000/182"] = Page(json.dumps(crossref(web)).encode(), headers=CSL_JSON)
    web.pages["/landing"] = Page(status=403)

    found = look_up("10.1000/182")

    assert found.fields["title"] == "Strength of the mission"
    assert (found.answer, found.document) == (None, None)
    assert found.remarks == (
        "“127.0.0.1” does not let us read this page (403); upload a copy instead.",
    )


def test_values_of_a_registry_fit_their_fields(web):
    told = crossref(web, title="word " * 200, volume="v" * 51, URL="")
    web.pages["/doi/10.1000/182"] = Page(json.dumps(told).encode(), headers=CSL_JSON)

    found = look_up("10.1000/182")

    assert len(found.fields["title"]) <= 500
    assert "volume" not in found.fields
    assert found.fields["url"] == web.url("/doi/10.1000/182")


@pytest.mark.parametrize(
    "answer",
    [
        Page(b"{", headers=CSL_JSON),
        Page(b"[" * 100_000, headers=CSL_JSON),
        Page(b"[]", headers=CSL_JSON),
        Page(b'{"type": "book"}', headers=CSL_JSON),
        html("A landing page."),
    ],
)
def test_a_registry_that_describes_nothing_says_what_to_do(web, answer):
    web.pages["/doi/10.1000/182"] = answer

    with pytest.raises(Unfetched, match="paste the address of its page"):
        look_up("10.1000/182")


def test_a_doi_that_nobody_registered_says_so(web):
    with pytest.raises(Unfetched, match="No work is registered under this DOI"):
        look_up("10.1000/182")


BOOKS = "/books/api/books?bibkeys=ISBN%3A9780306406157&format=json&jscmd=data"


def test_an_isbn_is_described_by_the_register_of_books(web):
    told = {
        "title": "Strength",
        "subtitle": "A history",
        "authors": [{"name": "Ousmane Diallo", "url": "x"}, {"name": "Example Institute"}],
        "publishers": [{"name": "Example Press"}],
        "publish_places": [{"name": "Bamako"}],
        "publish_date": "March 2018",
    }
    web.pages[BOOKS] = Page(
        json.dumps({"ISBN:9780306406157": told}).encode(),
        headers={"Content-Type": "application/json"},
    )

    found = look_up("0-306-40615-2")

    assert found.fields == {
        "type": "book",
        "title": "Strength: A history",
        "authors": "Diallo, Ousmane\n{Example Institute}",
        "publisher": "Example Press",
        "place": "Bamako",
        "issued": "2018-03",
        "isbn": "9780306406157",
    }
    assert (found.answer, set(found.origins.values())) == (None, {"the register of books"})


def test_an_unknown_isbn_says_what_to_do(web):
    web.pages[BOOKS] = Page(b"{}", headers={"Content-Type": "application/json"})

    with pytest.raises(Unfetched, match="enter it by hand"):
        look_up("9780306406157")


def test_a_un_symbol_tells_most_and_the_document_its_day(web):
    page = ["United Nations S/RES/2690 (2023)", "Security Council", "Distr.: General"]
    web.pages["/un/en/S/RES/2690(2023)"] = Page(pdf([[*page, "30 June 2023"]]), headers=PDF)

    found = look_up("S/RES/2690 (2023)")

    assert found.fields == {
        "type": "legislation",
        "title": "Security Council resolution 2690 (2023)",
        "authors": "{UN Security Council}",
        "publisher": "United Nations",
        "number": "S/RES/2690 (2023)",
        "issued": "2023-06-30",
        "language": "en",
        "url": web.url("/un/en/S/RES/2690(2023)"),
        "accessed": today(found),
    }
    assert found.document.pages == 1


def test_a_un_report_gets_its_title_from_the_document(web):
    page = ["United Nations S/2023/36", "Distr.: General", "6 January 2023", "Situation in Mali"]
    web.pages["/un/en/S/2023/36"] = Page(
        pdf([[*page, "Report of the Secretary-General"]]), headers=PDF
    )

    found = look_up("https://undocs.org/S/2023/36")

    assert found.fields["title"] == "Situation in Mali: Report of the Secretary-General"
    assert found.fields["authors"] == "{UN Secretary-General}"


def test_a_un_document_that_cannot_be_had_is_a_remark(web):
    found = look_up("S/2023/36")

    assert found.fields["title"] == "Security Council document S/2023/36"
    assert found.remarks == (
        "“127.0.0.1” has no page at this address (404); look for where it is now.",
    )
