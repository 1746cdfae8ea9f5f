"""Home, tags and sources, over several articles."""

from dataclasses import replace

import pytest

from articles import editing, publishing
from articles.editing import CitationGiven, VerdictGiven
from articles.history.store import head
from tests.factories import EditorFactory, SourceFactory, article, claim_of
from tests.reading.markup import parse

pytestmark = pytest.mark.django_db


def published(slug: str, **values):
    made = article(slug=slug, **values)
    publishing.publish(made, by=None)
    return made


def links(reader, path: str, start: str) -> list[str]:
    root = parse(reader.get(path).text).one("main")
    return [a["href"] for a in root.all("a") if a["href"].startswith(start)]


@pytest.mark.parametrize("count", [1, 3])
def test_home_lists_the_newest_change_first(reader, count, django_assert_num_queries):
    article(slug="draft")
    for number in range(count):
        published(f"a{number}")
    publishing.withdraw(published("gone"), by=None, reason="Not ours.")

    with django_assert_num_queries(3):
        found = links(reader, "/", "/articles/")

    assert found == [f"/articles/a{number}/" for number in reversed(range(count))]


def test_home_says_how_far_the_review_is(reader):
    judged = article()
    claim = claim_of(judged, "15,209")
    editing.judge(claim, read=claim.text, rating="supported", by=EditorFactory())
    publishing.publish(judged, by=None)

    state = parse(reader.get("/").text).one("div", class_="state")

    assert "Written by AI. People have reviewed 1 of 5 sentences." in state.text
    assert "1 of 5 sentences judged by a person" in state.text
    assert [rect.attributes.get("data-by") for rect in state.all("rect")] == ["human", None]


def test_home_goes_on_over_pages(reader):
    for number in range(21):
        published(f"a{number:02}")

    assert len(links(reader, "/", "/articles/")) == 20
    assert links(reader, "/?page=2", "/articles/") == ["/articles/a00/"]


@pytest.mark.parametrize("asked", ["0", "3", "-1", "x", "", "²", "9" * 40])
def test_a_page_that_is_none_is_not_found(reader, asked):
    published("one")

    assert reader.get(f"/?page={asked}").status_code == 404


def test_an_empty_site_says_so(reader):
    for path in ("/", "/tags/", "/sources/"):
        assert reader.get(path).status_code == 200


def test_a_list_is_answered_304_until_something_is_published(reader):
    published("one")
    tag = reader.get("/").headers["etag"]

    assert reader.get("/", headers={"if-none-match": tag}).status_code == 304
    published("two")
    assert reader.get("/", headers={"if-none-match": tag}).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_tags_count_published_sections_only(reader, count, django_assert_num_queries):
    for number in range(count):
        published(f"a{number}", tags={"First": ["Été", "C++"], "Second": ["été"]})
    article(slug="draft", tags={"First": ["secret"]})

    with django_assert_num_queries(2):
        root = parse(reader.get("/tags/").text).one("main")

    assert [item.text for item in root.all("li")] == [
        f"C++ {count} section{'s' * (count > 1)}",
        f"Été {2 * count} sections",
    ]


def test_a_tag_leads_to_its_sections(reader, django_assert_num_queries):
    published("one", tags={"": ["Été"], "Second": ["Été"]})
    published("other", tags={"First": ["Wells"]})

    with django_assert_num_queries(3):
        found = links(reader, "/tags/été/", "/articles/")

    assert found == [
        "/articles/one/",
        "/articles/one/#introduction",
        "/articles/one/#second",
    ]
    (heading,) = parse(reader.get("/tags/été/").text).one("main").all("h2")
    assert heading.one("a").attributes == {"href": "/articles/one/"}  # and looks like a link


def test_a_withdrawn_article_leaves_lists_and_tags(reader):
    gone = published("gone", tags={"First": ["Wells"]})
    publishing.withdraw(gone, by=None, reason="Not ours.")

    assert links(reader, "/", "/articles/") == []
    assert reader.get("/tags/wells/").status_code == 404


@pytest.mark.parametrize("slug", ["nothing", "%00", "a%0Ab", "%F0%9F%98%80", "x" * 3000])
def test_a_tag_that_nobody_gave_is_not_found(reader, slug):
    assert reader.get(f"/tags/{slug}/").status_code == 404


def cite(made, words: str, source, **values) -> None:
    claim = claim_of(made, words)
    editing.review_claim(
        claim,
        read=claim.text,
        verdicts=[VerdictGiven("supported")],
        citations=[CitationGiven(source, **values)],
        by=EditorFactory(),
    )


@pytest.mark.parametrize("count", [1, 3])
def test_a_source_shows_where_it_is_used(reader, count, django_assert_num_queries):
    sheet, unused = SourceFactory(title="Sheet", url="https://example.org/s"), SourceFactory()
    for number in range(count):
        made = article(slug=f"a{number}")
        cite(made, "15,209", sheet, stance="qualifies", quote="15,209 staff", locator="p. 3")
        publishing.publish(made, by=None)

    with django_assert_num_queries(8):
        root = parse(reader.get(f"/sources/{sheet.uid}/").text).one("main")

    assert root.text.count("Qualifies, p. 3:") == count
    assert [quote.text for quote in root.all("blockquote")] == ["15,209 staff"] * count
    assert root.text.count("No copy of this work is stored yet") == 1
    with django_assert_num_queries(3):
        assert links(reader, "/sources/", "/sources/") == [f"/sources/{sheet.uid}/"]
    assert reader.get(f"/sources/{unused.uid}/").status_code == 404


def test_a_source_that_drafts_alone_cite_is_not_public(reader):
    sheet, made = SourceFactory(), published("one")
    cite(made, "15,209", sheet)

    assert reader.get(f"/sources/{sheet.uid}/").status_code == 404
    assert links(reader, "/sources/", "/sources/") == []


def test_a_script_as_an_address_is_no_link(reader):
    sheet, made = SourceFactory(url="https://example.org/"), article()
    type(sheet).objects.update(url="javascript:alert(1)")
    cite(made, "15,209", sheet)
    publishing.publish(made, by=None)

    page = reader.get(f"/sources/{sheet.uid}/").text

    assert 'href="javascript:' not in page


def test_what_editors_type_is_shown_as_text(reader):
    evil = "<script>alert(1)</script>"
    sheet = SourceFactory(title=evil)
    made = article(slug="evil", tags={"First": [evil]})
    text = replace(editing.article_text(made), title=evil)
    editing.save_article(made, text, base=head(made).hash, by=None, summary=evil)
    cite(made, "15,209", sheet, quote=evil, locator=evil)
    publishing.publish(made, by=None, note=evil)
    claim = claim_of(made, "15,209").uid

    paths = ["/", "/tags/", "/tags/scriptalert1script/", "/sources/", f"/sources/{sheet.uid}/"]
    paths += [f"/claims/{claim}/", "/articles/evil/history/"]
    for path in paths:
        answer = reader.get(path)
        assert answer.status_code == 200, path
        assert evil not in answer.text, path
