"""The one door through which content changes: each function is one act, one transaction, one revision.

`tables.py` writes; nothing outside this room calls it.
"""

from articles.editing.articles import (
    article_text,
    create_article,
    import_found,
    restore,
    save_article,
)
from articles.editing.claims import (
    CitationGiven,
    VerdictGiven,
    judge,
    paragraph_of,
    review_claim,
)
from articles.editing.outcome import Conflict, ReadOtherwise, Saved
from articles.editing.sources import save_source

__all__ = [
    "CitationGiven",
    "Conflict",
    "ReadOtherwise",
    "Saved",
    "VerdictGiven",
    "article_text",
    "create_article",
    "import_found",
    "judge",
    "paragraph_of",
    "restore",
    "review_claim",
    "save_article",
    "save_source",
]
