import time

import pytest

from articles.evidence.likeness import alike, index, same_work, work_of
from articles.models import Source
from tests.factories import SourceFactory

pytestmark = pytest.mark.django_db
SHEET = {"type": "report", "title": "Fact sheet", "issued": "2017", "container_title": "Sheets"}


@pytest.mark.parametrize(
    ("stored", "asked"),
    [
        ({"doi": "10.1000/ABC"}, {"doi": "10.1000/abc"}),
        ({"doi": "https://doi.org/10.1000/abc"}, {"doi": "10.1000/abc"}),
        ({"url": "http://www.example.org/a/"}, {"url": "https://example.org/a?utm_source=x#top"}),
        ({"url": "https://bücher.example/"}, {"url": "https://xn--bcher-kva.example"}),
        ({"isbn": "0-306-40615-2", "type": "book"}, {"isbn": "9780306406157", "type": "book"}),
        # Its last digit is wrong, in both.
        ({"isbn": "978-0-306-40615-8", "type": "report"}, {"isbn": "9780306406158"}),
        ({"number": "S/RES/2690(2023)"}, {"number": "S/RES/2690 (2023)"}),
        (SHEET, SHEET | {"title": " fact  SHEET", "container_title": "sheets"}),
        (SHEET, SHEET | {"isbn": "9780306406157"}),
    ],
)
def test_a_work_is_known_by_what_names_it(stored, asked):
    SourceFactory(url="https://example.org/other", doi="10.1000/xabc", number="S/RES/2690 (2022)")
    source = SourceFactory(**stored)

    assert same_work(work_of(asked)) == index().same(work_of(asked)) == source


@pytest.mark.parametrize(
    ("stored", "asked"),
    [
        ({"doi": "10.1000/abc"}, {"doi": "10.1000/bc"}),
        ({"url": "https://example.org/a?id=1"}, {"url": "https://example.org/a?id=2"}),
        # A chapter has its book's ISBN, and is not the book.
        ({"isbn": "9780306406157", "type": "chapter"}, {"isbn": "9780306406157", "type": "book"}),
        ({"isbn": "9780306406157", "type": "book"}, {"isbn": "9780306406157", "type": "chapter"}),
        ({"isbn": "none"}, {"isbn": "none"}),
        ({"number": "12"}, {"number": "12"}),  # of two series of reports
        ({}, {"title": "Fact sheet 1"}),
        ({"doi": "", "url": "", "isbn": "", "number": ""}, {"doi": "", "url": "", "isbn": ""}),
        (SHEET, SHEET | {"issued": "2018"}),
        (SHEET, SHEET | {"type": "document"}),
        (SHEET, SHEET | {"container_title": ""}),
        (SHEET, SHEET | {"url": "https://example.org/sheet"}),  # asked about, as alike
        (SHEET | {"number": "12"}, SHEET | {"number": "13"}),
    ],
)
def test_other_works_are_others(stored, asked):
    SourceFactory(**stored)

    assert same_work(work_of(asked)) is index().same(work_of(asked)) is None


def test_a_nearly_identical_title_of_no_other_year_is_offered():
    close = SourceFactory(title="Strength of the Mission – 2017", issued="2018-03-02")
    undated = SourceFactory(title="Strength of the mission, 2017 ", issued="")
    SourceFactory(title="Strength of the mission, 2017", issued="2019")
    SourceFactory(title="Strength of the mission, 2016", issued="2018")
    SourceFactory(title="Weakness of the mission, 2017", issued="2018")
    asked = {"title": "Strength of the missions, 2017", "issued": "2018"}

    assert {source.pk for source in alike(work_of(asked))} == {close.pk, undated.pk}
    assert alike(work_of({"title": "“…”"})) == alike(work_of({})) == []


def test_the_likest_come_first_and_five_at_most():
    for n in range(7):
        SourceFactory(title="Strength of the mission" + "!x" * n, issued="2018")

    titles = [source.title for source in alike(work_of({"title": "Strength of the mission"}))]

    assert titles == ["Strength of the mission" + "!x" * n for n in range(5)] or len(titles) < 5
    assert titles[0] == "Strength of the mission"


def test_ten_thousand_sources_are_compared_in_an_instant(django_assert_num_queries):
    Source.objects.bulk_create(
        Source(title=f"Report {n} on the mission's strength", url=f"https://example.org/{n}")
        for n in range(10_000)
    )
    began = time.process_time()

    with django_assert_num_queries(4):
        found = same_work(work_of({"url": "https://example.org/9999?utm_source=x"}))
        likest = alike(work_of({"title": "Report 77 on the missions strength"}))

    assert (found.title, [source.title for source in likest]) == (
        "Report 9999 on the mission's strength",
        ["Report 77 on the mission's strength"],
    )
    assert time.process_time() - began < 5  # ten times what it takes
