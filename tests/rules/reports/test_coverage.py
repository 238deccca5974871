"""Totals add up, and everybody is counted once."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from app.reports.coverage import Node, Tally, child_rows, reporting_rows, total

REGION = Node(1, None, "/1/", "Kabupaten", False)
HEALTH = Node(2, 1, "/1/2/", "Dinas Kesehatan", True)
CLINIC = Node(3, 2, "/1/2/3/", "Puskesmas", False)
OTHER_CLINIC = Node(4, 2, "/1/2/4/", "Puskesmas lain", False)
DISTRICT = Node(12, 1, "/1/12/", "Kecamatan", True)
WARD = Node(5, 12, "/1/12/5/", "Kelurahan", True)
TREE = [REGION, HEALTH, CLINIC, OTHER_CLINIC, DISTRICT, WARD]

tallies = st.integers(0, 50).flatmap(
    lambda people: st.tuples(*[st.integers(0, people)] * 3).map(
        lambda steps: Tally(people, *sorted(steps, reverse=True))
    )
)
direct_counts = st.dictionaries(st.sampled_from([node.id for node in TREE]), tallies)


@given(direct_counts)
def test_the_rows_add_up_to_everybody(direct):
    rows = reporting_rows(TREE, direct)
    assert total(row.tally for row in rows) == total(direct.values())


@given(direct_counts)
def test_an_opened_unit_adds_up_to_itself(direct):
    below = {id: tally for id, tally in direct.items() if id in (2, 3, 4)}
    rows = child_rows(HEALTH, TREE, direct)
    assert total(row.tally for row in rows) == total(below.values())


def test_people_of_a_puskesmas_count_for_their_dinas():
    rows = reporting_rows(TREE, {3: Tally(10, 5, 4, 3)})
    assert {row.node.name: row.tally.people for row in rows if row.tally.people} == {
        "Dinas Kesehatan": 10
    }


def test_a_reporting_unit_below_another_keeps_its_own_row():
    rows = reporting_rows(TREE, {12: Tally(3), 5: Tally(4)})
    assert {row.node.name: row.tally.people for row in rows} == {
        "Dinas Kesehatan": 0,
        "Kecamatan": 3,
        "Kelurahan": 4,
    }


def test_people_above_every_reporting_unit_are_not_lost():
    rows = reporting_rows(TREE, {1: Tally(2, 1, 1, 1)})
    assert rows[0].is_rest
    assert rows[0].node is REGION


def test_a_unit_whose_path_begins_alike_is_not_below():
    """/1/2/ is not above /1/12/: the last slash matters."""
    assert [row.node.id for row in child_rows(HEALTH, TREE, {})] == [3, 4]


def test_percent_is_rounded_half_up_and_an_empty_unit_is_zero():
    assert Tally(8, 8, 8, 1).signed_percent == Decimal("12.50")
    assert Tally(3, 3, 3, 2).signed_percent == Decimal("66.67")
    assert Tally().signed_percent == Decimal("0.00")
