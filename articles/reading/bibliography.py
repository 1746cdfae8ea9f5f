"""Files for reference managers: the works that an article cites, and the article itself."""

from django.http import HttpRequest, HttpResponse

from articles.history.review import review
from articles.history.store import load
from articles.models import PublishedArticle
from articles.reading import notice
from articles.reading.citing import as_work, cited
from articles.reading.serving import serve
from articles.reading.timeline import state_and_facts
from articles.text.bibliography import FORMATS


def references(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """The works cited, in the order of their numbers."""
    return serve(
        request,
        slug,
        f"references-{ending}",
        lambda row: references_file(row, ending),
        content_type=content_type(ending),
    )


def references_file(row: PublishedArticle, ending: str) -> str:
    return FORMATS[ending].write(cited(load(row.publication.revision)))


def cite(request: HttpRequest, slug: str, number: int, ending: str) -> HttpResponse:
    """A published revision as a work; as lasting as the revision's own page."""
    return serve(
        request,
        slug,
        f"cite-{number}-{ending}",
        lambda row: cite_file(row, number, ending),
        content_type=content_type(ending),
        also_withdrawn=True,
    )


def cite_file(row: PublishedArticle, number: int, ending: str) -> str:
    state, facts = state_and_facts(row, number)
    work = as_work(
        state,
        number=number,
        sha256=facts.hash,
        published_at=facts.published_at,
        responsible=facts.responsible,
        headline=notice.headline(review(state), facts.responsible),
    )
    return FORMATS[ending].write([work])


def content_type(ending: str) -> str:
    return f"{FORMATS[ending].media_type}; charset=utf-8"
