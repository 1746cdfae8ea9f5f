"""Every kind of answer carries the security headers."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import path

from minusma_site.middleware import security_headers
from minusma_site.urls import urlpatterns as site_urls


def failing(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a fault in a view")


urlpatterns = [*site_urls, path("failing/", failing)]
handler400 = "minusma_site.errors.bad_request"


@pytest.fixture
def static_file(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "page.css").write_text("p { margin: 0 }")


def missing_headers(response):
    expected = security_headers()
    return {k: v for k, v in expected.items() if response.headers.get(k) != v}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/healthz", 200),
        ("/static/page.css", 200),
        ("/admin/login/", 200),
        ("/admin/", 302),
        ("/no-such-page/", 404),
        ("/failing/", 500),
    ],
)
def test_every_kind_of_answer_has_them(address, status, client, settings, static_file):
    settings.ROOT_URLCONF = __name__
    client.raise_request_exception = False

    response = client.get(address)

    assert response.status_code == status
    assert missing_headers(response) == {}


def test_a_foreign_host_is_told_so_under_them(client):
    response = client.get("/healthz", headers={"host": "attacker.example"})

    assert response.status_code == 400
    assert missing_headers(response) == {}


def test_a_body_beyond_the_limit_is_refused_under_them(client, settings):
    settings.REQUEST_BODY_LIMIT = 10

    response = client.post("/admin/login/", {"username": "x" * 100})

    assert response.status_code == 413
    assert missing_headers(response) == {}


def test_the_policy_allows_nothing_inline_and_no_framing():
    policy = security_headers()["Content-Security-Policy"]

    assert "unsafe" not in policy
    for directive in ("object-src", "base-uri", "frame-ancestors"):
        assert f"{directive} 'none'" in policy


def test_hsts_is_promised_only_where_the_site_is_https(settings):
    assert "Strict-Transport-Security" not in security_headers()

    settings.SECURE_HSTS_SECONDS = 3600

    assert security_headers()["Strict-Transport-Security"] == "max-age=3600"
