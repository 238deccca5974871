"""Cycles: what opens the next, with which dates; nothing opens twice or too early."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.assignments.renewal import Last, Why, months_after, next_cycle

OPENED, DUE = date(2026, 1, 31), date(2026, 3, 2)
DAYS = st.dates(date(2024, 1, 1), date(2032, 12, 31))


def last(**changed) -> Last:
    return Last(**{"opens_on": OPENED, "due_on": DUE, "edition": None, "renews_by_edition": False,
                   "renew_months": None} | changed)  # fmt: skip


def test_nothing_renews_what_nobody_asked_to_renew():
    assert next_cycle(last(), date(2031, 1, 1), "2030.1") is None


def test_a_new_edition_opens_a_cycle_that_only_it_counts_for():
    pinned = last(renews_by_edition=True, edition="2026.1")
    assert next_cycle(pinned, date(2026, 6, 1), "2026.1") is None
    found = next_cycle(pinned, date(2026, 6, 1), "2026.2")
    assert (found.why, found.edition, found.counts_from) == (Why.EDITION, "2026.2", None)
    assert found.due_on - found.opens_on == DUE - OPENED


def test_a_phase_opens_a_cycle_on_its_own_day_once_it_has_come():
    begins = date(2026, 9, 22)
    assert next_cycle(last(), begins - timedelta(days=1), "2026.1", [begins]) is None
    found = next_cycle(last(), begins + timedelta(days=3), "2026.1", [begins, OPENED])
    assert (found.why, found.opens_on, found.counts_from) == (Why.PHASE, begins, begins)
    again = last(opens_on=found.opens_on, due_on=found.due_on)
    assert next_cycle(again, begins + timedelta(days=3), "2026.1", [begins, OPENED]) is None


def test_months_that_have_passed_open_a_cycle_and_february_is_short():
    yearly = last(renew_months=1)
    assert next_cycle(yearly, date(2026, 2, 27), "2026.1") is None
    found = next_cycle(yearly, date(2026, 2, 28), "2026.1")
    assert (found.why, found.opens_on) == (Why.EXPIRY, date(2026, 2, 28))
    assert months_after(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert months_after(date(2026, 1, 15), -12) == date(2025, 1, 15)


@given(DAYS, st.lists(DAYS, max_size=4), st.integers(1, 40), st.booleans())
def test_a_cycle_opens_after_the_last_and_never_in_the_future(today, begun, months, by_edition):
    before = last(renew_months=months, renews_by_edition=by_edition, edition="2026.1")
    found = next_cycle(before, today, "2026.2", begun)
    if found is not None:
        assert OPENED < found.opens_on <= today
        assert found.opens_on <= found.due_on
