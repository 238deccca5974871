"""What assignments are asked: whom, who has, who has not, who waits for whom, what is mine."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from app.agencies.models import Person, Placement, Unit
from app.agencies.scope import Scope
from app.assignments import people
from app.assignments.audience import Holder, is_meant
from app.assignments.models import Assignment, Cycle, Exemption, UnitHead
from app.assignments.people import Part, part_of
from app.core.dates import start_of
from app.core.db import db
from app.core.errors import NotFound


@dataclass(frozen=True)
class Counts:
    """`people` are those meant less `exempt`; `signed` and `pending` are among them."""

    people: int
    exempt: int
    signed: int

    @property
    def pending(self) -> int:
        return self.people - self.signed


@dataclass(frozen=True)
class Standing:
    """One person's line: whether she has signed in the cycle, never an answer."""

    person: Person
    unit: Unit
    position: str
    exemption: Exemption | None
    signed_at: datetime | None


@dataclass(frozen=True)
class Head:
    """Who opens a unit by signing."""

    person_id: int
    full_name: str
    unit_id: int
    unit_path: str
    unit_name: str
    signed_at: datetime | None


def assignments_in(scope: Scope, *, ended: bool = False) -> list[Assignment]:
    """Assignments of units within a scope, the nearest due date first, ended ones last."""
    return _found(scope.condition(), ended=ended)


def assignments_touching(scope: Scope, *, ended: bool = False) -> list[Assignment]:
    """The same, with those of units above, which mean people within the scope too."""
    touches = sa.or_(scope.condition(), Unit.id.in_(scope.above()))
    return _found(touches, ended=ended)


def _found(where: sa.ColumnElement[bool], *, ended: bool) -> list[Assignment]:
    query = (
        sa.select(Assignment)
        .join(Assignment.unit)
        .where(where)
        .options(contains_eager(Assignment.unit), joinedload(Assignment.agency))
        .order_by(Assignment.id)
    )
    if not ended:
        query = query.where(Assignment.ended_at.is_(None))
    found = list(db.session.scalars(query))
    return sorted(found, key=lambda one: (one.is_ended, one.cycles[-1].due_on, one.id))


def assignment_in(scope: Scope, assignment_id: int) -> Assignment:
    """One that the scope's desk may change; any other does not exist."""
    return _one(assignment_id, scope.condition())


def assignment_seen(scope: Scope, assignment_id: int) -> Assignment:
    """One that means people of the scope, wherever it was given."""
    return _one(assignment_id, sa.or_(scope.condition(), Unit.id.in_(scope.above())))


def _one(assignment_id: int, where: sa.ColumnElement[bool]) -> Assignment:
    assignment = db.session.scalar(
        sa.select(Assignment)
        .join(Assignment.unit)
        .where(Assignment.id == assignment_id, where)
        .options(contains_eager(Assignment.unit), joinedload(Assignment.agency))
    )
    if assignment is None:
        raise NotFound
    return assignment


def how_many(part: Part, on: date) -> int:
    """People whom an audience means: what a desk sees before it assigns."""
    query = (
        sa.select(sa.func.count())
        .select_from(Placement)
        .join(Unit, Unit.id == Placement.unit_id)
        .where(people.meant(part, on))
    )
    return db.session.execute(query).scalar_one()


def counts_by_unit(
    assignment: Assignment, on: date, scope: Scope | None = None
) -> dict[int, Counts]:
    """People by the unit that they sat in on a day, in the cycle of that day."""
    done = people.signed(assignment, assignment.cycle_on(on), on)
    is_exempt = people.exempt(assignment, on)
    query = (
        sa.select(
            Placement.unit_id,
            *_sums(is_exempt, done),
        )
        .join(Unit, Unit.id == Placement.unit_id)
        .outerjoin(done, done.c.person_id == Placement.person_id)
        .where(people.meant(part_of(assignment), on, scope))
        .group_by(Placement.unit_id)
    )
    return {unit_id: Counts(*counts) for unit_id, *counts in db.session.execute(query)}


def counts_of(assignment: Assignment, on: date, scope: Scope | None = None) -> Counts:
    """The same, of all units together."""
    rows = counts_by_unit(assignment, on, scope).values()
    return Counts(
        sum(row.people for row in rows),
        sum(row.exempt for row in rows),
        sum(row.signed for row in rows),
    )


def counts_of_all(assignments: list[Assignment], on: date, scope: Scope) -> dict[int, Counts]:
    """The same of several assignments by their ids, in two queries however many they are."""
    if not assignments:
        return {}
    names = None
    if any(one.audience.asks_positions for one in assignments):
        names = people.names_on(sa.and_(scope.condition(), Placement.holds_on(on)))
    queries = [_counted(one, on, scope, names) for one in assignments]
    rows = db.session.execute(sa.union_all(*queries))
    return {id: Counts(*counts) for id, *counts in rows}


def _sums(
    is_exempt: sa.ColumnElement[bool], done: sa.Subquery
) -> tuple[sa.ColumnElement[int], sa.ColumnElement[int], sa.ColumnElement[int]]:
    """Counted, exempt, signed: the fields of Counts."""
    return (
        sa.func.count(sa.case((~is_exempt, 1))),
        sa.func.count(sa.case((is_exempt, 1))),
        sa.func.count(sa.case((~is_exempt, done.c.person_id))),
    )


def _counted(
    assignment: Assignment, on: date, scope: Scope, names: people.Names | None
) -> sa.Select[tuple[int, int, int, int]]:
    done = people.signed(assignment, assignment.cycle_on(on), on)
    is_exempt = people.exempt(assignment, on)
    return (
        sa.select(
            sa.literal(assignment.id),
            *_sums(is_exempt, done),
        )
        .select_from(Placement)
        .join(Unit, Unit.id == Placement.unit_id)
        .outerjoin(done, done.c.person_id == Placement.person_id)
        .where(people.meant(part_of(assignment), on, scope, names))
    )


def signed_until(
    assignment: Assignment, on: date, days: list[date], scope: Scope | None = None
) -> list[int]:
    """How many of those who count on a day had signed by the end of each of `days`."""
    zone = assignment.agency.zone
    done = people.signed(assignment, assignment.cycle_on(on), on)
    ends = [start_of(day + timedelta(days=1), zone) for day in days]
    query = (
        sa.select(*(sa.func.count(sa.case((done.c.signed_at < end, 1))) for end in ends))
        .select_from(Placement)
        .join(Unit, Unit.id == Placement.unit_id)
        .join(done, done.c.person_id == Placement.person_id)
        .where(people.meant(part_of(assignment), on, scope), ~people.exempt(assignment, on))
    )
    return list(db.session.execute(query).one()) if ends else []


def standings(
    assignment: Assignment,
    on: date,
    scope: Scope | None = None,
    unit_id: int | None = None,
    *,
    pending_only: bool = False,
) -> list[Standing]:
    """People who are meant, in the order of the tree and of their names.

    With `unit_id`, only who sat in it directly; with `pending_only`, who must still sign.
    """
    done = people.signed(assignment, assignment.cycle_on(on), on)
    query = (
        sa.select(Person, Unit, Placement.position, done.c.signed_at)
        .select_from(Placement)
        .join(Unit, Unit.id == Placement.unit_id)
        .join(Person, Person.id == Placement.person_id)
        .outerjoin(done, done.c.person_id == Placement.person_id)
        .where(people.meant(part_of(assignment), on, scope))
        .order_by(Unit.path, Person.name, Person.id)
    )
    if unit_id is not None:
        query = query.where(Placement.unit_id == unit_id)
    if pending_only:
        query = query.where(done.c.person_id.is_(None), ~people.exempt(assignment, on))
    excused = {one.person_id: one for one in exemptions_from(assignment, on)}
    return [
        Standing(person, unit, position, excused.get(person.id), signed_at)
        for person, unit, position, signed_at in db.session.execute(query)
    ]


def pending_people(assignment: Assignment, on: date, scope: Scope | None = None) -> list[Standing]:
    """Who must still sign in the cycle of a day. Those who wait for their head are among them."""
    return standings(assignment, on, scope, pending_only=True)


def exemptions_from(assignment: Assignment, on: date) -> list[Exemption]:
    """Exemptions that hold on a day, from this assignment or from all of the instansi's."""
    query = (
        sa.select(Exemption)
        .join(Exemption.person)
        .where(people.exempts(assignment.id, on), Person.agency_id == assignment.agency_id)
    )
    return list(db.session.scalars(query))


def exemptions_in(scope: Scope) -> list[Exemption]:
    """Exemptions of a desk's people that were not withdrawn, the latest first."""
    query = (
        sa.select(Exemption)
        .join(Exemption.person)
        .join(Person.unit)
        .where(scope.people(), Exemption.withdrawn_at.is_(None))
        .options(
            contains_eager(Exemption.person).contains_eager(Person.unit),
            joinedload(Exemption.assignment),
        )
        .order_by(Exemption.since.desc(), Exemption.id.desc())
    )
    return list(db.session.scalars(query))


def exemptions_of(person: Person) -> list[Exemption]:
    """Somebody's own, the latest first; withdrawn ones are not told."""
    query = (
        sa.select(Exemption)
        .where(Exemption.person_id == person.id, Exemption.withdrawn_at.is_(None))
        .options(joinedload(Exemption.assignment))
        .order_by(Exemption.since.desc(), Exemption.id.desc())
    )
    return list(db.session.scalars(query))


def exemption_in(scope: Scope, exemption_id: int) -> Exemption:
    """One of a desk's people; any other does not exist."""
    found = db.session.scalar(
        sa.select(Exemption)
        .join(Exemption.person)
        .join(Person.unit)
        .where(Exemption.id == exemption_id, scope.condition())
    )
    if found is None:
        raise NotFound
    return found


def due_soon(agency_id: int, on: date, within: int = 7) -> list[tuple[Assignment, Cycle]]:
    """Assignments with a cycle that has opened and is due within so many days, or already was."""
    return [
        (one, cycle)
        for one, cycle in running(agency_id, on)
        if cycle.due_on <= on + timedelta(days=within)
    ]


def running(agency_id: int, on: date) -> list[tuple[Assignment, Cycle]]:
    """Assignments of an instansi whose cycle has opened by a day, with that cycle."""
    found = [(one, one.cycle_on(on)) for one in assignments_of(agency_id)]
    return [(one, cycle) for one, cycle in found if cycle.opens_on <= on]


def assignments_of(agency_id: int) -> list[Assignment]:
    """Every assignment of an instansi that has not ended, with unit and cycles."""
    query = (
        sa.select(Assignment)
        .where(Assignment.agency_id == agency_id, Assignment.ended_at.is_(None))
        .options(joinedload(Assignment.unit), joinedload(Assignment.agency))
        .order_by(Assignment.id)
    )
    return list(db.session.scalars(query))


def heads_of(assignment: Assignment, on: date, unit_ids: list[int] | None = None) -> list[Head]:
    """Who leads which unit of an assignment's part, among those who are meant and not exempt."""
    done = people.signed(assignment, assignment.cycle_on(on), on)
    query = (
        sa.select(Person, Unit, Placement.status, Placement.position, done.c.signed_at)
        .select_from(Placement)
        .join(Unit, Unit.id == Placement.unit_id)
        .join(Person, Person.id == Placement.person_id)
        .outerjoin(done, done.c.person_id == Placement.person_id)
        .where(people.heads(assignment.unit.path, on, unit_ids), ~people.exempt(assignment, on))
        .order_by(Unit.path, Person.name, Person.id)
    )
    audience = assignment.audience
    return [
        Head(person.id, person.full_name, unit.id, unit.path, unit.name, signed_at)
        for person, unit, status, position, signed_at in db.session.execute(query)
        if is_meant(Holder(status, position, is_named_head=True), audience)
    ]


def named_heads_of(unit: Unit, on: date) -> list[UnitHead]:
    """Heads whom a desk has named for a unit."""
    query = (
        sa.select(UnitHead)
        .where(
            UnitHead.unit_id == unit.id,
            UnitHead.holds_on(on),
        )
        .options(joinedload(UnitHead.person))
    )
    return list(db.session.scalars(query))
