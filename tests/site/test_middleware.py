"""What readers' pages are spared, and what nobody is."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from django.utils import translation

from minusma_site.urls import urlpatterns as site_urls


def page(request: HttpRequest) -> HttpResponse:
    """A reader's page: says its language and what the request carries."""
    carried = [name for name in ("session", "user", "_messages") if hasattr(request, name)]
    return HttpResponse(" ".join([translation.get_language() or "none", *carried]))


urlpatterns = [*site_urls, path("page/", page)]
handler400 = "minusma_site.errors.bad_request"


@pytest.fixture(autouse=True)
def _these_addresses(settings):
    settings.ROOT_URLCONF = __name__


def test_a_readers_page_costs_no_query_even_with_an_editors_cookies(
    admin_client, django_assert_num_queries
):
    with django_assert_num_queries(0):
        response = admin_client.get("/page/")

    assert response.content == b"en"
    assert not response.cookies
    assert "Vary" not in response.headers


@pytest.mark.django_db
def test_an_editors_language_does_not_stay_for_the_next_reader(client):
    login = client.get("/admin/login/", headers={"accept-language": "fr"})

    reader = client.get("/page/", headers={"accept-language": "fr"})

    assert login.headers["Content-Language"] == "fr"
    assert reader.content == b"en"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/page/", "/admin/login/"])
def test_a_post_needs_a_csrf_token_wherever_it_goes(address):
    response = Client(enforce_csrf_checks=True).post(address, {"a": "b"})

    assert response.status_code == 403


def test_a_forgotten_slash_is_added(client):
    response = client.get("/page?x=1")

    assert (response.status_code, response.headers["Location"]) == (301, "/page/?x=1")


@pytest.mark.parametrize("host", ["testserver", "attacker.example"])
def test_only_allowed_hosts_are_served_each_time(host, client):
    answers = [client.get("/page/", headers={"host": host}).status_code for _ in range(2)]

    assert answers == ([200, 200] if host == "testserver" else [400, 400])


def test_plain_http_is_sent_to_the_sites_https_address(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SITE_URL = "https://articles.example.org"

    response = client.get("/page/?x=1")

    assert response.status_code == 301
    assert response.headers["Location"] == "https://articles.example.org/page/?x=1"


@pytest.mark.django_db
def test_the_health_check_answers_without_https(client, settings):
    settings.SECURE_SSL_REDIRECT = True

    assert client.get("/healthz").content == b"ok\n"
