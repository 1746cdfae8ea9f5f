"""A page is fetched, or an editor is told why not."""

import gzip
import os
import socket
import time
import tracemalloc
import zlib
from datetime import UTC, datetime, timedelta

import certifi
import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from articles.evidence.fetch import Answer, Bounds, NotModified, Unfetched, fetch
from articles.models.visit import Outcome
from tests.evidence import web as pages
from tests.evidence.web import CERTIFICATE, Page, Web, bomb, html, redirect

HURRY = Bounds(seconds=0.4, wait=0.4, robots_seconds=0.2)
PUBLIC = "93.184.216.34"


@pytest.fixture(autouse=True)
def _tables(db):
    """Hosts' turns and robots.txt are kept in the database."""


def refusal(address: str, **options) -> Unfetched:
    with pytest.raises(Unfetched) as raised:
        fetch(address, **options)
    assert str(raised.value) == raised.value.sentence
    assert raised.value.sentence.isprintable()
    return raised.value


def test_a_page_is_fetched_as_it_is(web):
    web.pages["/a"] = html("Fifteen thousand.", ETag='"1"')
    before = timezone.now()

    answer = fetch(web.url("/a#part"))

    assert answer == Answer(
        address=web.url("/a#part"),
        final_address=web.url("/a"),
        status=200,
        headers=answer.headers,
        body=html("Fifteen thousand.").body,
        media_type="text/html",
        charset="utf-8",
        at=answer.at,
        moved=False,
    )
    assert before <= answer.at <= timezone.now()
    assert (answer.header("etag"), answer.header("X-Absent")) == ('"1"', "")


def test_a_request_says_who_asks_and_brings_nothing_else(web, settings, tmp_path, monkeypatch):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password secret")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1/")
    web.pages["/a"] = Page(status=302, headers={"Location": "/b", "Set-Cookie": "a=b; Path=/"})
    web.pages["/b"] = html("Here.")

    fetch(web.url("/a"), accept="application/json")

    assert web.requests[-1] == {
        "Host": web.place,
        "User-Agent": settings.FETCH_AGENT,
        "Accept": "application/json",
        "Accept-Encoding": "gzip, deflate",
        "Connection": "close",
    }
    assert settings.FETCH_AGENT == "minusma/0.1.0 (+http://testserver)"


@pytest.mark.parametrize("coding", ["gzip", "x-gzip", "deflate"])
def test_a_packed_body_is_unpacked(web, coding):
    pack = zlib.compress if coding == "deflate" else gzip.compress
    body = os.urandom(70_000) + b"a" * 300_000
    web.pages["/a"] = Page(pack(body), headers={"Content-Encoding": coding})
    assert fetch(web.url("/a")).body == body


def test_an_empty_page_is_a_page(web):
    web.pages["/a"] = Page(b"", headers={"Content-Type": "text/plain"})
    answer = fetch(web.url("/a"))
    assert (answer.body, answer.media_type, answer.charset) == (b"", "text/plain", "")


def test_a_page_in_chunks_is_read_whole(web):
    def chunks(visitor):
        visitor.say(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        visitor.say(b"3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n")

    web.pages["/a"] = chunks
    answer = fetch(web.url("/a"))
    assert (answer.body, answer.media_type) == (b"abcdefg", "")


def test_a_page_that_is_still_the_same_is_not_sent_again(web):
    web.pages |= {"/a": html("One.", ETag='"1"'), "/old": redirect("/a")}
    with pytest.raises(NotModified) as raised:
        fetch(web.url("/old"), etag='"1"', last_modified="Fri, 02 Mar 2018 00:00:00 GMT")
    assert dict(raised.value.headers)["ETag"] == '"1"'
    assert web.requests[-1]["If-Modified-Since"] == "Fri, 02 Mar 2018 00:00:00 GMT"
    web.pages["/a"] = html("Two.", ETag='"2"')
    assert b"Two." in fetch(web.url("/old"), etag='"1"').body


def test_nobody_asked_so_a_304_is_an_error(web):
    web.pages["/a"] = Page(status=304)
    assert refusal(web.url("/a")).outcome == Outcome.BROKEN


@pytest.mark.parametrize(
    ("statuses", "moved"), [([301], True), ([308, 301], True), ([301, 302], False), ([307], False)]
)
def test_a_page_moved_only_if_every_step_was_for_good(web, statuses, moved):
    for at, status in enumerate(statuses):
        web.pages[f"/{at}"] = redirect(web.url(f"/{at + 1}"), status)
    web.pages[f"/{len(statuses)}"] = html("Here.")

    answer = fetch(web.url("/0"))

    assert (answer.final_address, answer.moved) == (web.url(f"/{len(statuses)}"), moved)


def test_a_redirect_may_be_written_as_servers_do(web):
    web.pages["/a"] = redirect("b/ä b".encode().decode("latin-1"))
    web.pages["/b/%C3%A4%20b"] = html("Here.")
    assert fetch(web.url("/a")).final_address == web.url("/b/%C3%A4%20b")


@pytest.mark.parametrize(
    "to",
    [
        "http://169.254.169.254/latest/",
        "http://127.0.0.1:{inside}/",
        "http://127.1:{port}/",
        "//localhost:{port}/",
        "http://[::1]/",
        "http://a:b@127.0.0.1:{port}/b",
        "file:///etc/passwd",
        "http://[",
        "http://127.0.0.1:22/",
    ],
)
def test_a_redirect_inside_is_refused(web, to):
    with Web() as inside:
        inside.pages["/"] = html("Secret.")
        web.pages["/a"] = redirect(to.format(inside=inside.port, port=web.port))
        unfetched = refusal(web.url("/a"))
        assert (unfetched.outcome, inside.asked) == (Outcome.REFUSED, [])
        assert unfetched.final_address == web.url("/a")


def test_redirects_end(web):
    web.pages |= {"/a": redirect("/b"), "/b": redirect("/a")}
    assert refusal(web.url("/a")).outcome == Outcome.BROKEN
    assert web.asked == ["/robots.txt", "/a", "/b"]
    web.pages |= {f"/{n}": redirect(f"/{n + 1}") for n in range(100)}
    unfetched = refusal(web.url("/0"))
    assert (unfetched.outcome, unfetched.status) == (Outcome.BROKEN, 302)
    assert len(web.asked) < 20


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (404, Outcome.NOT_FOUND),
        (410, Outcome.GONE),
        (401, Outcome.BLOCKED),
        (403, Outcome.BLOCKED),
        (451, Outcome.BLOCKED),
        (400, Outcome.BROKEN),
        (500, Outcome.BROKEN),
        (503, Outcome.BROKEN),
        (206, Outcome.BROKEN),
        (300, Outcome.BROKEN),
    ],
)
def test_an_error_says_what_it_means(web, status, outcome):
    web.pages["/a"] = Page(b"No.", status)
    web.pages["/old"] = redirect("/a")
    unfetched = refusal(web.url("/old"))
    assert (
        unfetched.outcome,
        unfetched.status,
        unfetched.final_address,
        unfetched.retry_after,
    ) == (
        outcome,
        status,
        web.url("/a"),
        None,
    )


def in_two_hours() -> str:
    return f"{datetime.now(UTC) + timedelta(hours=2):%a, %d %b %Y %H:%M:%S} GMT"


@pytest.mark.parametrize(
    ("status", "said", "wait"),
    [
        (429, "120", timedelta(minutes=2)),
        (503, in_two_hours, timedelta(hours=2)),
        (429, "999999999", timedelta(days=1)),
        (429, "Fri, 31 Dec 9999 23:59:59 GMT", timedelta(days=1)),
        (429, "Thu, 01 Jan 1970 00:00:00 GMT", timedelta(0)),
        (429, "soon", timedelta(minutes=1)),
        (429, None, timedelta(minutes=1)),
        (503, "-1", timedelta(minutes=1)),
    ],
)
@pytest.mark.parametrize("polite", [True, False])
def test_a_busy_site_says_when_to_come_back(web, status, said, wait, polite):
    said = said() if callable(said) else said
    web.pages["/a"] = Page(status=status, headers={"Retry-After": said} if said else {})
    unfetched = refusal(web.url("/a"), polite=polite)
    assert (unfetched.outcome, unfetched.status) == (Outcome.BUSY, status)
    assert abs(unfetched.retry_after - timezone.now() - wait) < timedelta(seconds=30)


def test_who_was_sent_away_stays_away(web):
    web.pages["/a"] = Page(status=429, headers={"Retry-After": "60"})
    first = refusal(web.url("/a"))
    web.pages["/a"] = html("Here.")
    second = refusal(web.url("/b"))
    assert (second.outcome, second.retry_after) == (Outcome.BUSY, first.retry_after)
    assert web.asked == ["/robots.txt", "/a"]


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (pages.silent, Outcome.UNREACHABLE),
        (pages.drips_headers, Outcome.UNREACHABLE),
        (pages.drips, Outcome.TOO_LARGE),
        (bomb(300), Outcome.TOO_LARGE),
        (bomb(300, "deflate"), Outcome.TOO_LARGE),
        (pages.breaks_off, Outcome.BROKEN),
        (Page(b"a" * 99, headers={"Content-Length": str(10**12)}), Outcome.TOO_LARGE),
        (Page(b"a" * 99, headers={"Content-Encoding": "gzip"}), Outcome.BROKEN),
        (Page(b"a" * 99, headers={"Content-Encoding": "br"}), Outcome.UNREADABLE),
        (Page(b"a" * 99, headers={"Content-Encoding": "gzip, gzip"}), Outcome.UNREADABLE),
        (Page(b"a", headers={f"X-{n}": "x" * 1000 for n in range(80)}), Outcome.TOO_LARGE),
        (Page(b"a", headers={f"X-{n}": "x" for n in range(200)}), Outcome.TOO_LARGE),
        (Page(b"a", headers={"X": "x" * 70_000}), Outcome.TOO_LARGE),
        (lambda visitor: visitor.say(b"SSH-2.0-OpenSSH_9.2\r\n"), Outcome.BROKEN),
        (lambda visitor: None, Outcome.BROKEN),
    ],
)
def test_a_bad_answer_ends_in_time_with_a_sentence(web, answer, outcome):
    web.pages["/a"] = answer
    began = time.monotonic()
    unfetched = refusal(web.url("/a"), bounds=Bounds(seconds=0.6))
    assert time.monotonic() - began < 1.5
    assert (unfetched.outcome, unfetched.final_address) == (outcome, web.url("/a"))


def test_an_endless_answer_is_cut_at_its_size(web):
    web.pages["/a"] = pages.never_ends
    assert refusal(web.url("/a"), bounds=Bounds(size=5_000_000)).outcome == Outcome.TOO_LARGE


def test_a_body_may_have_the_most_bytes_but_not_one_more(web):
    bounds = Bounds(size=1000)
    web.pages["/a"] = Page(gzip.compress(b"a" * 1000), headers={"Content-Encoding": "gzip"})
    assert len(fetch(web.url("/a"), bounds=bounds).body) == 1000
    web.pages["/a"] = Page(gzip.compress(b"a" * 1001), headers={"Content-Encoding": "gzip"})
    assert refusal(web.url("/a"), bounds=bounds).outcome == Outcome.TOO_LARGE


@pytest.mark.parametrize("status", [200, 302, 404])
def test_a_bomb_takes_little_memory_wherever_it_lies(web, status):
    packed = bomb(300)
    headers = {**packed.headers, "Location": "/b"}
    web.pages["/a"] = Page(packed.body, status, headers)
    tracemalloc.start()
    try:
        refusal(web.url("/a"))
        assert tracemalloc.get_traced_memory()[1] < 60_000_000
    finally:
        tracemalloc.stop()


def test_all_redirects_together_have_the_time_of_one(web):
    def late(visitor):
        visitor.pause(0.15)
        visitor.answer(redirect(f"{visitor.path}x"))

    web.pages |= {"/" + "x" * n: late for n in range(30)}
    began = time.monotonic()
    assert refusal(web.url("/"), bounds=HURRY).outcome == Outcome.UNREACHABLE
    assert time.monotonic() - began < 0.8


def test_a_port_where_nobody_listens_is_unreachable(web):
    web.stop()
    assert refusal(web.url("/a")).outcome == Outcome.UNREACHABLE


def test_headers_hold_no_control_characters(web):
    web.pages["/a"] = lambda visitor: visitor.say(
        b"HTTP/1.1 200 OK\r\nX-A: a\x00b\x1b[1m\r\nContent-Length: 1\r\n\r\na"
    )
    assert fetch(web.url("/a")).header("X-A") == "a b [1m"


LINES = st.sampled_from(
    [
        b"Content-Type: text/html; charset=utf-8",
        b"Content-Type: a/b; a*=bogus'en'%ff; charset*0=x",
        b"Content-Type: " + b"x;" * 6_000,
        b"Content-Length: 5",
        b"Content-Length: -5",
        b"Content-Length: 5, 7",
        b"Content-Length: " + b"9" * 5_000,
        b"Content-Encoding: gzip",
        b"Content-Encoding: deflate",
        b"Transfer-Encoding: chunked",
        b"Transfer-Encoding: gzip, chunked",
        b"Location: http://[",
        b"Location: //",
        b"Location: http://\xef\xbc\x8f/",
        b"Location: ?\xff\x00",
        b"Location: http://a@b:c:d/",
        b"Retry-After: \xb2",
        b"Retry-After: Fri, 32 Jan 99999999 25:61:61 GMT",
        b"Set-Cookie: \xff; Expires=\x00",
        b" folded",
        b"no colon",
        b": nothing",
        b"\xff\xfe: \x00",
    ]
)


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from([b"HTTP/1.1 ", b"HTTP/1.0 ", b"HTTP/9 ", b"", b"ICY "]),
    st.sampled_from([b"200 OK", b"100 Go on", b"302 F", b"429", b"304", b"-1", b"99999", b"\xff"]),
    st.lists(LINES, max_size=5),
    st.one_of(st.binary(max_size=60), st.sampled_from([b"5\r\nabcde\r\n0\r\n\r\n", b"-1\r\n"])),
)
def test_whatever_a_server_says_there_is_an_answer_or_a_sentence(web, version, status, lines, body):
    web.pages["/a"] = lambda visitor: visitor.say(
        b"\r\n".join([version + status, *lines, b"", body])
    )
    try:
        fetch(web.url("/a"), polite=False, bounds=Bounds(seconds=2, redirects=2))
    except (Unfetched, NotModified) as end:
        said = str(end)
    else:
        said = "an answer"
    assert said.isprintable()


def test_a_name_that_leads_inside_is_refused(internet):
    internet.names = {
        "inside.example.org": [["10.0.0.1"]],
        "mixed.example.org": [[PUBLIC, "127.0.0.1"]],
        "mapped.example.org": [["::ffff:169.254.169.254"]],
    }
    for name in internet.names:
        assert refusal(f"http://{name}/").outcome == Outcome.REFUSED
    assert internet.connected == []


def test_the_connection_goes_to_the_address_that_was_checked(internet, web):
    """A name server that changes its mind meanwhile is not asked again."""
    internet.names = {"pages.example.org": [[PUBLIC], ["127.0.0.1"]]}
    internet.lines = {(PUBLIC, 8080): web.port}
    web.pages["/a"] = html("Here.")

    fetch("http://pages.example.org:8080/a", polite=False)

    assert internet.asked == ["pages.example.org"]
    assert internet.connected == [(PUBLIC, 8080)]
    assert web.requests[0]["Host"] == "pages.example.org:8080"


def test_the_next_address_is_tried_where_the_first_is_dead(internet, web):
    internet.names = {"pages.example.org": [["2606:2800:220:1::1", PUBLIC]]}
    internet.lines = {(PUBLIC, 80): web.port}
    web.pages["/a"] = html("Here.")
    assert fetch("http://pages.example.org/a", polite=False).final_address == (
        "http://pages.example.org/a"
    )
    assert internet.connected == [("2606:2800:220:1::1", 80), (PUBLIC, 80)]


def test_an_allowed_name_may_lead_inside(internet, web, settings):
    settings.FETCH_ALLOW = [f"wiki:{web.port}"]
    internet.names = {"wiki": [["127.0.0.1"]]}
    web.pages["/a"] = html("Here.")
    assert fetch(web.url("/a", host="wiki")).status == 200


@pytest.mark.parametrize("name", ["pages.example.org", "nowhere.invalid"])
def test_a_name_that_nobody_knows_is_told(internet, name):
    unfetched = refusal(f"https://{name}/")
    assert (unfetched.outcome, unfetched.final_address) == (Outcome.DNS, f"https://{name}/")


def test_slow_name_servers_are_not_waited_for(internet):
    internet.slow = 1
    began = time.monotonic()
    assert refusal("http://pages.example.org/", bounds=HURRY).outcome == Outcome.DNS
    assert time.monotonic() - began < 0.8


@pytest.fixture
def secure(internet):
    """pages.example.org, over https."""
    internet.names = {"pages.example.org": [[PUBLIC]], "other.example.org": [[PUBLIC]]}
    with Web(tls=True) as web:
        internet.lines = {(PUBLIC, 443): web.port}
        web.pages["/a"] = html("Here.")
        yield web


def test_a_valid_certificate_is_that_of_the_name(secure, monkeypatch):
    monkeypatch.setattr(certifi, "where", lambda: str(CERTIFICATE))
    assert fetch("https://pages.example.org/a").status == 200
    assert refusal("https://other.example.org/a").outcome == Outcome.TLS


def test_a_certificate_that_nobody_vouches_for_is_refused(secure):
    unfetched = refusal("https://pages.example.org/a")
    assert (unfetched.outcome, secure.asked) == (Outcome.TLS, [])


def test_a_secure_page_that_drips_is_cut(secure, monkeypatch):
    monkeypatch.setattr(certifi, "where", lambda: str(CERTIFICATE))
    secure.pages["/a"] = pages.drips
    assert refusal("https://pages.example.org/a", bounds=HURRY).outcome == Outcome.TOO_LARGE
    secure.pages["/a"] = pages.drips_headers
    assert refusal("https://pages.example.org/a", bounds=HURRY).outcome == Outcome.UNREACHABLE


def test_a_handshake_that_stalls_is_cut(internet):
    internet.names = {"pages.example.org": [[PUBLIC]]}
    with socket.create_server(("127.0.0.1", 0)) as listener:  # takes connections, says nothing
        internet.lines = {(PUBLIC, 443): listener.getsockname()[1]}
        began = time.monotonic()
        unfetched = refusal("https://pages.example.org/", bounds=HURRY)
    assert time.monotonic() - began < 0.8
    assert unfetched.outcome == Outcome.UNREACHABLE
