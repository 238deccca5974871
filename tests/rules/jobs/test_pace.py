"""How fast jobs go is read from when they ended, however many were in hand at once."""

from datetime import UTC, datetime, timedelta

import pytest

from app.jobs.pace import DEFAULT, seconds_each

NOON = datetime(2026, 11, 30, 5, tzinfo=UTC)


def spans(*pairs):
    return [tuple(NOON + timedelta(seconds=second) for second in pair) for pair in pairs]


def test_one_after_the_other_each_took_its_own_time():
    assert seconds_each(spans((0, 2), (2, 5), (9, 10))) == 2


def test_two_in_hand_that_take_turns_are_not_counted_twice():
    """Each is in hand for four seconds; one comes out every two."""
    assert seconds_each(spans((0, 2), (0, 4), (2, 6), (4, 8), (6, 10))) == 2


def test_a_night_between_two_takes_nobodys_time():
    assert seconds_each(spans((0, 1), (40_000, 40_001), (80_000, 80_001))) == 1


def test_their_order_says_nothing():
    said = spans((0, 2), (0, 4), (2, 6), (4, 8))
    assert seconds_each(said) == seconds_each(reversed(said))


@pytest.mark.parametrize("few", [(), ((0, 9),), ((0, 9), (9, 18))])
def test_a_few_say_nothing_yet(few):
    assert seconds_each(spans(*few)) == DEFAULT
