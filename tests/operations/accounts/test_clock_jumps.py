"""A clock that jumps, forward and back again, keeps nobody waiting and nobody in for longer."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.accounts import operations, queries, retention, signing_in, throttle
from app.accounts.models import Brake
from app.core import clock
from tests.people import account_with_password

LIMIT = throttle.Limit("uji", free=5, forget=600, longest=300)
JUMPS = [timedelta(days=1), timedelta(days=30), timedelta(seconds=200)]


def wait_of(key: throttle.Key) -> int:
    """Seconds until the next try; it is counted where there is none to wait for."""
    try:
        throttle.spend(key)
    except throttle.TooSoon as refusal:
        return refusal.seconds
    return 0


@pytest.mark.parametrize("by", JUMPS, ids=str)
def test_a_wait_from_a_clock_that_was_ahead_is_never_longer_than_the_longest(db, by):
    clock.shift(by)
    for _ in range(12):
        wait_of((LIMIT, "a"))
        clock.shift(timedelta(seconds=1))
    clock.shift(-by)
    assert wait_of((LIMIT, "a")) <= LIMIT.longest
    clock.shift(timedelta(seconds=LIMIT.longest + 1))
    throttle.check((LIMIT, "a"))
    assert wait_of((LIMIT, "a")) == 0


@pytest.mark.parametrize("by", JUMPS, ids=str)
def test_a_clock_that_goes_back_keeps_no_wait_alive(db, by):
    """The wait began at the right time; the clock then loses a day."""
    for _ in range(12):
        wait_of((LIMIT, "a"))
    clock.shift(-by)
    assert wait_of((LIMIT, "a")) <= LIMIT.longest
    clock.shift(timedelta(seconds=LIMIT.longest + 1))
    throttle.check((LIMIT, "a"))


def test_a_wait_outlives_a_jump_forward_no_longer_than_it_was(db):
    """Control: without a jump the brake holds, for as long as it says."""
    for _ in range(5):
        throttle.spend((LIMIT, "a"))
    assert wait_of((LIMIT, "a")) in (1, 2)
    with pytest.raises(throttle.TooSoon):
        throttle.check((LIMIT, "a"))
    clock.shift(timedelta(days=1))
    assert wait_of((LIMIT, "a")) == 0


def test_tries_of_a_clock_that_was_ahead_are_forgotten_from_now_on(db):
    clock.shift(timedelta(days=30))
    for _ in range(4):
        throttle.spend((LIMIT, "a"))
    clock.shift(timedelta(days=-30))
    throttle.spend((LIMIT, "a"))
    clock.shift(timedelta(seconds=LIMIT.longest + 4 * LIMIT.forget))
    throttle.spend((LIMIT, "a"))
    assert db.scalar(sa.select(Brake.failures)) <= 2


def test_rows_of_a_clock_that_was_ahead_are_swept(db):
    throttle.spend((LIMIT, "now"))
    clock.shift(timedelta(days=30))
    throttle.spend((LIMIT, "ahead"))
    clock.shift(timedelta(days=-30))
    assert retention.forget_brakes() == 1
    assert db.scalar(sa.select(sa.func.count(Brake.id))) == 1


@pytest.mark.parametrize("ahead", [timedelta(days=1), timedelta(days=30)], ids=str)
def test_a_session_from_a_clock_that_was_ahead_does_not_count(db, cast, ahead):
    account = account_with_password(db, cast.sari.id)
    clock.shift(ahead)
    opened, token = operations.open_session(account, device="Uji", network="10.0.0.0/24")
    db.commit()
    assert queries.reader_by(operations.digest(token)), "control: it counts while the clock is so"
    clock.shift(-ahead)
    assert queries.reader_by(operations.digest(token)) is None
    assert not signing_in.was_proved_within(opened)


@pytest.mark.parametrize("ahead", [timedelta(days=1), timedelta(days=30)], ids=str)
def test_a_use_noted_by_a_clock_that_was_ahead_prolongs_nothing(db, cast, ahead):
    account = account_with_password(db, cast.sari.id)
    opened, token = operations.open_session(account, device="Uji", network="10.0.0.0/24")
    db.commit()
    operations.refresh_seen(opened.id, clock.now() + ahead)
    db.commit()
    assert queries.reader_by(operations.digest(token)) is None


def test_two_servers_need_not_agree_to_the_minute(db, cast):
    """Control: a session that another node has just opened counts here."""
    account = account_with_password(db, cast.sari.id)
    clock.shift(timedelta(minutes=2))
    opened, token = operations.open_session(account, device="Uji", network="10.0.0.0/24")
    db.commit()
    clock.shift(timedelta(minutes=-2))
    assert queries.reader_by(operations.digest(token))
    assert signing_in.was_proved_within(opened)
