"""Each warning says why and what to do, and none comes of chance or of few."""

from datetime import date

from app.reports.early_warning import (
    Kind,
    Plan,
    behind_plan,
    head_unsigned,
    mastery_falling,
)
from app.reports.understanding import Cell

PLAN = Plan("Pakta netralitas", date(2026, 11, 1), date(2026, 12, 1))


def cell(people, right):
    made = Cell()
    made.add("a", people, right)
    return made


def test_behind_plan_from_ten_points_on_and_not_in_the_first_week():
    on = date(2026, 11, 16)  # half of the time is over
    found = behind_plan(7, "Dinas Sosial", PLAN, 100, 40, on)
    assert found.kind is Kind.BEHIND_PLAN
    assert "40% dari 100 orang" in found.why
    assert "tinggal 15 hari" in found.why
    assert found.what_to_do
    assert behind_plan(7, "Dinas Sosial", PLAN, 100, 41, on) is None
    assert behind_plan(7, "Dinas Sosial", PLAN, 100, 0, date(2026, 11, 7)) is None


def test_a_head_is_waited_for_once_it_has_opened():
    assert head_unsigned(7, "Dinas Sosial", PLAN, date(2026, 10, 31)) is None
    assert "Pimpinannya" in head_unsigned(7, "Dinas Sosial", PLAN, date(2026, 11, 1)).why


def test_mastery_falls_where_intervals_do_not_meet():
    assert mastery_falling(7, "Dinas Sosial", cell(100, 80), cell(100, 40)) is not None
    assert mastery_falling(7, "Dinas Sosial", cell(100, 80), cell(100, 75)) is None
    assert mastery_falling(7, "Dinas Sosial", cell(100, 40), cell(100, 80)) is None
    assert mastery_falling(7, "Dinas Sosial", cell(100, 100), cell(9, 0)) is None
