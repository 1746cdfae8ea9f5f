import pytest

from articles.text.limits import TooLarge
from articles.text.render import check_limits

WITHIN = {
    "bytes": ("word " * 3_999 + "\n") * 10,
    "a line": "x" * 20_000,
    "lines": "a\n" * 19_999,
    "quotes": "> " * 100 + "a",
    "lists": "- " * 100 + "a",
    "cells": "|a|\n|-|\n" + "|b|\n" * 9_999,
    "emphasis": "*" * 99 + "a" + "*" * 99,
    "open brackets": "[" * 20_000,
    "signs": ("*a " * 6_000 + "\n") * 10,
    "quoted lines": ("> " * 99 + "a\n") * 990,
    "list items": "- a\n" * 10_000,
    "one address used often": "[a]: https://example.org/\n\n" + "[a] " * 4_000,
    "signs in code": "```\n" + "*_[`\n" * 15_000 + "```",
}
BEYOND = {
    "bytes": ("é" * 10_001 + "\n") * 10,
    "a line": "One.\n" + "x" * 20_001,
    "lines": "a\n" * 20_001,
    "a NUL": "One.\nTw\0o.",
    "half a character": "One.\n\ud83d",
    "quotes": "One.\n\n" + "> " * 101 + "a",
    "quotes without end": ">" * 20_000,
    "lists by indentation": "".join("  " * depth + "- a\n" for depth in range(101)),
    "lines in quotes": "> " * 99 + "a\n" + "b\n" * 2_000,
    "cells": "|a|\n|-|\n" + "|b|\n" * 10_000,
    "emphasis": "*" * 250 + "a" + "*" * 250,
    "list items": "- a\n" * 10_001,
    "a long address used often": "[a]: https://" + "x" * 15_000 + "\n\n" + "[a] " * 40,
}


@pytest.mark.parametrize("name", WITHIN)
def test_a_text_at_the_limit_is_accepted(name):
    check_limits(WITHIN[name])


@pytest.mark.parametrize("name", BEYOND)
def test_a_text_beyond_the_limit_is_refused(name):
    with pytest.raises(TooLarge):
        check_limits(BEYOND[name])


def test_the_reason_names_limit_place_and_way_out():
    with pytest.raises(TooLarge) as refused:
        check_limits("One.\n\nTwo.\n\n" + "x" * 20_001)

    assert str(refused.value) == (
        "Line 5 has 20,001 characters; at most 20,000 are allowed. Break it into paragraphs."
    )
