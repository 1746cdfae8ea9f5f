"""Addresses of the site: the admin, its preview, the health check; readers' pages are the app's."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, path

from minusma_site.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("admin/", admin.site.urls),
]

handler400 = "minusma_site.errors.bad_request"
