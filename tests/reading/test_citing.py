"""Files for reference managers, and how an article is cited."""

import pytest

from articles import editing, publishing
from articles.editing import CitationGiven
from articles.models import PublishedArticle
from articles.reading.page import render_article
from articles.text import bibliography, bibtex, csl
from articles.text.bibliography import FORMATS
from tests.factories import EditorFactory, SourceFactory, article, claim_of
from tests.reading.articles import citation, facts, judged, section, source, state
from tests.reading.markup import Node, parse

MEDIA_TYPES = {
    "bib": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "json": "application/vnd.citationstyles.csl+json; charset=utf-8",
}


def cited_article():
    """An article that cites two of three sources, the later one first."""
    made = article()
    first = SourceFactory(title="First cited", authors="Ba, Awa", number="4/2019")
    second = SourceFactory(title="Second cited")
    SourceFactory(title="Not cited")
    for words, works in (("15,209", [second, first]), ("An opening", [first])):
        claim = claim_of(made, words)
        editing.review_claim(
            claim,
            read=claim.text,
            citations=[CitationGiven(work, quote="so many", locator="p. 3") for work in works],
            by=EditorFactory(),
        )
    return made


@pytest.mark.django_db
@pytest.mark.parametrize("ending", FORMATS)
def test_references_are_given_away_in_their_order(reader, ending):
    publishing.publish(cited_article(), by=None)

    answer = reader.get(f"/articles/two-sections/references.{ending}")

    assert answer.headers["content-type"] == MEDIA_TYPES[ending]
    found = bibliography.read(f"a.{ending}", answer.content)
    assert [entry.work.title for entry in found] == ["First cited", "Second cited"]
    assert (found[0].work.authors, found[0].work.number) == ("Ba, Awa", "4/2019")


@pytest.mark.django_db
def test_what_is_taken_from_a_work_stands_under_custom(reader):
    made = cited_article()
    publishing.publish(made, by=None)

    items = reader.get("/articles/two-sections/references.json").json()

    assert items[1]["custom"] == {
        "citations": [
            {
                "claim": claim_of(made, "15,209").uid,
                "stance": "supports",
                "quote": "so many",
                "locator": "p. 3",
            }
        ]
    }


@pytest.mark.django_db
@pytest.mark.parametrize("ending", FORMATS)
def test_drafts_have_no_references_and_withdrawn_articles_none_any_more(reader, ending):
    made = cited_article()
    path = f"/articles/two-sections/references.{ending}"

    assert reader.get(path).status_code == 404
    publishing.publish(made, by=None)
    assert reader.get(path).status_code == 200
    publishing.withdraw(made, by=None, reason="Not ours.")
    assert reader.get(path).status_code == 410


@pytest.mark.django_db
@pytest.mark.parametrize("ending", FORMATS)
def test_a_published_revision_is_cited_as_long_as_it_is_shown(reader, ending):
    made = article()
    publishing.publish(made, by=None)
    path = "/articles/two-sections/revisions/{}/cite." + ending

    text = reader.get(path.format(1)).content
    publishing.withdraw(made, by=None, reason="Not ours.")

    (entry,) = bibliography.read(f"a.{ending}", text)
    assert entry.work.title == "Two sections"
    assert entry.work.url == "http://testserver/articles/two-sections/revisions/1/"
    assert reader.get(path.format(1)).content == text
    assert reader.get(path.format(2)).status_code == 404


@pytest.mark.django_db
def test_nobody_is_named_as_the_author_of_what_nobody_answers_for(reader):
    publishing.publish(article(), by=None)

    (item,) = reader.get("/articles/two-sections/revisions/1/cite.json").json()

    row = PublishedArticle.objects.get()
    assert item == {
        "id": "two-sections-1",
        "type": "webpage",
        "title": "Two sections",
        "container-title": "Sentence by Sentence",
        "publisher": "Sentence by Sentence",
        "issued": csl.date_parts(row.published_at.date().isoformat()),
        "URL": "http://testserver/articles/two-sections/revisions/1/",
        "language": "en",
        "version": "1",
        "note": f"Written by AI. No person has reviewed it yet. Revision 1, sha256:{row.hash}.",
    }


def read(**values) -> Node:
    return parse(render_article(state(), facts(**values)))


def test_the_reference_names_who_answers_for_the_revision():
    assert read(responsible="Awa Ba").one("p", class_="citation").text == (
        "Awa Ba, “Wells,” Sentence by Sentence, 14 November 2026. Revision 4. Written by AI. "
        "No person has reviewed it yet. http://testserver/articles/wells/revisions/4/"
    )


def test_the_reference_can_be_copied_as_bibtex_and_downloaded_in_each_format():
    root = read()

    copied = root.one("details", class_="copy").one("pre").raw

    assert bibtex.read(copied)[0].item["title"] == "Wells"
    assert [a["href"] for a in root.all("a") if "cite." in a["href"]] == [
        f"/articles/wells/revisions/4/cite.{ending}" for ending in FORMATS
    ]


def tags(root: Node) -> dict[str, str]:
    """What a reference manager reads in the head."""
    found = {}
    for meta in root.one("head").all("meta"):
        name = meta.attributes.get("name") or meta.attributes.get("property") or ""
        if name.startswith(("citation_", "og:type", "og:site", "dc", "prism", "eprints")):
            found[name] = meta["content"]
    return found


def test_the_head_tells_reference_managers_what_this_is():
    """Zotero takes a page with ``citation_title`` for an article in a journal unless og:type or a
    ``citation_`` tag of a container says otherwise; “website” makes it a web page."""
    tagged = state(section("One stands here.", tags=("Mali", "Été")))

    assert tags(parse(render_article(tagged, facts()))) == {
        "og:type": "website",
        "og:site_name": "Sentence by Sentence",
        "citation_title": "Wells",
        "citation_publication_date": "2026/11/14",
        "citation_publisher": "Sentence by Sentence",
        "citation_language": "en",
        "citation_keywords": "Mali; Été",
        "citation_public_url": "http://testserver/articles/wells/revisions/4/",
    }


def test_an_author_is_told_only_where_somebody_answers():
    assert tags(read(responsible="Awa Ba"))["citation_author"] == "Awa Ba"


def test_a_draft_cannot_be_cited():
    root = read(draft=True, published_at=None)

    assert tags(root) == {}
    assert not root.all("section", id="cite")


def test_a_reference_is_a_full_note_with_the_container_in_italics():
    work = source(
        type="article-newspaper",
        authors="Sieff, Kevin",
        title="The deadliest mission",
        container_title="The Washington Post",
        publisher="",
    )
    one = judged(section("One stands here."), citations=[citation()])

    root = parse(render_article(state(one, sources=[work]), facts()))

    note = root.one("li", id="ref-1").all("p")[0]
    assert note.text == ("Kevin Sieff, “The deadliest mission,” The Washington Post, 30 June 2017.")
    assert (note.one("cite").text, note.one("i").text) == (
        "The deadliest mission",
        "The Washington Post",
    )


def test_references_are_downloaded_from_the_present_revision_only():
    one = judged(section("One stands here."), citations=[citation()])
    article = state(one, sources=[source()])

    def offered(**values) -> list[str]:
        root = parse(render_article(article, facts(**values)))
        return [a["href"] for a in root.all("a") if "/references." in a["href"]]

    assert offered() == [f"/articles/wells/references.{ending}" for ending in FORMATS]
    assert offered(newest=6) == []
