"""Quotes to find as JSON Lines, and what became of them.

A case: `{"id", "text", "quote"}`. A result: `{"id", "result", "start", "end", "matched",
"score"}`, where `start` and `end` are null for a quote that is missing.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from articles.text.json_lines import answered, check
from articles.text.quotes.finding import Prepared

FIELDS = {"id": object, "text": str, "quote": str}


class Finder:
    """Answers cases; a text that comes again at once is read once."""

    def __init__(self) -> None:
        self.prepared = Prepared("")

    def answer(self, case: Mapping[str, Any]) -> dict[str, Any]:
        """Find the quote of one case; ValueError if something is missing in it."""
        check("the case", case, FIELDS)
        if case["text"] != self.prepared.text:
            self.prepared = Prepared(case["text"])
        return {"id": case["id"], **asdict(self.prepared.find(case["quote"]))}


def main() -> int:
    return answered(Finder().answer)
