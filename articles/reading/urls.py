"""Readers' addresses. Fixed by docs/contract.md; links on the web rely on them."""

from django.http import Http404, HttpRequest
from django.urls import path

from articles.reading.article import article

app_name = "articles"


def later(request: HttpRequest, **kwargs: object) -> None:
    raise Http404


urlpatterns = [
    path("articles/<slug:slug>/", article, name="article"),
    path("articles/<slug:slug>.md", later, name="markdown"),
    path("articles/<slug:slug>.json", later, name="json"),
    path("articles/<slug:slug>/history/", later, name="history"),
    path("articles/<slug:slug>/revisions/<int:number>/", later, name="revision"),
    path("articles/<slug:slug>/compare/<int:old>..<int:new>/", later, name="compare"),
    path("claims/<str:uid>/", later, name="claim"),
    path("sources/", later, name="sources"),
    path("sources/<str:uid>/", later, name="source"),
    path("tags/", later, name="tags"),
    path("tags/<str:slug>/", later, name="tag"),
    path("", later, name="home"),
]
