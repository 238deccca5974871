"""Which cells of a table are hidden, so that nobody reads a few people's answers. Pure.

A cell of fewer than ten people is hidden, and where totals and visible cells would give it away,
the next smallest is hidden too. A hidden cell joins its row and its column as an edge joins two
nodes; it follows from all totals together exactly when it is a bridge. So no hidden cell of few may
be a bridge, and those of a line that are none must hold ten people.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

#: People whom a visible cell, and whatever totals tell of hidden ones, holds at least.
FEWEST = 10

#: Row and column of a cell.
Spot = tuple[Hashable, Hashable]
#: A row or a column.
Node = tuple[str, Hashable]
#: Where every line ends whose total is not told: it may be anything.
FREE: Node = ("free", None)


def hidden(people: Mapping[Spot, int], *, columns_add_up: bool) -> frozenset[Spot]:
    """Spots to hide. Totals of rows with ten people are told; those of columns where it is said.

    Nobody in a cell is no secret. Where rows are few, nothing may be left to hide (`gives_away`).
    """
    gone = set(primary(people))
    table = Table(people, columns_add_up=columns_add_up)
    while following := table.beside_what_is_told(gone):
        gone |= following
    return frozenset(gone)


def primary(people: Mapping[Spot, int]) -> frozenset[Spot]:
    """Only those with too few people: what would be hidden by whoever forgets about totals."""
    return frozenset(spot for spot, n in people.items() if 0 < n < FEWEST)


def gives_away(people: Mapping[Spot, int], gone: Iterable[Spot], *, columns_add_up: bool) -> bool:
    """Whether totals still tell of fewer than ten people, whatever else is hidden: then the table
    must not be shown at all."""
    return bool(Table(people, columns_add_up=columns_add_up).told(set(gone)))


@dataclass(frozen=True)
class Table:
    people: Mapping[Spot, int]
    columns_add_up: bool

    def told(self, gone: set[Spot]) -> list[frozenset[Spot]]:
        """Groups of fewer than ten people whose sum follows from the totals."""
        known = bridges({spot: self._ends(spot) for spot in gone})
        few = [frozenset({spot}) for spot in known if self.people[spot] < FEWEST]
        for spots in self._lines.values():
            secret = frozenset(spot for spot in spots if spot in gone and spot not in known)
            if secret and sum(self.people[spot] for spot in secret) < FEWEST:
                few.append(secret)
        return few

    def beside_what_is_told(self, gone: set[Spot]) -> set[Spot]:
        """For each such group the smallest visible cell in one of its lines; empty when all is
        well, or nothing is left to hide."""
        found: set[Spot] = set()
        for group in self.told(gone):
            lines = [node for spot in group for node in self._ends(spot) if node != FREE]
            around = {spot for node in lines for spot in self._lines[node]} - gone
            shown = [spot for spot in around if self.people[spot]]
            if shown and not around & found:
                found.add(min(shown, key=self._cost))
        return found

    def _cost(self, spot: Spot) -> tuple[bool, int, str]:
        """One that is alone in its line is told by the total of that, hidden or not."""
        ends = [node for node in self._ends(spot) if node != FREE]
        is_alone = any(sum(self.people[s] > 0 for s in self._lines[node]) < 2 for node in ends)
        return is_alone, self.people[spot], str(spot)

    def _ends(self, spot: Spot) -> tuple[Node, Node]:
        row: Node = ("row", spot[0])
        column: Node = ("column", spot[1])
        lines = self._lines
        return row if row in lines else FREE, column if column in lines else FREE

    @cached_property
    def _lines(self) -> dict[Node, list[Spot]]:
        """The lines whose totals are told."""
        rows: dict[Node, list[Spot]] = {}
        columns: dict[Node, list[Spot]] = {}
        for spot in self.people:
            rows.setdefault(("row", spot[0]), []).append(spot)
            columns.setdefault(("column", spot[1]), []).append(spot)
        told = {
            node: spots
            for node, spots in rows.items()
            if sum(self.people[spot] for spot in spots) >= FEWEST
        }
        return told | columns if self.columns_add_up else told


def bridges(edges: Mapping[Spot, tuple[Node, Node]]) -> set[Spot]:
    """Edges without which their ends would not hang together (Tarjan 1974)."""
    ways: dict[Node, list[tuple[Node, Spot]]] = {}
    for spot, (one, other) in edges.items():
        ways.setdefault(one, []).append((other, spot))
        ways.setdefault(other, []).append((one, spot))
    found: set[Spot] = set()
    reached: dict[Node, int] = {}

    def lowest(node: Node, came_by: Spot | None) -> int:
        low = reached[node] = len(reached)
        for other, spot in ways[node]:
            if spot == came_by:
                continue
            if other in reached:
                low = min(low, reached[other])
                continue
            beyond = lowest(other, spot)
            low = min(low, beyond)
            if beyond > reached[node]:
                found.add(spot)
        return low

    for node in ways:
        if node not in reached:
            lowest(node, None)
    return found
