from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from articles.history.state import ClaimState, VerdictState, in_order, verdict_in_force

DAY = datetime(2026, 11, 24, tzinfo=UTC)


def verdict(rating, text, *, editor="", days=0):
    return VerdictState(
        f"{rating}-{days}", rating, "", "", None, text, editor, DAY + timedelta(days=days)
    )


def claim(text, *verdicts, origin="ai"):
    return ClaimState("uid", 0, len(text), text, origin, "ai", verdicts=verdicts)


def test_nobody_has_judged_a_claim_without_verdicts():
    assert verdict_in_force([], "Mali is vast.") is None
    assert claim("Mali is vast.").rating == "none"


def test_a_person_goes_before_a_later_machine():
    person = verdict("supported", "Mali is vast.", editor="ed")
    machine = verdict("refuted", "Mali is vast.", days=1)

    assert verdict_in_force([person, machine], "Mali is vast.") == person


def test_a_machine_on_these_words_goes_before_a_person_on_others():
    person = verdict("supported", "Mali is small.", editor="ed", days=1)
    machine = verdict("refuted", "Mali is vast.")

    assert verdict_in_force([person, machine], "Mali is vast.") == machine


def test_of_two_people_the_later_one_speaks():
    first = verdict("supported", "Mali is vast.", editor="ed")
    second = verdict("disputed", "Mali is vast.", editor="al", days=1)

    assert verdict_in_force([first, second], "Mali is vast.") == second


def test_of_two_at_the_same_moment_the_last_recorded_speaks():
    first = verdict("supported", "Mali is vast.")
    second = verdict("disputed", "Mali is vast.")

    assert verdict_in_force([first, second], "Mali is vast.") == second


def test_changed_words_make_a_verdict_stale_and_the_old_ones_fresh_again():
    judged = verdict("supported", "It had 15,209 staff.", editor="ed")

    assert claim("It had 15,290 staff.", judged).stale
    assert not claim("It had 15,290 staff.", judged).reviewed
    assert claim("It had 15,209 staff.", judged).reviewed


def test_what_people_wrote_needs_no_review_to_say_so():
    assert claim("Mali is vast.", origin="human").disclosure == "human-only"
    assert claim("Mali is vast.", origin="ai_assisted").disclosure == "ai-autonomous"


@given(st.lists(st.text(max_size=5), max_size=6), st.randoms())
def test_tags_have_one_order_however_they_come(tags, random):
    shuffled = list(tags)
    random.shuffle(shuffled)

    assert in_order(shuffled) == in_order(tags)
