"""Where claims ended, read from the store without the states."""

from dataclasses import replace

import pytest

from articles import editing
from articles.history import standing
from articles.history.standing import end_of, ended_with
from articles.history.store import head
from articles.models import Claim
from tests.factories import article, claim_of

pytestmark = pytest.mark.django_db


def with_body(made, heading, body):
    text = editing.article_text(made)
    sections = tuple(replace(s, body=body) if s.heading == heading else s for s in text.sections)
    return editing.save_article(
        made, replace(text, sections=sections), base=head(made).hash, by=None
    )


def judge(made, words):
    claim = claim_of(made, words)
    editing.judge(claim, read=claim.text, rating="supported", by=None)
    return claim


def test_claims_with_a_record_are_counted_at_the_revision_that_ended_them():
    made = article()
    judge(made, "15,209")  # revision 2
    with_body(made, "First", "Trees grow by the river.")  # also the unjudged sentence ends
    with_body(made, "Second", "Rain fell all night.")  # only unjudged ones

    assert ended_with(made, 1, 4) == {3: 1}
    assert ended_with(made, 3, 3) == {3: 1}
    assert ended_with(made, 4, 4) == {}


def test_a_claim_that_has_its_place_again_is_not_counted():
    made = article()
    judge(made, "15,209")
    with_body(made, "First", "Trees grow by the river.")
    editing.restore(made, made.revisions.get(number=2), by=None)

    assert ended_with(made, 1, 4) == {}


@pytest.mark.parametrize("count", [1, 3])
def test_any_number_of_revisions_is_read_in_four_queries(count, django_assert_num_queries):
    made = article()
    judge(made, "15,209")
    for n in range(count):
        with_body(made, "First", f"Trees of kind {n} grow by the river.")

    with django_assert_num_queries(4):
        ended_with(made, 1, count + 2)


@pytest.mark.parametrize("at_once", [1, 2, 200])
def test_the_end_of_a_claim_is_the_last_time_that_it_lost_its_place(monkeypatch, at_once):
    monkeypatch.setattr(standing, "AT_ONCE", at_once)
    made = article()
    claim = judge(made, "15,209")
    with_body(made, "First", "Trees grow by the river.")
    editing.restore(made, made.revisions.get(number=2), by=None)
    with_body(made, "First", "Rain fell all night.")  # revision 5
    with_body(made, "Second", "Snow fell all day.")

    assert end_of(Claim.objects.get(pk=claim.pk)) == 5
    assert end_of(claim_of(made, "Snow")) is None
