"""Figures of an assignment as rows of the report: one arithmetic, so that they add up. Pure."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from app.reports.coverage import Node, Row, Tally, child_rows, reporting_rows


class Counts(Protocol):
    @property
    def people(self) -> int: ...
    @property
    def exempt(self) -> int: ...
    @property
    def signed(self) -> int: ...


class Opened(Protocol):
    """A unit, as far as its rows are concerned."""

    @property
    def id(self) -> int: ...
    @property
    def path(self) -> str: ...


def tallies(counts: Mapping[int, Counts]) -> dict[int, Tally]:
    """By unit. Whoever has signed has learned and passed; how far the others are, nobody asks."""
    return {
        unit_id: Tally(one.people, one.signed, one.signed, one.signed, one.exempt)
        for unit_id, one in counts.items()
    }


def coverage_of(unit: Opened, nodes: Iterable[Node], direct: Mapping[int, Tally]) -> list[Row]:
    """A row a reporting unit with anybody to count; below one, a row a sub-unit."""
    within = [node for node in nodes if node.path.startswith(unit.path)]
    if any(node.is_reporting and node.id != unit.id for node in within) or not any(
        node.id == unit.id for node in within
    ):
        rows = reporting_rows(within, direct)
    else:
        rows = opened(unit, within, direct)
    return [row for row in rows if row.tally.people or row.tally.exempt]


def opened(unit: Opened, nodes: Iterable[Node], direct: Mapping[int, Tally]) -> list[Row]:
    """The people of a unit itself, then each sub-unit that has any."""
    nodes = list(nodes)
    node = next(node for node in nodes if node.id == unit.id)
    rows = child_rows(node, nodes, direct)
    return [row for row in rows if row.tally.people or row.tally.exempt]
