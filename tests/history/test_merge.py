from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from articles.history.merge import merge
from articles.history.state import ArticleText, SectionText
from articles.text.merge import Clash as SentenceClash

FIRST = SectionText("a", 2, "First", "The force had 15,209 members.", ("mandate",))
SECOND = SectionText("b", 2, "Second", "The ceasefire held.")
THIRD = SectionText("c", 3, "Third", "Nobody had expected that.")
BASE = ArticleText("slug", "Title", "en", "", (), (FIRST, SECOND, THIRD))


def with_sections(*sections, **fields):
    return replace(BASE, sections=sections, **fields)


def test_changes_of_different_sections_are_both_kept():
    theirs = with_sections(replace(FIRST, body="It had none."), SECOND, THIRD)
    mine = with_sections(FIRST, replace(SECOND, body="It broke."), THIRD)

    merged = merge(BASE, theirs, mine)

    assert merged.clashes == ()
    assert [s.body for s in merged.text.sections] == ["It had none.", "It broke.", THIRD.body]


def test_two_texts_for_one_section_clash_and_mine_is_proposed():
    theirs = with_sections(replace(FIRST, body="It had none."), SECOND, THIRD)
    mine = with_sections(replace(FIRST, body="It had few."), SECOND, THIRD)

    merged = merge(BASE, theirs, mine)

    (clash,) = merged.clashes
    assert (clash.section, clash.name) == ("a", "body")
    assert (clash.base, clash.theirs, clash.mine) == (FIRST.body, "It had none.", "It had few.")
    assert merged.text.sections[0].body == "It had few."


def test_different_sentences_of_one_section_are_both_kept():
    body = "The force had 15,209 members. It never left."
    base = with_sections(replace(FIRST, body=body))
    theirs = with_sections(replace(FIRST, body=body.replace("15,209", "15,290")))
    mine = with_sections(replace(FIRST, body=body.replace("never", "once")))

    merged = merge(base, theirs, mine)

    assert merged.clashes == ()
    assert merged.text.sections[0].body == "The force had 15,290 members. It once left."


def test_a_clash_of_texts_shows_the_sentence_that_both_changed_and_keeps_the_rest():
    body = "The force had 15,209 members. It never left."
    base = with_sections(replace(FIRST, body=body))
    theirs = with_sections(replace(FIRST, body=f"Once. {body}".replace("never", "rarely")))
    mine = with_sections(replace(FIRST, body=f"{body} So.".replace("never", "once")))

    merged = merge(base, theirs, mine)

    (clash,) = merged.clashes
    assert [piece for piece in clash.pieces if isinstance(piece, SentenceClash)] == [
        SentenceClash("It never left.\n", "It rarely left.\n", "It once left. So.\n")
    ]
    assert merged.text.sections[0].body == "Once. The force had 15,209 members. It once left. So."


def test_the_same_change_on_both_sides_is_one():
    both = with_sections(replace(FIRST, body="It had none."), SECOND, THIRD)

    assert merge(BASE, both, both) == merge(BASE, both, BASE) == merge(BASE, BASE, both)
    assert merge(BASE, both, both).text == both


def test_a_section_that_one_deletes_and_the_other_changes_clashes_and_stays():
    theirs = with_sections(replace(FIRST, body="It had none."), SECOND, THIRD)
    mine = with_sections(SECOND, THIRD)

    merged = merge(BASE, theirs, mine)

    (clash,) = merged.clashes
    assert (clash.name, clash.theirs, clash.mine) == ("section", "It had none.", "")
    assert [s.uid for s in merged.text.sections] == ["a", "b", "c"]


def test_a_section_that_one_deletes_and_the_other_leaves_alone_goes():
    mine = with_sections(SECOND, THIRD)

    assert merge(BASE, BASE, mine).text == mine
    assert merge(BASE, mine, with_sections(FIRST, SECOND, THIRD, title="New")).text == replace(
        mine, title="New"
    )


def test_new_sections_of_both_find_their_places():
    here = SectionText("m", 2, "Mine", "")
    there = SectionText("t", 2, "Theirs", "")
    theirs = with_sections(FIRST, there, SECOND, THIRD)
    mine = with_sections(FIRST, SECOND, THIRD, here)

    assert [s.uid for s in merge(BASE, theirs, mine).text.sections] == ["a", "t", "b", "c", "m"]


def test_one_sides_order_and_the_others_words_are_both_kept():
    theirs = with_sections(THIRD, FIRST, SECOND)
    mine = with_sections(FIRST, replace(SECOND, body="It broke."), THIRD)

    merged = merge(BASE, theirs, mine)

    assert merged.clashes == ()
    assert [(s.uid, s.body) for s in merged.text.sections] == [
        ("c", THIRD.body),
        ("a", FIRST.body),
        ("b", "It broke."),
    ]


def test_two_new_orders_clash_by_their_headings():
    merged = merge(BASE, with_sections(THIRD, FIRST, SECOND), with_sections(SECOND, FIRST, THIRD))

    (clash,) = merged.clashes
    assert (clash.name, clash.mine) == ("order", "Second, First, Third")


def test_tags_of_both_are_kept_and_removed_ones_go():
    theirs = with_sections(replace(FIRST, tags=("mandate", "UN")), SECOND, THIRD)
    mine = with_sections(replace(FIRST, tags=("Mali",)), SECOND, THIRD)

    assert merge(BASE, theirs, mine).text.sections[0].tags == ("Mali", "UN")


bodies = st.sampled_from(["one", "two", "three"])
texts = st.lists(
    st.builds(SectionText, st.sampled_from("abcd"), st.just(2), st.just("H"), bodies),
    unique_by=lambda section: section.uid,
).map(lambda sections: replace(BASE, sections=tuple(sections)))


@given(texts, texts)
def test_merging_with_one_who_did_nothing_gives_the_others_text(base, changed):
    assert merge(base, base, changed).text == changed
    assert merge(base, changed, base).text == changed


@given(texts, texts, texts)
def test_nothing_that_either_side_changed_is_lost_unsaid(base, theirs, mine):
    merged = merge(base, theirs, mine)
    clashing = {clash.section for clash in merged.clashes}
    was = {s.uid: s for s in base.sections}
    now = {s.uid: s for s in merged.text.sections}
    for side in (theirs, mine):
        for section in side.sections:
            if section != was.get(section.uid) and section.uid not in clashing:
                assert now[section.uid] == section
