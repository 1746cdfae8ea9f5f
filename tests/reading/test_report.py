"""A reader reports an error in a sentence."""

from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client

from articles import publishing
from articles.models import Report
from articles.reading import report as page_of_report
from tests.factories import article, claim_of
from tests.reading.markup import Node, parse

pytestmark = pytest.mark.django_db

TEXT = "It had <b>14,000</b> by then."


@pytest.fixture
def claim():
    made = article()
    publishing.publish(made, by=None)
    return claim_of(made, "15,209")


@pytest.fixture
def stranger():
    """A browser whose forms need their token, as outside of tests."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def patient(monkeypatch):
    """Somebody who took their time over the form."""
    sign = page_of_report.SIGNER.sign

    def earlier(value):
        now = signing.time.time
        with monkeypatch.context() as patch:
            patch.setattr(signing.time, "time", lambda: now() - 60)
            return sign(value)

    monkeypatch.setattr(page_of_report.SIGNER, "sign", earlier)


def address(claim) -> str:
    return f"/claims/{claim.uid}/report/"


def fields(stranger, claim) -> dict[str, str]:
    """What the form holds as it is loaded."""
    root = parse(stranger.get(address(claim)).text).one("form", class_="report")
    return {node["name"]: node.attributes.get("value", "") for node in root.all("input")}


def send(stranger, claim, **typed: str):
    return stranger.post(address(claim), fields(stranger, claim) | {"text": TEXT} | typed)


def wrong(answer) -> str:
    return parse(answer.text).one("div", class_="refused").text


def test_the_form_shows_the_sentence_and_only_reads(reader, claim):
    answer = reader.get(address(claim))

    assert (answer.status_code, "no-store" in answer["Cache-Control"]) == (200, True)
    root = parse(answer.text)
    assert root.one("blockquote").text == f"“{claim.text}”"
    assert root.one("meta", name="robots")["content"] == "noindex"


def test_a_report_reaches_the_editors_with_the_words_that_were_read(stranger, claim, patient):
    answer = send(stranger, claim, source="p. 3", contact="awa@example.org")

    assert (answer.status_code, answer["Location"]) == (303, f"{address(claim)}thanks/")
    assert "Thank you" in stranger.get(answer["Location"]).text
    kept = Report.objects.get()
    assert (kept.claim_uid, kept.revision, kept.read) == (claim.uid, 1, claim.text)
    assert (kept.text, kept.source, kept.contact) == (TEXT, "p. 3", "awa@example.org")


def test_readers_never_see_a_report(stranger, reader, claim, patient):
    send(stranger, claim, contact="awa@example.org")

    for path in (f"/claims/{claim.uid}/", "/articles/two-sections/", f"{address(claim)}thanks/"):
        shown = reader.get(path).text
        assert "14,000" not in shown
        assert "awa@" not in shown


def test_what_a_machine_fills_in_is_thanked_for_and_dropped(stranger, claim, patient):
    answer = send(stranger, claim, website="https://example.com")

    assert (answer.status_code, Report.objects.count()) == (303, 0)


def test_a_form_that_comes_back_at_once_is_asked_for_again_with_its_text(stranger, claim):
    answer = send(stranger, claim)

    assert answer.status_code == 400
    assert "That was quick" in wrong(answer)
    assert parse(answer.text).one("textarea").text == TEXT
    assert not Report.objects.exists()


@pytest.mark.parametrize("stamp", ["", "forged", "other:1:1abc:forged"])
def test_a_form_without_a_true_stamp_is_asked_for_again(stranger, claim, stamp):
    answer = send(stranger, claim, stamp=stamp)

    assert (answer.status_code, "for a long time" in wrong(answer)) == (400, True)


@pytest.mark.parametrize(
    ("field", "value"),
    [("text", ""), ("text", "x" * 2001), ("source", "x" * 501), ("contact", "x" * 201)],
)
def test_too_little_or_too_much_is_said_at_the_field(stranger, claim, patient, field, value):
    answer = send(stranger, claim, **{field: value})

    assert answer.status_code == 400
    root = parse(answer.text)
    assert root.one("span", id=f"id_{field}_error").text
    assert root.one(id=f"id_{field}")["aria-invalid"] == "true"


def test_too_many_reports_are_told_to_wait_and_lose_nothing(stranger, claim, patient):
    for _place in range(5):
        send(stranger, claim)

    answer = send(stranger, claim)

    assert (answer.status_code, answer["Retry-After"]) == (429, "3600")
    assert "So many reports" in wrong(answer)
    assert parse(answer.text).one("textarea").text == TEXT
    assert Report.objects.count() == 5


def test_a_form_of_another_site_is_refused_in_the_sites_style(stranger, claim, patient):
    values = fields(stranger, claim) | {"text": TEXT, "csrfmiddlewaretoken": "x" * 32}

    answer = stranger.post(address(claim), values)

    assert (answer.status_code, Report.objects.count()) == (403, 0)
    assert parse(answer.text).one("h1").text == "Not sent"


def test_a_sentence_that_readers_never_saw_takes_no_report(stranger):
    draft = claim_of(article(), "15,209")

    assert stranger.get(address(draft)).status_code == 404


def test_a_withdrawn_articles_sentences_take_no_reports(stranger, claim):
    publishing.withdraw(claim.article, by=None, reason="Wrong throughout.")

    assert stranger.get(address(claim)).status_code == 410


def test_other_methods_are_not_allowed(claim):
    answer = Client().put(address(claim))

    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, POST")


def test_card_and_sentence_lead_to_the_form(reader, claim):
    root: Node = parse(reader.get(f"/claims/{claim.uid}/").text)

    assert [a.text for a in root.all("a", href=address(claim))] == ["Report an error"]


def test_behind_a_proxy_the_reader_is_whom_it_names(rf, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    request = rf.get("/", headers={"X-Forwarded-For": "203.0.113.9, 192.0.2.1"})

    assert page_of_report.address(request) == "192.0.2.1"
    assert page_of_report.address(rf.get("/")) == "127.0.0.1"


def test_a_stamp_lasts_a_day():
    assert timedelta(seconds=page_of_report.LATEST) == timedelta(days=1)
