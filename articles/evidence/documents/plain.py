"""Plain text and Markdown."""

import re
from typing import Any

from articles.evidence.documents import fields
from articles.evidence.documents.sniffing import decoded

LONGEST_TITLE = 200


def read(body: bytes, charset: str, *, markdown: bool) -> dict[str, Any]:
    """Its text as it is. A form feed, as in RFCs, divides pages."""
    text = decoded(body, charset)
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    if markdown or re.match(r"#{1,6} ", first):
        first = re.sub(r"^#{1,6}\s+|\s+#+$", "", first)
    facts = {"first line": [first]} if len(first) <= LONGEST_TITLE else {}
    found, origins = fields.chosen(facts, kind="document")
    pages = text.rstrip("\f\n ").count("\f")
    return {"text": text, "pages": pages + 1 if pages else 0, "fields": found, "origins": origins}
