"""The page that tells how to read the articles."""

import re

import pytest

from articles import publishing
from articles.models import Rating
from tests.factories import article
from tests.reading.markup import parse


def test_each_verdict_is_explained_under_an_anchor_with_its_signs(reader):
    root = parse(reader.get("/about/").text)

    told = {
        rating: [
            (glyph["data-verdict"], glyph["data-by"])
            for glyph in root.one("div", id=rating).all(class_="glyph")
        ]
        for rating in Rating.values
    }

    assert told == {rating: [(rating, "machine"), (rating, "human")] for rating in Rating.values}
    assert root.one("div", id="outdated").text == "Outdated It was true, and is no longer."


def test_the_contents_lead_to_every_section(reader):
    root = parse(reader.get("/about/").text).one("main")

    links = [(link["href"][1:], link.text) for link in root.one("nav").all("a")]

    assert links == [(section["id"], section.one("h2").text) for section in root.all("section")]


@pytest.mark.django_db
def test_every_link_on_it_within_the_site_leads_somewhere(reader):
    links = {
        link["href"]
        for path in ("/about/", "/fr/about/")
        for link in parse(reader.get(path).text).one("main").all("a")
        if link["href"].startswith("/")
    }

    assert links >= {"/corrections/", "/fr/corrections/", "/feeds/articles.atom"}
    assert {reader.get(link).status_code for link in links} == {200}


@pytest.mark.parametrize("path", ["/about/", "/fr/about/"])
def test_it_costs_no_query_and_is_answered_304(reader, path):
    tag = reader.get(path).headers["etag"]  # without a database, which a query would miss

    assert reader.get(path, headers={"if-none-match": tag}).status_code == 304


def test_it_is_there_in_both_languages_and_says_so(reader):
    french = reader.get("/fr/about/").text

    assert '<link rel="canonical" href="http://testserver/fr/about/">' in french
    assert 'hreflang="en" href="http://testserver/about/"' in french
    assert parse(french).one("h1").text == "Comment lire ces articles"
    assert "English" in parse(french).one(class_="languages").text


@pytest.mark.django_db
def test_an_article_leads_to_what_its_signs_mean(reader):
    publishing.publish(article(), by=None)
    root = parse(reader.get("/articles/two-sections/").text)

    (link,) = root.one("aside", id="ai-notice").all("a")
    target = re.fullmatch(r"/about/#(\w+)", link["href"])[1]

    assert link.text == "What do these signs mean?"
    assert parse(reader.get("/about/").text).one("section", id=target)


@pytest.mark.django_db
def test_the_foot_of_every_page_leads_on(reader):
    publishing.publish(article(), by=None)

    for path in ("/", "/articles/two-sections/", "/articles/none/", "/corrections/", "/about/"):
        foot = parse(reader.get(path).text).one("footer")
        assert [link["href"] for link in foot.all("a")] == [
            "/about/",
            "/corrections/",
            "/feeds/articles.atom",
            "/admin/",
        ]
        assert foot.one("li", data_live="").text == "For editors"
