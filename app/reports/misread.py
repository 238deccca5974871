"""What is misunderstood, read from counts of first judgements: kinds of violation and their rules
by unit or by kind of jabatan. Every function takes the scope; what would give few people away is
not in what it gives."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import sqlalchemy as sa

from app.agencies.job_kinds import JobKind
from app.agencies.models import Unit
from app.agencies.paths import way_of
from app.agencies.scope import Scope
from app.catalog.labels import MISDEEDS
from app.catalog.law import Citation
from app.catalog.misdeeds import Misdeed, misdeed_of
from app.catalog.model import Case, Catalog
from app.core.db import db
from app.judgements.models import FirstJudgements, Source
from app.reports.hiding import Spot as Place
from app.reports.hiding import gives_away, hidden
from app.reports.understanding import Cell, merged, worst_first

#: The key of rules that too few judged to be shown apart, and of cases that rest on no provision.
FEW, NO_RULE = "lain", ""


class By(StrEnum):
    """What the columns are."""

    UNIT = "unit"
    JOB = "jabatan"


#: (column, scenario, phase, people, right, asked whether sure, sure and wrong).
Fact = tuple[str, str, str, int, int, int, int]


@dataclass(frozen=True)
class Column:
    key: str
    name: str
    #: None where it is no unit.
    unit_id: int | None = None


@dataclass(frozen=True)
class Spot:
    """What a cell of the table shows: nothing where nobody judged, or where few did."""

    cell: Cell | None
    is_hidden: bool = False


@dataclass(frozen=True)
class Row:
    key: str
    label: str
    cells: Mapping[str, Cell]

    @cached_property
    def whole(self) -> Cell:
        return merged(self.cells.values())

    @property
    def total(self) -> Cell | None:
        """All columns together; None where even that would tell of few."""
        return self.whole if self.whole.is_enough else None


@dataclass(frozen=True)
class Chart:
    """Rows by columns, and which cells are not to be seen."""

    columns: Sequence[Column]
    rows: Sequence[Row]
    gone: frozenset[Place]

    def spot(self, row: Row, column: Column) -> Spot:
        cell = row.cells.get(column.key)
        if cell is None:
            return Spot(None)
        is_hidden = (row.key, column.key) in self.gone
        return Spot(None if is_hidden else cell, is_hidden)

    def worst(self, row: Row) -> tuple[Column, Cell] | None:
        """The column that is most often wrong, of those that may be seen."""
        shown = {c.key: c for c in self.columns if self.spot(row, c).cell is not None}
        keys = worst_first({key: row.cells[key] for key in shown})
        return (shown[keys[0]], row.cells[keys[0]]) if len(keys) > 1 else None


class Reading:
    """One reading of one source in a scope. Asks the database twice, and never again."""

    def __init__(self, scope: Scope, catalog: Catalog, source: Source, by: By = By.UNIT) -> None:
        self.catalog = catalog
        homes, self.columns = _jobs() if by is By.JOB else columns_in(scope)
        self._facts = _facts(scope, source, by, homes)

    @cached_property
    def kinds(self) -> Chart:
        """The kinds of violation. Columns have no total."""
        rows = self._rows(self._misdeed, {kind.value: label for kind, label in MISDEEDS.items()})
        gone = hidden(_people(rows), columns_add_up=False)
        return Chart(self.columns, rows if self._facts else [], gone)

    def rules(self, kind: Misdeed) -> Chart:
        """The rules of one kind. Its own cells are the totals of columns: one that is hidden there
        is hidden here for every rule."""
        labels = {ref: cite.label for ref, cite in self.cites.items()} | {
            NO_RULE: "Praktik aman, tidak bersandar pada satu pasal",
            FEW: "Aturan lain, masing-masing dijawab kurang dari 10 orang",
        }
        found = self._rows(lambda case: self._rule(case, kind), labels)
        rows = _without_few([row for row in found if row.cells], labels[FEW])
        closed = {column for key, column in self.kinds.gone if key == kind}
        people = _people(rows)
        open_ones = {spot: n for spot, n in people.items() if spot[1] not in closed}
        gone = hidden(open_ones, columns_add_up=True)
        if gives_away(open_ones, gone, columns_add_up=True):
            gone = frozenset(open_ones)
        return Chart(self.columns, rows, gone | (people.keys() - open_ones.keys()))

    @cached_property
    def cites(self) -> Mapping[str, Citation]:
        """The provisions that cases rest on, by `pp-94-2021#5-n-6`."""
        firsts = (case.ruling.cites[:1] for case in self._by_key.values())
        return {cite.ref: cite for first in firsts for cite in first}

    def cases_of(self, rule: str, kind: Misdeed) -> list[tuple[Case, Cell]]:
        """Cases that asked about a rule, of all columns together, the worst first."""
        cells: dict[str, Cell] = {}
        for _, scenario, phase, *counts in self._facts:
            case = self._case(scenario, phase)
            if case is not None and self._rule(case, kind) == rule:
                cells.setdefault(case.key, Cell()).add(case.key, *counts)
        shown = {key: cell for key, cell in cells.items() if cell.is_enough}
        return [(self._by_key[key], shown[key]) for key in worst_first(shown)]

    @cached_property
    def _by_key(self) -> dict[str, Case]:
        cases = (
            Case(scenario, ruling)
            for scenario in self.catalog.on_show
            for ruling in scenario.rulings
        )
        return {case.key: case for case in cases}

    def _case(self, scenario: str, phase: str) -> Case | None:
        """None for one that has left the bank, or is judged in other phases by now."""
        return self._by_key.get(f"{scenario}@{phase}")

    def _misdeed(self, case: Case) -> str:
        return misdeed_of(case.scenario.topic).value

    def _rule(self, case: Case, kind: Misdeed) -> str | None:
        if misdeed_of(case.scenario.topic) is not kind:
            return None
        return case.ruling.cites[0].ref if case.ruling.cites else NO_RULE

    def _rows(self, row_of: Callable[[Case], str | None], labels: Mapping[str, str]) -> list[Row]:
        """Rows in the order of their labels."""
        found: dict[str, dict[str, Cell]] = {}
        keys = {key: row_of(case) for key, case in self._by_key.items()}
        for column, scenario, phase, *counts in self._facts:
            key = f"{scenario}@{phase}"
            row = keys.get(key)
            if row is not None:
                found.setdefault(row, {}).setdefault(column, Cell()).add(key, *counts)
        return [Row(key, labels[key], found.get(key, {})) for key in labels]


def _people(rows: Iterable[Row]) -> dict[Place, int]:
    return {(row.key, key): cell.people for row in rows for key, cell in row.cells.items()}


def _without_few(rows: Sequence[Row], label: str) -> list[Row]:
    """Rules that fewer than ten judged are one row, with as many more as that row needs."""
    ordered = sorted(rows, key=lambda row: row.whole.people)
    few = [row for row in ordered if not row.whole.is_enough]
    if not few:
        return list(rows)
    rest = ordered[len(few) :]
    while rest and not merged(row.whole for row in few).is_enough:
        few.append(rest.pop(0))
    keys = {row.key for row in few}
    columns = {column for row in few for column in row.cells}
    cells = {c: merged(row.cells[c] for row in few if c in row.cells) for c in columns}
    return [row for row in rows if row.key not in keys] + [Row(FEW, label, cells)]


def _jobs() -> tuple[dict[object, str], list[Column]]:
    kinds = list(JobKind)
    return {kind: kind.value for kind in kinds}, [Column(kind.value, kind.label) for kind in kinds]


def columns_in(scope: Scope) -> tuple[dict[object, str], list[Column]]:
    """Every unit's column: the nearest reporting unit above it, or the children of the only one."""
    query = sa.select(Unit.id, Unit.path, Unit.name, Unit.is_reporting).where(scope.condition())
    units = {row.id: row for row in db.session.execute(query.order_by(Unit.path))}
    ways = {id: way_of(row.path) for id, row in units.items()}
    homes = {id: _nearest(way, units) for id, way in ways.items()}
    if len(set(homes.values())) == 1:
        home = next(iter(homes.values()))
        homes = {id: _below(way, home) for id, way in ways.items()}
    columns = [Column(str(id), units[id].name, id) for id in dict.fromkeys(homes.values())]
    return {id: str(home) for id, home in homes.items()}, columns


def _nearest(way: list[int], units: Mapping[int, sa.Row[tuple[int, str, str, bool]]]) -> int:
    """The nearest reporting unit on the way up, else the unit itself."""
    seen = [id for id in way if id in units]
    return next((id for id in reversed(seen) if units[id].is_reporting), seen[-1])


def _below(way: list[int], home: int) -> int:
    """The child of a unit under which somebody sits; the unit itself where she sits in it."""
    place = way.index(home) if home in way else len(way) - 2
    return way[min(place + 1, len(way) - 1)]


def _facts(scope: Scope, source: Source, by: By, homes: Mapping[object, str]) -> list[Fact]:
    counted = FirstJudgements.__table__.c
    place = counted.unit_id if by is By.UNIT else counted.job_kind
    # As text: 48,000 rows of a region need no members of an enum.
    keys = (place, counted.scenario, sa.type_coerce(counted.phase, sa.String))
    sums = (counted.people, counted.right, counted.asked_sure, counted.sure_wrong)
    query = (
        sa.select(*keys, *(sa.func.sum(column) for column in sums))
        .join(Unit, Unit.id == counted.unit_id)
        .where(counted.source == source, scope.of_agency(counted.agency_id), scope.condition())
        .group_by(*keys)
    )
    return [(homes[at], *rest) for at, *rest in db.session.execute(query).tuples()]
