"""The files at fixed addresses that visiting programs read."""

from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.http import Http404

from articles import publishing
from articles.reading.sitemap import security_lines, sitemap_document
from tests.factories import article
from tests.reading.dated import published

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}

pytestmark = pytest.mark.django_db


def locations(document: str) -> list[str]:
    root = ElementTree.fromstring(document)
    return [
        node.text.removeprefix("http://testserver") for node in root.iterfind(".//s:loc", NAMES)
    ]


def test_what_readers_see_is_in_the_sitemap(reader):
    published(article(), "2026-03-02T10:00:00")
    article(slug="draft")
    publishing.publish(article(slug="gone"), by=None)
    publishing.withdraw(
        publishing.publish(article(slug="withdrawn"), by=None).article, by=None, reason="Not ours."
    )

    answer = reader.get("/sitemap.xml")

    assert answer.headers["content-type"] == "application/xml; charset=utf-8"
    assert locations(answer.text) == [
        *("/", "/fr/", "/tags/", "/fr/tags/", "/sources/", "/fr/sources/"),
        *("/corrections/", "/fr/corrections/", "/about/", "/fr/about/"),
        *("/articles/two-sections/", "/fr/articles/two-sections/"),
        *("/articles/gone/", "/fr/articles/gone/"),
    ]
    root = ElementTree.fromstring(answer.text)
    lastmod = root.find("s:url[11]/s:lastmod", NAMES)
    assert lastmod.text == "2026-03-02T10:00:00.000000+00:00"


def test_a_long_sitemap_comes_in_parts():
    for number in range(5):
        publishing.publish(article(slug=f"article-{number}"), by=None)

    whole = locations(sitemap_document(most=14))
    parts = [locations(sitemap_document(number, most=14)) for number in (1, 2, 3)]

    assert whole == ["/sitemap-1.xml", "/sitemap-2.xml", "/sitemap-3.xml"]
    assert [len(part) for part in parts] == [14, 4, 2]
    assert [path for part in parts for path in part if not path.startswith("/fr/")] == [
        *("/", "/tags/", "/sources/", "/corrections/", "/about/"),
        *(f"/articles/article-{number}/" for number in range(5)),
    ]
    for number in (0, 4):
        with pytest.raises(Http404):
            sitemap_document(number, most=14)


def test_the_sitemap_follows_the_log(reader):
    publishing.publish(article(), by=None)
    tag = reader.get("/sitemap.xml").headers["etag"]

    assert reader.get("/sitemap.xml", headers={"if-none-match": tag}).status_code == 304
    publishing.publish(article(slug="other"), by=None)
    assert reader.get("/sitemap.xml", headers={"if-none-match": tag}).status_code == 200


def test_robots_are_led_to_the_sitemap_and_kept_from_the_admin(reader):
    answer = reader.get("/robots.txt")

    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.text == (
        "User-agent: *\nDisallow: /admin/\n\nSitemap: http://testserver/sitemap.xml\n"
    )


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("security@example.org", "mailto:security@example.org"),
        ("https://example.org/security", "https://example.org/security"),
    ],
)
def test_security_txt_says_whom_to_tell(settings, given, shown):
    settings.SECURITY_CONTACT = given

    assert list(security_lines(date(2026, 11, 27))) == [
        f"Contact: {shown}",
        "Expires: 2027-05-26T00:00:00Z",
        "Canonical: http://testserver/.well-known/security.txt",
    ]


def test_security_txt_never_runs_out_while_it_is_served(reader):
    answer = reader.get("/.well-known/security.txt")

    expires = datetime.fromisoformat(
        next(line for line in answer.text.splitlines() if line.startswith("Expires: "))[9:]
    )
    now = datetime.now(UTC)
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert now + timedelta(days=30) < expires < now + timedelta(days=365)
