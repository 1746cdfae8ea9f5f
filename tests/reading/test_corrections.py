"""The corrections of all articles on one page."""

from dataclasses import replace

import pytest

from articles import editing, publishing
from articles.history.store import head
from articles.reading import corrections
from tests.factories import article
from tests.reading.dated import published, withdrawn
from tests.reading.markup import parse

pytestmark = pytest.mark.django_db


def told(reader, path: str = "/corrections/") -> list[tuple[str, ...]]:
    """Day, title, words and links of each entry."""
    root = parse(reader.get(path).text).one("main")
    return [
        (
            entry.one("time").text,
            entry.one("h2").text,
            entry.one("p", class_="what").text,
            *(link["href"] for link in entry.all("a")),
        )
        for timeline in root.all("ol")
        for entry in timeline.all("li")
    ]


def renamed(made, title: str) -> None:
    text = replace(editing.article_text(made), title=title)
    editing.save_article(made, text, base=head(made).hash, by=None)


def test_every_correction_stands_there_the_newest_first(reader):
    made, other = article(), article(slug="other")
    published(made, "2026-03-02T10:00:00")
    published(other, "2026-03-03T10:00:00", note="The date was wrong.")
    renamed(made, "Three sections")
    published(made, "2026-03-04T10:00:00", note="It was <b>wrong</b> & bad.")
    renamed(made, "Unseen")
    withdrawn(other, "2026-03-05T10:00:00", reason="Somebody could be hurt.")

    assert told(reader) == [
        (
            *("5 March 2026", "Two sections", "Withdrawn: Somebody could be hurt."),
            *("/articles/other/", "/articles/other/history/"),
        ),
        (
            *("4 March 2026", "Three sections", "It was <b>wrong</b> & bad."),
            *("/articles/two-sections/", "/articles/two-sections/compare/1..2/"),
        ),
        (
            *("3 March 2026", "Two sections", "The date was wrong."),
            *("/articles/other/", "/articles/other/revisions/1/"),
        ),
    ]


def test_its_links_lead_somewhere(reader):
    made = article()
    publishing.publish(made, by=None)
    renamed(made, "Three sections")
    publishing.publish(made, by=None, note="It had two.")

    ((*_, page, compare),) = told(reader)

    assert [reader.get(link).status_code for link in (page, compare)] == [200, 200]


def test_a_note_names_the_language_of_its_article(reader):
    publishing.publish(
        article("# Le départ\n\nIl a fermé.", slug="depart", language="fr"), by=None, note="Faux."
    )

    entry = parse(reader.get("/corrections/").text).one("ol", class_="timeline dated")

    assert entry.one("h2")["lang"] == entry.one("span")["lang"] == "fr"


def test_many_go_on_over_pages(reader, monkeypatch):
    monkeypatch.setattr(corrections, "CORRECTIONS", 2)
    made = article()
    for number in range(3):
        publishing.publish(made, by=None, note=f"Note {number}.")

    pages = [[entry[2] for entry in told(reader, f"/corrections/?page={n}")] for n in (1, 2)]

    assert pages == [["Note 2.", "Note 1."], ["Note 0."]]
    assert reader.get("/corrections/?page=3").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_corrections_cost_no_query_each(reader, count, django_assert_num_queries):
    for number in range(count):
        publishing.publish(article(slug=f"article-{number}"), by=None, note="Corrected.")

    with django_assert_num_queries(4):
        assert len(told(reader)) == count


def test_the_page_is_answered_304_until_something_is_published(reader):
    made = article()
    publishing.publish(made, by=None, note="Corrected.")
    tag = reader.get("/corrections/").headers["etag"]

    assert reader.get("/corrections/", headers={"if-none-match": tag}).status_code == 304
    publishing.publish(made, by=None, note="Corrected again.")
    assert reader.get("/corrections/", headers={"if-none-match": tag}).status_code == 200


def test_a_site_without_corrections_says_so(reader):
    publishing.publish(article(), by=None)

    assert "Nothing has been corrected yet." in parse(reader.get("/corrections/").text).text


def test_the_feed_names_it_as_its_page(reader):
    for start in ("", "/fr"):
        assert f'type="text/html" href="http://testserver{start}/corrections/"' in (
            reader.get(f"{start}/feeds/corrections.atom").text
        )
