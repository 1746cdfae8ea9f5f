"""The live preview's address: editors only, and the readers' renderer."""

import pytest
from django.test import Client

from articles.text.render import render
from tests.factories import UserFactory

ADDRESS = "/markdownx/markdownify/"
TEXT = "A *well* <script>alert(1)</script>\n\n| a |\n| - |\n| b |\n"


def test_an_editor_gets_what_readers_would(client):
    answer = client.post(ADDRESS, {"content": TEXT})

    assert answer.content.decode() == render(TEXT)
    assert "no-store" in answer["Cache-Control"]


def test_what_is_too_large_is_said_in_its_place(client):
    answer = client.post(ADDRESS, {"content": "x" * 20_001})

    assert answer.status_code == 200
    assert "Line 1 has 20,001 characters" in answer.content.decode()


def test_no_content_is_no_error(client):
    assert client.post(ADDRESS).content == b""


def test_it_is_only_for_posts(client):
    assert client.get(ADDRESS).status_code == 405


@pytest.mark.parametrize("staff", [None, False])
def test_strangers_get_nothing(db, staff):
    client = Client()
    if staff is not None:
        client.force_login(UserFactory())

    answer = client.post(ADDRESS, {"content": TEXT})

    assert answer.status_code == 302
    assert answer.content == b""
