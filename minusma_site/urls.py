"""Addresses of the site: the admin, its preview, the health check; readers' pages are the app's."""

from importlib.util import find_spec

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from minusma_site.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("admin/", admin.site.urls),
]
# Until these rooms are built.
if find_spec("articles.admin") and find_spec("articles.admin.preview"):
    from articles.admin.preview import markdown_preview

    # In place of markdownx's own addresses, which are open to everybody and take uploads.
    urlpatterns.append(
        path("markdownx/markdownify/", markdown_preview, name="markdownx_markdownify")
    )
if find_spec("articles.reading") and find_spec("articles.reading.urls"):
    urlpatterns.append(path("", include("articles.reading.urls")))

handler400 = "minusma_site.errors.bad_request"
