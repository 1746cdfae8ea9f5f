"""A section as the passages that a comparison lays side by side."""

from articles.text.passages import passages
from articles.text.render import render

BODY = """The mission left in **2023**.

| Place | Troops | |
| --- | --- | --- |
| Gao | 1,250 | *left* |
| Kidal | | closed |

1. One `camp`.
2. Two:

   It had a wall.

   - a well
"""


def test_rows_and_items_are_passages_of_their_own():
    found = [(passage.form, passage.text) for passage in passages(render(BODY, prefix="s"))]

    assert found == [
        ("paragraph", "The mission left in 2023."),
        ("row", "Place · Troops · "),
        ("row", "Gao · 1,250 · left"),
        ("row", "Kidal ·  · closed"),
        ("item", "One camp."),
        ("item", "Two:"),
        ("paragraph", "It had a wall."),
        ("item", "a well"),
    ]


def test_nothing_has_no_passages():
    assert passages("") == []
