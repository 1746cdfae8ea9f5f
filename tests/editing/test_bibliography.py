"""Works from a file: which are new, which are there already."""

import pytest
from django.core.exceptions import ValidationError

from articles import editing
from articles.models import Source
from articles.text.bibliography import Entry
from articles.text.csl import Fields
from tests.factories import SourceFactory
from tests.text.works import work

pytestmark = pytest.mark.django_db
BOOK, CHAPTER = {"type": "book"}, {"type": "chapter"}


def states(*works: Fields) -> list[str]:
    entries = [Entry(one, f"item {number}") for number, one in enumerate(works, 1)]
    return [proposal.state for proposal in editing.proposals(entries)]


@pytest.mark.parametrize(
    ("there", "coming", "state"),
    [
        ({"doi": "10.1234/AbC"}, {"doi": "https://doi.org/10.1234/abc"}, "known"),
        ({"url": "https://example.org/a"}, {"url": "http://www.example.org/a#top"}, "known"),
        (BOOK | {"isbn": "0-306-40615-2"}, BOOK | {"isbn": "9780306406157"}, "known"),
        (CHAPTER | {"isbn": "9780306406157"}, CHAPTER | {"isbn": "9780306406157"}, "new"),
        ({"number": "S/RES/2690 (2023)"}, {"number": "S/RES/2690(2023)"}, "known"),
        ({"number": "4"}, {"number": "4"}, "new"),
        ({"title": "The Strength of All"}, {"title": "The strength of alls"}, "alike"),
        ({"title": "Fact sheet 12"}, {"title": "Fact sheet 13"}, "new"),
        ({"title": "A Sheet", "issued": "2017"}, {"title": "A Sheet", "issued": "2018"}, "new"),
        ({"title": "A Sheet", "issued": "2017-06"}, {"title": "A Sheet", "issued": ""}, "alike"),
    ],
)  # fmt: skip
def test_a_work_that_is_there_is_recognised(there, coming, state):
    SourceFactory(**{"title": "Something else entirely", "issued": ""} | there)

    assert states(work(**{"title": "Words of its own"} | coming)) == [state]


def test_a_work_that_stands_twice_in_a_file_is_new_once():
    one = work(title="Mali", url="https://example.org/a")

    assert states(one, work(title="Other"), one, work(title="Other")) == [
        "new",
        "new",
        "twice",
        "twice",
    ]


def test_what_names_a_known_work_in_the_file_names_it_again():
    SourceFactory(doi="10.1234/a")
    address = "https://example.org/a"

    assert states(work(doi="10.1234/a", url=address), work(title="Again", url=address)) == [
        "known",
        "twice",
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_however_many_works_are_looked_up_at_once(count, django_assert_num_queries):
    SourceFactory.create_batch(count)

    with django_assert_num_queries(1):
        states(*(work(title=f"Work {number}", issued="2017") for number in range(count)))


def test_what_a_source_cannot_hold_is_left_out_and_said():
    coming = work(url="not an address", language="English (US)", volume="4")

    (proposal,) = editing.proposals([Entry(coming, "line 1")])

    assert (proposal.state, proposal.work.url, proposal.work.language) == ("new", "", "")
    assert proposal.work.volume == "4"
    assert [remark.split(".")[0] for remark in proposal.remarks] == [
        "Not kept: address “not an address”",
        "Not kept: language “English (US)”",
    ]


@pytest.mark.parametrize("title", ["", "x" * 501])
def test_without_a_fitting_title_it_cannot_be_stored(title):
    assert states(work(title=title)) == ["faulty"]


def test_all_are_stored_or_none():
    with pytest.raises(ValidationError):
        editing.import_sources([work(), work(title="")], by=None)

    assert not Source.objects.exists()
