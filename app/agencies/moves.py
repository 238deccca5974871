"""Moving people: from a day that has come (its TMT), or planned for one that has not."""

from datetime import date

import sqlalchemy as sa

from app.agencies import placing
from app.agencies.models import Agency, Person, PlannedMove, Unit
from app.agencies.operations import NotActive
from app.agencies.timeline import check_day, first_day_of
from app.audit import trail
from app.audit.actions import Action
from app.core import clock
from app.core.db import Json, db, hold, start_writing
from app.core.errors import DomainError
from app.jobs.deeds import Deed, Work


class SameUnit(DomainError):
    message = "Orang ini sudah bekerja di unit itu. Tidak ada yang berubah."


class OtherAgency(DomainError):
    message = "Unit tujuan berada di instansi lain. Tidak ada yang berubah."


class NothingPlanned(DomainError):
    message = "Tidak ada rencana pindah untuk orang ini; mungkin sudah dibatalkan atau terlaksana."


class TooFar(DomainError):
    message = "Rencana pindah paling lama satu tahun ke depan. Tidak ada yang berubah."


#: Days ahead that a move may be planned.
FARTHEST = 366


def move_person(
    person: Person,
    unit: Unit,
    by: Person | None,
    *,
    position: str | None = None,
    since: date | None = None,
) -> None:
    """Let somebody work elsewhere from `since` on (today, without one); what they learned goes
    with them. A day to come is planned, in place of what was planned before.

    Raises NotActive, OtherAgency, SameUnit, UnitClosed, TooEarly, TooFar.
    """
    placing.keep_open(unit)
    hold(person)
    if not person.is_active:
        raise NotActive
    if unit.agency_id != person.agency_id:
        raise OtherAgency
    if unit.id == person.unit_id:
        raise SameUnit
    today = clock.today(person.agency.zone)
    if since is not None and since > today:
        _plan(person, unit, by, position, since)
        return
    if since is not None and since < today:
        check_day(person.agency, since, first_day_of(unit))
    _move(person, unit, by, position, placing.day_for(person, since))


def _move(person: Person, unit: Unit, by: Person | None, position: str | None, day: date) -> None:
    before = person.unit_id
    person.unit = unit
    if position is not None:
        person.position = position
    db.session.execute(sa.delete(PlannedMove).where(PlannedMove.person_id == person.id))
    placing.end(person, day)
    placing.begin(person, day)
    told = {} if day == clock.today(person.agency.zone) else {"since": day.isoformat()}
    trail.record(Action.PERSON_MOVED, person, actor=by, from_unit=before, to_unit=unit.id, **told)


def _plan(person: Person, unit: Unit, by: Person | None, position: str | None, day: date) -> None:
    if (day - clock.today(person.agency.zone)).days > FARTHEST:
        raise TooFar
    plan = db.session.get(PlannedMove, person.id) or PlannedMove(person_id=person.id)
    plan.unit, plan.position, plan.since = unit, position, day
    plan.planned_by_id, plan.planned_at = by.id if by is not None else None, clock.now()
    db.session.add(plan)
    db.session.flush()
    trail.record(
        Action.MOVE_PLANNED,
        person,
        actor=by,
        from_unit=person.unit_id,
        to_unit=unit.id,
        since=day.isoformat(),
    )


def planned_for(person: Person) -> PlannedMove | None:
    """Where somebody will work, if that is decided."""
    return db.session.get(PlannedMove, person.id)


def drop_plan(person: Person, by: Person | None) -> None:
    """Take back what was planned. Raises NothingPlanned."""
    hold(person)
    plan = db.session.get(PlannedMove, person.id, populate_existing=True)
    if plan is None:
        raise NothingPlanned
    db.session.delete(plan)
    db.session.flush()
    trail.record(Action.MOVE_DROPPED, person, actor=by, to_unit=plan.unit_id)


def due() -> list[int]:
    """Whose planned day has come, in their own zones; by id."""
    zones = dict(db.session.execute(sa.select(Agency.id, Agency.zone)).tuples().all())
    plans = db.session.execute(
        sa.select(PlannedMove.person_id, PlannedMove.since, Person.agency_id)
        .join(PlannedMove.person)
        .order_by(PlannedMove.since, PlannedMove.person_id)
    )
    return [id for id, since, agency in plans if since <= clock.today(zones[agency])]


def carry_out(person_id: int) -> bool:
    """Make one planned move, from the day that was planned. False where there is none any more.

    What can no longer be is dropped, and the trail says why: nobody waits for the answer.
    """
    plan = db.session.get(PlannedMove, person_id, populate_existing=True)
    if plan is None:
        return False
    person, unit, by = plan.person, plan.unit, plan.planned_by
    position, since = plan.position, plan.since
    line = placing.present(person)
    try:
        first = max(since, line.since if line else since, first_day_of(unit))
        move_person(person, unit, by, position=position, since=first)
    except DomainError as error:
        db.session.execute(sa.delete(PlannedMove).where(PlannedMove.person_id == person_id))
        trail.record(Action.MOVE_DROPPED, person, to_unit=unit.id, reason=error.message)
    return True


def _carry_out(work: Work) -> Json:
    """Each move in a transaction of its own: `advance` commits."""
    start_writing()
    waiting = due()
    for place, person_id in enumerate(waiting, start=1):
        start_writing()
        carry_out(person_id)
        work.advance(place, len(waiting))
    return {"moved": len(waiting)}


#: Once a day, when it has begun everywhere where Jakarta's has.
MOVE = Deed(
    "agencies.move", "laksanakan pindah unit yang sudah tiba harinya", _carry_out, is_daily=True
)
