"""Shares with their interval, and people counted no higher than they are."""

import pytest

from app.reports.understanding import Cell, interval, merged, worst_first


@pytest.mark.parametrize(
    ("part", "whole", "bounds"),
    # Newcombe 1998, table I, method 3 (Wilson): 81/263 = 25.53–36.62 %, 15/148 = 6.24–16.05 %,
    # 0/20 = 0–16.11 %, 1/29 = 0.61–17.18 %; rounded outwards.
    [(81, 263, (25, 37)), (15, 148, (6, 17)), (0, 20, (0, 17)), (1, 29, (0, 18)), (0, 0, (0, 100))],
)
def test_the_interval_is_wilsons(part, whole, bounds):
    assert interval(part, whole) == bounds


def cell(**cases):
    made = Cell()
    for name, (people, right) in cases.items():
        made.add(name, people, right)
    return made


def test_somebody_who_answers_three_cases_is_one_person():
    made = cell(a=(9, 3), b=(9, 9), c=(9, 0))
    assert (made.answers, made.people, made.is_enough) == (27, 9, False)
    assert merged([made, cell(a=(1, 1))]).is_enough


def test_many_that_are_wrong_come_before_a_few_that_are_all_wrong():
    assert worst_first({"few": cell(a=(3, 0)), "many": cell(a=(300, 100))}) == ["many", "few"]


def test_being_sure_is_said_of_ten_at_least():
    made = Cell()
    made.add("a", 12, 4, 9, 5)
    assert made.sure_wrong_percent is None
    made.add("a", 1, 0, 1, 1)
    assert made.sure_wrong_percent == 60
