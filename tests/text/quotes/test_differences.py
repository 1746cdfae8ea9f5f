"""How a quote differs from its source."""

import pytest

from articles.text.diff import Run
from articles.text.quotes import differences, warnings


def test_what_reads_alike_is_no_difference():
    quote = "“an  informa-tion desk of a medium-sized town’s … board”"
    matched = '"an informa-\ntion desk of a medium-\nsized town\'s ... board"'

    assert [run.kind for run in differences(quote, matched)] == ["same"]


def test_a_word_that_a_line_divides_is_shown_in_one():
    assert differences("the northern pier", "the nor-\nthern pier of non-\nEU towns") == (
        Run("same", "the northern pier"),
        Run("came", " of non-EU towns"),
    )


def test_what_an_editor_left_out_or_put_in_is_shown():
    assert differences("It … left [the town]", "It never left Gao") == (
        Run("same", "It"),
        Run("gone", "…"),
        Run("came", " never "),
        Run("same", "left "),
        Run("gone", "[the town]"),
        Run("came", "Gao"),
    )


@pytest.mark.parametrize(
    ("quote", "matched", "expected"),
    [
        ("The board paid.", "The board  paid.", ()),
        ("The old board paid.", "The new board paid.", ()),
        ("It had 15,290 men.", "It had 15,209 men.", ("number",)),
        ("It had four men.", "It had five men.", ("number",)),
        ("It had 12 % of them.", "It had 12 ‰ of them.", ("number",)),
        ("at −5 degrees", "at 5 degrees", ("number",)),
        ("some 10² rods", "some 10³ rods", ("number",)),
        ("under Chapter VII", "under Chapter VIII", ("number",)),
        ("in the years", "in the 12 years", ("number",)),
        ("It left Gao.", "It left Kidal.", ("name",)),
        ("Gao left.", "Kidal left.", ("name",)),
        ("the board of Gao", "the Board of Gao", ()),
        ("It was a legal act.", "It was an illegal act.", ("negation",)),
        ("It was paid.", "It was not paid.", ("negation",)),
        ("It can be paid.", "It can't be paid.", ("negation",)),
        ("Elle est venue.", "Elle n’est pas venue.", ("negation",)),
        ("They said so.", "They denied so.", ("negation",)),
        ("It … left", "It, with 12 men of Gao, left", ()),
        ("It … left", "It, with 12 men of Gao, never left", ("negation",)),
        ("It had 9 men in Gao.", "It never had 8 men in Kidal.", ("number", "name", "negation")),
    ],
)
def test_other_numbers_names_and_negations_are_warned_of(quote, matched, expected):
    assert warnings(quote, matched) == expected
