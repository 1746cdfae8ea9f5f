"""What was corrected in the site's articles, and which of them were taken back, newest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse

from articles.history.store import titles
from articles.models import Publication
from articles.reading import log, paging
from articles.reading.listing import Context, listed

CORRECTIONS = 50  # a page


@dataclass(frozen=True, slots=True)
class Correction:
    """An entry of the log that tells readers something of an article."""

    title: str  # as the article was called then
    language: str
    slug: str
    note: str
    at: datetime
    withdrawn: bool  # taken back by this entry
    number: int  # of the revision
    before: int | None  # the revision that readers saw until then, where it is another


def corrections(request: HttpRequest) -> HttpResponse:
    return listed(request, "corrections", corrections_context)


def corrections_context(number: int) -> Context:
    """A page of them, in three queries."""
    noted = log.with_revisions(Publication.objects.noted()).order_by("-number")
    page = paging.page(noted, number, CORRECTIONS)
    return {"page": page, "corrections": list(told(list(page)))}


def told(rows: list[Publication]) -> Iterator[Correction]:
    called = titles([row.revision for row in rows])
    for row, (title, language) in zip(rows, called, strict=True):
        withdrawn = row.act == Publication.Act.WITHDRAWN
        differs = not withdrawn and row.before != row.revision.number
        yield Correction(
            title=title,
            language=language,
            slug=row.slug,
            note=row.note,
            at=row.created_at,
            withdrawn=withdrawn,
            number=row.revision.number,
            before=row.before if differs else None,
        )
