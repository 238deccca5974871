"""The history of units: a line each time one begins, moves, changes its name or ends.

Whoever changes rows of units calls `write_lines` afterwards; what was true before that day stays
written, so that a report of it stays the same.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.agencies.models import Agency, Unit, UnitLine
from app.core import clock
from app.core.dates import long_date
from app.core.db import db
from app.core.errors import DomainError

#: What a line repeats of its unit.
TOLD = ("agency_id", "parent_id", "path", "name", "kind", "is_reporting")


class TooEarly(DomainError):
    """The day lies before something that is written later; the sentence says from when on."""

    def __init__(self, first: date) -> None:
        super().__init__(
            f"Tanggal paling awal yang dapat dipilih: {long_date(first)}, karena sesudah itu sudah "
            "ada perubahan lain. Tidak ada yang berubah."
        )


class TooLate(DomainError):
    message = "Tanggal ini belum tiba. Catat perubahannya pada harinya. Tidak ada yang berubah."


def check_day(agency: Agency, day: date, first: date | None) -> None:
    """Raise TooLate for a day to come, TooEarly for one before `first`."""
    if day > clock.today(agency.zone):
        raise TooLate
    if first is not None and day < first:
        raise TooEarly(first)


def write_lines(agency: Agency, units: Iterable[Unit], since: date) -> None:
    """Write how these units stand from `since` on; whoever stands as before keeps the line.

    A line that began on that very day is amended. The day was checked by the caller.
    """
    db.session.flush()
    present = _present(UnitLine.agency_id == agency.id)
    begun: list[dict[str, Any]] = []
    for unit in units:
        told, line = {name: getattr(unit, name) for name in TOLD}, present.get(unit.id)
        if line is not None and told == {name: getattr(line, name) for name in TOLD}:
            continue
        if line is not None and line.since == since:
            db.session.execute(sa.update(UnitLine).where(UnitLine.id == line.id).values(told))
            continue
        if line is not None:
            line.until = since
        begun.append({"unit_id": unit.id, "since": since, **told})
    db.session.flush()
    if begun:
        db.session.execute(sa.insert(UnitLine), begun)


def end_line(unit: Unit, day: date) -> None:
    """From that day on there is no such unit."""
    _present(UnitLine.unit_id == unit.id)[unit.id].until = day
    db.session.flush()


def since_of(units: Iterable[Unit]) -> date:
    """The first day from which all of these units have stood as they stand now."""
    ids = [unit.id for unit in units]
    query = sa.select(sa.func.max(UnitLine.since)).where(
        UnitLine.unit_id.in_(ids), UnitLine.until.is_(None)
    )
    return db.session.scalars(query).one()


def settled_since(unit: Unit) -> date:
    """The first day from which nothing has changed in a unit or below it, nor left it."""
    lines = sa.select(sa.func.max(UnitLine.since), sa.func.max(UnitLine.until))
    since, until = db.session.execute(lines.where(UnitLine.path.startswith(unit.path))).one()
    return latest(since, until)


def latest(*days: date | None) -> date:
    """The last of these days; at least one is known."""
    return max(day for day in days if day is not None)


def first_day_of(unit: Unit) -> date:
    """The first day on which there was such a unit."""
    query = sa.select(sa.func.min(UnitLine.since)).where(UnitLine.unit_id == unit.id)
    return db.session.scalars(query).one()


def began(agency_id: int) -> date:
    """The first day of which something is known of an agency's tree."""
    query = sa.select(sa.func.min(UnitLine.since)).where(UnitLine.agency_id == agency_id)
    return db.session.scalars(query).one()


def lines_of(unit: Unit) -> list[UnitLine]:
    """The history of a unit, the newest line first; lines that held for no day are left out."""
    query = sa.select(UnitLine).where(UnitLine.unit_id == unit.id).order_by(UnitLine.since.desc())
    return [line for line in db.session.scalars(query) if line.until != line.since]


def _present(which: sa.ColumnElement[bool]) -> dict[int, UnitLine]:
    lines = db.session.scalars(sa.select(UnitLine).where(which, UnitLine.until.is_(None)))
    return {line.unit_id: line for line in lines}
