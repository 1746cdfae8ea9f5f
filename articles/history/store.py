"""States in and out of the blobs."""

from collections.abc import Iterator

from articles.history.pieces import Pieces, cut, join
from articles.history.state import ArticleState
from articles.models import Article, Blob, Revision

# SQLite takes at most 32,766 values in one statement.
AT_ONCE = 30_000


def keep(pieces: Pieces) -> None:
    """Write the blobs that are not there yet."""
    missing = pieces.content.keys() - contents(list(pieces.content), "sha256").keys()
    Blob.objects.bulk_create(
        # In one order everywhere, or two saves on PostgreSQL could wait for each other.
        [Blob(sha256=name, content=pieces.content[name]) for name in sorted(missing)],
        ignore_conflicts=True,
        batch_size=400,
    )


def contents(names: list[str], column: str = "content") -> dict[str, str]:
    """A column of blobs by their hashes; those that are missing are left out."""
    found: dict[str, str] = {}
    for batch in batches(names, AT_ONCE):
        found.update(Blob.objects.filter(pk__in=batch).values_list("pk", column))
    return found


def batches(names: list[str], size: int) -> Iterator[list[str]]:
    for start in range(0, len(names), size):
        yield names[start : start + size]


def load(revision: Revision) -> ArticleState:
    """The article as it was: four queries, three where the manifest was selected with it."""
    return join(revision.manifest.content, contents)


def head(article: Article) -> Revision:
    return Revision.objects.select_related("manifest").head_of(article)


__all__ = ["batches", "contents", "cut", "head", "keep", "load"]
