"""A source's form filled in from what an editor pastes."""

import json
import re
from threading import Thread

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.admin.evidence import asking
from articles.models import Source, Watch
from tests.admin.forms import fields_of
from tests.evidence.web import Page, html
from tests.factories import SourceFactory, UserFactory
from tests.reading.markup import parse

ADDRESS = reverse("admin:articles_source_look_up")
ADD = reverse("admin:articles_source_add")
SHEET = Page(
    b"""<!doctype html><html lang="en"><head><title>A sheet</title>
<meta name="citation_title" content="Fact sheet &amp; notes of June">
<meta name="citation_author" content="Ba, Awa">
<meta name="citation_publication_date" content="2017/06/30">
<meta name="citation_issn" content="1234-5678"></head><body><p>The words.</p></body></html>"""
)
BUSY = "Another address is being looked up; try again in a moment."

pytestmark = pytest.mark.django_db


def paste(client, pasted, **more):
    return client.post(ADDRESS, {"pasted": pasted} | more, follow=True)


def pasting(answer):
    """The box on top of the form: what was typed, the error if any."""
    box = parse(answer.content.decode()).one("section", class_="look-up")
    errors = box.all("ul", class_="errorlist")
    return box.one("input", name="pasted")["value"], errors[0].text if errors else ""


def test_the_form_is_filled_in_and_says_where_each_field_was_found(client, web):
    web.pages["/sheet"] = SHEET

    answer = paste(client, web.url("/sheet?utm_source=x"))

    fields = fields_of(answer, "title")
    told = {"title": "Fact sheet & notes of June", "authors": "Ba, Awa", "issued": "2017-06-30"}
    told |= {
        "issn": "1234-5678",
        "url": web.url("/sheet"),
        "accessed": f"{timezone.now():%Y-%m-%d}",
    }
    assert {name: fields[name] for name in told} == told
    page = parse(answer.content.decode())
    assert page.one("div", id="id_title_helptext").text == "Found: citation_title."
    assert page.one("div", id="id_url_helptext").text == "Found: as pasted."
    assert not Source.objects.exists()

    assert client.post(answer.request["PATH_INFO"] + "?" + answer.request["QUERY_STRING"], fields)
    assert Source.objects.get().title == told["title"]


def test_what_few_works_have_is_in_sight_only_where_it_was_found(client, web):
    web.pages["/sheet"] = SHEET

    (rare,) = parse(paste(client, web.url("/sheet")).content.decode()).all("details")

    names = {node["name"] for node in rare.all("input") + rare.all("textarea")}
    assert names == {"editors", "place", "volume", "issue", "pages", "number", "note"}


@pytest.mark.parametrize(
    ("pasted", "error"),
    [
        ("", "Paste an address, a DOI, an ISBN or a UN document symbol."),
        ("what <b>is</b> this", "This is no address, DOI, ISBN or UN document symbol."),
        ("ISBN 9780306406158", "The check digit of this ISBN is wrong: compare it with the book."),
        (
            "javascript:alert(1)",
            "Only addresses that begin with http:// or https:// can be fetched.",
        ),
    ],
)
def test_what_names_no_work_is_said_at_the_box_and_what_was_typed_stays(client, pasted, error):
    assert pasting(paste(client, pasted)) == (pasted, error)


def test_a_page_that_is_not_there_is_said_at_the_box(client, web):
    typed, error = pasting(paste(client, web.url("/none")))

    assert typed == web.url("/none")
    assert "has no page at this address (404)" in error


def test_an_inside_address_is_refused_with_a_sentence(client, web):
    _typed, error = pasting(paste(client, "http://10.0.0.1/secret"))

    assert error
    assert web.asked == []


def test_a_second_question_is_turned_away_at_once(client, web):
    web.pages["/sheet"] = SHEET
    with asking.outside():
        turned_away = pasting(paste(client, web.url("/sheet")))

    assert turned_away == (web.url("/sheet"), BUSY)
    assert web.asked == []
    assert pasting(paste(client, web.url("/sheet")))[1] == ""


def test_a_question_that_fails_leaves_the_turn_to_the_next(client, web):
    for _time in range(2):
        assert "404" in pasting(paste(client, web.url("/none")))[1]


def test_nobody_waits_for_the_turn():
    said = []

    def ask():
        try:
            with asking.outside():
                said.append("asked")
        except asking.Busy as fault:
            said.append(str(fault))

    with asking.outside():
        other = Thread(target=ask)
        other.start()
        other.join(5)

    assert said == [BUSY]


def test_a_work_that_is_there_is_led_to_without_asking_anybody(client, web):
    there = SourceFactory(url=web.url("/sheet/"))

    answer = paste(client, web.url("/sheet?utm_source=x"))

    assert answer.redirect_chain[-1][0] == reverse("admin:articles_source_change", args=[there.pk])
    assert [str(said) for said in answer.context["messages"]] == [
        "This work is there already; here it is, and nothing was added."
    ]
    assert web.asked == []


def test_a_work_that_its_page_names_is_led_to(client, web):
    there = SourceFactory(doi="10.1234/ABC")
    web.pages["/sheet"] = Page(b'<title>A</title><meta name="citation_doi" content="10.1234/abc">x')

    answer = paste(client, web.url("/sheet"))

    assert answer.redirect_chain[-1][0] == reverse("admin:articles_source_change", args=[there.pk])


def test_in_the_pop_up_a_work_that_is_there_can_be_chosen(client, web):
    there = SourceFactory(title='The "sheet" <b>', url=web.url("/sheet"))

    answer = paste(client, web.url("/sheet"), _popup="1")

    assert "_popup=1" in answer.redirect_chain[-1][0]
    choose = parse(answer.content.decode()).one("a", class_="button")["href"]
    closing = client.get(choose)
    told = re.search(r'data-popup-response="([^"]*)"', closing.content.decode())[1]
    assert json.loads(told.replace("&quot;", '"').replace("&lt;", "<").replace("&gt;", ">")) == {
        "value": str(there.pk),
        "obj": there.title,
    }


def test_the_pop_up_stays_one_through_look_up_and_mistake(client, web):
    answer = paste(client, web.url("/none"), _popup="1")

    assert fields_of(answer, "title")["_popup"] == "1"
    assert "?_popup=1" in parse(answer.content.decode()).one("form", id="look-up")["action"]


def test_a_nearly_identical_title_is_asked_about(client, web):
    web.pages["/sheet"] = html("Words.", title="The wells of Ménaka, a report")
    alike = SourceFactory(title="The wells of Menaka: a report", issued="")
    SourceFactory(title="Another work")

    page = parse(paste(client, web.url("/sheet")).content.decode())

    (known,) = page.all("div", class_="known")
    assert known.one("p").text == "Is it this one?"
    assert [link["href"] for link in known.all("a")] == [
        reverse("admin:articles_source_change", args=[alike.pk])
    ]


def test_looking_up_needs_the_right_to_add_and_changes_nothing_by_get(client, web):
    looker = UserFactory(is_staff=True)
    looker.user_permissions.add(Permission.objects.get(codename="view_source"))
    other = Client()
    other.force_login(looker)

    assert other.post(ADDRESS, {"pasted": web.url("/sheet")}).status_code == 403
    assert client.get(ADDRESS, {"pasted": web.url("/sheet")})["Location"] == ADD
    guarded = Client(enforce_csrf_checks=True)
    guarded.force_login(looker)
    assert guarded.post(ADDRESS, {"pasted": web.url("/sheet")}).status_code == 403
    assert web.asked == []


def test_another_s_look_up_is_not_shown(client, web):
    web.pages["/sheet"] = SHEET
    answer = paste(client, web.url("/sheet"))
    stranger = Client()
    stranger.force_login(UserFactory(is_staff=True, is_superuser=True))

    shown = stranger.get(ADD + "?" + answer.request["QUERY_STRING"])

    assert fields_of(shown, "title")["title"] == ""


def test_only_the_latest_look_ups_are_remembered(client):
    for n in range(7):
        paste(client, f"nothing {n}")

    assert [told["pasted"] for told in client.session["looked_up"].values()] == [
        f"nothing {n}" for n in range(2, 7)
    ]


def test_a_work_typed_by_hand_that_is_there_is_stored_only_on_demand(client):
    there = SourceFactory(url="https://example.org/a")
    fields = fields_of(client.get(ADD), "title")
    fields |= {"title": "Again", "url": "https://example.org/a?utm_source=b"}

    refused = client.post(ADD, fields)

    assert Source.objects.count() == 1
    assert reverse("admin:articles_source_change", args=[there.pk]) in refused.content.decode()
    assert parse(refused.content.decode()).one("input", name="another")["type"] == "checkbox"
    choose = client.post(f"{ADD}?_popup=1", fields | {"_popup": "1"}).content.decode()
    assert reverse("admin:articles_source_choose", args=[there.pk]) in choose
    assert client.post(ADD, fields | {"another": "on"}).status_code == 302
    assert Source.objects.count() == 2


@pytest.mark.parametrize("url", ["http://[", "\0", "javascript:alert(1)", "x" * 3000])
def test_an_address_that_is_none_is_refused_at_its_field(client, url):
    fields = fields_of(client.get(ADD), "title") | {"title": "A", "url": url}

    answer = client.post(ADD, fields)

    assert list(answer.context["adminform"].form.errors) == ["url"]


def test_saving_waits_for_nobody(client, web):
    fields = fields_of(client.get(ADD), "title") | {"title": "A", "url": web.url("/sheet")}

    assert client.post(ADD, fields).status_code == 302
    assert web.asked == []
    assert not Watch.objects.exists()  # it is looked at once a sentence cites it
