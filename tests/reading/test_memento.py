"""Time gate, time map and mementos, also as a client that is not ours sees them."""

import re
from dataclasses import replace
from datetime import datetime

import pytest
from memento_client import MementoClient

from articles import editing, publishing
from articles.history.store import head
from articles.models import Article
from tests.factories import article
from tests.reading.dated import published, withdrawn
from tests.reading.markup import parse
from tests.rows import Rows, put, rows_left_by

ARTICLE = "http://testserver/articles/two-sections/"
GATE = "/timegate/articles/two-sections/"
MAP = "/timemap/articles/two-sections/"

pytestmark = pytest.mark.django_db


def correct(made, old: str, new: str) -> None:
    made.refresh_from_db()
    text = editing.article_text(made)
    sections = [replace(s, body=s.body.replace(old, new)) for s in text.sections]
    text = replace(text, sections=tuple(sections))
    editing.save_article(made, text, base=head(made).hash, by=None)


@pytest.fixture(scope="module")
def rows(django_db_setup, django_db_blocker) -> Rows:
    with django_db_blocker.unblock():
        return rows_left_by(published_twice)


@pytest.fixture
def twice(db, rows):
    """An article that was published on 2 March and, corrected, on 5 April."""
    put(rows)
    return Article.objects.get()


def published_twice():
    made = article()
    published(made, "2026-03-02T10:00:00")
    correct(made, "15,209", "15,290")
    published(made, "2026-04-05T12:30:15.250000", note="It was 15,290.")


def relations(answer) -> dict[str, str]:
    """The answer's links by their relations."""
    found = re.findall(r'<([^>]+)>; rel="([^"]+)"', answer.headers["link"])
    return {relation: address for address, names in found for relation in names.split()}


def gate(reader, moment: str | None):
    return reader.get(GATE, headers={"accept-datetime": moment} if moment else {})


@pytest.mark.parametrize(
    ("moment", "entry"),
    [
        ("Thu, 01 Jan 2026 00:00:00 GMT", 1),  # before all: the first
        ("Mon, 02 Mar 2026 10:00:00 GMT", 1),
        ("Sun, 05 Apr 2026 12:30:14 GMT", 1),
        ("Sun, 05 Apr 2026 12:30:15 GMT", 2),  # within the second
        ("Fri, 31 Dec 9999 23:59:59 GMT", 2),
        (None, 2),
    ],
)
def test_the_gate_leads_to_what_was_published_by_then(reader, twice, moment, entry):
    answer = gate(reader, moment)

    assert answer.status_code == 302
    assert answer.headers["location"] == f"{ARTICLE}publications/{entry}/"
    assert answer.headers["vary"] == "accept-datetime"
    assert "memento-datetime" not in answer.headers
    assert relations(answer)["original"] == ARTICLE
    assert relations(answer)["timemap"] == f"http://testserver{MAP}"


@pytest.mark.parametrize(
    "moment",
    ["yesterday", "", "2026-03-02", "Mon, 32 Mar 2026 10:00:00 GMT", "Mon, 02 Mar 2026 10:00", "é"],
)
def test_what_is_no_date_is_refused(reader, twice, moment):
    answer = reader.get(GATE, headers={"accept-datetime": moment})

    assert answer.status_code == 400
    assert answer.headers["vary"] == "accept-datetime"


def test_the_map_lists_every_publication(reader, twice):
    answer = reader.get(MAP)

    assert answer.headers["content-type"] == "application/link-format"
    assert answer.text.splitlines() == [
        f'<{ARTICLE}>; rel="original",',
        f'<http://testserver{MAP}>; rel="self"; type="application/link-format"; '
        'from="Mon, 02 Mar 2026 10:00:00 GMT"; until="Sun, 05 Apr 2026 12:30:15 GMT",',
        f'<http://testserver{GATE}>; rel="timegate",',
        f'<{ARTICLE}publications/1/>; rel="first memento"; '
        'datetime="Mon, 02 Mar 2026 10:00:00 GMT",',
        f'<{ARTICLE}publications/2/>; rel="last memento"; datetime="Sun, 05 Apr 2026 12:30:15 GMT"',
    ]


def test_a_map_of_one_names_it_first_and_last(reader):
    published(article(), "2026-03-02T10:00:00")

    assert 'rel="first last memento"' in reader.get(MAP).text


def test_a_memento_says_when_and_leads_on(reader, twice):
    published(twice, "2026-05-01T00:00:00", responsible="Ada Keïta")

    answer = reader.get("/articles/two-sections/publications/2/")

    assert answer.headers["memento-datetime"] == "Sun, 05 Apr 2026 12:30:15 GMT"
    assert relations(answer) == {
        "original": ARTICLE,
        "latest-version": ARTICLE,
        "timegate": f"http://testserver{GATE}",
        "timemap": f"http://testserver{MAP}",
        "first": f"{ARTICLE}publications/1/",
        "prev": f"{ARTICLE}publications/1/",
        "predecessor-version": f"{ARTICLE}publications/1/",
        "memento": f"{ARTICLE}publications/3/",
        "next": f"{ARTICLE}publications/3/",
        "successor-version": f"{ARTICLE}publications/3/",
        "last": f"{ARTICLE}publications/3/",
        "version-history": f"{ARTICLE}history/",
    }
    page = parse(answer.text)
    assert "15,290" in page.one("article").text
    assert "It never changes." in page.one("aside", class_="banner").text
    assert page.one("meta", name="robots")["content"] == "noindex"


def test_a_memento_stays_as_it_is_whatever_becomes_of_the_article(reader, twice):
    path = "/articles/two-sections/publications/2/"
    before = reader.get(path).content
    publishing.publish(twice, by=None, responsible="Ada Keïta")
    signed = reader.get(path).content
    withdrawn(twice, "2026-06-01T00:00:00")
    gone = reader.get(path)
    publishing.publish(article("# ELSE\n\nSomething else stands here.", slug="else"), by=None)

    assert before == signed == gone.content == reader.get(path).content
    assert "latest-version" not in relations(gone)


def test_the_same_revision_published_twice_has_two_mementos(reader):
    made = article()
    published(made, "2026-03-02T10:00:00")
    withdrawn(made, "2026-03-03T10:00:00")
    published(made, "2026-03-04T10:00:00", responsible="Ada Keïta")

    first, again = (reader.get(f"/articles/two-sections/publications/{entry}/") for entry in (1, 3))

    assert "Ada Keïta" not in first.text
    assert "Ada Keïta" in again.text
    assert reader.get("/articles/two-sections/publications/2/").status_code == 404
    assert "publications/2/" not in reader.get(MAP).text


def test_gate_and_map_outlive_the_article(reader, twice):
    withdrawn(twice, "2026-06-01T00:00:00")

    assert gate(reader, None).headers["location"] == f"{ARTICLE}publications/2/"
    assert reader.get(MAP).status_code == 200
    gone = reader.get("/articles/two-sections/")
    assert gone.status_code == 410
    assert relations(gone)["timegate"] == f"http://testserver{GATE}"


def test_the_article_itself_leads_to_its_past_and_is_none(reader, twice):
    answer = reader.get("/articles/two-sections/")

    assert "memento-datetime" not in answer.headers
    assert relations(answer) == {
        "timegate": f"http://testserver{GATE}",
        "timemap": f"http://testserver{MAP}",
        "version-history": f"{ARTICLE}history/",
    }


def test_drafts_have_no_past(reader):
    article()
    other = publishing.publish(article(slug="other"), by=None)

    for path in (GATE, MAP, f"/articles/two-sections/publications/{other.number}/"):
        assert reader.get(path).status_code == 404


@pytest.mark.parametrize("number", [0, 2**31, 2**63, 10**30])
def test_numbers_that_no_column_holds_are_not_found(reader, twice, number):
    for path in (f"publications/{number}/", f"changes-{number}.atom", f"revisions/{number}.txt"):
        assert reader.get(f"/articles/two-sections/{path}").status_code == 404


def test_another_articles_entry_is_not_found(reader, twice):
    other = publishing.publish(article(slug="other"), by=None)

    path = f"/articles/two-sections/publications/{other.number}/"
    assert reader.get(path).status_code == 404


@pytest.mark.parametrize("path", [GATE, "/articles/two-sections/publications/1/"])
def test_the_past_is_only_read(reader, twice, path):
    assert reader.post(path).status_code == 405


@pytest.mark.parametrize("count", [1, 4])
def test_many_publications_cost_no_query(reader, count, django_assert_num_queries):
    made = article()
    for day in range(1, count + 1):
        published(made, f"2026-03-0{day}T10:00:00")

    with django_assert_num_queries(3):
        gate(reader, "Mon, 02 Mar 2026 10:00:00 GMT")
    with django_assert_num_queries(3):
        reader.get(MAP)
    reader.get("/articles/two-sections/publications/1/")
    with django_assert_num_queries(2):
        reader.get("/articles/two-sections/publications/1/")


@pytest.mark.django_db(transaction=True)
def test_a_client_of_the_standard_finds_its_way(live_server, settings):
    settings.SITE_URL = live_server.url
    made = article()
    published(made, "2026-03-02T10:00:00")
    published(made, "2026-04-05T12:30:15")
    address = f"{live_server.url}/articles/two-sections/"

    with MementoClient() as client:  # knows no time gate but the one that the page names
        found = client.get_memento_info(address, datetime(2026, 4, 1))  # noqa: DTZ001  (UTC is meant)

    memento = found["mementos"]["closest"]
    assert found["timegate_uri"] == f"{live_server.url}{GATE}"
    assert memento["uri"] == [f"{address}publications/1/"]
    assert memento["datetime"] == datetime(2026, 3, 2, 10)  # noqa: DTZ001
    assert found["mementos"]["last"]["uri"] == [f"{address}publications/2/"]
    assert MementoClient.is_memento(memento["uri"][0])
