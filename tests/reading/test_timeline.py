"""An article's history and its revisions."""

from dataclasses import replace

import pytest

from articles import editing, publishing
from articles.history.store import head
from tests.factories import EditorFactory, article, claim_of
from tests.reading.markup import Node, parse

pytestmark = pytest.mark.django_db


def edit(made, old: str, new: str, **values) -> None:
    made.refresh_from_db()
    text = editing.article_text(made)
    sections = [replace(s, body=s.body.replace(old, new)) for s in text.sections]
    text = replace(text, sections=tuple(sections))
    editing.save_article(made, text, base=head(made).hash, by=None, **values)


def history(reader, slug: str = "two-sections", page: int = 1) -> Node:
    return parse(reader.get(f"/articles/{slug}/history/?page={page}").text).one("main")


def entries(root: Node) -> list[str]:
    return [item.text for item in root.one("ol", class_="timeline dated").all("li")]


def test_each_publication_says_what_it_changed(reader):
    made, editor = article(), EditorFactory(username="ada")
    publishing.publish(made, by=editor)
    edit(made, "15,209", "15,290", summary="The figure of June")
    publishing.publish(made, by=editor, note="It was 15,290.", responsible="Ada Keïta")

    newest, first = entries(history(reader))

    assert newest.startswith("Revision 2: The figure of June")
    assert "+1 −1 words in 1 sentence" in newest
    assert "Correction: It was 15,290." in newest
    assert "by ada · Shown to readers now · Responsible: Ada Keïta" in newest
    assert "Compare with 1" in newest
    assert first.startswith("Revision 1")
    assert "First publication" in first


def test_drafts_are_no_part_of_the_history(reader):
    made = article()
    publishing.publish(made, by=None)
    edit(made, "15,209", "15,290", summary="Secret")

    assert "Secret" not in history(reader).text
    assert reader.get("/articles/two-sections/revisions/2/").status_code == 404
    assert reader.get("/articles/two-sections/revisions/1/").status_code == 200


def test_the_head_of_the_whole_log_is_shown(reader):
    publishing.publish(article(), by=None)
    tag = reader.get("/articles/two-sections/history/").headers["etag"]
    last = publishing.publish(article(slug="other"), by=None)

    answer = reader.get("/articles/two-sections/history/", headers={"if-none-match": tag})

    assert answer.status_code == 200
    assert f"verify_history --since {last.hash}" in parse(answer.text).text


def test_a_withdrawal_stands_in_the_history_that_stays(reader):
    made = article()
    publishing.publish(made, by=None)
    publishing.withdraw(made, by=None, reason="Somebody could be hurt.")

    newest, first = entries(history(reader))

    assert newest.startswith("Withdrawn")
    assert "Somebody could be hurt." in newest
    assert "Shown to readers now" not in newest + first
    assert reader.get("/articles/two-sections/").status_code == 410
    assert reader.get("/articles/two-sections/revisions/1/").status_code == 200
    assert reader.get("/articles/two-sections/compare/1..1/").status_code == 200


@pytest.mark.parametrize("count", [1, 45])
def test_the_history_takes_as_many_queries_however_long(reader, count, django_assert_num_queries):
    made = article()
    publishing.publish(made, by=None)
    for _ in range(count - 1):
        publishing.publish(made, by=None)

    with django_assert_num_queries(6 + (count > 20)):
        found = entries(history(reader))

    assert len(found) == min(count, 20)
    assert ("First publication" in found[-1]) == (count == 1)


def test_the_last_page_ends_with_the_first_publication(reader):
    made = article()
    for _ in range(21):
        publishing.publish(made, by=None)

    (last,) = entries(history(reader, page=2))

    assert "First publication" in last
    assert "entry 1 of the log" in last


def test_a_revision_answers_as_it_was(reader):
    made = article()
    publishing.publish(made, by=None)
    hash_then = head(made).hash
    edit(made, "15,209", "15,290")
    publishing.publish(made, by=None)

    root = parse(reader.get("/articles/two-sections/revisions/1/").text)

    shown = root.one("article")
    assert (shown["data-revision"], shown["data-hash"]) == ("1", hash_then)
    assert "15,209" in shown.text
    assert "You are reading revision 1" in root.text


def test_what_an_old_revision_links_to_comes_and_goes(reader):
    made, wells = article(see_also=["Wells"]), article("# Wells\n\nThey are dug.", slug="wells")
    publishing.publish(made, by=None)
    made.refresh_from_db()
    text = replace(editing.article_text(made), see_also=("Pumps",))
    editing.save_article(made, text, base=head(made).hash, by=None)
    publishing.publish(made, by=None)

    before = links(reader)
    publishing.publish(wells, by=None)
    seen = links(reader)
    publishing.withdraw(made, by=None, reason="Wrong.")
    publishing.withdraw(wells, by=None, reason="Wrong.")
    after = links(reader)

    assert [before, seen, after] == [[], ["/articles/wells/"], []]


def links(reader) -> list[str]:
    """What the first revision's page links to under "see also"."""
    page = parse(reader.get("/articles/two-sections/revisions/1/").text)
    return [a["href"] for a in page.one("section", id="see-also").all("a")]


def test_an_old_revision_keeps_its_own_signature(reader):
    made = article()
    publishing.publish(made, by=None, responsible="Ada Keïta")
    edit(made, "15,209", "15,290")
    publishing.publish(made, by=None, note="Corrected.")

    text = parse(reader.get("/articles/two-sections/revisions/1/").text).text

    assert "Ada Keïta" in text
    assert "Corrected." not in text


@pytest.mark.parametrize(
    "path",
    [
        "revisions/0/",
        f"revisions/{'9' * 30}/",
        "compare/1..2/",
        f"compare/1..{'9' * 30}/",
        "compare/?a=1&b=2",
        "compare/?a=1",
        "compare/?a=x&b=1",
        f"compare/?a={'9' * 30}&b=1",
        "history/?page=2",
    ],
)
def test_numbers_that_are_none_are_not_found(reader, path):
    made = article()
    publishing.publish(made, by=None)
    edit(made, "15,209", "15,290")

    assert reader.get(f"/articles/two-sections/{path}").status_code == 404


def test_nothing_published_has_no_history(reader):
    article()

    for path in ("history/", "revisions/1/", "compare/1..1/", "compare/?a=1&b=1"):
        assert reader.get(f"/articles/two-sections/{path}").status_code == 404


def test_two_numbers_lead_to_their_comparison(reader):
    made = article()
    publishing.publish(made, by=None)
    edit(made, "15,209", "15,290")
    publishing.publish(made, by=None)

    answer = reader.get("/articles/two-sections/compare/?a=2&b=1")

    assert (answer.status_code, answer["location"]) == (
        302,
        "/articles/two-sections/compare/2..1/",
    )


def comparison(reader, between: str) -> Node:
    return parse(reader.get(f"/articles/two-sections/compare/{between}/").text).one("main")


def test_a_comparison_shows_whole_words(reader, django_assert_max_num_queries):
    made = article(tags={"First": ["Wells"]})
    publishing.publish(made, by=None)
    edit(made, "15,209", "15,290")
    text = editing.article_text(made)
    first = replace(text.sections[1], tags=("Été",))
    text = replace(text, title="Two parts", sections=(text.sections[0], first, text.sections[2]))
    editing.save_article(made, text, base=head(made).hash, by=None)
    publishing.publish(made, by=None)

    with django_assert_max_num_queries(10):
        root = comparison(reader, "1..3")

    gone = [node.text for node in root.all("del") if node.text != "removed"]
    came = [node.text for node in root.all("ins") if node.text != "added"]
    assert (gone, came) == (["sections", "Wells", "15,209"], ["parts", "Été", "15,290"])
    assert root.text.count("1 section unchanged") == 2
    back = comparison(reader, "3..1")
    assert [node.text for node in back.all("ins")][1:] == gone


def test_a_comparison_takes_rows_of_tables_and_items_of_lists_as_they_are(reader):
    made = article(
        "# Camps\n\nThere were two.\n\n## Each\n\n"
        "| Camp | Staff |\n| --- | --- |\n| Gao | 250 |\n| Kidal | 90 |\n\n- A well\n- A wall"
    )
    publishing.publish(made, by=None)
    edit(made, "250", "350")
    edit(made, "A wall", "A high wall")
    publishing.publish(made, by=None)

    shown = [p for p in comparison(reader, "1..3").all("p") if p.all("ins")][1:]

    assert [(p.attributes.get("class", ""), p.text) for p in shown] == [
        ("", "Gao · 250350"),
        ("item", "A high wall"),
    ]


def test_a_verdict_that_went_stale_is_said_in_words(reader):
    made = article()
    claim = claim_of(made, "15,209")
    editing.judge(claim, read=claim.text, rating="supported", note="Read it.", by=EditorFactory())
    publishing.publish(made, by=None)
    edit(made, "15,209", "15,290")
    publishing.publish(made, by=None)

    root = comparison(reader, "2..3")

    assert "no longer stands: Supported by a person" in root.text
    assert "1 verdict went stale" in root.text
    assert "Reads again as it was judged: Supported by a person" in comparison(reader, "3..2").text


def test_a_new_verdict_stands_beside_unchanged_text(reader):
    made = article()
    publishing.publish(made, by=None)
    claim = claim_of(made, "15,209")
    editing.judge(claim, read=claim.text, rating="refuted", note="It says 9.", by=EditorFactory())
    publishing.publish(made, by=None)

    root = comparison(reader, "1..2")

    assert "Text unchanged" in root.text
    assert "First verdict: Refuted by a person It says 9." in root.text


def test_how_a_verdict_changed_is_told_in_a_sentence(reader):
    made, editor = article(), EditorFactory()
    claim = claim_of(made, "15,209")
    for rating, by in (("supported", None), ("supported", editor), ("outdated", editor)):
        editing.judge(claim, read=claim.text, rating=rating, by=by)
        publishing.publish(made, by=None)

    confirmed, changed = comparison(reader, "2..3"), comparison(reader, "3..4")

    suggestion = "A person confirmed the machine’s suggestion: Supported by a person"
    assert suggestion in confirmed.text
    assert "Verdict changed from “Supported” to Outdated by a person" in changed.text


def test_of_a_list_only_what_came_is_shown_as_added(reader):
    made = article(see_also=["Wells", "Pumps"])
    publishing.publish(made, by=None)
    text = editing.article_text(made)
    longer = replace(text, see_also=("Wells", "Pumps", "Camps"))
    editing.save_article(made, longer, base=head(made).hash, by=None)
    publishing.publish(made, by=None)

    root = comparison(reader, "1..2")

    assert [node.text for node in root.all("ins")][1:] == ["; Camps"]
    assert [node.text for node in root.all("del")][1:] == []


def test_another_claim_that_is_judged_is_said_in_words(reader):
    made = article()
    claim, editor = claim_of(made, "15,209"), EditorFactory()
    editing.judge(claim, read=claim.text, rating="supported", by=editor)
    publishing.publish(made, by=None)
    given = editing.VerdictGiven("refuted", claimant="The government", claimed="It has no members")
    editing.review_claim(claim, read=claim.text, verdicts=[given], by=editor)
    publishing.publish(made, by=None)

    said = parse(reader.get("/articles/two-sections/compare/2..3/").text).one(
        "ul", class_="said-so"
    )

    assert "Verdict changed from “Supported” to Refuted by a person " in said.text
    assert "Judges what The government claimed: “It has no members”" in said.text
    assert said.text.count("Judges") == 1


def test_nothing_differs_from_itself(reader):
    publishing.publish(article(), by=None)

    assert "Nothing differs." in comparison(reader, "1..1").text


def test_a_moved_and_a_removed_section_say_so(reader):
    made = article()
    publishing.publish(made, by=None)
    text = editing.article_text(made)
    opening, first, second = text.sections
    text = replace(text, sections=(opening, second, first))
    editing.save_article(made, text, base=head(made).hash, by=None)
    made.refresh_from_db()
    publishing.publish(made, by=None)
    text = replace(editing.article_text(made), sections=(opening, first))
    editing.save_article(made, text, base=head(made).hash, by=None)
    publishing.publish(made, by=None)

    moved = comparison(reader, "1..2")
    assert "Moved: section" in moved.text
    (note,) = [p for p in moved.all("p") if "now after" in p.text]
    assert note.text == "Moved: Second, now after the introduction"
    assert moved.one(id=note.one("a")["href"].removeprefix("#")).text == note.one("a").text
    removed = comparison(reader, "1..3")
    assert "Section removed" in removed.text
    assert "The ceasefire held for nine months." in " ".join(n.text for n in removed.all("del"))
