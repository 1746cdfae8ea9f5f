"""What was found of quotes, on the pages of an article, a sentence and a source."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db.models import F

from articles import editing, publishing
from articles.editing import CitationGiven
from articles.evidence.findings import Copy, Finding, Findings, Standing
from articles.models import PublishedArticle, Watch
from articles.reading import checks
from articles.reading.page import render_article
from articles.text.canonical import sha256
from tests.factories import (
    EditorFactory,
    QuoteCheckFactory,
    SourceFactory,
    VisitFactory,
    article,
    claim_of,
    copy_of,
)
from tests.reading.articles import citation, facts, judged, section, source, state, verdict
from tests.reading.markup import Node, parse

QUOTE = "15,209 uniformed staff"
THEN = datetime(2026, 11, 24, 8, tzinfo=UTC)
SHEET = "https://example.org/sheet"


def copy(**values) -> Copy:
    return Copy(
        **{
            "uid": "k" * 12,
            "kind": "fetched",
            "taken_at": THEN,
            "archived_at": None,
            "address": SHEET,
            "final_address": SHEET,
            "note": "",
            "media_type": "text/html",
            "size": 2048,
            "pages": 0,
            "body": "ab" * 32,
        }
        | values
    )


def finding(result: str = "exact", matched: str = QUOTE, **values) -> Finding:
    return Finding(
        **{
            "result": result,
            "made_at": THEN,
            "matched": "" if result == "missing" else matched,
            "before": "It had ",
            "after": " in 2017.",
            "page": None,
            "score": 1000,
            "copy": copy(),
        }
        | values
    )


def known(*found: Finding, standing: Standing | None = None, quotes=(QUOTE,)) -> Findings:
    """Findings for the quotes of the source s1, one each."""
    pairs = zip(quotes, found, strict=True)
    return Findings(
        {("s1", sha256(quote)): finding for quote, finding in pairs},
        {"s1": standing} if standing else {},
    )


def read(findings: Findings, *citations) -> Node:
    cited = judged(section("It had 15,209 staff."), verdict(), citations=citations or [citation()])
    return parse(render_article(state(cited, sources=[source()]), facts(), findings))


def said(root: Node) -> list[tuple[str, str]]:
    """The checks on the claim's card."""
    return [
        (node["data-check"], node.text)
        for node in root.one(id="e-1").all("p", class_="check")
        if "data-check" in node
    ]


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (finding(), "Found word for word in the copy of 24 November 2026"),
        (finding(page=3), "Found word for word in the copy of 24 November 2026, page 3"),
        (finding("missing"), "Not found in the copy of 24 November 2026"),
        (
            finding(copy=copy(kind="archived", archived_at=datetime(2020, 3, 1, tzinfo=UTC))),
            "Found word for word in an archive’s copy of 1 March 2020",
        ),
        (
            finding(copy=copy(kind="uploaded")),
            "Found word for word in the copy that an editor uploaded on 24 November 2026",
        ),
    ],
)
def test_card_and_reference_say_what_was_found(found, words):
    root = read(known(found))

    assert said(root) == [(found.result, words)]
    reference = root.one("li", id="ref-1")
    assert reference["data-quote-check"] == found.result
    worst = "Not all quotes found" if found.result == "missing" else "Quotes found word for word"
    assert reference.one("b", data_check=found.result).text == worst


def test_card_and_reference_lead_to_an_archives_copy():
    kept = "https://archive.example/2020/https://example.org/sheet"

    root = read(replace(known(finding()), archives={"s1": kept}))

    for place in (root.one(id="e-1"), root.one("li", id="ref-1")):
        assert [(a["href"], a["rel"]) for a in place.all("a") if a.text == "archived copy"] == [
            (kept, "noopener")
        ]
    assert "archived copy" not in read(known(finding())).text


def test_a_near_quote_shows_the_difference_and_warns_of_another_number():
    root = read(known(finding("near", "15,290 uniformed staff")))

    assert said(root) == [
        ("near", "Found with differences in the copy of 24 November 2026: another number")
    ]
    card = root.one(id="e-1")
    assert card.one("blockquote").text == "15,20915,290 uniformed staff"
    assert (card.one("del").text, card.one("ins").text) == ("15,209", "15,290")


def test_a_quote_that_nobody_looked_for_says_so():
    root = read(Findings())

    assert said(root) == [("unchecked", "Quote not looked for yet")]
    assert root.one("li", id="ref-1")["data-quote-check"] == "unchecked"


@pytest.mark.parametrize(
    ("results", "worst"),
    [
        (["exact", "near"], "near"),
        (["exact", "unchecked", "near"], "unchecked"),
        (["missing", "unchecked"], "missing"),
        ([], "unchecked"),
    ],
)
def test_the_worst_of_its_quotes_stands_for_a_source(results, worst):
    assert checks.worst(results) == worst


def test_a_place_without_a_quote_does_not_make_a_source_unchecked():
    root = read(known(finding()), citation(), citation(quote="", locator="p. 9"))

    assert root.one("li", id="ref-1")["data-quote-check"] == "exact"


MISSING = "None of the quotes that should support this sentence was found in its sources."


def test_a_claim_whose_supporting_quotes_are_all_missing_is_marked_in_words():
    root = read(known(finding("missing")), citation(), citation(quote="", locator="p. 9"))

    claim, mark = root.one("span", class_="claim"), root.one("button", class_="mark")
    assert claim["data-quotes"] == "missing"
    assert mark["aria-label"] == (
        "Supported, machine suggestion, none of its quotes was found: show evidence"
    )
    assert len(mark.all("span", class_="unfound")) == 1
    assert MISSING in root.one(id="e-1").text


@pytest.mark.parametrize(
    ("second", "stance"), [("near", "supports"), (None, "supports"), ("missing", "refutes")]
)
def test_a_claim_with_one_quote_that_may_support_it_is_not_marked(second, stance):
    found = {("s1", sha256("first words")): finding("missing")}
    if second:
        found["s1", sha256("second words")] = finding(second)
    if stance == "refutes":
        found["s1", sha256("first words")] = finding()

    root = read(
        Findings(found),
        citation(quote="first words"),
        citation(quote="second words", stance=stance),
    )

    assert "data-quotes" not in root.one("span", class_="claim")
    assert not root.all("span", class_="unfound")


def test_quotes_that_dispute_a_claim_do_not_mark_it_when_they_are_missing():
    root = read(known(finding("missing")), citation(stance="refutes"))

    assert "data-quotes" not in root.one("span", class_="claim")


def test_a_reference_says_since_when_its_page_is_gone():
    gone = Standing("not_found", THEN, THEN, f"{SHEET}#top", "", copy())

    root = read(known(finding(), standing=gone))

    away = root.one("li", id="ref-1").one("p", class_="check away")
    assert away.text == "The page has answered 404 (not found) since 24 November 2026."


@pytest.mark.parametrize(
    "standing",
    [
        Standing("ok", THEN, THEN, SHEET, SHEET, copy()),
        Standing("gone", THEN, THEN, "https://example.org/of-a-draft", "", copy()),
    ],
)
def test_of_a_page_that_is_there_or_that_a_draft_names_nothing_is_said(standing):
    root = read(known(finding(), standing=standing))

    assert not root.all("p", class_="check away")


def test_what_stands_in_a_copy_is_shown_as_text():
    evil = "15,209 <script>alert(1)</script> staff"
    page = render_article(
        state(
            judged(section("It had 15,209 staff."), verdict(), citations=[citation()]),
            sources=[source()],
        ),
        facts(),
        known(finding("near", evil)),
    )

    assert "<script>alert" not in page


def published(sheet, *, quote: str = QUOTE, stance: str = "supports"):
    made = article()
    claim = claim_of(made, "15,209")
    editing.review_claim(
        claim,
        read=claim.text,
        citations=[CitationGiven(sheet, stance, quote)],
        by=EditorFactory(username="ada"),
    )
    publishing.publish(made, by=None)
    return claim


@pytest.mark.django_db
def test_a_sentences_page_shows_the_words_around_its_quote(reader):
    sheet = SourceFactory(url=SHEET)
    claim = published(sheet)
    made = copy_of(sheet, taken_at=THEN)
    QuoteCheckFactory(snapshot=made, quote=QUOTE, before="The force had ", after=" in June.")

    root = parse(reader.get(f"/claims/{claim.uid}/").text).one("main")

    check = root.one("p", data_check="exact")
    assert check.text == "Found word for word in the copy of 24 November 2026 · that copy"
    assert check.one("a")["href"] == f"/sources/{sheet.uid}/#copy-{made.uid}"
    around = root.one("p", class_="around")
    assert around.text == f"In the copy: …The force had {QUOTE} in June.…"
    assert around.one("mark").text == QUOTE


@pytest.mark.django_db
def test_a_sentences_page_leads_to_an_archives_copy_and_tells_programs_of_it(reader):
    kept = "https://archive.example/2020/https://example.org/sheet"
    sheet = SourceFactory(url=SHEET)
    claim = published(sheet)
    copy_of(sheet, "archived", archived_at=THEN, final_address=kept)

    root = parse(reader.get(f"/claims/{claim.uid}/").text)

    links = [a["href"] for a in root.one("main").all("a") if a.text == "archived copy"]
    assert links == [kept]
    described = json.loads(root.one("script", type="application/ld+json").raw)
    assert described["@graph"][0]["citation"][0]["archivedAt"] == kept


@pytest.mark.django_db
def test_a_sentences_page_says_that_no_supporting_quote_was_found(reader):
    sheet = SourceFactory()
    claim = published(sheet)
    QuoteCheckFactory(snapshot=copy_of(sheet), quote=QUOTE, result="missing")

    assert MISSING in reader.get(f"/claims/{claim.uid}/").text


@pytest.mark.django_db
def test_a_source_lists_its_copies_and_shows_words_of_them_around_quotes_alone(reader):
    sheet = SourceFactory(url=SHEET)
    published(sheet)
    made = copy_of(sheet, taken_at=THEN, address=SHEET, size=2048)
    QuoteCheckFactory(snapshot=made, quote=QUOTE, before="The force had ", after=" in June.")
    QuoteCheckFactory(snapshot=made, quote="of a draft", matched="of a draft", before="Secret ")
    copy_of(
        sheet,
        "archived",
        final_address="https://archive.example/1",
        archived_at=datetime(2020, 3, 1, tzinfo=UTC),
        taken_at=THEN,
        size=4096,
    )
    scan = copy_of(
        sheet,
        "uploaded",
        taken_at=THEN,
        media_type="application/pdf",
        pages=3,
        size=1024,
        editor="ada",
        note="Scan of pages 12 to 14",
    )

    root = parse(reader.get(f"/sources/{sheet.uid}/").text).one("main")

    assert root.one("p", class_="around").text == f"In the copy: …The force had {QUOTE} in June.…"
    rows = root.one("section", class_="copies").all("li")
    assert [row.all("p")[0].text for row in rows] == [
        "24 November 2026 · Uploaded by an editor: Scan of pages 12 to 14",
        "1 March 2020 · Fetched from a public archive: https://archive.example/1",
        "24 November 2026 · Fetched from the address above",
    ]
    assert rows[0].all("p")[1].text == f"application/pdf, 1.0 KB, 3 pages · SHA-256 {scan.body}"
    assert "Secret" not in root.text
    assert "ada" not in root.text


@pytest.mark.django_db
def test_a_source_says_how_its_page_stands(reader):
    sheet = SourceFactory(url=SHEET)
    published(sheet)
    QuoteCheckFactory(snapshot=copy_of(sheet), quote=QUOTE)
    VisitFactory(source=sheet, address=SHEET, final_address="", outcome="not_found", status=404)
    Watch.objects.update(state="not_found", since=THEN, visited_at=THEN)

    banner = parse(reader.get(f"/sources/{sheet.uid}/").text).one("p", class_="banner")

    assert banner.text == (
        "The page has answered 404 (not found) since 24 November 2026. The words below were read "
        "in a stored copy. Last looked at on 24 November 2026."
    )


@pytest.mark.django_db
def test_a_source_does_not_tell_the_address_of_a_draft(reader):
    sheet = SourceFactory(url=SHEET)
    published(sheet)
    copy_of(sheet, address="https://example.org/draft", final_address="https://example.org/draft")
    VisitFactory(source=sheet, address="https://example.org/draft")
    Watch.objects.update(state="gone", since=THEN, visited_at=THEN)

    root = parse(reader.get(f"/sources/{sheet.uid}/").text).one("main")

    assert not root.all("p", class_="banner")
    assert "Fetched from another address of this work" in root.text
    assert "example.org/draft" not in root.text


@pytest.mark.django_db
def test_a_check_and_a_visit_make_a_sources_page_anew(reader, django_assert_num_queries):
    sheet = SourceFactory(url=SHEET)
    published(sheet)
    address = f"/sources/{sheet.uid}/"
    tags = [reader.get(address).headers["etag"]]
    QuoteCheckFactory(snapshot=copy_of(sheet), quote=QUOTE)
    tags.append(reader.get(address).headers["etag"])
    VisitFactory(source=sheet, address=SHEET)
    tags.append(reader.get(address).headers["etag"])

    with django_assert_num_queries(2):
        again = reader.get(address, headers={"if-none-match": tags[-1]})

    assert len(set(tags)) == 3
    assert again.status_code == 304


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/articles/two-sections/", "/articles/two-sections.json", "/claims/{uid}/"]
)
def test_what_comes_in_shows_once_the_articles_version_grows(reader, address):
    sheet = SourceFactory(url=SHEET)
    claim = published(sheet)
    address = address.format(uid=claim.uid)
    before = reader.get(address)
    QuoteCheckFactory(snapshot=copy_of(sheet), quote=QUOTE)
    PublishedArticle.objects.update(version=F("version") + 1)

    after = reader.get(address)

    assert before.headers["etag"] != after.headers["etag"]
    assert "unchecked" in before.text
    assert "exact" in after.text


@pytest.mark.django_db
def test_an_old_revision_says_what_is_known_of_its_quotes_now(reader):
    sheet = SourceFactory(url=SHEET)
    claim = published(sheet)
    editing.review_claim(claim, read=claim.text, citations=[], by=EditorFactory())
    made = claim.article
    made.refresh_from_db()
    publishing.publish(made, by=None)
    QuoteCheckFactory(snapshot=copy_of(sheet), quote=QUOTE)

    root = parse(reader.get("/articles/two-sections/revisions/2/").text)

    assert root.one("li", id="ref-1")["data-quote-check"] == "exact"
