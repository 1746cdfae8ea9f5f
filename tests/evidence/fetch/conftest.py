import pytest

from tests.evidence.fetch.internet import Internet


@pytest.fixture
def internet(monkeypatch) -> Internet:
    internet = Internet()
    internet.patch(monkeypatch)
    return internet
