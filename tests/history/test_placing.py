"""Claims on whole sentences, on parts and on several, followed through an edit."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.history.extents import NoExtent, found_words, recut, sentences_of, widened
from articles.history.placing import place
from articles.history.state import ArticleState, SectionState
from articles.text.provenance import spoken
from articles.text.spans import Span
from tests.factories import text_of

BODY = "The force had 15,209 members, and it never left the capital. Nobody had expected that."


def state_of(body=BODY, *, number=1):
    """An article of one section that a machine wrote."""
    text = text_of(f"# T\n\n{body}")
    sections = (replace(text.sections[0], uid="s"),)
    nothing = ArticleState("a", "t", "T", "en", "", (), (), ())
    placing = place(nothing, replace(text, sections=sections), origin="ai", number=number)
    return replace(nothing, sections=(section(sections[0], placing.sections["s"]),))


def section(text, claims):
    return SectionState(text.uid, text.level, text.heading, text.body, text.tags, claims)


def edited(state, body, *, number=2, origin="human"):
    text = replace(state.text, sections=(replace(state.text.sections[0], body=body),))
    placing = place(state, text, origin=origin, number=number)
    return replace(state, sections=(section(text.sections[0], placing.sections["s"]),))


def narrowed(state, words, *, of=0):
    here = state.sections[0]
    claim = here.claims[of]
    span = found_words(here.text, claim, words)
    claims = recut(here, "en", claim.uid, span)
    return replace(state, sections=(replace(here, claims=claims),))


def texts(state):
    return [claim.text for claim in state.claims()]


def test_a_claim_narrowed_to_a_part_leaves_the_rest_to_a_claim_of_its_own():
    state = state_of()

    after = narrowed(state, "The force had 15,209 members")

    assert texts(after) == [
        "The force had 15,209 members",
        "and it never left the capital.",
        "Nobody had expected that.",
    ]
    first, rest, whole = after.claims()
    assert first.uid == next(state.claims()).uid
    assert first.around == rest.around == texts(state)[0]
    assert whole.around == ""


def test_a_narrowed_claim_was_written_when_its_sentence_was():
    after = narrowed(state_of(), "The force had 15,209 members")

    assert {(c.origin, c.writer, c.begun, c.changed, c.words) for c in after.claims()} == {
        ("ai", "ai", 1, 1, ())
    }


def test_a_part_ends_where_the_claim_takes_the_sentence_back():
    whole = state_of()
    parts = narrowed(whole, "The force had 15,209 members")

    again = narrowed(parts, texts(whole)[0])

    assert texts(again) == texts(whole)
    assert next(again.claims()) == next(whole.claims())


def test_a_widened_claim_covers_its_neighbour_whose_claim_ends():
    state = state_of()
    here = state.sections[0]
    first, second = here.claims

    span = widened(here.text, "en", first, back=False)
    (claim,) = recut(here, "en", first.uid, span)

    assert (claim.uid, claim.text, claim.around) == (first.uid, BODY, "")
    with pytest.raises(NoExtent):
        widened(here.text, "en", second, back=False)


@pytest.mark.parametrize(
    ("words", "why"), [("orce had", "cut"), ("The force left", "absent"), ("  ", "absent")]
)
def test_words_that_do_not_stand_there_are_no_claim(words, why):
    here = state_of().sections[0]

    with pytest.raises(NoExtent, match=why):
        found_words(here.text, here.claims[0], words)


def test_a_part_follows_its_sentence_and_knows_that_the_sentence_changed():
    before = narrowed(state_of(), "The force had 15,209 members")

    after = edited(before, BODY.replace("the capital", "the city"))

    assert texts(after)[:2] == ["The force had 15,209 members", "and it never left the city."]
    first, rest, _whole = after.claims()
    assert [first.uid, rest.uid] == [claim.uid for claim in before.claims()][:2]
    assert first.around.endswith("never left the city.")


def test_parts_of_an_unchanged_sentence_stay_as_they_are():
    before = narrowed(state_of(), "The force had 15,209 members")

    after = edited(before, f"{BODY} So it was.")

    assert list(after.claims())[:3] == list(before.claims())


def test_a_claim_on_several_sentences_stays_one_when_one_of_them_changes():
    state = state_of()
    here = state.sections[0]
    both = recut(here, "en", here.claims[0].uid, Span(0, len(BODY)))
    wide = replace(state, sections=(replace(here, claims=both),))

    after = edited(wide, BODY.replace("Nobody", "No one"))

    assert texts(after) == [BODY.replace("Nobody", "No one")]
    assert next(after.claims()).uid == here.claims[0].uid


def test_what_is_split_off_word_for_word_was_not_written_by_who_split_it():
    before = state_of("The camp closed in 2023 and Gao kept its wells for the town.")

    after = edited(before, "The camp closed in 2023. Gao kept its wells for the town.")

    split_off, kept = after.claims()
    assert kept.uid == next(before.claims()).uid
    assert (kept.origin, split_off.origin, split_off.writer) == ("ai_assisted", "ai", "ai")
    assert split_off.word_numbers + kept.word_numbers == [1] * 12


def test_a_sentence_without_a_word_of_the_one_that_it_was_split_from_is_new():
    before = state_of("The camp closed in 2023 and Gao kept its wells for the town.")
    claim = next(before.claims())
    both = "The camp closed in 2023 and Gao kept its wells for the town. Nobody objected then."
    wide = edited(before, both, number=2)
    here = wide.sections[0]
    merged = recut(here, "en", claim.uid, Span(0, len(both)))
    state = replace(wide, sections=(replace(here, claims=merged),))

    after = edited(state, f"{both.replace('Gao', 'Kidal')} Rain fell.", number=3)

    new = list(after.claims())[-1]
    assert (new.text, new.origin, new.begun, new.changed) == ("Rain fell.", "human", 3, 3)


def test_words_know_the_revision_that_brought_them():
    before = state_of()

    after = edited(before, BODY.replace("15,209", "15,290"))

    changed = next(after.claims())
    assert (changed.origin, changed.writer, changed.begun, changed.changed) == (
        "ai_assisted",
        "human",
        1,
        2,
    )
    assert changed.words == ((1, 3), (2, 1), (1, 7))


def test_a_new_sentence_came_with_its_revision():
    after = edited(state_of(), f"{BODY} So it was.", number=4)

    new = list(after.claims())[-1]
    assert (new.origin, new.begun, new.changed, new.words) == ("human", 4, 4, ())


def test_each_sentence_keeps_a_claim_of_its_own():
    state = state_of()

    for words in ("15,209 members", "never left", "force had 15,209 members, and it"):
        state = narrowed(state, words)
        here = state.sections[0]
        for unit in sentences_of(here.text, "en").units:
            assert any(Span(c.start, c.end).overlaps(unit) for c in here.claims)
        spans = [Span(c.start, c.end) for c in here.claims]
        assert not any(a.overlaps(b) for a in spans for b in spans if a is not b)


SENTENCES = [
    "The force had 15,209 members, and it never left the capital.",
    "The force had 15,290 members, and it never left the capital.",
    "Nobody had expected that, or so the envoy said.",
    "The ceasefire held for nine months; then it broke.",
    "Two wells were dug in Gao, one in Kidal.",
    "The camp closed in 2023.",
]
texts_of_sections = st.lists(
    st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5).map(" ".join),
    min_size=1,
    max_size=3,
).map("\n\n".join)
cuts = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 60), st.integers(4, 60)), max_size=3)


def cut_up(state, cuts):
    """The article after claims were narrowed or widened to stretches near these characters."""
    for number, start, length in cuts:
        here = state.sections[0]
        of = number % len(here.claims)
        claim = here.claims[of]
        read = sentences_of(here.text, "en").text
        block_end = read.find("\n", claim.start)
        stretch = read[claim.start : block_end if block_end > 0 else None]
        words = stretch[stretch.find(" ", start) + 1 :][:length].rpartition(" ")[0]
        try:
            state = narrowed(state, words, of=of)
        except NoExtent:
            continue
    return state


def stand_apart_and_leave_nothing_out(state):
    for here in state.sections:
        spans = [Span(c.start, c.end) for c in here.claims]
        assert all(one.end <= other.start for one, other in pairwise(spans))
        read = sentences_of(here.text, "en")
        assert [c.text for c in here.claims] == [span.of(read.text) for span in spans]
        for unit in read.units:
            assert any(span.overlaps(unit) for span in spans)
        for claim in here.claims:
            assert len(claim.word_numbers) == len(spoken(claim.text))


@given(texts_of_sections, cuts, texts_of_sections)
def test_however_claims_are_cut_and_edited_they_stand_apart_and_each_is_accounted_for(
    body, cuts, other
):
    before = cut_up(state_of(body), cuts)
    stand_apart_and_leave_nothing_out(before)

    text = before.text
    written = replace(text, sections=(replace(text.sections[0], body=f"{other} It ended."),))
    placing = place(before, written, origin="human", number=9)

    claims = placing.sections["s"]
    stand_apart_and_leave_nothing_out(
        replace(before, sections=(section(written.sections[0], claims),))
    )
    was, standing = ({claim.uid for claim in found} for found in (before.claims(), claims))
    assert was == (was & standing) | set(placing.ended)
    assert standing - was == set(placing.begun)


@given(texts_of_sections, cuts)
def test_nothing_moves_when_nothing_changes(body, cuts):
    before = cut_up(state_of(body), cuts)

    text = before.text
    blank = replace(text, sections=(replace(text.sections[0], body=text.sections[0].body + "\n"),))
    placing = place(before, blank, origin="human", number=9)

    assert placing.sections["s"] == before.sections[0].claims
    assert (placing.ended, placing.begun) == ((), ())
