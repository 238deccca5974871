"""The arithmetic of the report: pure, so that its totals can be proved to add up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from app.agencies.paths import way_of


@dataclass(frozen=True)
class Tally:
    """How many people there are, and how far they have come. Each step includes the next one."""

    people: int = 0
    learned: int = 0
    passed: int = 0
    signed: int = 0
    #: People who need not, and are not counted among `people`.
    exempt: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.people + other.people,
            self.learned + other.learned,
            self.passed + other.passed,
            self.signed + other.signed,
            self.exempt + other.exempt,
        )

    @property
    def pending(self) -> int:
        """People who have not signed: the column *Belum*."""
        return self.people - self.signed

    @property
    def signed_percent(self) -> Decimal:
        """Signed per hundred people, two decimals, half up. Nobody there is 0, not 100."""
        if not self.people:
            return Decimal("0.00")
        share = Decimal(self.signed * 100) / Decimal(self.people)
        return share.quantize(Decimal("0.01"), ROUND_HALF_UP)


@dataclass(frozen=True)
class Node:
    """What the report needs to know of a unit. `path` ends with its own id: "/1/4/9/"."""

    id: int
    parent_id: int | None
    path: str
    name: str
    is_reporting: bool


@dataclass(frozen=True)
class Row:
    """One line of the report. `is_rest` marks people who sit above every row below."""

    node: Node
    tally: Tally
    is_rest: bool = False


def reporting_rows(nodes: Iterable[Node], direct: Mapping[int, Tally]) -> list[Row]:
    """One row per reporting unit; everybody is counted once, in the nearest one above them.

    `nodes` are the units that may be seen; `direct` counts people by the unit they sit in.
    People above every reporting unit make a rest row under the name of the unit they sit in.
    """
    by_id = {node.id: node for node in nodes}
    sums: dict[tuple[int, bool], Tally] = {}
    for node in by_id.values():
        if node.is_reporting:
            sums.setdefault((node.id, False), Tally())
    for unit_id, tally in direct.items():
        home = _nearest_reporting(by_id[unit_id], by_id)
        key = (home.id, False) if home else (unit_id, True)
        sums[key] = sums.get(key, Tally()) + tally
    rows = [Row(by_id[id], tally, is_rest) for (id, is_rest), tally in sums.items()]
    return sorted(rows, key=lambda row: (not row.is_rest, _order(row.node)))


def child_rows(unit: Node, nodes: Iterable[Node], direct: Mapping[int, Tally]) -> list[Row]:
    """A unit opened: people who sit in it directly, then each sub-unit with all below it."""
    below = [node for node in nodes if node.path.startswith(unit.path) and node.id != unit.id]
    children = [node for node in below if node.parent_id == unit.id]
    rows = [
        Row(child, total(direct.get(n.id, Tally()) for n in below if n.path.startswith(child.path)))
        for child in children
    ]
    own = direct.get(unit.id, Tally())
    return ([Row(unit, own, is_rest=True)] if own.people else []) + rows


def furthest_behind(rows: Iterable[Row], count: int) -> list[Row]:
    """The rows below the whole that are lowest, the most people first among equals; those where
    nobody is missing are not behind."""
    rows = list(rows)
    whole = total(row.tally for row in rows).signed_percent
    late = [row for row in rows if row.tally.pending and row.tally.signed_percent <= whole]
    return sorted(late, key=lambda row: (row.tally.signed_percent, -row.tally.pending))[:count]


def total(tallies: Iterable[Tally]) -> Tally:
    """The sum of all, counted once each."""
    return sum(tallies, Tally())


def homes_of(nodes: Iterable[Node]) -> dict[int, str]:
    """For each unit the OPD that it is counted in; for one above them all, its own name."""
    by_id = {node.id: node for node in nodes}
    return {id: (_nearest_reporting(node, by_id) or node).name for id, node in by_id.items()}


def _nearest_reporting(node: Node, by_id: Mapping[int, Node]) -> Node | None:
    above: Node | None = node
    while above is not None and not above.is_reporting:
        above = None if above.parent_id is None else by_id.get(above.parent_id)
    return above


def _order(node: Node) -> tuple[int, ...]:
    """Tree order: ids along the path, as units were entered."""
    return tuple(way_of(node.path))
