from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from articles.evidence.standing import Content, Standing, checked, next_visit, visited

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
OK = Standing("ok", since=NOON - 9 * DAY, visited_at=NOON - DAY, read_at=NOON - DAY)


def after(before, *visits):
    for outcome, at in visits:
        before = visited(before, outcome, at)
    return before


def test_a_page_that_is_read_stands_as_its_content_says():
    standing = checked(visited(Standing(), "read", NOON), Content(), NOON)

    assert standing == Standing("ok", since=NOON, visited_at=NOON, read_at=NOON)


def test_a_failure_is_told_after_the_third_day_only():
    two = after(OK, ("not_found", NOON), ("not_found", NOON + DAY))
    three = after(two, ("not_found", NOON + 2 * DAY))

    assert (two.state, two.failing_since, two.failed_days) == ("ok", NOON, 2)
    assert three == Standing(
        "not_found",
        since=NOON + 2 * DAY,
        visited_at=NOON + 2 * DAY,
        read_at=OK.read_at,
        failing_since=NOON,
        failed_days=3,
    )


def test_three_failures_on_a_day_are_one():
    standing = after(OK, *(("dns", NOON + timedelta(hours=hour)) for hour in range(3)))

    assert (standing.state, standing.failed_days) == ("ok", 1)


def test_days_are_those_of_utc():
    late = datetime(2026, 3, 1, 23, 59, tzinfo=UTC)

    standing = after(OK, ("dns", late), ("dns", late + timedelta(minutes=2)))

    assert standing.failed_days == 2


def test_a_success_between_failures_begins_the_count_again():
    standing = after(OK, ("tls", NOON), ("tls", NOON + DAY), ("read", NOON + 2 * DAY))

    assert standing == replace(OK, visited_at=NOON + 2 * DAY, read_at=NOON + 2 * DAY)
    assert after(standing, ("tls", NOON + 3 * DAY)).failed_days == 1


def test_the_third_days_failure_gives_the_reason_that_is_told():
    standing = after(OK, ("dns", NOON), ("unreachable", NOON + DAY), ("gone", NOON + 2 * DAY))

    assert standing.state == "gone"


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        ("not_found", "not_found"),
        ("gone", "gone"),
        ("blocked", "blocked"),
        ("busy", "unreachable"),
        ("broken", "unreachable"),
        ("tls", "tls"),
        ("dns", "dns"),
        ("unreachable", "unreachable"),
        ("too_large", "unreachable"),
    ],
)
def test_each_failure_has_its_state(outcome, state):
    assert after(OK, *((outcome, NOON + day * DAY) for day in range(3))).state == state


def test_an_address_that_is_never_fetched_is_told_at_once():
    assert visited(Standing(), "refused", NOON).state == "refused"


def test_while_visits_fail_the_content_of_old_copies_is_no_news():
    failing = visited(OK, "not_found", NOON)

    assert checked(failing, Content(changed=True), NOON) == failing


@pytest.mark.parametrize(
    ("content", "state"),
    [
        (Content(), "ok"),
        (Content(changed=True), "changed"),
        (Content(redirected=True, changed=True), "redirected"),
        (Content(redirected=True, changed=True, quote_gone=True), "quote_gone"),
    ],
)
def test_of_several_changes_the_gravest_is_told(content, state):
    assert checked(OK, content, NOON).state == state


def test_since_is_when_the_state_began():
    changed = checked(OK, Content(changed=True), NOON)
    again = checked(changed, Content(changed=True), NOON + DAY)

    assert (changed.since, again.since) == (NOON, NOON)


def test_a_page_that_was_read_is_visited_again_after_the_usual_time_and_a_little():
    read = visited(OK, "read", NOON)

    times = {next_visit(read, uid, days=30) - NOON for uid in ("abc", "abd", "abe")}

    assert len(times) == 3
    assert all(30 * DAY <= time <= 33 * DAY for time in times)


def test_a_failure_is_tried_again_on_the_next_day_and_weekly_once_it_is_known():
    waits = []
    standing = OK
    for day in range(3):
        standing = visited(standing, "broken", NOON + day * DAY)
        waits.append((next_visit(standing, "abc", days=30) - standing.visited_at).days)

    assert waits == [1, 1, 7]


def test_a_site_that_asks_for_later_is_left_until_then():
    busy = visited(OK, "busy", NOON)

    asked = [timedelta(seconds=1), timedelta(hours=5), 3 * DAY, 400 * DAY]
    waits = [next_visit(busy, "abc", days=30, asked_back=NOON + wait) - NOON for wait in asked]

    assert waits == [timedelta(minutes=1), timedelta(hours=5), 3 * DAY, 400 * DAY]


def test_a_site_that_sends_us_away_each_time_is_asked_less_and_less():
    waits, standing, at = [], OK, NOON
    for _time in range(4):
        standing = visited(standing, "busy", at)
        back = next_visit(standing, "abc", days=30, asked_back=at)
        waits.append((back - at).seconds // 60)
        at = back

    assert waits == [1, 1, 2, 4]
