"""One sentence's page."""

from dataclasses import replace
from datetime import date

import pytest

from articles import editing, publishing
from articles.editing import CitationGiven, VerdictGiven
from articles.history.store import head
from tests.factories import EditorFactory, SourceFactory, article, claim_of
from tests.reading.markup import Node, parse

pytestmark = pytest.mark.django_db


def edit(made, old: str, new: str) -> None:
    text = editing.article_text(made)
    sections = [replace(s, body=s.body.replace(old, new)) for s in text.sections]
    text = replace(text, sections=tuple(sections))
    made.refresh_from_db()
    editing.save_article(made, text, base=head(made).hash, by=None)
    made.refresh_from_db()


def record(reader, uid: str) -> Node:
    return parse(reader.get(f"/claims/{uid}/").text).one("main")


def test_a_sentence_shows_its_verdict_and_what_it_rests_on(reader):
    made, sheet = article(), SourceFactory(title="Fact sheet", issued="2017-06")
    claim = claim_of(made, "15,209")
    editing.review_claim(
        claim,
        read=claim.text,
        verdicts=[VerdictGiven("outdated", "True in 2017.", "2017-06", date(2030, 1, 31))],
        citations=[CitationGiven(sheet, "qualifies", "15,209 staff", "p. 3")],
        by=EditorFactory(username="ada"),
    )
    publishing.publish(made, by=None)

    root = record(reader, claim.uid)

    assert root.one("p", class_="bigclaim").text == f"“{claim.text}”"
    now = root.one("div", class_="nowbox")
    assert now["data-verdict"] == "outdated"
    assert "Outdated by a person True in 2017. Judged by ada on" in now.text
    assert now.text.endswith("As of June 2017. To be checked again by 31 January 2030.")
    assert "Qualifies: Fact sheet, Peacekeeping Statistics, June 2017, p. 3" in root.text
    hrefs = {a["href"] for a in root.all("a")}
    assert {
        f"/sources/{sheet.uid}/",
        f"/articles/two-sections/#c-{claim.uid}",
        "/articles/two-sections/#first",
    } <= hrefs
    assert f"/admin/articles/claim/by-uid/{claim.uid}/" in hrefs
    assert root.one("code").text == claim.uid


def test_a_verdict_on_what_somebody_claimed_stands_beside_one_that_they_said_so(reader):
    made, ada = article(), EditorFactory(username="ada")
    claim = claim_of(made, "15,209")
    given = [
        VerdictGiven("supported", "They said so."),
        VerdictGiven("refuted", claimant="The government", claimed="It has no members"),
    ]
    for one in given:
        editing.review_claim(claim, read=claim.text, verdicts=[one], by=ada)
    publishing.publish(made, by=None)

    root = record(reader, claim.uid)

    judges = "Judges what The government claimed: “It has no members”"
    assert f"Refuted by a person {judges} Judged by ada on" in root.one("div", class_="nowbox").text
    newest, before = root.one("ol", class_="timeline").all("li")
    assert judges in newest.text
    assert "Judges" not in before.text


def test_a_stale_verdict_still_says_whose_claim_it_judged(reader):
    made = article()
    claim = claim_of(made, "15,209")
    given = VerdictGiven("refuted", claimant="The government")
    editing.review_claim(claim, read=claim.text, verdicts=[given], by=EditorFactory())
    edit(made, "15,209", "15,290")
    publishing.publish(made, by=None)

    now = record(reader, claim.uid).one("div", class_="nowbox").text

    assert now.endswith("Judges what The government claimed, not whether it was said.")


def test_an_earlier_verdict_shows_what_it_judged(reader):
    made = article()
    claim = claim_of(made, "15,209")
    editing.judge(claim, read=claim.text, rating="supported", by=EditorFactory())
    edit(made, "15,209", "15,290")
    publishing.publish(made, by=None)

    root = record(reader, claim.uid)

    assert "Text changed since it was checked" in root.one("div", class_="nowbox").text
    assert {node.text for node in root.all("del")} == {"15,209"}
    assert {node.text for node in root.all("ins")} == {"15,290"}
    assert root.one("ol").one("h3").text == "Supported"


def test_a_sentence_that_is_gone_says_so_and_keeps_its_record(reader):
    made = article()
    publishing.publish(made, by=None)
    claim = claim_of(made, "never left")
    edit(made, " It never left the capital.", "")
    publishing.publish(made, by=None)

    root = record(reader, claim.uid)

    assert "This sentence is no longer in the article." in root.text
    hrefs = [a["href"] for a in root.all("a")]
    assert f"/articles/two-sections/revisions/1/#c-{claim.uid}" in hrefs


def test_a_draft_sentence_is_not_found(reader):
    made = article()
    draft = claim_of(made, "15,209").uid

    for uid in (draft, "nothing", "%00", "..", "x" * 3000):
        assert reader.get(f"/claims/{uid}/").status_code == 404


def test_a_draft_changes_nothing_that_readers_see(reader):
    made = article()
    publishing.publish(made, by=None)
    claim = claim_of(made, "15,209")
    edit(made, "15,209", "15,290")
    editing.judge(claim_of(made, "15,290"), read="The force had 15,290 members in 2017.",
                  rating="refuted", note="Secret", by=EditorFactory())  # fmt: skip

    root = record(reader, claim.uid)

    assert "15,209" in root.text
    assert "Secret" not in root.text


def test_sentences_of_a_withdrawn_article_are_gone(reader):
    made = article()
    publishing.publish(made, by=None)
    publishing.withdraw(made, by=None, reason="Somebody could be hurt.")

    answer = reader.get(f"/claims/{claim_of(made, '15,209').uid}/")

    assert answer.status_code == 410
    assert "Somebody could be hurt." in answer.text


@pytest.mark.parametrize("count", [1, 3])
def test_a_record_takes_as_many_queries_however_long(reader, count, django_assert_num_queries):
    made, source = article(), SourceFactory()
    claim = claim_of(made, "15,209")
    for number in range(count):
        editing.review_claim(
            claim,
            read=claim.text,
            verdicts=[VerdictGiven("supported", f"Read {number} times.")],
            citations=[CitationGiven(source, quote=f"{n} staff") for n in range(count)],
            by=EditorFactory(),
        )
    publishing.publish(made, by=None)

    with django_assert_num_queries(7):
        tag = reader.get(f"/claims/{claim.uid}/").headers["etag"]
    with django_assert_num_queries(1):
        again = reader.get(f"/claims/{claim.uid}/", headers={"if-none-match": tag})

    assert again.status_code == 304
