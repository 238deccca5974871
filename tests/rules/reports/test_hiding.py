"""What is hidden stays hidden: a differencing attack over every total finds nothing."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from app.reports.hiding import FEWEST, gives_away, hidden, primary

tables = st.integers(1, 5).flatmap(
    lambda rows: st.integers(2, 5).flatmap(
        lambda columns: st.lists(
            st.integers(0, 25), min_size=rows * columns, max_size=rows * columns
        ).map(lambda n: {(i // columns, i % columns): people for i, people in enumerate(n)})
    )
)


def told_totals(people, gone, *, columns_add_up):
    """What totals say of hidden cells: who is in each sum. A row of too few has no total."""
    lines = {}
    for spot in people:
        lines.setdefault(("row", spot[0]), []).append(spot)
        if columns_add_up:
            lines.setdefault(("column", spot[1]), []).append(spot)
    told = []
    for (kind, _), spots in lines.items():
        if sum(people[spot] for spot in spots) >= FEWEST or kind == "column":
            told.append({spot for spot in spots if spot in gone})
    return [cells for cells in told if cells]


def worked_out(people, gone, *, columns_add_up):
    """Hidden cells whose value follows: a unit vector in the space of the totals (Gauss)."""
    order = sorted(gone)
    rows = [
        [Fraction(spot in cells) for spot in order]
        for cells in told_totals(people, gone, columns_add_up=columns_add_up)
    ]
    reduced = []
    for column in range(len(order)):
        pivot = next((row for row in rows if row[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        pivot = [value / pivot[column] for value in pivot]
        rows = [_less(row, pivot, column) for row in rows]
        reduced = [_less(row, pivot, column) for row in reduced] + [pivot]
    return {order[row.index(1)] for row in reduced if sum(1 for value in row if value) == 1}


def _less(row, pivot, column):
    return [a - row[column] * b for a, b in zip(row, pivot, strict=True)]


@given(tables, st.booleans())
def test_no_total_gives_fewer_than_ten_people_away(people, columns_add_up):
    gone = hidden(people, columns_add_up=columns_add_up)
    if gives_away(people, gone, columns_add_up=columns_add_up):
        assert few_told(people, gone, columns_add_up=columns_add_up)  # it is not said for nothing
        return
    assert primary(people) <= gone
    assert not few_told(people, gone, columns_add_up=columns_add_up)


def few_told(people, gone, *, columns_add_up):
    """Cells and remainders of fewer than ten people that totals tell of. What is told already is
    taken out of the sums."""
    known = worked_out(people, gone, columns_add_up=columns_add_up)
    told = told_totals(people, gone, columns_add_up=columns_add_up)
    sums = [sum(people[spot] for spot in cells - known) for cells in told if cells - known]
    return [n for n in sums + [people[spot] for spot in known] if 0 < n < FEWEST]


@given(tables)
def test_a_table_without_totals_of_columns_can_always_be_shown(people):
    """Where a row holds ten people, as many as it needs can be hidden."""
    gone = hidden(people, columns_add_up=False)
    alone = [row for row, _ in gone if sum(1 for s, n in people.items() if s[0] == row and n) < 2]
    assert not gives_away(people, gone, columns_add_up=False)
    assert all(sum(n for s, n in people.items() if s[0] == row) < FEWEST for row in alone)


def test_the_control_without_the_second_hiding_gives_the_cell_away():
    people = {("a", 1): 4, ("a", 2): 12, ("a", 3): 40}
    assert worked_out(people, primary(people), columns_add_up=False) == {("a", 1)}
    assert hidden(people, columns_add_up=False) == {("a", 1), ("a", 2)}


def test_a_cell_that_joins_two_hidden_blocks_is_no_longer_worked_out():
    """Two hidden in every row and column, and the one between the blocks follows all the same."""
    people = {(row, column): 30 for row in range(4) for column in range(4)}
    blocks = [(0, 0), (0, 1), (1, 0), (1, 1), (2, 2), (2, 3), (3, 2), (3, 3), (1, 2)]
    people |= dict.fromkeys(blocks, 6)
    assert worked_out(people, set(blocks), columns_add_up=True) == {(1, 2)}  # control
    gone = hidden(people, columns_add_up=True)
    assert not worked_out(people, gone, columns_add_up=True)


def test_nothing_is_hidden_where_all_are_many_or_none():
    assert not hidden({("a", 1): 10, ("a", 2): 0, ("a", 3): 11}, columns_add_up=True)
