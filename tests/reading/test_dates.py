"""Days and numbers in words."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from articles.reading.dates import day, day_and_time, in_words
from articles.reading.numbers import grouped


@pytest.mark.parametrize(
    ("when", "english", "french"),
    [
        (date(2026, 8, 2), "2\u00a0August 2026", "2\u00a0août 2026"),
        (date(2026, 1, 1), "1\u00a0January 2026", "1er\u00a0janvier 2026"),
        (date(2026, 1, 11), "11\u00a0January 2026", "11\u00a0janvier 2026"),
        (
            datetime(2026, 12, 31, 23, 59, tzinfo=UTC),
            "31\u00a0December 2026",
            "31\u00a0décembre 2026",
        ),
        (None, "", ""),
    ],
)
def test_a_day_reads_as_its_language_writes_it(when, english, french):
    with translation.override("en"):
        assert day(when) == english
    with translation.override("fr"):
        assert day(when) == french


@pytest.mark.parametrize(
    ("when", "french"),
    [("2017", "2017"), ("2017-06", "juin 2017"), ("2017-06-01", "1er\u00a0juin 2017"), ("", "")],
)
def test_a_day_is_as_precise_in_french_as_it_is(when, french):
    with translation.override("fr"):
        assert in_words(when) == french


def test_a_time_stands_after_its_day():
    moment = datetime(2026, 8, 1, 9, 5, tzinfo=UTC)

    assert day_and_time(moment) == "1\u00a0August 2026, 09:05"
    with translation.override("fr"):
        assert day_and_time(moment) == "1er\u00a0août 2026 à 09:05"


@pytest.mark.parametrize(
    ("number", "english", "french"),
    [(7, "7", "7"), (999, "999", "999"), (15209, "15,209", "15\u202f209")],
)
def test_thousands_stand_apart(number, english, french):
    assert grouped(number) == english
    with translation.override("fr"):
        assert grouped(number) == french
