"""The site's one log of publications: whatever readers may find follows from its head."""

from dataclasses import dataclass

from django.db.models import F, OuterRef, QuerySet, Subquery

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


def with_revisions(entries: QuerySet[Publication]) -> QuerySet[Publication]:
    """The entries with all that is told of them: `slug`, and `before`, the number of the revision
    that readers saw until then."""
    earlier = Publication.objects.filter(
        article=OuterRef("article"), number__lt=OuterRef("number")
    ).order_by("-number")
    return entries.select_related("revision__manifest").annotate(
        slug=F("article__published__slug"), before=Subquery(earlier.values("revision__number")[:1])
    )
