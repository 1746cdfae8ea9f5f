"""Addresses of the site: the admin, its preview, the health check; readers' pages are the app's."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from articles.admin.preview import markdown_preview
from minusma_site.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    # First, since most requests are readers' and Django asks the addresses in turn.
    path("", include("articles.reading.urls")),
    path("admin/", admin.site.urls),
    # In place of markdownx's own addresses, which are open to everybody and take uploads.
    path("markdownx/markdownify/", markdown_preview, name="markdownx_markdownify"),
    path("healthz", healthz, name="healthz"),
]

handler400 = "minusma_site.errors.bad_request"
