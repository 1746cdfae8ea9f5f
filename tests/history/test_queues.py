from dataclasses import replace
from datetime import date

import pytest

from articles.history.queues import Looking, following, lengths, preceding, queue
from tests.reading.articles import judged, section, state, verdict

LOOKING = Looking("anna", date(2026, 11, 27), unfound=frozenset({"c02"}))


@pytest.fixture
def laid():
    """One claim each: nobody looked, a machine, Anna, on other words, due, disputed by Ben.

    None of the quotes that should support Anna's was found.
    """
    body = "It came. It stayed. It went. It was here. It is gone. It was not."
    return state(
        judged(
            section(body),
            None,
            verdict(),
            verdict(by="anna"),
            verdict(by="ben", on="It was there."),
            verdict(by="ben", recheck_by=date(2026, 11, 27)),
            verdict("disputed", by="ben"),
        )
    )


@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("open", "01234"),
        ("none", "0"),
        ("suggested", "1"),
        ("stale", "3"),
        ("due", "24"),
        ("quotes", "2"),
        ("disputed", "5"),
        ("mine", "2"),
        ("all", "012345"),
    ],
)
def test_each_queue_holds_its_claims_in_reading_order(laid, name, places):
    waiting = queue(laid, name, LOOKING)

    assert [claim.uid for claim in waiting] == [f"c0{place}" for place in places]
    assert lengths(laid, LOOKING)[name] == len(places)


def test_a_dismissed_suggestion_is_a_claim_without_verdict_again(laid):
    (here,) = laid.sections
    suggestion = here.claims[1].verdicts[0]
    away = replace(suggestion, uid="w" * 12, rating="", editor="anna", dismisses=suggestion.uid)
    claims = list(here.claims)
    claims[1] = replace(claims[1], verdicts=(suggestion, away))
    dismissed = replace(laid, sections=(replace(here, claims=tuple(claims)),))

    assert [claim.uid for claim in queue(dismissed, "none", LOOKING)] == ["c00", "c01"]


def test_behind_the_last_claim_of_a_queue_comes_the_first(laid):
    waiting = queue(laid, "open", LOOKING)

    assert following(laid, waiting, "c04").uid == "c00"
    assert preceding(laid, waiting, "c00").uid == "c04"


def test_a_claim_outside_of_the_queue_leads_to_its_neighbours_in_it(laid):
    waiting = queue(laid, "open", LOOKING)

    assert following(laid, waiting, "c05").uid == "c00"
    assert preceding(laid, waiting, "c05").uid == "c04"


def test_nothing_follows_the_only_claim_that_waits(laid):
    waiting = queue(laid, "stale", LOOKING)

    assert following(laid, waiting, "c03") is None
    assert preceding(laid, waiting, "c03") is None
