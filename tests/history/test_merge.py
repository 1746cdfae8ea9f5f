from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.history.merge import merge
from articles.history.state import ArticleText, SectionText
from articles.text.diff import words
from articles.text.threeway import Stretch

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
    assert [stretch for stretch in clash.stretches if stretch.clashes] == [
        Stretch("It never left.\n", "It rarely left.\n", "It once left. So.\n")
    ]
    assert merged.text.sections[0].body == "Once. The force had 15,209 members. It once left. So."


def test_the_same_change_on_both_sides_is_one():
    both = with_sections(replace(FIRST, body="It had none."), SECOND, THIRD)

    merged = merge(BASE, both, both)

    assert (merged.text, merged.clashes) == (both, ())


def test_a_section_that_one_deletes_and_the_other_changes_clashes_and_stays():
    theirs = with_sections(replace(FIRST, body="It had none."), SECOND, THIRD)
    mine = with_sections(SECOND, THIRD)

    merged = merge(BASE, theirs, mine)

    (clash,) = merged.clashes
    assert (clash.name, clash.base, clash.mine) == ("section", FIRST, None)
    assert clash.theirs.body == "It had none."
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


def test_two_new_orders_clash_and_mine_is_proposed():
    merged = merge(BASE, with_sections(THIRD, FIRST, SECOND), with_sections(SECOND, FIRST, THIRD))

    (clash,) = merged.clashes
    assert (clash.name, clash.theirs, clash.mine) == ("order", tuple("cab"), tuple("bac"))
    assert merged.text.sections == (SECOND, FIRST, THIRD)


def test_tags_of_both_are_kept_and_removed_ones_go():
    theirs = with_sections(replace(FIRST, tags=("mandate", "UN")), SECOND, THIRD)
    mine = with_sections(replace(FIRST, tags=("Mali",)), SECOND, THIRD)

    assert merge(BASE, theirs, mine).text.sections[0].tags == ("Mali", "UN")


@pytest.mark.parametrize(
    ("name", "theirs", "mine"),
    [
        ("title", "Their title", "My title"),
        ("slug", "their-slug", "my-slug"),
        ("language", "fr", "de"),
        ("translation_of", "theirs", "mine"),
    ],
)
def test_two_values_of_one_field_clash_and_one_alone_is_kept(name, theirs, mine):
    there, here = replace(BASE, **{name: theirs}), replace(BASE, **{name: mine})

    merged = merge(BASE, there, here)

    (clash,) = merged.clashes
    assert (clash.section, clash.name, clash.theirs, clash.mine) == ("", name, theirs, mine)
    assert merged.text == here
    assert merge(BASE, there, BASE).text == there
    assert merge(BASE, BASE, here).text == here


@pytest.mark.parametrize(("name", "theirs", "mine"), [("heading", "1st", "One"), ("level", 3, 4)])
def test_two_values_of_a_sections_field_clash(name, theirs, mine):
    there = with_sections(replace(FIRST, **{name: theirs}), SECOND, THIRD)
    here = with_sections(replace(FIRST, **{name: mine}), SECOND, THIRD)

    (clash,) = merge(BASE, there, here).clashes

    assert (clash.section, clash.name, clash.theirs, clash.mine) == ("a", name, theirs, mine)


def test_titles_of_both_are_pointed_to_and_removed_ones_go():
    base = replace(BASE, see_also=("Mali", "Gao"))
    theirs = replace(base, see_also=("Mali", "Kidal", "Gao"))
    mine = replace(base, see_also=("Gao", "Niger"))

    merged = merge(base, theirs, mine)

    assert merged.clashes == ()
    assert merged.text.see_also == ("Kidal", "Gao", "Niger")


def test_two_orders_of_the_same_titles_clash():
    base = replace(BASE, see_also=("Mali", "Gao", "Kidal"))
    theirs = replace(base, see_also=("Gao", "Mali", "Kidal"))
    mine = replace(base, see_also=("Kidal", "Mali", "Gao", "Niger"))

    merged = merge(base, theirs, mine)

    (clash,) = merged.clashes
    assert (clash.name, clash.theirs) == ("see_also", theirs.see_also)
    assert merged.text.see_also == mine.see_also


@pytest.mark.parametrize(
    "mine",
    [replace(FIRST, heading="Other"), replace(FIRST, level=3), replace(FIRST, tags=())],
    ids=["heading", "level", "tags"],
)
def test_whatever_is_changed_in_a_section_that_the_other_deletes_clashes(mine):
    merged = merge(BASE, with_sections(SECOND, THIRD), with_sections(mine, SECOND, THIRD))

    (clash,) = merged.clashes
    assert (clash.name, clash.theirs, clash.mine) == ("section", None, mine)
    assert merged.text.sections == (mine, SECOND, THIRD)


def test_what_fits_is_named_with_who_changed_it():
    theirs = with_sections(replace(FIRST, body="It had none."), SECOND, tags_of(THIRD, "UN"))
    mine = replace(with_sections(THIRD, SECOND), title="New")

    merged = merge(replace(BASE, sections=(FIRST, SECOND, THIRD)), theirs, mine)

    assert [(c.section, c.name, c.by, c.clashes) for c in merged.changes] == [
        ("", "title", "mine", False),
        ("a", "section", "both", True),
        ("c", "tags", "theirs", False),
        ("", "order", "mine", False),
    ]


def tags_of(section, *tags):
    return replace(section, tags=tags)


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


@st.composite
def editings(draw, who):
    """What somebody did to BASE. Every word that they typed is a new one: “mine17”."""
    number = count()

    def typed():
        return f"{who}{next(number)}"

    def edited(text):
        tokens = text.split(" ")
        place = draw(st.integers(0, len(tokens)))
        return " ".join([*tokens[:place], typed(), *tokens[place + draw(st.integers(0, 2)) :]])

    def section(old):
        changes = draw(st.sets(st.sampled_from(["heading", "body", "tags"])))
        new = {name: edited(getattr(old, name)) for name in changes - {"tags"}}
        return replace(old, **new, **({"tags": (typed(),)} if "tags" in changes else {}))

    kept = [section(old) for old in BASE.sections if draw(st.booleans()) or draw(st.booleans())]
    if draw(st.booleans()):
        kept.append(SectionText(f"{who}-new", 2, typed(), typed()))
    values = {
        name: edited(getattr(BASE, name))
        for name in draw(st.sets(st.sampled_from(["title", "translation_of", "slug"])))
    }
    see_also = (typed(),) if draw(st.booleans()) else ()
    sections = tuple(draw(st.permutations(kept)))
    return replace(BASE, **values, see_also=see_also, sections=sections)


def typed_in(value):
    """The new words in a text, a section, a list of either, or an article."""
    return {word for word in words(repr(value)) if word.startswith(("mine", "theirs"))} - {
        "mine",
        "theirs",
    }


@given(editings("theirs"), editings("mine"))
def test_no_word_that_either_side_typed_is_missing_from_proposal_and_clashes(theirs, mine):
    merged = merge(BASE, theirs, mine)

    shown = typed_in(merged.text) | typed_in([(c.theirs, c.mine) for c in merged.clashes])
    assert typed_in(theirs) | typed_in(mine) <= shown
    if not merged.clashes:
        assert typed_in(theirs) | typed_in(mine) == typed_in(merged.text)
