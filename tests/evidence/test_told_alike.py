"""A page from the cache, one made now and the data say the same of a quote, whatever happened."""

import re

import pytest

from articles import editing
from articles.evidence import visiting
from tests.evidence.sources import cited
from tests.evidence.web import Page, html
from tests.factories import EditorFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("copies")]

QUOTE = "The force had 15,209 members"


def told(client, source) -> list[set[str]]:
    """Of the quote: the article's page, its data, the source's page."""
    return [
        set(re.findall(pattern, client.get(address).content.decode()))
        for pattern, address in (
            (r'data-quote-check="(\w+)"', "/articles/two-sections/"),
            (r'"(?:quote_)?check": "(\w+)"', "/articles/two-sections.json"),
            (r'data-check="(\w+)"', f"/sources/{source.uid}/"),
        )
    ]


@pytest.fixture
def source(web):
    web.pages["/a"] = html(f"{QUOTE} in 2017.")
    source = cited(web.url("/a"), quote=QUOTE, publish=True)
    visiting.look_at([source.uid])
    return source


def test_after_the_address_was_replaced(client, web, source):
    before = client.get("/articles/two-sections/")
    source.url = web.url("/b")
    editing.save_source(source, by=EditorFactory())

    again = client.get("/articles/two-sections/", headers={"If-None-Match": before["ETag"]})

    assert b"Found word for word" in before.content
    assert again.status_code == 200
    assert told(client, source) == [{"unchecked"}] * 3


def test_after_the_page_became_unreadable(client, web, source):
    web.pages["/a"] = html(f"Corrected: {QUOTE} in 2017.")
    visiting.look_at([source.uid], afresh=[source.uid])  # changed, and so it stays
    assert told(client, source)[0] == {"exact"}
    web.pages["/a"] = Page(b"\x89PNG\r\n\x1a\n" + bytes(100), headers={"Content-Type": "image/png"})

    visiting.look_at([source.uid], afresh=[source.uid])

    assert told(client, source) == [{"unchecked"}] * 3


def test_words_from_an_address_that_only_a_draft_has_are_not_told_as_the_published_one_s(
    client, web, source
):
    web.pages["/b"] = html(f"Elsewhere: {QUOTE}.")
    source.url = web.url("/b")
    editing.save_source(source, by=EditorFactory())
    visiting.look_at([source.uid])

    for address in ("/articles/two-sections/", f"/sources/{source.uid}/"):
        page = client.get(address).content.decode()
        assert "which is from another address" in page
        assert source.url not in page
