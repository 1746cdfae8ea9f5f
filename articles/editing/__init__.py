"""The one door through which content changes: a function is an act, a transaction, a revision.

`tables.py` writes; nothing outside this room calls it.
"""

from articles.editing.articles import (
    article_text,
    create_article,
    import_found,
    locked,
    restore,
    save_article,
)
from articles.editing.bibliography import Proposal, import_sources, proposals
from articles.editing.claims import (
    CitationGiven,
    ClaimReview,
    Pace,
    VerdictGiven,
    attach,
    dismiss,
    judge,
    paragraph_of,
    reaffirm,
    recut,
    review_claim,
    review_claims,
)
from articles.editing.outcome import Conflict, ReadOtherwise, Saved
from articles.editing.sources import held, save_source
from articles.history.commit import Moved

__all__ = [
    "CitationGiven",
    "ClaimReview",
    "Conflict",
    "Moved",
    "Pace",
    "Proposal",
    "ReadOtherwise",
    "Saved",
    "VerdictGiven",
    "article_text",
    "attach",
    "create_article",
    "dismiss",
    "held",
    "import_found",
    "import_sources",
    "judge",
    "locked",
    "paragraph_of",
    "proposals",
    "reaffirm",
    "recut",
    "restore",
    "review_claim",
    "review_claims",
    "save_article",
    "save_source",
]
