"""Readers' reports in the admin."""

import pytest
from django.urls import reverse

from articles import reporting
from articles.models import Report
from tests.factories import article, claim_of

TEXT = "It had <b>14,000</b> by then."


@pytest.fixture
def claim(db):
    return claim_of(article(), "15,209")


@pytest.fixture
def report(claim):
    given = Report(claim_uid=claim.uid, revision=1, read=claim.text, text=TEXT)
    return reporting.report(given, address="192.0.2.7")


def change(report) -> str:
    return reverse("admin:articles_report_change", args=[report.pk])


def test_open_reports_are_listed(client, report):
    address = reverse("admin:articles_report_changelist")

    shown = client.get(address, {"state__exact": "open"}).text

    assert "It had &lt;b&gt;14,000&lt;/b&gt; by then." in shown
    assert "<b>14,000" not in shown


def test_a_report_is_read_and_closed_with_a_note(client, editor, report, claim):
    root = parse_main(client.get(change(report)).text)
    assert claim.text in root
    assert 'name="text"' not in root

    answer = client.post(change(report), {"state": "answered", "answer": "Corrected."})

    assert answer.status_code == 302
    report.refresh_from_db()
    assert (report.state, report.answer, report.closed_by) == ("answered", "Corrected.", editor)
    assert (report.text, report.read) == (TEXT, claim.text)


def parse_main(html: str) -> str:
    return html[html.index('id="content"') :]


def test_reports_are_neither_added_nor_deleted(client, report):
    assert client.get(reverse("admin:articles_report_add")).status_code == 403
    assert client.post(reverse("admin:articles_report_delete", args=[report.pk])).status_code == 403


@pytest.mark.parametrize("page", ["form", "desk"])
def test_the_claims_form_and_the_desk_say_what_a_reader_reports(client, report, claim, page):
    address = (
        reverse("admin:articles_claim_change", args=[claim.pk])
        if page == "form"
        else reverse("admin:articles_article_desk", args=[claim.article_id]) + f"?claim={claim.uid}"
    )

    shown = client.get(address).text
    assert "A reader reports:" in shown
    assert "<b>14,000" not in shown

    reporting.close(report, state="dismissed", answer="", by=None)
    assert "A reader reports:" not in client.get(address).text
