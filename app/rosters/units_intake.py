"""Units taken in from files, all or nothing: the tree that `tree` read and found sound."""

from dataclasses import dataclass, field

import sqlalchemy as sa

from app.agencies import queries, timeline
from app.agencies.models import Agency, Person, Unit
from app.audit import trail
from app.audit.actions import Action
from app.core import clock
from app.core.db import db, hold_lightly
from app.rosters.faults import RowFault
from app.rosters.tables import Source
from app.rosters.units_file import UnitEntry, UnitFile, read_units


@dataclass(frozen=True)
class UnitReport:
    """What an import of units did, or would do. With an error in it, nothing was saved."""

    file: str
    rows: int
    added: int
    changed: int
    is_saved: bool
    errors: list[RowFault] = field(default_factory=list)


def import_units(
    agency: Agency, source: Source, by: Person | None, *, is_dry_run: bool = False
) -> UnitReport:
    """Take a list of units in, new ones and known ones by code. Raises UnreadableFile."""
    hold_lightly(agency)
    units = {unit.code.casefold(): unit for unit in queries.tree_of(agency)}
    root = queries.root_of(agency)
    codes: dict[int | None, str] = {unit.id: unit.code for unit in units.values()}
    known = {unit.code: codes.get(unit.parent_id, root.code) for unit in units.values()}
    found = read_units(source, known, root.code)
    _refuse_closed(agency, found)
    new = [entry for entry in found.entries if entry.code.casefold() not in units]
    changed = [entry for entry in found.entries if _differs(entry, units, root)]
    report = UnitReport(
        file=source.name,
        rows=len(found.entries),
        added=len(new),
        changed=len(changed),
        is_saved=not is_dry_run and not found.faults,
        errors=found.faults,
    )
    if report.is_saved and (new or changed):
        _grow(agency, [*new, *changed], units, root)
        trail.record(
            Action.UNITS_IMPORTED,
            agency,
            actor=by,
            file=source.name,
            sha256=source.sha256,
            added=report.added,
            changed=report.changed,
        )
    return report


def _refuse_closed(agency: Agency, found: UnitFile) -> None:
    """A code that a closed unit had names that unit for good: the past is told by it."""
    query = sa.select(Unit).where(Unit.agency_id == agency.id, Unit.closed_on.is_not(None))
    closed = {unit.code.casefold(): unit for unit in db.session.scalars(query)}
    for entry in found.entries:
        if (unit := closed.get(entry.code.casefold())) is not None:
            found.error(entry.line, f"Kode {unit.code} adalah kode {unit.name} yang sudah ditutup.")


def _differs(entry: UnitEntry, units: dict[str, Unit], root: Unit) -> bool:
    unit = units.get(entry.code.casefold())
    if unit is None:
        return False
    parent = None if unit is root else units.get((entry.parent or root.code).casefold())
    told = (entry.name, entry.kind, entry.is_reporting, parent)
    if unit is root:
        return entry.name != unit.name
    return told != (unit.name, unit.kind, unit.is_reporting, unit.parent)


def _grow(agency: Agency, entries: list[UnitEntry], units: dict[str, Unit], root: Unit) -> None:
    """Make and change units, then write every path anew: a moved branch takes its leaves along."""
    for entry in entries:
        unit = units.get(entry.code.casefold())
        if unit is None:
            unit = units[entry.code.casefold()] = Unit(agency=agency, code=entry.code, path="/")
            db.session.add(unit)
        unit.name = entry.name
        if unit is not root:
            unit.kind, unit.is_reporting = entry.kind, entry.is_reporting
    for entry in entries:
        unit = units[entry.code.casefold()]
        if unit is not root:
            unit.parent = units[(entry.parent or root.code).casefold()]
    db.session.flush()
    for unit in units.values():
        unit.path = _path(unit)
    timeline.write_lines(agency, units.values(), clock.today(agency.zone))


def _path(unit: Unit) -> str:
    above = _path(unit.parent) if unit.parent is not None else "/"
    return f"{above}{unit.id}/"
