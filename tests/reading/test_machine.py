"""The article as JSON and as Markdown."""

import json

import pytest

from articles import editing, publishing
from articles.editing import CitationGiven, VerdictGiven
from articles.models import PublishedArticle, Verdict
from articles.text.canonical import moment
from tests.factories import EditorFactory, SourceFactory, article, claim_of

pytestmark = pytest.mark.django_db


def test_json_holds_the_whole_state(reader):
    made = article(
        "# Wells\n\n## One\n\nIt had 15,209 staff in Été.",
        slug="wells",
        tags={"One": ["Été"]},
        see_also=("two sections", "Never written"),
    )
    sheet = SourceFactory(title="Sheet", publisher="", issued="2017-06")
    claim = claim_of(made, "15,209")
    editing.review_claim(
        claim,
        read=claim.text,
        verdicts=[VerdictGiven("supported", "Read it.", "2017-06")],
        citations=[CitationGiven(sheet, quote="15,209 staff", locator="p. 3")],
        by=EditorFactory(),
    )
    publishing.publish(article(), by=None)
    publishing.publish(made, by=None)

    answer = reader.get("/articles/wells.json")

    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert "Été" in answer.text
    assert json.loads(answer.content) == {
        "slug": "wells",
        "title": "Wells",
        "language": "en",
        "origin": "ai",
        "revision": 2,
        "hash": PublishedArticle.objects.get(slug="wells").hash,
        "published_at": moment(PublishedArticle.objects.get(slug="wells").published_at),
        "sections": [
            {
                "uid": made.sections.get().uid,
                "level": 2,
                "heading": "One",
                "markdown": "It had 15,209 staff in Été.",
                "tags": ["Été"],
                "claims": [
                    {
                        "uid": claim.uid,
                        "text": "It had 15,209 staff in Été.",
                        "stale": False,
                        "verdict": {
                            "rating": "supported",
                            "by": "human",
                            "note": "Read it.",
                            "as_of": "2017-06",
                            "checked_at": moment(Verdict.objects.get().judged_at),
                        },
                        "citations": [
                            {
                                "source": sheet.uid,
                                "stance": "supports",
                                "quote": "15,209 staff",
                                "locator": "p. 3",
                                "quote_check": "unchecked",
                            }
                        ],
                    }
                ],
            }
        ],
        "sources": {
            sheet.uid: {
                "id": sheet.uid,
                "type": "report",
                "title": "Sheet",
                "issued": {"date-parts": [[2017, 6]]},
            }
        },
        "see_also": [
            {"title": "two sections", "slug": "two-sections"},
            {"title": "Never written", "slug": None},
        ],
        "coverage": {"checked": 1, "total": 1, "stale": 0},
    }


@pytest.mark.parametrize("suffix", ["json", "md"])
def test_drafts_are_not_found_and_withdrawn_ones_gone(reader, suffix):
    made = article()
    path = f"/articles/two-sections.{suffix}"

    assert reader.get(path).status_code == 404
    publishing.publish(made, by=None)
    assert reader.get(path).status_code == 200
    publishing.withdraw(made, by=None, reason="Not ours.")
    assert reader.get(path).status_code == 410


@pytest.mark.parametrize("suffix", ["json", "md"])
def test_documents_are_answered_304(reader, suffix, django_assert_num_queries):
    publishing.publish(article(), by=None)
    path = f"/articles/two-sections.{suffix}"
    tag = reader.get(path).headers["etag"]

    with django_assert_num_queries(1):
        assert reader.get(path, headers={"if-none-match": tag}).status_code == 304


def test_markdown_says_what_it_is(reader):
    publishing.publish(article(), by=None)

    answer = reader.get("/articles/two-sections.md")

    assert answer.headers["content-type"] == "text/markdown; charset=utf-8"
    assert "This article was written by AI. No person has reviewed it yet." in answer.text
