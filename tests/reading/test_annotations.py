"""Sentences as W3C Web Annotations."""

import json

import pytest

from articles import editing, publishing
from articles.editing import CitationGiven, VerdictGiven
from articles.models import PublishedArticle, Verdict
from articles.reading.annotations import utc
from tests.factories import EditorFactory, SourceFactory, article, claim_of

PATH = "/articles/two-sections/annotations.jsonld"

pytestmark = pytest.mark.django_db


def items(reader) -> list[dict]:
    return json.loads(reader.get(PATH).content)["first"]["items"]


def of_claim(found: list[dict], uid: str, motivation: str) -> dict:
    (item,) = (i for i in found if f"/claims/{uid}/" in i["id"] and i["motivation"] == motivation)
    return item


def test_a_judged_sentence_is_assessed(reader):
    made = article()
    claim = claim_of(made, "15,209")
    editing.judge(
        claim,
        read=claim.text,
        rating="outdated",
        note="True then.",
        by=EditorFactory(username="ada"),
    )
    publishing.publish(made, by=None)
    row = PublishedArticle.objects.get()

    item = of_claim(items(reader), claim.uid, "assessing")

    given = Verdict.objects.get()
    assert item == {
        "id": f"http://testserver/claims/{claim.uid}/#verdict-{given.uid}",
        "type": "Annotation",
        "motivation": "assessing",
        "created": utc(given.judged_at),
        "creator": {"type": "Person", "nickname": "ada"},
        "body": [
            {
                "type": "TextualBody",
                "purpose": "assessing",
                "format": "text/plain",
                "value": "outdated",
            },
            {
                "type": "TextualBody",
                "purpose": "commenting",
                "format": "text/plain",
                "language": "en",
                "value": "True then.",
            },
        ],
        "target": {
            "type": "SpecificResource",
            "source": "http://testserver/articles/two-sections/revisions/2/",
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": "The force had 15,209 members in 2017.",
                    "prefix": "ening sentence stands here.\n\nFirst\n\n"[-32:],
                    "suffix": " It never left the capital.\n\nSeco"[:32],
                },
                {"type": "TextPositionSelector", "start": 41, "end": 78},
            ],
            "state": {
                "type": "TimeState",
                "sourceDate": utc(row.published_at),
                "cached": "http://testserver/articles/two-sections/revisions/2.txt",
                "dcterms:identifier": f"sha256:{row.hash}",
            },
        },
    }
    assert item["created"].endswith("Z")


def test_an_assessment_of_what_somebody_claimed_says_so(reader):
    made = article()
    claim = claim_of(made, "15,209")
    given = VerdictGiven("refuted", claimant="The government", claimed="It has no members")
    editing.review_claim(claim, read=claim.text, verdicts=[given], by=EditorFactory())
    publishing.publish(made, by=None)

    item = of_claim(items(reader), claim.uid, "assessing")

    assert item["body"] == [
        {
            "type": "TextualBody",
            "purpose": "assessing",
            "format": "text/plain",
            "value": "refuted",
        },
        {
            "type": "TextualBody",
            "purpose": "describing",
            "format": "text/plain",
            "language": "en",
            "value": "Judges what The government claimed: “It has no members”",
        },
    ]


def test_a_machine_is_named_as_one(reader):
    made = article()
    claim = claim_of(made, "15,209")
    editing.judge(claim, read=claim.text, rating="supported", by=None)
    publishing.publish(made, by=None)

    creator = of_claim(items(reader), claim.uid, "assessing")["creator"]

    assert creator == {"type": "Software", "nickname": "machine"}


def test_a_sentence_that_nobody_judged_as_it_reads_is_only_identified(reader):
    made = article()
    claim = claim_of(made, "15,209")
    editing.judge(claim, read=claim.text, rating="supported", by=EditorFactory())
    text = editing.article_text(made)
    first = text.sections[1]
    body = first.body.replace("15,209", "15,290")
    sections = (text.sections[0], type(first)(first.uid, 2, "First", body), text.sections[2])
    made.refresh_from_db()
    editing.save_article(
        made,
        type(text)(text.slug, text.title, "en", "", (), sections),
        base=made.revisions.first().hash,
        by=None,
    )
    publishing.publish(made, by=None)

    found = items(reader)

    assert {item["motivation"] for item in found} == {"identifying"}
    assert of_claim(found, claim.uid, "identifying")["body"] == (
        f"http://testserver/claims/{claim.uid}/"
    )


def test_positions_count_the_plain_text_that_is_served(reader):
    made = article(
        "# Wells\n\nÉté 👩‍👩‍👧 *stands* here: [a link](https://example.org/).\n\n## List\n\n"
        "- One &amp; two go.\n- Three `four` five.\n\n## Empty\n\n## Next\n\nLast one stands."
        "\n\nAnother one\nstands."
    )
    publishing.publish(made, by=None)

    answer = reader.get("/articles/two-sections/revisions/1.txt")
    found = items(reader)

    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.text == (
        "Été 👩‍👩‍👧 stands here: a link.\n\nList\n\nOne & two go.\nThree four five.\n\n"
        "Empty\n\nNext\n\nLast one stands.\nAnother one stands."
    )
    assert len(found) == 5
    for item in found:
        quote, place = item["target"]["selector"]
        assert answer.text[place["start"] : place["end"]] == quote["exact"]
        assert answer.text[: place["start"]].endswith(quote["prefix"])
        assert answer.text[place["end"] :].startswith(quote["suffix"])


def test_quotes_link_their_sources_to_the_sentence(reader):
    made = article()
    claim = claim_of(made, "15,209")
    sheet = SourceFactory(url="https://example.org/sheet")
    study = SourceFactory(url="", doi="10.1000/182")
    offline = SourceFactory(url="", doi="")
    script = SourceFactory(url="ftp://example.org/x", doi="")
    editing.review_claim(
        claim,
        read=claim.text,
        verdicts=[VerdictGiven("supported")],
        citations=[
            CitationGiven(sheet, quote="In 2017 [it] had […] 15,209 staff … then."),
            CitationGiven(study, quote="15,209 staff"),
            CitationGiven(sheet, quote=""),
            CitationGiven(offline, quote="15,209"),
            CitationGiven(script, quote="15,209"),
        ],
        by=None,
    )
    publishing.publish(made, by=None)

    links = [item for item in items(reader) if item["motivation"] == "linking"]

    assert [item["body"] for item in links] == [f"http://testserver/claims/{claim.uid}/"] * 2
    assert [
        [(target["source"], target["selector"]["exact"]) for target in item["target"]]
        for item in links
    ] == [
        [
            ("https://example.org/sheet", "In 2017"),
            ("https://example.org/sheet", "had"),
            ("https://example.org/sheet", "15,209 staff"),
            ("https://example.org/sheet", "then."),
        ],
        [("https://doi.org/10.1000/182", "15,209 staff")],
    ]


def test_the_collection_says_what_it_is(reader):
    publishing.publish(article(), by=None)

    answer = reader.get(PATH)
    found = json.loads(answer.content)

    address = f"http://testserver{PATH}"
    assert answer.headers["content-type"] == (
        'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
    )
    assert {name: found[name] for name in ("@context", "id", "type", "label", "total")} == {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": address,
        "type": "AnnotationCollection",
        "label": "Two sections",
        "total": 5,
    }
    assert found["last"] == found["first"]["id"] == f"{address}#page"
    assert found["first"]["partOf"] == address


def test_drafts_are_not_found_and_withdrawn_ones_gone(reader):
    made = article()
    text = "/articles/two-sections/revisions/1.txt"

    assert reader.get(PATH).status_code == reader.get(text).status_code == 404
    publishing.publish(made, by=None)
    publishing.withdraw(made, by=None, reason="Not ours.")
    assert reader.get(PATH).status_code == 410
    assert reader.get(text).status_code == 200  # as the revision's page
    assert reader.get("/articles/two-sections/revisions/2.txt").status_code == 404


def test_one_query_when_warm(reader, django_assert_num_queries):
    publishing.publish(article(), by=None)

    with django_assert_num_queries(4):
        reader.get(PATH)
    with django_assert_num_queries(1):
        reader.get(PATH)
