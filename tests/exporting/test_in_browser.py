"""An exported site in a subfolder of some host, as a browser shows it."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.db import transaction

from articles import editing, publishing
from articles.editing import VerdictGiven
from articles.exporting import export
from articles.models import Article, Claim
from tests.factories import EditorFactory, article, claim_of


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_args) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def claim(django_db_setup, django_db_blocker, folder) -> Claim:
    """A sentence of two articles that were exported, once for all these tests; then taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        first = article(slug="two-sections", tags={"Second": ["Truces"]})
        publishing.publish(first, by=None)
        other = article(slug="other", markdown="# Other\n\nThe mission left Kidal in the rain.")
        publishing.publish(other, by=None)
        denied(article(slug="denials", markdown="# Denials\n\nHe said that no camp was lost."))
        export(folder / "sub", processes=1)
        claim = claim_of(first, "ceasefire")
        transaction.set_rollback(True)
    return claim


def denied(made: Article) -> None:
    """Publish the article with a verdict on what its sentence says that somebody said."""
    claim = claim_of(made, "camp")
    judged = VerdictGiven("refuted", claimant="<Mali’s minister>")
    editing.review_claim(
        claim, read=claim.text, verdicts=[judged], citations=[], by=EditorFactory()
    )
    publishing.publish(made, by=None)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """What the host serves."""
    return tmp_path_factory.mktemp("host")


@pytest.fixture(scope="module")
def address(claim, folder) -> Iterator[str]:
    """Where the export lies: /sub/ of a host that knows nothing but files."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/sub/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def asked(page) -> list[tuple[int, str]]:
    """What the browser asked for, with the answers' states."""
    found: list[tuple[int, str]] = []
    page.on("response", lambda answer: found.append((answer.status, answer.url)))
    page.on("pageerror", lambda error: found.append((500, str(error))))
    return found


def test_a_word_leads_to_its_sentence_without_a_server(page, claim, address, asked):
    page.goto(address)
    page.get_by_role("link", name="Search").click()
    page.get_by_label("Search the articles").fill("ceasefires")
    page.keyboard.press("Enter")
    page.get_by_text("1 article found.").wait_for()
    marked = page.locator("mark").all_inner_texts()
    page.locator(".hit a").click()

    assert marked == ["ceasefire"]
    assert page.url == f"{address}articles/two-sections/#c-{claim.uid}"
    assert [(state, url) for state, url in asked if state >= 400] == []
    assert [url for _state, url in asked if not url.startswith(address)] == []


@pytest.mark.parametrize(
    ("query", "said", "titles"),
    [
        ("q=mission", "1 article found.", ["Other"]),
        ("q=%22held+for+nine%22", "1 article found.", ["Two sections"]),
        ("q=%22nine+for+held%22", "No article holds", []),
        ("q=the+ceasefire+-months", "No article holds", []),
        ("q=ceasfire", "Did you mean: ceasefire", []),
        ("q=ceasefire+zzzz", "these hold some of them", ["Two sections"]),
        ("q=ceasefire+missoin", "Did you mean: ceasefire mission", ["Two sections"]),
        ("q=kidla", "Did you mean: kidal", []),
        ("q=ceasefire&tag=truces", "1 article found.", ["Two sections"]),
        ("q=left&tag=truces", "with these filters", []),
        ("q=left&language=fr", "with these filters", []),
        ("q=left&verdict=none", "2 articles found.", ["Other", "Two sections"]),
        ("q=left&verdict=refuted", "with these filters", []),
    ],
)
def test_the_index_is_asked_as_the_served_search_is(page, address, asked, query, said, titles):
    page.goto(f"{address}search/?{query}")
    page.get_by_role("status").wait_for()

    assert said in " ".join(page.locator("#static-search").inner_text().split())
    assert sorted(page.locator("#static-search h2").all_inner_texts()) == titles
    assert [(state, url) for state, url in asked if state >= 400] == []


def test_a_rating_of_what_somebody_claimed_says_whose_claim_it_is(page, address):
    page.goto(f"{address}search/?q=camp")

    state = page.locator(".state").inner_text()
    said = "Refuted by a person, about a claim by <Mali’s minister> · Introduction"
    assert " ".join(state.split()) == said


def test_the_search_in_french_leads_to_french_pages(page, address, asked):
    page.goto(f"{address}fr/search/?q=ceasefire")
    page.locator(".hit a").click()

    assert page.url.startswith(f"{address}fr/articles/two-sections/#c-")


def test_without_scripts_the_search_says_so(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()

    page.goto(f"{address}search/")
    page.get_by_role("link", name="All articles are in the list.").click()

    assert page.url == address
    context.close()


def test_pages_need_nothing_from_elsewhere(page, address, asked):
    for path in ("", "fr/", "articles/two-sections/", "articles/two-sections/history/", "tags/"):
        page.goto(address + path, wait_until="networkidle")

    assert [(state, url) for state, url in asked if state >= 400] == []
    assert [url for _state, url in asked if not url.startswith(address)] == []
    assert any(url.endswith(".woff2") for _state, url in asked)
