"""The head of the site's one log of publications: whatever readers may find follows from it."""

from dataclasses import dataclass

from articles.models import Publication
from articles.remembering import remembered


@dataclass(frozen=True, slots=True)
class Head:
    number: int  # 0 while nothing was published
    hash: str

    @property
    def key(self) -> str:
        """What tells two states of the site apart, for the cache."""
        return self.hash[:20] or "empty"


@remembered
def head() -> Head:
    """The log's newest entry, in one query."""
    newest = Publication.objects.order_by("-number").values_list("number", "hash").first()
    return Head(*newest) if newest else Head(0, "")
