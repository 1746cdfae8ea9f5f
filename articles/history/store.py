"""States in and out of the blobs."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from articles.history import pieces
from articles.history.authorship import Contribution
from articles.history.pieces import Pieces, cut, join
from articles.history.state import ArticleState
from articles.models import Article, Blob, Revision
from articles.remembering import remembered

# SQLite takes at most 32,766 values in one statement.
AT_ONCE = 30_000

Name = TypeVar("Name", str, int)


def keep(new: Pieces) -> None:
    """Write the blobs that are not there yet."""
    missing = new.content.keys() - contents(list(new.content), "sha256").keys()
    Blob.objects.bulk_create(
        # In one order everywhere, or two saves on PostgreSQL could wait for each other.
        [Blob(sha256=name, content=new.content[name]) for name in sorted(missing)],
        ignore_conflicts=True,
        batch_size=400,
    )


def contents(names: list[str], column: str = "content") -> dict[str, str]:
    """A column of blobs by their hashes; those that are missing are left out."""
    found: dict[str, str] = {}
    for batch in batches(names, AT_ONCE):
        found.update(Blob.objects.filter(pk__in=batch).values_list("pk", column))
    return found


def batches(names: Sequence[Name], size: int) -> Iterator[Sequence[Name]]:
    for start in range(0, len(names), size):
        yield names[start : start + size]


def load(revision: Revision) -> ArticleState:
    """The article as it was: four queries, three where the manifest was selected with it."""
    return joined(revision.manifest.content)


@remembered
def joined(manifest: str) -> ArticleState:
    return join(manifest, contents)


def titles(revisions: Sequence[Revision]) -> list[tuple[str, str]]:
    """What the article was called in each revision, and in which language.

    One query, where the revisions' manifests were selected with them.
    """
    return pieces.titles([revision.manifest.content for revision in revisions], contents)


def head(article: Article) -> Revision:
    return Revision.objects.select_related("manifest").head_of(article)


def contributions(article: int, numbers: Iterable[int]) -> dict[int, Contribution]:
    """Who wrote with which of the article's revisions (by primary key), drafts included.

    One query for each 30,000 numbers.
    """
    found = {}
    for batch in batches(sorted(numbers), AT_ONCE):
        rows = Revision.objects.order_by().filter(article=article, number__in=batch)
        for number, *told in rows.values_list("number", "author", "origin", "created_at"):
            found[number] = Contribution(number, *told, before=number - 1 or None)
    return found


__all__ = [
    "batches",
    "contents",
    "contributions",
    "cut",
    "head",
    "keep",
    "load",
    "titles",
]
