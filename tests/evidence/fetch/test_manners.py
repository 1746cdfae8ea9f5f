"""A guest asks whether it may, waits for its turn, and comes back when told to."""

import time
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from articles.evidence.fetch import Answer, Bounds, Unfetched, fetch, manners
from articles.models import Host
from articles.models.visit import Outcome
from tests.evidence import web as pages
from tests.evidence.web import Page, Web, html, redirect
from tests.threads import at_once

HURRY = Bounds(seconds=0.6, wait=0.4, robots_seconds=0.2)


def robots(text: str) -> Page:
    return Page(text.encode(), headers={"Content-Type": "text/plain"})


def outcome(address: str, **options) -> Outcome:
    try:
        fetch(address, **options)
    except Unfetched as unfetched:
        return unfetched.outcome
    return Outcome.READ


@pytest.fixture
def pages_there(db, web) -> Web:
    web.pages |= {path: html("Here.") for path in ("/", "/a", "/private/a", "/a.pdf", "/a.pdf?x")}
    return web


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("", []),
        ("User-agent: *\nDisallow:", []),
        ("User-agent: *\nDisallow: /", ["/", "/a", "/private/a", "/a.pdf", "/a.pdf?x"]),
        ("User-agent: *\nDisallow: /private/", ["/private/a"]),
        ("User-agent: *\nDisallow: /*.pdf$", ["/a.pdf"]),
        ("User-agent: *\nDisallow: /*.pdf\nAllow: /a.pdf$", ["/a.pdf?x"]),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Minusma\nDisallow: /a$", ["/a"]),
        ("User-agent: minusma/2.0\nUser-agent: other\nDisallow: /a$", ["/a"]),
        ("User-agent: somebot\nDisallow: /", []),
        ("\ufeffUser-Agent: *\r\nDisallow: /private", ["/private/a"]),
        ("<html><body>No such page: Disallow: /</body></html>", []),
    ],
)
def test_a_page_is_asked_for_only_where_robots_may_go(pages_there, text, closed):
    web = pages_there
    web.pages["/robots.txt"] = robots(text)
    paths = ["/", "/a", "/private/a", "/a.pdf", "/a.pdf?x"]

    blocked = [path for path in paths if outcome(web.url(path)) == Outcome.BLOCKED]

    assert blocked == closed
    assert web.asked == ["/robots.txt", *(path for path in paths if path not in closed)]


def test_a_place_that_a_page_leads_to_has_a_say_of_its_own(pages_there):
    pages_there.pages |= {
        "/robots.txt": robots("User-agent: *\nDisallow: /private/"),
        "/a": redirect("/private/a"),
    }
    assert outcome(pages_there.url("/a")) == Outcome.BLOCKED
    assert pages_there.asked == ["/robots.txt", "/a"]


def test_robots_txt_is_asked_for_once_a_day(pages_there):
    web = pages_there
    fetch(web.url("/a"))
    web.pages["/robots.txt"] = robots("User-agent: *\nDisallow: /")
    fetch(web.url("/a"))
    Host.objects.update(robots_at=timezone.now() - timedelta(hours=25))
    assert outcome(web.url("/a")) == Outcome.BLOCKED
    assert web.asked == ["/robots.txt", "/a", "/a", "/robots.txt"]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Page(b"", 403), Outcome.READ),
        (redirect("/elsewhere/robots.txt"), Outcome.READ),
        (redirect("/robots.txt"), Outcome.READ),
        (redirect("http://10.0.0.1/robots.txt"), Outcome.READ),
        (Page(b"x", headers={"Content-Encoding": "br"}), Outcome.READ),
        (robots("User-agent: *\nAllow: /\0\n"), Outcome.READ),
        (robots("#" * 500_000 + "\nUser-agent: *\nDisallow: /"), Outcome.READ),
        (robots("User-agent: *\nDisallow: /\n#" + "#" * 600_000), Outcome.BLOCKED),
        (pages.bomb(300), Outcome.READ),
        (Page(b"", 500), Outcome.BROKEN),
        (Page(b"", 503, {"Retry-After": "60"}), Outcome.BUSY),
        (Page(b"", 429), Outcome.BUSY),
        (pages.breaks_off, Outcome.BROKEN),
        (pages.silent, Outcome.UNREACHABLE),
        (pages.drips, Outcome.TOO_LARGE),
    ],
)
def test_a_robots_txt_that_is_not_there_allows_all_and_one_in_trouble_nothing(
    pages_there, answer, expected
):
    pages_there.pages["/robots.txt"] = answer
    assert outcome(pages_there.url("/a"), bounds=HURRY) == expected
    assert ("/a" in pages_there.asked) == (expected == Outcome.READ)


def test_an_old_robots_txt_holds_where_there_is_no_new_one(pages_there):
    web = pages_there
    web.pages["/robots.txt"] = robots("User-agent: *\nDisallow: /private/")
    fetch(web.url("/a"))
    Host.objects.update(robots_at=timezone.now() - timedelta(days=9))
    web.pages["/robots.txt"] = Page(b"", 500)
    assert outcome(web.url("/a")) == Outcome.READ
    assert outcome(web.url("/private/a")) == Outcome.BLOCKED


def test_a_hostile_robots_txt_takes_no_time(pages_there):
    names = "".join(f"User-agent: a{n}\n" for n in range(15_000))
    rules = "".join(f"Disallow: /*{n}*a*$\n" for n in range(10_000))
    pages_there.pages["/robots.txt"] = robots(names + rules)
    began = time.process_time()
    assert outcome(pages_there.url("/a")) == Outcome.READ
    assert time.process_time() - began < 2


def test_services_for_programs_are_asked_without_ceremony(pages_there, settings):
    settings.FETCH_DELAY = 60
    pages_there.pages["/robots.txt"] = robots("User-agent: *\nDisallow: /")
    for _ in range(2):
        assert fetch(pages_there.url("/a"), polite=False).status == 200
    assert pages_there.asked == ["/a", "/a"]


def test_requests_to_a_host_keep_their_distance(pages_there, settings):
    settings.FETCH_DELAY = 0.15
    began = time.monotonic()
    for _ in range(3):
        fetch(pages_there.url("/a"))
    assert 0.3 <= time.monotonic() - began < 0.8


def test_the_distance_is_what_robots_txt_wishes_up_to_ten_seconds(pages_there, settings):
    web = pages_there
    web.pages["/robots.txt"] = robots("User-agent: *\nCrawl-delay: 9999")
    fetch(web.url("/a"))
    ahead = Host.objects.get().next_at - timezone.now()
    assert timedelta(seconds=9) < ahead <= timedelta(seconds=10)


def test_a_turn_that_comes_too_late_is_not_waited_for(pages_there, settings):
    settings.FETCH_DELAY = 5
    fetch(pages_there.url("/a"))
    began = time.monotonic()
    with pytest.raises(Unfetched) as raised:
        fetch(pages_there.url("/a"), bounds=HURRY)
    assert time.monotonic() - began < 0.3
    assert raised.value.outcome == Outcome.BUSY
    assert raised.value.retry_after == Host.objects.get().next_at


def test_all_waits_of_a_fetch_together_are_bounded(pages_there, settings):
    settings.FETCH_DELAY = 0.15
    pages_there.pages |= {f"/{n}": redirect(f"/{n + 1}") for n in range(9)}
    began = time.monotonic()
    assert outcome(pages_there.url("/0"), bounds=HURRY) == Outcome.BUSY
    assert time.monotonic() - began < 0.8


def test_those_who_come_at_once_take_turns(transactional_db, web, settings):
    settings.FETCH_DELAY = 0.1
    times: list[float] = []

    def noted(visitor):
        times.append(time.monotonic())
        visitor.answer(html("Here."))

    web.pages["/a"] = noted
    began = time.monotonic()
    fetch(web.url("/a"))  # robots.txt is known from here on

    answers = at_once(*[lambda: fetch(web.url("/a"))] * 4)

    assert [type(answer) for answer in answers] == [Answer] * 4
    # A busy machine may be late for a turn, and is never early.
    assert all(at - began > 0.095 * turn for turn, at in enumerate(sorted(times)))


def test_nothing_is_fetched_within_a_transaction(transactional_db, web):
    with transaction.atomic(), pytest.raises(RuntimeError):
        fetch(web.url("/a"))
    assert web.asked == []


def test_our_name_in_a_robots_txt_is_the_one_that_we_give(settings):
    assert settings.FETCH_AGENT.startswith("minusma/")
    assert manners.ROBOT == "minusma"
