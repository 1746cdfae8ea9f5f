"""The chained hashes of revisions and publications: each covers its row and the one before."""

from articles.models import Publication, Revision
from articles.text.canonical import canonical, moment, sha256


def revision_hash(revision: Revision, *, article: str, parent: str) -> str:
    """SHA-256 over the revision, its article's uid and its parent's hash ("" for the first)."""
    return sha256(
        canonical(
            {
                "article": article,
                "number": revision.number,
                "parent": parent,
                "created_at": moment(revision.created_at),
                "author": revision.author,
                "origin": revision.origin,
                "act": revision.act,
                "summary": revision.summary,
                "manifest": revision.manifest_id,
            }
        )
    )


def publication_hash(
    publication: Publication, *, article: str, revision: str, previous: str
) -> str:
    """SHA-256 over the entry, its article's uid, its revision's hash and the entry before."""
    return sha256(
        canonical(
            {
                "number": publication.number,
                "previous": previous,
                "article": article,
                "revision": revision,
                "act": publication.act,
                "created_at": moment(publication.created_at),
                "author": publication.author,
                "responsible": publication.responsible,
                "note": publication.note,
                "changes": publication.changes_text,
            }
        )
    )
