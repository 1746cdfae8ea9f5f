"""Who wrote which words, from states and what is known of revisions."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.history.authorship import (
    Contribution,
    Shares,
    as_published,
    authorship,
    numbers_in,
)
from articles.history.state import ArticleState, ClaimState, SectionState
from articles.text.provenance import spoken
from tests.history.states import articles

THEN = datetime(2026, 11, 14, 8, tzinfo=UTC)
AI = Contribution(1, "", "ai", THEN)
ADA = Contribution(2, "ada", "human", THEN + timedelta(days=1), before=1)
KNOWN = {1: AI, 2: ADA}


def claim(text: str, **values) -> ClaimState:
    return ClaimState(
        **{
            "uid": "c" * 12,
            "start": 0,
            "end": len(text),
            "text": text,
            "origin": "ai",
            "writer": "ai",
            "begun": 1,
            "changed": 1,
        }
        | values
    )


def state(*claims: ClaimState) -> ArticleState:
    body = " ".join(c.text for c in claims)
    section = SectionState("s" * 12, 2, "", body, (), tuple(claims))
    return ArticleState("a" * 12, "wells", "Wells", "en", "", (), (section,), ())


def written(one: ClaimState, known=KNOWN):
    (found,) = authorship(state(one), known).written()
    return found


def test_a_changed_figure_stands_out_of_the_machines_sentence():
    one = claim(
        "It had 15,290 staff, all told.",
        origin="ai_assisted",
        changed=2,
        words=((1, 2), (2, 1), (1, 3)),
    )

    found = written(one)

    assert (found.begun, found.changed, found.whole) == (AI, ADA, False)
    assert [(run.text, run.words, run.origin, run.came) for run in found.runs] == [
        ("It had", 2, "ai", AI),
        (" ", 0, "", None),
        ("15,290", 1, "human", ADA),
        (" ", 0, "", None),
        ("staff, all told", 3, "ai", AI),
        (".", 0, "", None),
    ]


def test_a_sentence_in_one_go_is_whole():
    found = written(claim("“It left.”"))

    assert found.whole
    assert [run.text for run in found.runs] == ["“", "It left", ".”"]


@pytest.mark.parametrize(
    ("origin", "expected"), [("ai", "ai"), ("human", "human"), ("ai_assisted", "")]
)
def test_without_a_revision_only_a_pure_origin_is_known(origin, expected):
    found = written(claim("It left.", origin=origin, begun=0, changed=0))

    assert (found.begun, found.changed) == (None, None)
    assert [run.origin for run in found.runs if run.words] == [expected]


def test_a_word_that_the_record_does_not_count_is_not_known():
    found = written(claim("It never left.", origin="ai_assisted", words=((1, 1), (2, 1))))

    assert [(run.text, run.origin) for run in found.runs if run.words] == [
        ("It", "ai"),
        ("never", "human"),
        ("left", ""),
    ]


def test_shares_count_words_and_claims_count_origins():
    found = authorship(
        state(
            claim("It left."),
            claim("It came back.", origin="ai_assisted", changed=2, words=((1, 1), (2, 2))),
            claim("Who knows?", origin="ai_assisted", begun=0, changed=0),
        ),
        KNOWN,
    )

    assert found.shares == Shares(ai=3, human=2, unknown=2)
    assert found.claims == {"ai": 1, "ai_assisted": 2, "human": 0}
    assert found.begun_by == "ai"


def test_an_article_that_people_began_says_so():
    found = authorship(
        state(claim("It left soon.", origin="ai_assisted", begun=1, words=((1, 2), (2, 1)))),
        {1: replace(ADA, number=1), 2: replace(AI, number=2)},
    )

    assert (found.begun_by, found.shares) == ("human", Shares(ai=1, human=2))


def test_the_numbers_that_a_state_names_leave_out_what_is_not_known():
    one = claim("It left.", begun=0, changed=7, words=((0, 1), (3, 1)))

    assert numbers_in(state(one)) == {3, 7}


def test_no_word_has_no_percent():
    assert Shares().percent == (0, 0, 0)


@given(st.tuples(*[st.integers(0, 100_000)] * 3).filter(any))
def test_percents_sum_to_a_hundred_and_are_less_than_one_off(counts):
    shares = Shares(*counts)

    assert sum(shares.percent) == 100
    for count, percent in zip(counts, shares.percent, strict=True):
        assert abs(100 * count / shares.total - percent) < 1


contributions = st.builds(
    Contribution,
    number=st.integers(1, 9),
    author=st.sampled_from(["", "ada"]),
    origin=st.sampled_from(["ai", "human"]),
    at=st.just(THEN),
)
known = st.dictionaries(st.integers(1, 9), contributions)


@given(articles(), known)
def test_runs_joined_are_the_text_and_hold_all_its_words(article, known):
    found = authorship(article, known)

    for written in found.written():
        assert "".join(run.text for run in written.runs) == written.claim.text
        assert [w for run in written.runs if run.words for w in spoken(run.text)] == spoken(
            written.claim.text
        )
        for run in written.runs:
            assert run.words == len(spoken(run.text))
    assert [written.claim for written in found.written()] == list(article.claims())
    assert found.shares.total == sum(len(spoken(c.text)) for c in article.claims())
    assert sum(found.claims.values()) == len(list(article.claims()))


@given(articles(), known)
def test_neighbouring_runs_differ(article, known):
    for written in authorship(article, known).written():
        kinds = [(bool(run.words), run.origin, run.came) for run in written.runs]
        assert all(one != other for one, other in pairwise(kinds))


def days(*numbers: int) -> list[tuple[int, datetime]]:
    return [(number, THEN + timedelta(days=place)) for place, number in enumerate(numbers)]


def shown(number: int, published: list[tuple[int, datetime]]) -> tuple[int, int, int | None]:
    """Number, day and what to compare it with, as readers see revision ``number``."""
    found = as_published({number: replace(ADA, number=number)}, published)[number]
    assert (found.author, found.origin) == ("ada", "human")
    return found.number, (found.at - THEN).days, found.before


def test_a_draft_is_shown_as_the_first_revision_that_readers_saw_it_in():
    assert shown(3, days(1, 2, 5, 8)) == (5, 2, 2)


def test_a_published_revision_is_itself_at_its_first_publication():
    assert shown(2, days(1, 4, 2, 2)) == (2, 2, 4)
    assert shown(1, days(1, 1)) == (1, 0, None)


def test_the_log_decides_which_came_first():
    assert shown(2, days(1, 6, 4)) == (6, 1, 1)


def test_what_readers_never_saw_is_left_out():
    assert as_published({3: ADA}, days(1, 2)) == {}


@given(st.lists(st.integers(1, 30), min_size=1), st.sets(st.integers(1, 30)))
def test_only_published_numbers_are_shown_and_none_before_its_words(published, numbers):
    known = {number: replace(ADA, number=number) for number in numbers}

    found = as_published(known, days(*published))

    assert found.keys() == {number for number in numbers if number <= max(published)}
    for number, contribution in found.items():
        assert contribution.number in published
        earlier = published[: published.index(contribution.number)]
        assert number == contribution.number or not any(other >= number for other in earlier)
        assert contribution.number >= number
        assert contribution.before == (earlier[-1] if earlier else None)
