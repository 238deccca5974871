"""Who is where: now, or at the end of a day that is over. Both are asked alike.

Now is read from people and units as they stand; a day from the lines of their history. Names,
titles and numbers of people have no history and are those of now.
"""

from datetime import date, datetime, timedelta
from typing import Any, TypeVar

import sqlalchemy as sa

from app.agencies.models import Agency, Person, Placement, Unit, UnitLine
from app.agencies.paths import way_of
from app.agencies.scope import Scope
from app.agencies.timeline import began
from app.core import clock
from app.core.dates import long_date, start_of
from app.core.db import db
from app.core.errors import DomainError

R = TypeVar("R", bound=tuple[Any, ...])


class NoSuchDay(DomainError):
    message = "Tanggal ditulis seperti 2026-10-31. Periksa kembali tanggalnya."


class Membership:
    """As things stand now. `unit` and `place` are what columns are taken from."""

    day: date | None = None
    #: What happened before it counts; without one, everything does.
    end: datetime | None = None
    unit: type[Unit] | type[UnitLine] = Unit
    place: type[Person] | type[Placement] = Person

    @property
    def unit_id(self) -> sa.SQLColumnExpression[int]:
        return Unit.id

    def scope(self, scope: Scope) -> Scope:
        """The same part of the tree, by its paths."""
        return scope

    def units(self, scope: Scope) -> sa.ColumnElement[bool]:
        """A WHERE clause on `unit`: those of the scope that there are."""
        return sa.and_(scope.condition(), Unit.closed_on.is_(None))

    def people(self, query: sa.Select[R], scope: Scope) -> sa.Select[R]:
        """A query on people, joined with place and unit and narrowed to those of the scope."""
        return query.join(Unit, Unit.id == Person.unit_id).where(scope.people(), Person.is_active)

    def has_come(self, moment: datetime | None) -> bool:
        """Whether something had happened."""
        return moment is not None and (self.end is None or moment < self.end)

    def came(self, moment: sa.SQLColumnExpression[Any]) -> sa.SQLColumnExpression[Any]:
        """The same of a column: its value, or NULL where it had not."""
        return moment if self.end is None else sa.case((moment < self.end, moment))

    def stands(self, ended: sa.SQLColumnExpression[Any]) -> sa.ColumnElement[bool]:
        """Of a column that says when something ended: whether it had not."""
        return ended.is_(None) if self.end is None else sa.or_(ended.is_(None), ended >= self.end)


class Then(Membership):
    """As things stood at the end of a day."""

    unit = UnitLine
    place = Placement

    def __init__(self, day: date, zone: str) -> None:
        self.day = day
        self.end = start_of(day + timedelta(days=1), zone)

    @property
    def unit_id(self) -> sa.SQLColumnExpression[int]:
        return UnitLine.unit_id

    def scope(self, scope: Scope) -> Scope:
        return Scope(self._paths(scope.paths), self._paths(scope.without))

    def units(self, scope: Scope) -> sa.ColumnElement[bool]:
        return sa.and_(scope.condition(UnitLine.path), self._covers(UnitLine))

    def people(self, query: sa.Select[R], scope: Scope) -> sa.Select[R]:
        here = sa.and_(Placement.person_id == Person.id, self._covers(Placement))
        there = sa.and_(UnitLine.unit_id == Placement.unit_id, self._covers(UnitLine))
        joined = query.join(Placement, here).join(UnitLine, there)
        return joined.where(scope.people(UnitLine.path))

    def _covers(self, line: type[UnitLine] | type[Placement]) -> sa.ColumnElement[bool]:
        assert self.day is not None, "then is a day"
        return line.holds_on(self.day)

    def _paths(self, paths: tuple[str, ...]) -> tuple[str, ...]:
        """Where the units that end these paths stood. A root has always stood where it does."""
        moved = {path: way_of(path)[-1] for path in paths if _is_inner(path)}
        if not moved:
            return paths
        query = sa.select(UnitLine.unit_id, UnitLine.path).where(
            UnitLine.unit_id.in_(moved.values()), self._covers(UnitLine)
        )
        then = dict(db.session.execute(query).tuples().all())
        found = (then.get(moved[path]) if path in moved else path for path in paths)
        return tuple(path for path in found if path is not None)


NOW = Membership()


def on(day: date, agency: Agency) -> Membership:
    """At the end of that day; of today, now. Raises NoSuchDay, with the days that there are."""
    today, first = clock.today(agency.zone), began(agency.id)
    if day == today:
        return NOW
    if not first <= day < today:
        raise NoSuchDay(
            f"Tidak ada catatan untuk {long_date(day)}. Pilih tanggal dari {long_date(first)} "
            f"sampai {long_date(today)}."
        )
    return Then(day, agency.zone)


def _is_inner(path: str) -> bool:
    return len(way_of(path)) > 1
