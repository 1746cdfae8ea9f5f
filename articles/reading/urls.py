"""Readers' addresses. Fixed by docs/contract.md; links on the web rely on them."""

from django.urls import path

from articles.reading import bibliography
from articles.reading.article import article
from articles.reading.claim import claim
from articles.reading.comparison import choose, comparison
from articles.reading.listing import home, source, sources, tag, tags
from articles.reading.machine import article_json, article_markdown
from articles.reading.provenance import provenance
from articles.reading.timeline import history, revision
from articles.text.bibliography import FORMATS

app_name = "articles"

urlpatterns = [
    path("", home, name="home"),
    path("articles/<slug:slug>/", article, name="article"),
    path("articles/<slug:slug>.md", article_markdown, name="markdown"),
    path("articles/<slug:slug>.json", article_json, name="json"),
    path("articles/<slug:slug>/history/", history, name="history"),
    path("articles/<slug:slug>/revisions/<int:number>/", revision, name="revision"),
    path("articles/<slug:slug>/compare/", choose, name="choose"),
    path("articles/<slug:slug>/compare/<int:old>..<int:new>/", comparison, name="compare"),
    path("articles/<slug:slug>/provenance/", provenance, name="provenance"),
    path("claims/<slug:uid>/", claim, name="claim"),
    path("sources/", sources, name="sources"),
    path("sources/<slug:uid>/", source, name="source"),
    *(
        path(
            f"articles/<slug:slug>/references.{ending}",
            bibliography.references,
            {"ending": ending},
            name=f"references_{ending}",
        )
        for ending in FORMATS
    ),
    *(
        path(
            f"articles/<slug:slug>/revisions/<int:number>/cite.{ending}",
            bibliography.cite,
            {"ending": ending},
            name=f"cite_{ending}",
        )
        for ending in FORMATS
    ),
    path("tags/", tags, name="tags"),
    # Any text: tags keep the letters of their language.
    path("tags/<str:slug>/", tag, name="tag"),
]
