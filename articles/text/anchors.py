"""Addresses of sections within a page."""

import re
import unicodedata
from collections.abc import Sequence

# What the article's page uses itself; a heading must not take it.
TAKEN = {
    *("ai-notice", "cite", "contents", "coverage", "history", "main"),
    *("references", "references-h", "see-also"),
}
TAKEN_FORMS = re.compile(r"(?:c|e|fn|fnref|m|ref)-.*|[0-9].*")


def anchors(headings: Sequence[str]) -> list[str]:
    """An id for each heading, unique among them and on the page.

    >>> anchors(["", "Mali’s Été", "References", "Mali's été"])
    ['introduction', 'malis-ete', 'section-references', 'malis-ete-2']
    """
    found: list[str] = []
    for heading in headings:
        plain = slug(heading) if heading else "introduction"
        if not plain or plain in TAKEN or TAKEN_FORMS.fullmatch(plain):
            plain = f"section-{plain}".rstrip("-")
        anchor, again = plain, 1
        while anchor in found:
            again += 1
            anchor = f"{plain}-{again}"
        found.append(anchor)
    return found


def slug(text: str) -> str:
    """Small letters, digits and hyphens; accents are taken off, other scripts stay.

    >>> slug("MINUSMA’s  role: 2013–2023")
    'minusmas-role-20132023'
    """
    bare = "".join(
        c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c)
    )
    return re.sub(r"[-\s_]+", "-", re.sub(r"[^\w\s-]", "", bare)).strip("-")
