"""The web that other tests rely on does what they take it to do."""

import urllib.error
import urllib.request
import zlib

import pytest

from tests.evidence.web import bomb, breaks_off, html, redirect


def ask(url: str, **headers: str) -> tuple[int, bytes]:
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=5) as answer:
        return answer.status, answer.read()


def test_a_page_is_served_changed_and_taken_away(web):
    web.pages["/a"] = html("One.")
    assert b"One." in ask(web.url("/a"))[1]
    web.pages["/a"] = html("Two.")
    assert b"Two." in ask(web.url("/a"))[1]
    del web.pages["/a"]
    with pytest.raises(urllib.error.HTTPError, match="404"):
        ask(web.url("/a"))
    assert web.asked == ["/a", "/a", "/a"]


def test_an_unchanged_page_is_not_sent_again(web):
    web.pages["/a"] = html("One.", ETag='"1"')
    with pytest.raises(urllib.error.HTTPError, match="304"):
        ask(web.url("/a"), **{"If-None-Match": '"1"'})


def test_a_redirect_leads_on(web):
    web.pages |= {"/old": redirect("/new"), "/new": html("Here.")}
    assert ask(web.url("/old"))[0] == 200
    assert web.asked == ["/old", "/new"]


def test_a_page_may_break_off(web):
    web.pages["/a"] = breaks_off
    with pytest.raises(Exception, match="IncompleteRead"):
        ask(web.url("/a"))


def test_a_bomb_is_small_until_it_is_unpacked():
    page = bomb(3)
    unpacked = zlib.decompressobj(31).decompress(page.body)
    assert (len(page.body) < 10_000, len(unpacked)) == (True, 3 * 2**20)
