"""Atom feeds, read as a reader's program reads them."""

import feedparser
import pytest

from articles import editing, publishing
from articles.models import Publication
from articles.reading import feeds
from tests.factories import EditorFactory, article, text_of
from tests.reading.dated import published

ARTICLES, CORRECTIONS = "/feeds/articles.atom", "/feeds/corrections.atom"
CHANGES = "/articles/two-sections/changes.atom"

pytestmark = pytest.mark.django_db


def feed(reader, path: str) -> feedparser.FeedParserDict:
    answer = reader.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, feeds.ATOM)
    found = feedparser.parse(answer.content)
    assert not found.bozo, found.bozo_exception
    return found


def leads(found: feedparser.FeedParserDict) -> dict[str, str]:
    return {link.rel: link.href.removeprefix("http://testserver") for link in found.feed.links}


def test_an_article_comes_with_its_notice(reader):
    made = article()
    entry = published(made, "2026-03-02T10:00:00")
    article(slug="draft")

    found = feed(reader, ARTICLES)

    (item,) = found.entries
    assert item.title == "Two sections"
    assert item.link == "http://testserver/articles/two-sections/"
    assert item.published == item.updated == "2026-03-02T10:00:00+00:00"
    assert item.summary.startswith("Written by AI. No person has reviewed it yet.\n\nAn opening")
    assert found.feed.author == "Sentence by Sentence"
    assert found.feed.updated == "2026-03-02T10:00:00+00:00"
    assert f"number 1, sha256:{entry.hash}" in found.feed.subtitle


def test_an_article_keeps_its_id_and_first_date_when_it_changes(reader):
    made = article()
    published(made, "2026-03-02T10:00:00")
    (before,) = feed(reader, ARTICLES).entries
    published(made, "2026-04-05T10:00:00")

    (after,) = feed(reader, ARTICLES).entries

    assert after.id == before.id
    assert after.id.startswith("urn:uuid:")
    assert after.published == before.published
    assert (before.updated, after.updated) == (
        "2026-03-02T10:00:00+00:00",
        "2026-04-05T10:00:00+00:00",
    )


def test_articles_come_by_pages(reader, monkeypatch):
    monkeypatch.setattr(feeds, "ENTRIES", 2)
    for number in range(5):
        publishing.publish(article(slug=f"article-{number}"), by=None)

    pages = [
        feed(reader, path) for path in (ARTICLES, *map("/feeds/articles-{}.atom".format, (2, 3)))
    ]

    assert [len(page.entries) for page in pages] == [2, 2, 1]
    assert len({item.id for page in pages for item in page.entries}) == 5
    assert len({page.feed.id for page in pages}) == 1
    assert leads(pages[1]) == {
        "alternate": "/",
        "self": "/feeds/articles-2.atom",
        "first": ARTICLES,
        "previous": ARTICLES,
        "next": "/feeds/articles-3.atom",
        "last": "/feeds/articles-3.atom",
    }
    assert reader.get("/feeds/articles-4.atom").status_code == 404
    assert reader.get("/feeds/articles-0.atom").status_code == 404


def test_corrections_say_what_was_corrected_and_withdrawn(reader):
    made, editor = article(), EditorFactory(username="ada")
    publishing.publish(made, by=None)
    publishing.publish(article(slug="other"), by=None)
    editing.save_article(
        made,
        text_of("# Three sections\n\nAn opening sentence."),
        base=made.revisions.get().hash,
        by=None,
    )
    publishing.publish(made, by=editor, note="It was <b>wrong</b> & bad.")
    publishing.withdraw(made, by=None, reason="Somebody could be hurt.")

    withdrawal, correction = feed(reader, CORRECTIONS).entries

    assert correction.title == "Corrected: Three sections"
    assert "It was <b>wrong</b> & bad." in correction.summary
    assert correction.author == "ada"
    assert [link.href.removeprefix("http://testserver") for link in correction.links] == [
        "/articles/two-sections/publications/3/",
        "/articles/two-sections/compare/1..2/",
    ]
    assert withdrawal.title == "Withdrawn: Three sections"
    assert "Somebody could be hurt." in withdrawal.summary
    assert withdrawal.link == "http://testserver/articles/two-sections/history/"


def test_a_correction_is_called_as_its_article_was_then(reader):
    made = article()
    publishing.publish(made, by=None, note="One.")
    before = feed(reader, CORRECTIONS).entries[0]
    editing.save_article(
        made, text_of("# Renamed\n\nNew."), base=made.revisions.get().hash, by=None
    )
    publishing.publish(made, by=None, note="Two.")

    newer, older = feed(reader, CORRECTIONS).entries

    assert (newer.title, older.title) == ("Corrected: Renamed", "Corrected: Two sections")
    assert older == before


def test_archives_are_full_and_stay(reader, monkeypatch):
    monkeypatch.setattr(feeds, "ENTRIES", 2)
    made = article()
    for number in range(1, 4):
        publishing.publish(made, by=None, responsible=f"Person {number}")
    first = reader.get("/articles/two-sections/changes-1.atom").content
    publishing.publish(made, by=None, responsible="Person 4")
    publishing.publish(made, by=None, responsible="Person 5")

    newest = feed(reader, CHANGES)
    archives = [feed(reader, f"/articles/two-sections/changes-{n}.atom") for n in (1, 2)]

    everything = {item.id for found in (newest, *archives) for item in found.entries}
    assert len(everything) == Publication.objects.count() == 5
    assert leads(newest) == {
        "alternate": "/articles/two-sections/history/",
        "self": CHANGES,
        "prev-archive": "/articles/two-sections/changes-2.atom",
    }
    assert leads(archives[0]) == {
        "alternate": "/articles/two-sections/history/",
        "self": "/articles/two-sections/changes-1.atom",
        "current": CHANGES,
        "next-archive": "/articles/two-sections/changes-2.atom",
    }
    assert b"<fh:archive/>" in first
    assert [item.id for item in feedparser.parse(first).entries] == [
        item.id for item in archives[0].entries
    ]
    for number in (0, 3):
        assert reader.get(f"/articles/two-sections/changes-{number}.atom").status_code == 404


def test_the_changes_of_an_article_outlive_it_and_hold_no_draft(reader):
    made = article()
    publishing.publish(made, by=None)
    editing.save_article(
        made,
        text_of("# Secret\n\nSecret."),
        base=made.revisions.get().hash,
        by=None,
        summary="Secret",
    )
    publishing.publish(article(slug="other"), by=None)
    publishing.withdraw(made, by=None, reason="Not ours.")

    answer = reader.get(CHANGES)

    assert [item.title for item in feedparser.parse(answer.content).entries] == [
        "Withdrawn",
        "Revision 1",
    ]
    assert "Secret" not in answer.text
    assert [item.title for item in feed(reader, ARTICLES).entries] == ["Two sections"]


def test_nothing_published_makes_an_empty_feed(reader):
    article()

    assert feed(reader, ARTICLES).entries == feed(reader, CORRECTIONS).entries == []
    assert reader.get(CHANGES).status_code == 404


def test_what_xml_cannot_say_is_left_out(reader):
    made = article("# Two <sections> & “more” ]]>\n\nAn opening sentence.")
    publishing.publish(made, by=None, note="A bell\x07 and \ufffe nothing.")

    (item,) = feed(reader, CORRECTIONS).entries

    assert item.title_detail.value == "Corrected: Two <sections> & “more” ]]>"
    assert item.summary.startswith("A bell and  nothing.")


@pytest.mark.parametrize("path", [ARTICLES, CORRECTIONS, CHANGES])
def test_a_feed_is_answered_304_until_something_is_published(
    reader, path, django_assert_max_num_queries
):
    made = article()
    publishing.publish(made, by=None, note="Corrected.")
    tag = reader.get(path).headers["etag"]

    with django_assert_max_num_queries(2):
        assert reader.get(path, headers={"if-none-match": tag}).status_code == 304
    publishing.publish(article(slug="other"), by=None)
    assert reader.get(path, headers={"if-none-match": tag}).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_entries_cost_no_query(reader, count, django_assert_num_queries):
    for number in range(count):
        publishing.publish(article(slug=f"article-{number}"), by=None, note="Corrected.")

    with django_assert_num_queries(3):
        reader.get(ARTICLES)
    with django_assert_num_queries(4):
        reader.get(CORRECTIONS)
    with django_assert_num_queries(6):
        reader.get("/articles/article-0/changes.atom")


def test_pages_lead_to_the_feeds(reader):
    publishing.publish(article(), by=None)

    for path in ("/", "/articles/two-sections/", "/articles/two-sections/history/"):
        assert f'type="application/atom+xml" title="Corrections" href="{CORRECTIONS}"' in (
            reader.get(path).text
        )
    assert f'href="{CHANGES}"' in reader.get("/articles/two-sections/").text
