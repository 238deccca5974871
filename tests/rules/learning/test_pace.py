"""A lesson takes a third of its minutes, and no two are read at once."""

from datetime import UTC, datetime, timedelta

import pytest

from app.learning.pace import Read, claimed_at, earliest_end

EIGHT = datetime(2026, 11, 30, 8, tzinfo=UTC)


def at(minutes: float) -> datetime:
    return EIGHT + timedelta(minutes=minutes)


@pytest.mark.parametrize(("minutes", "seconds"), [(6, 120), (7, 140), (8, 160)])
def test_a_third_of_the_minutes_it_states(minutes, seconds):
    assert earliest_end(minutes, EIGHT, ()) == EIGHT + timedelta(seconds=seconds)


def test_what_was_done_before_it_was_begun_costs_nothing():
    assert earliest_end(6, at(10), [Read(6, at(2)), Read(6, at(10))]) == at(12)


def test_what_was_done_meanwhile_comes_on_top():
    assert earliest_end(6, at(0), [Read(9, at(5))]) == at(2 + 3)


def test_a_tab_opened_before_the_last_lesson_was_done_costs_only_the_overlap():
    assert earliest_end(6, at(4), [Read(9, at(4.5))]) == at(4 + 2 + 0.5)


@pytest.mark.parametrize("opened", [[0] * 8, [0, 0, 1, 1, 5, 5, 5, 5]])
def test_tabs_opened_together_are_read_one_after_the_other(opened):
    """Whoever finishes each at the first moment has spent the sum of all thirds."""
    done: list[Read] = []
    for begun in opened:
        done.append(Read(6, earliest_end(6, at(begun), done)))
    assert done[-1].done_at >= at(2 * len(opened))


@pytest.mark.parametrize(
    ("open_for", "began", "claimed"),
    [(5, -60, -5), (5, -2, -2), (3000, -6000, -720), (0, -60, 0)],
    ids=["as it says", "not before its reader", "half a day at most", "without JavaScript"],
)
def test_a_devices_clock_is_believed_within_bounds(open_for, began, claimed):
    assert claimed_at(timedelta(minutes=open_for), EIGHT, at(began)) == at(claimed)
