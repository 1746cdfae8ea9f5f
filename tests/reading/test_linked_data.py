"""What pages tell search engines and other sites."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import editing, publishing
from articles.editing import CitationGiven, VerdictGiven
from articles.history.store import head
from articles.models import PublishedArticle, Verdict
from articles.reading.linked_data import script
from articles.text.canonical import moment
from tests.factories import EditorFactory, SourceFactory, article, claim_of, copy_of
from tests.reading.markup import Node, parse

ADDRESS = "http://testserver/articles/two-sections/"
ORGANIZATION = {
    "@type": "Organization",
    "name": "Sentence by Sentence",
    "url": "http://testserver/",
    "publishingPrinciples": "http://testserver/about/",
    "correctionsPolicy": "http://testserver/about/#corrections",
}
WEBSITE = {
    "@type": "WebSite",
    "@id": "http://testserver/#website",
    "url": "http://testserver/",
    "name": "Sentence by Sentence",
    "potentialAction": {
        "@type": "SearchAction",
        "target": {
            "@type": "EntryPoint",
            "urlTemplate": "http://testserver/search/?q={search_term_string}",
        },
        "query-input": "required name=search_term_string",
    },
}


def page(reader, path: str = "/articles/two-sections/") -> Node:
    return parse(reader.get(path).text)


def graph(root: Node) -> dict:
    return json.loads(root.one("script", type="application/ld+json").raw)


def meta(root: Node) -> dict[str, str]:
    return {
        node.attributes.get("property", node.attributes.get("name")): node["content"]
        for node in root.all("meta")
        if "content" in node
    }


@pytest.mark.django_db
def test_an_article_says_of_itself_what_the_record_holds(reader):
    made = article()
    claim = claim_of(made, "15,209")
    sheet = SourceFactory(title="Sheet", url="https://example.org/sheet")
    study = SourceFactory(title="Study", url="", doi="10.1000/182")
    book = SourceFactory(title="Book")
    for day in ("2023", "2024"):
        copy_of(sheet, "archived", final_address=f"https://archive.example/{day}/sheet")
    copy_of(study, final_address="https://example.org/study")
    publishing.publish(made, by=None)
    editing.review_claim(
        claim,
        read=claim.text,
        verdicts=[VerdictGiven("supported")],
        citations=[CitationGiven(source) for source in (sheet, study, book)],
        by=EditorFactory(),
    )
    publishing.publish(made, by=EditorFactory(), note="It was wrong.", responsible="Ada Keïta")
    row = PublishedArticle.objects.get()

    found = graph(page(reader))

    assert found == {
        "@context": "https://schema.org",
        "@graph": [
            {
                "@type": "Article",
                "@id": f"{ADDRESS}#article",
                "url": ADDRESS,
                "mainEntityOfPage": ADDRESS,
                "headline": "Two sections",
                "description": "An opening sentence stands here.",
                "image": f"{ADDRESS}picture.png",
                "inLanguage": "en",
                "datePublished": moment(row.first_published_at),
                "dateModified": moment(row.published_at),
                "version": "2",
                "isBasedOn": f"{ADDRESS}revisions/1/",
                "publisher": ORGANIZATION,
                "accountablePerson": {"@type": "Person", "name": "Ada Keïta"},
                "creditText": "Written by AI. People have reviewed 1 of 5 sentences.",
                "digitalSourceType": "https://schema.org/TrainedAlgorithmicMediaDigitalSource",
                "correction": {
                    "@type": "CorrectionComment",
                    "text": "It was wrong.",
                    "datePublished": moment(row.corrected_at),
                },
                "citation": [
                    {
                        "@type": "CreativeWork",
                        "name": "Sheet",
                        "url": "https://example.org/sheet",
                        "archivedAt": "https://archive.example/2024/sheet",
                    },
                    {
                        "@type": "CreativeWork",
                        "name": "Study",
                        "url": "https://doi.org/10.1000/182",
                    },
                    {"@type": "CreativeWork", "name": "Book"},
                ],
                "isPartOf": {"@id": "http://testserver/#website"},
            },
            WEBSITE,
        ],
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("origin", "source_type"),
    [
        ("ai", "https://schema.org/TrainedAlgorithmicMediaDigitalSource"),
        ("human", "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCreation"),
    ],
)
def test_nothing_is_said_that_nobody_recorded(reader, origin, source_type):
    publishing.publish(article(origin=origin), by=None)

    found = graph(page(reader))["@graph"][0]

    assert found["digitalSourceType"] == source_type
    assert not found.keys() & {"author", "accountablePerson", "correction", "isBasedOn", "citation"}


@pytest.mark.django_db
def test_a_sentence_is_a_claim_with_our_verdict_and_no_claim_review(reader):
    made = article()
    claim = claim_of(made, "15,209")
    editing.review_claim(
        claim,
        read=claim.text,
        verdicts=[VerdictGiven("outdated", "True then.", "2017-06")],
        citations=[CitationGiven(SourceFactory(title="Sheet"))],
        by=EditorFactory(),
    )
    publishing.publish(made, by=None)

    found = graph(page(reader, f"/claims/{claim.uid}/"))

    address = f"http://testserver/claims/{claim.uid}/"
    assert found == {
        "@context": ["https://schema.org", {"record": "http://testserver/#"}],
        "@graph": [
            {
                "@type": "Claim",
                "@id": f"{address}#claim",
                "url": address,
                "mainEntityOfPage": address,
                "text": claim.text,
                "inLanguage": "en",
                "digitalSourceType": "https://schema.org/TrainedAlgorithmicMediaDigitalSource",
                "appearance": {
                    "@type": "Article",
                    "url": f"{ADDRESS}#c-{claim.uid}",
                    "headline": "Two sections",
                    "version": "2",
                },
                "citation": [{"@type": "CreativeWork", "name": "Sheet"}],
                "record:verdict": {
                    "record:rating": "outdated",
                    "record:by": "human",
                    "record:note": "True then.",
                    "record:asOf": "2017-06",
                    "record:judgedAt": moment(Verdict.objects.get().judged_at),
                    "record:stale": False,
                },
            }
        ],
    }


def reviewed(reader, *verdicts: VerdictGiven, by=None, path: str = "/claims/{}/", also=None):
    """The graph of a sentence's page after these verdicts on it."""
    made = article()
    claim = claim_of(made, "15,209")
    for verdict in verdicts:
        editing.review_claim(claim, read=claim.text, verdicts=[verdict], by=by)
    if also:
        also(made, claim)
    publishing.publish(made, by=None)
    return claim, graph(page(reader, path.format(claim.uid)))["@graph"]


SPIED = VerdictGiven("refuted", "No report says so.", claimant="Mali", claimed="The mission spied")


@pytest.mark.django_db
def test_what_somebody_else_claimed_is_reviewed_beside_the_sentence(reader):
    claim, (sentence, review) = reviewed(reader, SPIED, by=EditorFactory())

    address = f"http://testserver/claims/{claim.uid}/"
    judged_at = moment(Verdict.objects.get().judged_at)
    assert sentence["record:verdict"] == {
        "record:rating": "refuted",
        "record:by": "human",
        "record:note": "No report says so.",
        "record:claimant": "Mali",
        "record:claimed": "The mission spied",
        "record:judgedAt": judged_at,
        "record:stale": False,
    }
    assert review == {
        "@type": "ClaimReview",
        "@id": f"{address}#review",
        "url": address,
        "claimReviewed": "The mission spied",
        "itemReviewed": {"@type": "Claim", "author": {"name": "Mali"}},
        "author": ORGANIZATION,
        "reviewRating": {
            "@type": "Rating",
            "alternateName": "Refuted",
            "ratingValue": 1,
            "bestRating": 5,
            "worstRating": 1,
        },
        "reviewBody": "No report says so.",
        "inLanguage": "en",
        "dateCreated": judged_at,
    }


@pytest.mark.django_db
def test_a_claim_without_words_of_its_own_is_reviewed_as_the_sentence_has_it(reader):
    verdict = VerdictGiven("supported", claimant="Mali")

    claim, (_sentence, review) = reviewed(reader, verdict, by=EditorFactory())

    assert review["claimReviewed"] == claim.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rating", "words", "number"),
    [
        ("supported", "Supported", 5),
        ("partly_supported", "Partly supported", 3),
        ("refuted", "Refuted", 1),
        ("disputed", "Disputed", None),
        ("outdated", "Outdated", None),
        ("unverified", "Unverified", None),
    ],
)
def test_a_rating_has_a_number_only_where_it_lies_on_a_scale_of_truth(
    reader, rating, words, number
):
    verdict = VerdictGiven(rating, claimant="Mali")

    _claim, (_sentence, review) = reviewed(reader, verdict, by=EditorFactory())

    scale = {"ratingValue": number, "bestRating": 5, "worstRating": 1} if number else {}
    assert review["reviewRating"] == {"@type": "Rating", "alternateName": words, **scale}


@pytest.mark.django_db
def test_a_review_speaks_the_language_of_its_page_and_stays_the_same_thing(reader):
    claim, (_sentence, review) = reviewed(reader, SPIED, by=EditorFactory(), path="/fr/claims/{}/")

    assert review["@id"] == f"http://testserver/claims/{claim.uid}/#review"
    assert review["url"] == f"http://testserver/fr/claims/{claim.uid}/"
    assert review["reviewRating"]["alternateName"] == "Réfutée"


def change_words(made, claim):
    paragraph = editing.paragraph_of(claim).replace("15,209", "15,290")
    editing.review_claim(claim, read=claim.text, paragraph=paragraph, by=None)


def judge_the_sentence(made, claim):
    editing.judge(claim, read=claim.text, rating="supported", by=EditorFactory())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("verdict", "person", "also"),
    [
        (SPIED, False, None),
        (SPIED, True, change_words),
        (VerdictGiven("refuted"), True, None),
        (SPIED, True, judge_the_sentence),
        (VerdictGiven("not_checkable", claimant="Mali"), True, None),
    ],
    ids=[
        "a machine suggests it",
        "the words changed since",
        "nobody else claimed it",
        "they only said so, as was found later",
        "it states no fact",
    ],
)
def test_there_is_no_claim_review_where_no_person_checked_a_claim_of_somebody_else(
    reader, verdict, person, also
):
    by = EditorFactory() if person else None

    _claim, (sentence,) = reviewed(reader, verdict, by=by, also=also)

    assert sentence["@type"] == "Claim"


@pytest.mark.django_db
def test_an_article_holds_no_claim_review_of_its_sentences(reader):
    reviewed(reader, SPIED, by=EditorFactory())

    assert [node["@type"] for node in graph(page(reader))["@graph"]] == ["Article", "WebSite"]


@pytest.mark.django_db
def test_a_sentence_that_is_gone_appeared_in_the_revision_that_last_had_it(reader):
    made = article()
    publishing.publish(made, by=None)
    claim = claim_of(made, "never left")
    text = editing.article_text(made)
    sections = [
        replace(s, body=s.body.replace(" It never left the capital.", "")) for s in text.sections
    ]
    made.refresh_from_db()
    text = replace(text, sections=tuple(sections))
    editing.save_article(made, text, base=head(made).hash, by=None)
    publishing.publish(made, by=None)

    (found,) = graph(page(reader, f"/claims/{claim.uid}/"))["@graph"]

    assert found["appearance"]["url"] == f"{ADDRESS}revisions/1/#c-{claim.uid}"
    assert "record:verdict" not in found


@pytest.mark.django_db
def test_the_first_page_is_the_site(reader):
    assert graph(page(reader, "/"))["@graph"] == [WEBSITE]


@given(st.text("<>&/!-scriptSCRIPT\u2028\u2029\"'\\ é", max_size=60))
def test_nothing_gets_out_of_the_data_block(text):
    html = str(script([{"@type": "Claim", "text": f"x{text}"}]))

    inside = html.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not set(inside) & set("<>&\u2028\u2029")
    assert json.loads(inside)["@graph"][0]["text"] == f"x{text}"


@pytest.mark.django_db
def test_a_link_to_the_article_shows_its_title_and_review(reader):
    publishing.publish(article("# “Two” <sections>\n\nAn opening sentence."), by=None)
    row = PublishedArticle.objects.get()

    root = page(reader)

    shown = {name: value for name, value in meta(root).items() if ":" in (name or "")}
    assert shown == {
        "og:type": "website",
        "og:site_name": "Sentence by Sentence",
        "og:title": "“Two” <sections>",
        "og:description": ("Written by AI. No person has reviewed it yet. An opening sentence."),
        "og:url": ADDRESS,
        "og:image": f"{ADDRESS}picture.png",
        "og:image:type": "image/png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "“Two” <sections>. Written by AI. No person has reviewed it yet.",
        "article:published_time": row.first_published_at.isoformat(),
        "article:modified_time": row.published_at.isoformat(),
        "twitter:card": "summary_large_image",
    }
    assert root.one("link", rel="canonical")["href"] == ADDRESS


@pytest.mark.django_db
def test_a_past_revision_speaks_for_nothing(reader):
    made = article()
    publishing.publish(made, by=None)
    claim = claim_of(made, "15,209")
    editing.judge(claim, read=claim.text, rating="supported", by=None)
    publishing.publish(made, by=None)

    root = page(reader, "/articles/two-sections/revisions/1/")

    assert not root.all("script", type="application/ld+json")
    assert not root.all("meta", property="og:title")
    assert root.one("link", rel="canonical")["href"] == ADDRESS
