"""How often, and when again."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.quizzes.chances import Sitting, chances, may_send_at

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def failed(number: int, minutes_ago: int) -> Sitting:
    return Sitting(number, number, NOON - timedelta(minutes=minutes_ago), False)


def stand(*sittings: Sitting, extra: int = 0):
    return chances(sittings, max_attempts=3, extra=extra, cool_down_minutes=60, now=NOON)


def test_a_newcomer_may_start_at_once():
    assert stand().may_start
    assert stand().left == 3


def test_an_open_attempt_is_continued_not_doubled():
    now = stand(Sitting(9, 1, None, None))
    assert now.open_id == 9
    assert not now.may_start
    assert not now.is_exhausted


def test_a_failure_is_followed_by_an_hour_of_rest():
    assert stand(failed(1, 59)).retry_at == NOON + timedelta(minutes=1)
    assert not stand(failed(1, 59)).may_start
    assert stand(failed(1, 60)).may_start


def test_nobody_rests_until_a_clock_that_was_ahead_is_right():
    for ahead in (60, 24 * 60, 30 * 24 * 60):
        assert stand(failed(1, -ahead)).retry_at is None
    assert stand(failed(1, 0)).retry_at == NOON + timedelta(hours=1), "control"


def test_a_pass_needs_no_rest():
    assert stand(Sitting(1, 1, NOON, True)).retry_at is None


def test_three_failures_exhaust_the_chances_and_an_extra_one_reopens_them():
    three = [failed(1, 300), failed(2, 200), failed(3, 100)]
    assert stand(*three).is_exhausted
    assert stand(*three, extra=1).may_start
    assert stand(*three, extra=1).left == 1


def test_an_extra_chance_does_not_shorten_the_rest():
    three = [failed(1, 300), failed(2, 200), failed(3, 5)]
    assert stand(*three, extra=1).retry_at == NOON + timedelta(minutes=55)


@given(st.lists(st.integers(0, 500), max_size=8), st.integers(0, 5))
def test_nobody_ever_gets_more_than_the_limit_and_the_extras(ages, extra):
    sittings = [failed(n, age) for n, age in enumerate(sorted(ages, reverse=True), start=1)]
    now = stand(*sittings, extra=extra)
    assert now.left == max(0, 3 + extra - len(sittings))
    if now.may_start:
        assert len(sittings) < 3 + extra


def test_a_paper_is_sent_after_five_seconds_a_question():
    minute = timedelta(minutes=1)
    assert may_send_at(NOON, 12, NOON) == NOON + minute
    assert may_send_at(NOON, 12, NOON + minute - timedelta(milliseconds=1)) == NOON + minute
    assert may_send_at(NOON, 12, NOON + minute) is None


def test_nobody_waits_to_send_for_a_clock_that_was_a_day_ahead():
    assert may_send_at(NOON + timedelta(days=1), 12, NOON) is None
