"""What holds for every readers' style sheet."""

import re
from pathlib import Path

import pytest

SHEETS = Path(__file__).parents[2] / "static/articles/css"
READERS = [
    *("site", "claim", "article", "prose", "card", "diff", "pages", "pages-record", "about"),
    *("provenance", "print"),
]
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)[\w-]*"
    r"|left|right)\s*:|(?:text-align|float|clear)\s*:\s*(?:left|right)"
)
FOUR = re.compile(r"(?<![\w-])(?:margin|padding|inset)\s*:\s*([^;}]+)[;}]")


@pytest.mark.parametrize("name", READERS)
def test_a_sheet_names_no_left_or_right_and_so_serves_both_ways_of_writing(name):
    text = re.sub(r"/\*.*?\*/", "", (SHEETS / f"{name}.css").read_text(), flags=re.DOTALL)

    uneven = [value for value in FOUR.findall(text) if uneven_sides(value)]

    assert (PHYSICAL.findall(text), uneven) == ([], [])


def uneven_sides(value: str) -> bool:
    """Whether a shorthand gives the right side another value than the left one."""
    parts = re.findall(r"(?:[^\s()]|\([^()]*(?:\([^()]*\)[^()]*)*\))+", value)
    return len(parts) == 4 and parts[1] != parts[3]
