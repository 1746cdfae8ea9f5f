"""What readers saw at the end of a day."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from articles import editing, publishing
from articles.history.store import head
from articles.models import Article
from tests.factories import article
from tests.reading.dated import published, withdrawn
from tests.reading.markup import parse
from tests.rows import Rows, put, rows_left_by

PATH = "/articles/two-sections/as-of"

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def rows(django_db_setup, django_db_blocker) -> Rows:
    with django_db_blocker.unblock():
        return rows_left_by(happened)


@pytest.fixture
def over_time(db, rows):
    """Published on 2 March, corrected on 5 April, withdrawn on 1 May, back on 3 May."""
    put(rows)
    return Article.objects.get()


def happened():
    made = article()
    published(made, "2026-03-02T10:00:00")
    text = editing.article_text(made)
    sections = [replace(s, body=s.body.replace("15,209", "15,290")) for s in text.sections]
    made.refresh_from_db()
    text = replace(text, sections=tuple(sections))
    editing.save_article(made, text, base=head(made).hash, by=None)
    published(made, "2026-04-05T23:59:59.999999")
    withdrawn(made, "2026-05-01T00:00:00", reason="Somebody could be hurt.")
    published(made, "2026-05-03T08:00:00", responsible="Ada Keïta")


@pytest.mark.parametrize(
    ("day", "figure"),
    [
        ("2026-03-02", "15,209"),
        ("2026-04-04", "15,209"),
        ("2026-04-05", "15,290"),
        ("2026-04-30", "15,290"),
    ],
)
def test_a_day_shows_what_its_end_showed(reader, over_time, day, figure):
    answer = reader.get(f"{PATH}/{day}/")

    page = parse(answer.text)
    shown = datetime.fromisoformat(day)
    assert answer.status_code == 200
    assert figure in page.one("article").text
    banner = page.one("aside", class_="banner").text
    assert f"at the end of {shown:%-d %B %Y} (UTC)" in banner
    assert "Ada Keïta" not in page.text
    assert page.one("meta", name="robots")["content"] == "noindex"
    assert not page.all("script", type="application/ld+json")


def test_the_banner_leads_to_what_has_changed_since(reader, over_time):
    banner = parse(reader.get(f"{PATH}/2026-03-02/").text).one("aside", class_="banner")

    assert [a["href"] for a in banner.all("a")] == [
        "/articles/two-sections/",
        "/articles/two-sections/compare/1..2/",
    ]


def test_a_reader_picks_a_day_and_sees_what_changed_since(reader, over_time):
    answer = reader.get(f"{PATH}/?day=2026-03-20&changes=")

    assert (answer.status_code, answer["Location"]) == (
        302,
        "/articles/two-sections/compare/1..2/",
    )


@pytest.mark.parametrize("place", ["as-of", "compare"])
def test_an_address_cut_short_leads_to_the_history(reader, over_time, place):
    answer = reader.get(f"/articles/two-sections/{place}/")

    assert (answer.status_code, answer["Location"]) == (302, "/articles/two-sections/history/")


def test_of_today_it_is_what_readers_see(reader, over_time):
    today = datetime.now(UTC).date()

    page = parse(reader.get(f"{PATH}/{today}/").text)

    now = parse(reader.get("/articles/two-sections/").text)
    assert page.one("div", class_="text").text == now.one("div", class_="text").text
    assert [a["href"] for a in page.one("aside", class_="banner").all("a")] == [
        "/articles/two-sections/"
    ]


def test_a_day_on_which_it_was_withdrawn_says_so(reader, over_time):
    answer = reader.get(f"{PATH}/2026-05-02/")

    assert answer.status_code == 410
    assert "This article was withdrawn on 1 May 2026." in parse(answer.text).text
    assert "Somebody could be hurt." in answer.text


def test_the_days_of_a_withdrawn_article_stay(reader, over_time):
    publishing.withdraw(over_time, by=None, reason="Again.")

    assert reader.get(f"{PATH}/2026-03-02/").status_code == 200
    assert reader.get(f"{PATH}/{datetime.now(UTC).date()}/").status_code == 410


@pytest.mark.parametrize(
    "day",
    [
        *("2026-03-01", "1999-01-01", "0001-01-01"),  # nothing was published yet
        *(
            "2024-02-31",
            "9999-99-99",
            "tomorrow",
            "20260302",
            "2026-W10-1",
            "2026-3-2",
            "٢٠٢٦-٠٣-٠٢",
        ),
        "9999-12-31",
    ],
)
def test_no_day_no_page(reader, over_time, day):
    assert reader.get(f"{PATH}/{day}/").status_code == 404


def test_the_future_is_not_known(reader, over_time):
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)

    assert reader.get(f"{PATH}/{tomorrow}/").status_code == 404


def test_a_draft_has_no_days(reader):
    article()

    assert reader.get(f"{PATH}/{datetime.now(UTC).date()}/").status_code == 404


def test_it_leads_to_the_memento(reader, over_time):
    answer = reader.get(f"{PATH}/2026-04-30/")

    assert "memento-datetime" not in answer.headers
    assert (
        '<http://testserver/articles/two-sections/publications/2/>; rel="memento"; '
        'datetime="Sun, 05 Apr 2026 23:59:59 GMT"'
    ) in answer.headers["link"]


def test_the_history_asks_for_a_day_and_leads_there(reader, over_time):
    form = parse(reader.get("/articles/two-sections/history/").text).one("input", type="date")

    answer = reader.get(f"{PATH}/?{form['name']}=2026-03-02")

    assert form["min"] == "2026-03-02"
    assert answer.status_code == 302
    assert answer.headers["location"] == f"{PATH}/2026-03-02/"
    for typed in ("?day=", "?day=2026-02-31", "?day=//evil.example"):
        assert reader.get(f"{PATH}/{typed}").status_code == 404


def test_two_queries_when_warm(reader, over_time, django_assert_num_queries):
    tag = reader.get(f"{PATH}/2026-03-02/").headers["etag"]

    with django_assert_num_queries(2):
        reader.get(f"{PATH}/2026-03-02/")
    with django_assert_num_queries(2):
        again = reader.get(f"{PATH}/2026-03-02/", headers={"if-none-match": tag})
    assert again.status_code == 304
