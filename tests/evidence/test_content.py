from time import perf_counter

import pytest

from articles.evidence import keeping
from articles.evidence.content import changes
from tests.evidence.test_keeping import Page, Reading
from tests.factories import SourceFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("copies")]


def copies_of(*texts):
    source = SourceFactory()
    return [
        keeping.keep(source.uid, Page(body=text.encode()), Reading(text=text)) for text in texts
    ]


def told(runs):
    return [(run.kind, run.text) for run in runs if run.kind != "same"]


def test_the_words_that_differ_are_told():
    old, new = copies_of("It had 15,209 members.", "It had 15,290 members.")

    assert told(changes(old, new)) == [("gone", "15,209"), ("came", "15,290")]


def test_the_same_text_has_no_changes():
    old, new = copies_of("A page.", "A page.")

    assert [run.kind for run in changes(old, new)] == ["same"]


def test_long_texts_are_compared_by_line_first_within_seconds():
    lines = [f"Line {number} of a long report about the force." for number in range(40_000)]
    other = [*lines[:100], "Line 100 of a long report about the mission.", *lines[101:]]
    old, new = copies_of("\n".join(lines), "\n".join(other))

    began = perf_counter()
    found = changes(old, new)

    assert told(found) == [("gone", "force"), ("came", "mission")]
    assert perf_counter() - began < 5
