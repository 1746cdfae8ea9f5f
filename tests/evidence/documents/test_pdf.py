"""PDFs: text and fields, read as the child does."""

import pytest

from articles.evidence.documents import child
from tests.evidence.documents.pdfs import locked, pdf, written


def told(body: bytes):
    return child.answer(body, media_type="application/pdf", charset="", address="")


def test_pages_are_divided_by_form_feeds():
    found = told(pdf([["In June 2017 the force", "counted 15,209 members."], [], ["“Étés” (2)"]]))

    assert found["text"] == "In June 2017 the force\ncounted 15,209 members.\f\f“Étés” (2)"
    assert (found["pages"], found["media_type"]) == (3, "application/pdf")


def test_metadata_that_people_wrote_is_taken():
    about = {
        "Title": "Strength of the mission – 2017",
        "Author": "Ousmane Diallo; Jane Doe",
        "CreationDate": "D:20180302101500+01'00'",
    }
    found = told(pdf([[(20, "Some large words"), "doi: 10.1000/182."]], about))

    assert found["fields"] == {
        "type": "document",
        "title": "Strength of the mission – 2017",
        "authors": "Diallo, Ousmane\nDoe, Jane",
        "issued": "2018-03-02",
        "doi": "10.1000/182",
    }
    assert found["origins"]["title"] == "PDF Title"


def test_without_a_title_the_largest_words_on_the_first_page_are_one():
    for title in ("Microsoft Word - report final.docx", "N2319027", "untitled", ""):
        page = ["Example Institute", (24, "Strength of"), (24, " the mission"), "The force had."]
        found = told(pdf([page, [(40, "Not these words")]], {"Title": title, "Author": "user1"}))

        assert found["fields"] == {"type": "document", "title": "Strength of the mission"}
        assert found["origins"]["title"] == "largest words on page 1"


def test_text_of_one_size_has_no_title():
    assert told(pdf([["One line here", "Another line"]]))["fields"] == {"type": "document"}


def test_a_un_resolution_names_itself_on_its_first_page():
    page = ["United Nations S/RES/2690 (2023)", (20, "Security Council"), "Distr.: General"]
    found = told(pdf([[*page, "30 June 2023", "Recalling S/RES/2100 (2013) of 25 April 2013"]]))

    assert found["fields"] == {
        "type": "legislation",
        "title": "Security Council resolution 2690 (2023)",
        "authors": "{UN Security Council}",
        "publisher": "United Nations",
        "number": "S/RES/2690 (2023)",
        "issued": "2023-06-30",
        "language": "en",
    }


def test_a_un_report_is_headed_by_what_it_is_about():
    page = ["United Nations S/2023/36", (20, "Security Council"), "Distr.: General"]
    head = ["6 January 2023", "Original: English", "Situation in Mali"]
    found = told(pdf([[*page, *head, "Report of the Secretary-General", "I. Introduction"]]))

    assert found["fields"]["title"] == "Situation in Mali: Report of the Secretary-General"
    assert found["fields"]["authors"] == "{UN Secretary-General}"
    assert found["fields"]["issued"] == "2023-01-06"


@pytest.mark.parametrize("cipher", ["RC4-128", "AES-128", "AES-256"])
def test_a_pdf_that_is_locked_against_changes_only_is_read(cipher):
    assert told(locked(pdf([["Words"]]), password="", cipher=cipher))["text"] == "Words"


def test_a_pdf_that_wants_a_password_says_so():
    assert told(locked(pdf([["Words"]]), password="x")) == {"unreadable": "encrypted"}


def test_a_pdf_of_pictures_has_pages_and_no_text():
    found = told(written([b"", b""], {"Title": "A scan of a report"}))

    assert (found["text"], found["pages"]) == ("", 2)
    assert found["fields"]["title"] == "A scan of a report"


def test_one_damaged_page_leaves_the_others():
    assert told(written([b"BT /F9 11 Tf (", b"BT /F1 11 Tf (Words) Tj ET"]))["text"] == "\fWords"


def test_damaged_files_say_so():
    whole = pdf([["Words"]])

    for damaged in (
        b"%PDF-1.7\n",
        whole[:200],
        b"%PDF-1.7\n" + b"1 0 obj << /Kids [1 0 R] >> endobj\n" * 5000,
    ):
        assert told(damaged) == {"unreadable": "broken"}


def test_a_tree_of_pages_that_bites_its_tail_is_damaged():
    looping = pdf([["Words"]]).replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]")

    assert told(looping) in ({"unreadable": "broken"}, {"unreadable": "nested"})
