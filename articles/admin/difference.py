"""A difference as editors' pages show it: the readers' comparison, for drafts as well."""

from typing import Any

from articles.history.diff import Difference
from articles.reading.changes import in_words
from articles.reading.comparison import fields, outlined


def in_context(found: Difference | None) -> dict[str, Any]:
    """What templates/admin/articles/_difference.html takes."""
    if not found:
        return {"changes": [], "summary": ""}
    works = {**found.old.source_by_uid, **found.new.source_by_uid}
    return {
        "summary": in_words(found.counts()),
        "language": found.new.language,
        "title_runs": found.title,
        "fields": list(fields(found)),
        "changes": list(outlined(found, works)),
        "sources_added": found.sources_added,
        "sources_removed": found.sources_removed,
        "sources_changed": [new for _old, new in found.sources_changed],
    }
