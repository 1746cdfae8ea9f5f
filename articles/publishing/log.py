"""The site's one log of publications, each entry chained to the one before."""

from django.db import IntegrityError, transaction

from articles.history.chain import publication_hash
from articles.models import Publication, Revision
from articles.text.canonical import canonical

# Others may take the next place at the same moment; on SQLite nobody can.
TRIES = 50


def append(
    revision: Revision,
    *,
    act: str,
    author: str,
    responsible: str = "",
    note: str = "",
    changes: dict[str, int] | None = None,
) -> Publication:
    """Add an entry at the end of the log, in the caller's transaction.

    Raises IntegrityError if the log's end could not be reached in fifty tries.
    """
    for attempt in range(1, TRIES + 1):
        last = Publication.objects.order_by("number").last()
        entry = Publication(
            number=last.number + 1 if last else 1,
            article=revision.article,
            revision=revision,
            act=act,
            author=author,
            responsible=responsible,
            note=note,
            changes_text=canonical(changes or {}),
        )
        entry.hash = publication_hash(
            entry,
            article=revision.article.uid,
            revision=revision.hash,
            previous=last.hash if last else "",
        )
        try:
            with transaction.atomic():
                entry.save()
        except IntegrityError:
            if attempt == TRIES:
                raise
        else:
            return entry
    raise AssertionError("unreachable")
