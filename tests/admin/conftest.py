import pytest
from django.test import Client

from tests.factories import EditorFactory


@pytest.fixture
def editor(db):
    return EditorFactory()


@pytest.fixture
def client(editor):
    """A browser in which an editor is logged in."""
    browser = Client()
    browser.force_login(editor)
    return browser
