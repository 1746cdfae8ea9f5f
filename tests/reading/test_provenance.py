"""Where the words of a published article come from."""

from dataclasses import replace

import pytest

from articles import editing, publishing
from articles.history.store import head
from articles.models import Claim
from articles.reading import origins
from tests.accessibility import NONE, violations
from tests.factories import EditorFactory, article, claim_of
from tests.reading.markup import Node, parse

pytestmark = pytest.mark.django_db
ADDRESS = "/articles/two-sections/provenance/"


def edit(made, old: str, new: str, **values) -> None:
    made.refresh_from_db()
    text = editing.article_text(made)
    sections = [replace(s, body=s.body.replace(old, new)) for s in text.sections]
    text = replace(text, sections=tuple(sections))
    editing.save_article(made, text, base=head(made).hash, **{"by": None, **values})


def opened(reader, address: str = ADDRESS) -> Node:
    answer = reader.get(address)
    assert answer.status_code == 200
    return parse(answer.text)


def claim(root: Node, words: str) -> Node:
    (found,) = [s for s in root.all("span", class_="claim") if words in s.text]
    return found


def card(root: Node, words: str) -> Node:
    return root.one("div", id=f"e-{claim(root, words)['data-claim']}")


@pytest.fixture
def corrected():
    """Written by a machine, corrected by Ada in a draft and by Bo in the next, published twice."""
    made = article(by=EditorFactory(username="maker"))
    publishing.publish(made, by=None)
    edit(made, "15,209", "15,290", by=EditorFactory(username="ada"), summary="Secret summary")
    edit(made, "never left", "seldom left", by=EditorFactory(username="bo"))
    publishing.publish(made, by=None)
    return made


def test_each_sentence_names_its_last_change_and_its_origin(reader, corrected):
    spans = opened(reader).all("span", class_="claim")

    assert [(s["data-revision"], s["data-origin"], s["data-verdict"]) for s in spans] == [
        ("1", "ai", "none"),
        ("3", "ai_assisted", "none"),
        ("3", "ai_assisted", "none"),
        ("1", "ai", "none"),
        ("1", "ai", "none"),
    ]


def test_words_that_people_wrote_are_marked_within_their_sentence(reader, corrected):
    words = claim(opened(reader), "15,290").all("span")

    assert [(w.text, w["class"], w["data-revision"], w["data-origin"]) for w in words] == [
        ("15,290", "words human", "3", "human")
    ]


def test_the_summary_says_the_shares_in_words(reader, corrected):
    root = opened(reader)

    assert root.one("p", class_="headline").text == (
        "93 % of the words are still the machine’s; people rewrote or added 7 %."
    )
    assert [item.text for item in root.one("aside", class_="shares").all("ul")[0].all("li")] == [
        "2 words by people",
        "25 words by a machine",
    ]


def test_a_card_says_who_wrote_and_who_changed_and_which_words(reader, corrected):
    shown = card(opened(reader), "15,290")

    day = f"{head(corrected).created_at:%-d %B %Y}"
    assert [p.text for p in shown.all("p")][:4] == [
        "Written by AI and people",
        f"Written in revision 1, published on {day}, by an AI system (entered by maker).",
        f"Last changed in revision 3, published on {day}, by ada. What that revision changed",
        "Its 7 words:",
    ]
    assert [item.text for item in shown.all("li")] == [
        "6 revision 1, an AI system (entered by maker)",
        "1 revision 3, ada: 15,290",
    ]
    assert [a["href"] for a in shown.all("a")] == [
        "/articles/two-sections/revisions/1/",
        "/articles/two-sections/revisions/3/",
        "/articles/two-sections/compare/1..3/",
        f"/claims/{claim_of(corrected, '15,290').uid}/",
        f"#c-{claim_of(corrected, '15,290').uid}",
    ]


def test_a_sentence_that_nobody_changed_says_so(reader, corrected):
    shown = card(opened(reader), "nine months")

    assert "Not changed since." in shown.text
    assert not shown.all("li")


def test_nothing_of_a_draft_is_told_but_who_wrote_its_words(reader, corrected):
    before = reader.get(ADDRESS)
    edit(corrected, "nine months", "ten months", by=EditorFactory(username="cy"), summary="Later")
    after = reader.get(ADDRESS)

    assert after.content == before.content
    assert "Secret summary" not in before.text
    numbers = {n["data-revision"] for n in parse(before.text).walk() if "data-revision" in n}
    assert numbers == {"1", "3"}
    hrefs = [a["href"] for a in parse(before.text).all("a")]
    links = [href for href in hrefs if href.startswith("/articles/two-sections/")]
    assert all(reader.get(href).status_code == 200 for href in set(links))


def test_a_sentence_of_a_draft_began_for_readers_when_it_was_published(reader):
    made = article()
    edit(made, "nine months.", "nine months. It broke down then.", by=EditorFactory(username="ada"))
    edit(made, "down then", "up then", by=EditorFactory(username="bo"))
    publishing.publish(made, by=None)

    root = opened(reader)

    assert {s["data-revision"] for s in root.all("span", class_="claim")} == {"3"}
    assert claim(root, "It broke")["data-origin"] == "human"
    assert [item.text for item in card(root, "It broke").all("li")] == [
        "3 revision 3, ada",
        "1 revision 3, bo: up",
    ]


def test_a_machines_later_words_are_told_from_its_first(reader):
    made = article()
    publishing.publish(made, by=None)
    edit(made, "15,209", "15,290", origin="ai")
    publishing.publish(made, by=None)

    root = opened(reader)

    assert [w["class"] for w in claim(root, "15,290").all("span")] == ["words later"]
    assert root.one("p", class_="headline").text == (
        "All of the words are the machine’s; people have rewritten none."
    )
    samples = root.one("ul", class_="key samples").all("li")
    assert [item.text for item in samples] == ["a machine’s words", "a machine’s later words"]


def test_words_that_are_all_alike_are_not_marked(reader):
    publishing.publish(article(origin="human"), by=None)

    root = opened(reader)

    assert root.one("p", class_="headline").text == "People wrote all of the words."
    assert not root.all(class_="words human")
    assert not root.all(class_="key samples")


def test_what_an_earlier_release_did_not_trace_is_not_known(reader):
    made = article()
    Claim.objects.update(begun=0, changed=0)
    Claim.objects.filter(text__contains="15,209").update(origin="ai_assisted")
    made.refresh_from_db()
    editing.save_article(
        made,
        replace(editing.article_text(made), title="Renamed"),
        base=head(made).hash,
        by=None,
    )
    publishing.publish(made, by=None)

    root = opened(reader)

    span = claim(root, "15,209")
    assert "data-revision" not in span
    assert [w["class"] for w in span.all("span")] == ["words unknown"]
    assert "Which revision it was written in is not known" in card(root, "15,209").text
    aside = root.one("aside", class_="shares").text
    assert "Where 7 words come from is not known: they are older than this record." in aside
    assert "words are the machine’s." in aside


def test_a_verdict_or_markup_does_not_hide_where_words_come_from(reader):
    made = article()
    claim_row = claim_of(made, "15,209")
    editing.judge(claim_row, read=claim_row.text, rating="refuted", by=EditorFactory())
    edit(made, "15,209 members", "**15,290** [soldiers and police](https://example.org)")
    publishing.publish(made, by=None)

    root = opened(reader)

    span = claim(root, "15,290")
    assert (span["data-verdict"], span["data-stale"]) == ("refuted", "true")
    words = [node.text for node in span.all("span")]
    assert words == ["15,290", "soldiers and police"] or words == ["15,290 soldiers and police"]
    assert span.one("a")["href"] == "https://example.org"


def test_what_editors_type_stays_text(reader):
    nasty = "<script>alert(1)</script>\"'"
    made = article(f"# {nasty}\n\n## {nasty}\n\nThe first words stand here.")
    author = EditorFactory(username="<i>ada</i>")
    edit(made, "first words", r"\<b> & \"words\" here", by=author)
    publishing.publish(made, by=None)

    root = opened(reader)

    assert not root.all("script")
    assert not root.one("main").all("i")
    assert "by <i>ada</i>" in root.one("main").text


def test_too_many_sentences_for_cards_lead_to_their_revisions(reader, corrected, monkeypatch):
    monkeypatch.setattr(origins, "MOST_CARDS", 1)

    root = opened(reader)

    assert not root.all(class_="card")
    marks = root.all("a", class_="mark")
    assert [mark["href"] for mark in marks] == [
        f"/articles/two-sections/revisions/{number}/" for number in (1, 3, 3, 1, 1)
    ]
    assert marks[1]["aria-label"] == "Revision 3, by AI and people"


@pytest.mark.parametrize("count", [1, 12])
def test_it_takes_seven_queries_when_cold_and_one_when_warm(
    reader, count, django_assert_num_queries
):
    made = article()
    judged = claim_of(made, "ceasefire")
    editing.judge(judged, read=judged.text, rating="supported", by=None)
    for figure in range(count):
        edit(made, f"{15_209 + figure:,}", f"{15_210 + figure:,}")
        publishing.publish(made, by=None)

    with django_assert_num_queries(7):
        cold = reader.get(ADDRESS)
    with django_assert_num_queries(1):
        warm = reader.get(ADDRESS)

    assert (cold.status_code, cold.content) == (200, warm.content)


def test_what_the_reader_has_is_not_sent_again(reader, corrected):
    etag = reader.get(ADDRESS).headers["ETag"]

    assert reader.get(ADDRESS, headers={"If-None-Match": etag}).status_code == 304


def test_a_draft_has_no_such_page_and_a_withdrawn_article_is_gone(reader):
    made = article()
    assert reader.get(ADDRESS).status_code == 404
    publishing.publish(made, by=None)
    publishing.withdraw(made, by=None, reason="Wrong.")

    assert reader.get(ADDRESS).status_code == 410
    for path in ("history/", "revisions/1/"):
        assert ADDRESS not in reader.get(f"/articles/two-sections/{path}").text


@pytest.mark.parametrize("path", ["", "history/"])
def test_the_article_and_its_history_lead_there_and_back(reader, corrected, path):
    address = f"/articles/two-sections/{path}"

    assert ADDRESS in {a["href"] for a in opened(reader, address).one("main").all("a")}
    assert address in {a["href"] for a in opened(reader).one("main").all("a")}


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.django_db(transaction=True)
def test_the_page_is_accessible_fits_and_opens_by_keyboard(page, live_server, corrected, width):
    page.set_viewport_size({"width": width, "height": 900})
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(live_server.url + ADDRESS)
    mark = page.locator("button.mark").nth(1)
    card = page.locator(".card:popover-open")
    fits = "document.documentElement.scrollWidth <= innerWidth"

    mark.focus()
    page.keyboard.press("Enter")

    assert "Last changed in revision 3" in card.inner_text()
    assert page.evaluate(fits)
    page.keyboard.press("Escape")
    assert page.locator(".card:visible").count() == 0
    assert mark.evaluate("element => element === document.activeElement")
    page.keyboard.press("Enter")
    assert violations(page) == NONE
    # By now the page is dark.
    assert page.evaluate(fits)
    assert "Last changed in revision 3" in card.inner_text()
    page.keyboard.press("Escape")
    assert page.locator(".card:visible").count() == 0
    assert mark.evaluate("element => element === document.activeElement")
    assert complaints == []
