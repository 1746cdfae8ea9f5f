"""Readers' addresses. They stay as they are: links on the web rely on them.

Where words or links of the interface stand in an answer, its address exists once in each
language: ``/tags/``, ``/fr/tags/``. Plain data has one address.
"""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, path

from articles.reading import bibliography, feeds
from articles.reading.about import about
from articles.reading.annotations import annotations, revision_text
from articles.reading.article import article
from articles.reading.as_of import as_of, choose_day
from articles.reading.claim import claim
from articles.reading.comparison import choose, comparison
from articles.reading.corrections import corrections
from articles.reading.languages import in_each_language
from articles.reading.listing import home, source, sources, tag, tags
from articles.reading.machine import article_json, article_markdown
from articles.reading.memento import memento, timegate, timemap
from articles.reading.picture import picture
from articles.reading.provenance import provenance
from articles.reading.report import report, reported
from articles.reading.search import search
from articles.reading.sitemap import robots, security, sitemap, sitemap_part
from articles.reading.timeline import history, revision
from articles.text.bibliography import FORMATS

app_name = "articles"


def in_each_format(address: str, view: Callable[..., HttpResponse], name: str) -> list[URLPattern]:
    """A document's address with the ending of each format, named ``name_ending``."""
    return [
        path(f"{address}.{ending}", view, {"ending": ending}, name=f"{name}_{ending}")
        for ending in FORMATS
    ]


pages = [
    path("", home, name="home"),
    path("articles/<slug:slug>/", article, name="article"),
    path("articles/<slug:slug>/history/", history, name="history"),
    path("articles/<slug:slug>/revisions/<int:number>/", revision, name="revision"),
    path("articles/<slug:slug>/compare/", choose, name="choose"),
    path("articles/<slug:slug>/compare/<int:old>..<int:new>/", comparison, name="compare"),
    path("articles/<slug:slug>/provenance/", provenance, name="provenance"),
    path("claims/<slug:uid>/", claim, name="claim"),
    path("claims/<slug:uid>/report/", report, name="report"),
    path("claims/<slug:uid>/report/thanks/", reported, name="reported"),
    path("search/", search, name="search"),
    path("corrections/", corrections, name="corrections"),
    path("about/", about, name="about"),
    path("sources/", sources, name="sources"),
    path("sources/<slug:uid>/", source, name="source"),
    *in_each_format("articles/<slug:slug>/revisions/<int:number>/cite", bibliography.cite, "cite"),
    path("tags/", tags, name="tags"),
    # Any text: tags keep the letters of their language.
    path("tags/<str:slug>/", tag, name="tag"),
    # The past by date.
    path("articles/<slug:slug>/as-of/", choose_day, name="choose-day"),
    path("articles/<slug:slug>/as-of/<str:day>/", as_of, name="as-of"),
    path("articles/<slug:slug>/publications/<int:number>/", memento, name="memento"),
    path("timegate/articles/<slug:slug>/", timegate, name="timegate"),
    path("timemap/articles/<slug:slug>/", timemap, name="timemap"),
    # For machines.
    path("articles/<slug:slug>/picture.png", picture, name="picture"),
    path("feeds/articles.atom", feeds.articles, name="feed-articles"),
    path("feeds/articles-<int:number>.atom", feeds.articles, name="feed-articles-page"),
    path("feeds/corrections.atom", feeds.corrections, name="feed-corrections"),
    path("feeds/corrections-<int:number>.atom", feeds.corrections, name="feed-corrections-archive"),
    path("articles/<slug:slug>/changes.atom", feeds.article_changes, name="feed-changes"),
    path(
        "articles/<slug:slug>/changes-<int:number>.atom",
        feeds.article_changes,
        name="feed-changes-archive",
    ),
]
data = [
    path("articles/<slug:slug>.md", article_markdown, name="markdown"),
    path("articles/<slug:slug>.json", article_json, name="json"),
    *in_each_format("articles/<slug:slug>/references", bibliography.references, "references"),
    path("articles/<slug:slug>/annotations.jsonld", annotations, name="annotations"),
    path("articles/<slug:slug>/revisions/<int:number>.txt", revision_text, name="revision-text"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", sitemap_part, name="sitemap-part"),
    path("robots.txt", robots, name="robots"),
    path(".well-known/security.txt", security, name="security"),
]
urlpatterns = [*in_each_language(pages), *data]
