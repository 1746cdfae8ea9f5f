"""What ended, what began, and which of the new sentences looks most like an old one."""

from datetime import UTC, datetime

from articles.history.endings import Endings, likeness
from articles.history.state import (
    ArticleState,
    CitationState,
    ClaimState,
    SectionState,
    VerdictState,
)


def judged(uid, text):
    verdict = VerdictState(
        f"v{uid}", "supported", "", "", None, text, "anna", datetime(2026, 1, 1, tzinfo=UTC)
    )
    return claim(uid, text, verdicts=(verdict,))


def cited(uid, text):
    return claim(uid, text, citations=(CitationState(f"c{uid}", "s1", "supports", "", ""),))


def claim(uid, text, **record):
    return ClaimState(uid, 0, len(text), text, "ai", "ai", **record)


def article(*sections):
    return ArticleState(
        "a1",
        "slug",
        "Title",
        "en",
        "",
        (),
        tuple(SectionState(uid, 2, uid, "", (), tuple(claims)) for uid, claims in sections),
        (),
    )


def uids(placed):
    return [one.claim.uid for one in placed]


def test_what_ended_is_told_apart_by_whether_anything_was_found_about_it():
    before = article(
        ("s", [judged("gone1", "One."), claim("gone2", "Two."), cited("gone3", "Three.")]),
        ("t", [judged("stays", "Four.")]),
    )
    after = article(("t", [judged("stays", "Four.")]))

    found = Endings(before, after, after)

    assert uids(found.ended) == ["gone1", "gone2", "gone3"]
    assert uids(found.recorded) == ["gone1", "gone3"]


def test_a_claim_that_stands_again_has_not_ended():
    before = article(("s", [judged("back", "One."), judged("gone", "Two.")]))
    after = article(("s", [claim("new", "Three.")]))
    now = article(("s", [judged("back", "Three.")]))

    assert uids(Endings(before, after, now).recorded) == ["gone"]


def test_new_sentences_are_those_of_the_revision_that_stand_without_a_record():
    before = article(("s", [claim("old", "Old.")]))
    after = article(
        ("s", [claim("old", "Old."), claim("new", "New."), claim("brief", "B."), claim("j", "J.")])
    )
    now = article(
        ("s", [claim("old", "Old."), claim("new", "New now."), judged("j", "J."), claim("x", "X.")])
    )

    found = Endings(before, after, now).new

    assert [(one.claim.uid, one.claim.text) for one in found] == [("new", "New now.")]


def test_the_most_alike_sentence_comes_first_wherever_it_stands():
    old = judged("gone", "The force had 15,209 members in 2017.")
    before = article(("s", [old]), ("t", []))
    after = article(
        ("s", [claim("other", "Rain fell on the northern roads.")]),
        ("t", [claim("heir", "In 2017 the members of the force were 15,209 in number.")]),
    )
    found = Endings(before, after, after)

    assert uids(found.places_for(found.recorded[0])) == ["heir", "other"]


def test_of_sentences_that_share_no_word_the_one_in_its_place_comes_first():
    first, last = claim("first", "It began."), claim("last", "It ended.")
    old = judged("gone", "Soldiers came home by ship.")
    before = article(("s", [first, old, last]))
    after = article(
        (
            "s",
            [
                claim("early", "Nobody knew why."),
                first,
                claim("between", "Troops withdrew over sea."),
                last,
                claim("late", "Nothing else happened."),
            ],
        )
    )
    found = Endings(before, after, after)

    assert uids(found.places_for(found.recorded[0]))[0] == "between"


def test_words_count_in_any_order_and_case_and_within_a_longer_sentence():
    old = "The force had 15,209 members."

    assert likeness(old, old) == 100
    assert likeness(old, "Members of the force were 15,209.") > 70
    assert likeness(old, "By 2017, as is known, the force had 15,209 members in Gao.") > 70
    assert likeness(old, "Rain fell on the northern roads.") < 50
