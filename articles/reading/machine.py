"""The published article for programs and for other editors: JSON and Markdown."""

import json

from django.http import HttpRequest, HttpResponse

from articles.history.documents import Edition, as_json, as_markdown
from articles.history.store import load
from articles.models import PublishedArticle
from articles.reading.article import linked, looked_up
from articles.reading.serving import serve

JSON = "application/json; charset=utf-8"
MARKDOWN = "text/markdown; charset=utf-8"


def article_json(request: HttpRequest, slug: str) -> HttpResponse:
    return serve(request, slug, "json", json_document, content_type=JSON)


def article_markdown(request: HttpRequest, slug: str) -> HttpResponse:
    return serve(request, slug, "markdown", markdown_document, content_type=MARKDOWN)


def json_document(row: PublishedArticle) -> str:
    state = load(row.publication.revision)
    check = looked_up(state).result
    document = as_json(state, edition(row), slugs=linked(row, state), check=check)
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def markdown_document(row: PublishedArticle) -> str:
    return as_markdown(load(row.publication.revision), edition(row))


def edition(row: PublishedArticle) -> Edition:
    return Edition(row.number, row.hash, row.published_at)
