"""How a unit ends: merged into another, or closed. Its row stays, for the past points at it.

Its people move on the same day, so that nobody ever works in a closed unit.
"""

from datetime import date

import sqlalchemy as sa

from app.agencies import aliases, timeline
from app.agencies.models import Person, Placement, PlannedMove, Unit
from app.agencies.queries import ancestors_of
from app.agencies.timeline import check_day, first_day_of, latest, settled_since, since_of
from app.agencies.tree import (
    UnderItself,
    begin,
    check_depth,
    check_tree,
    hang,
    not_root,
    open_below,
)
from app.audit import parts
from app.audit.actions import Action
from app.audit.parts import Part
from app.core.dates import long_date, thousands
from app.core.db import db, in_bulk
from app.core.errors import DomainError


class NotEmpty(DomainError):
    """People or units are still in it; the sentence counts them."""


class CameLater(DomainError):
    """People came after the day on which they would have to leave; the sentence counts them."""


def merge_unit(unit: Unit, heir: Unit, since: date, by: Person | None) -> int:
    """Let another unit take over the people of this one, the units below it, its name and code.

    How many people moved. Raises IsRoot, AlreadyClosed, OtherTree, UnderItself, TooDeep, CameLater,
    TooEarly, TooLate.
    """
    begin(unit)
    not_root(unit)
    check_tree(unit, heir)
    if heir.path.startswith(unit.path):
        raise UnderItself
    below = open_below(unit)
    check_day(unit.agency, since, max(_left_since(unit), since_of(ancestors_of(heir))))
    for child in [one for one in below if one.parent_id == unit.id]:
        inside = [one for one in below if one.path.startswith(child.path) and one is not child]
        check_depth(child, heir, inside)
        hang(child, heir, inside, since)
    moved = _end(unit, heir, since)
    aliases.inherit(unit, heir, by)
    _record(Action.UNIT_MERGED, unit, heir, moved, since, by)
    return len(moved)


def close_unit(unit: Unit, since: date, by: Person | None, *, heir: Unit | None = None) -> int:
    """From `since` on there is no such unit; with `heir`, its people move there first.

    How many people moved. Raises IsRoot, AlreadyClosed, NotEmpty, OtherTree, UnderItself,
    CameLater, TooEarly, TooLate.
    """
    begin(unit)
    not_root(unit)
    if below := len(open_below(unit)):
        raise NotEmpty(
            f"Masih ada {thousands(below)} unit di bawahnya. Pindahkan atau tutup dahulu semuanya."
        )
    if heir is not None:
        check_tree(unit, heir)
        if heir is unit:
            raise UnderItself
    heirs = [first_day_of(heir)] if heir is not None else []
    check_day(unit.agency, since, max([_left_since(unit), *heirs]))
    moved = _end(unit, heir, since)
    _record(Action.UNIT_CLOSED, unit, heir, moved, since, by)
    return len(moved)


def count_people(unit: Unit) -> int:
    """Who is in the unit itself, or will be by a planned move."""
    coming = sa.select(sa.func.count()).where(PlannedMove.unit_id == unit.id)
    inside = sa.select(sa.func.count()).where(_active(unit))
    return db.session.scalars(inside).one() + db.session.scalars(coming).one()


def _left_since(unit: Unit) -> date:
    """The first day from which no unit and nobody has left it, so that it may end there."""
    query = sa.select(sa.func.max(Placement.until)).where(Placement.unit_id == unit.id)
    return latest(settled_since(unit), db.session.scalar(query))


def _active(unit: Unit) -> sa.ColumnElement[bool]:
    return sa.and_(Person.unit_id == unit.id, Person.is_active)


def _end(unit: Unit, heir: Unit | None, since: date) -> list[int]:
    """Close the unit, and let its people work in the heir. Whoever has left would return there;
    without one, in the unit above. Gives who moved."""
    unit.closed_on = since  # first: whoever is moved in just now is waited for, and counted
    db.session.flush()
    if heir is None and (people := count_people(unit)):
        raise NotEmpty(
            f"Masih ada {thousands(people)} orang di unit ini, termasuk yang direncanakan pindah "
            "ke sini. Pilih unit tujuan mereka."
        )
    moved = _move_people(unit, heir or unit.parent, since)
    timeline.end_line(unit, since)
    return moved


def _move_people(unit: Unit, heir: Unit | None, since: date) -> list[int]:
    assert heir is not None, "a root is never closed"
    active = sa.select(Person.id).where(_active(unit))
    moved = list(db.session.scalars(active.order_by(Person.id).with_for_update()))
    present = sa.and_(Placement.person_id.in_(active), Placement.until.is_(None))
    _check_arrivals(unit, present, since)
    columns = (Placement.person_id, Placement.status, Placement.rank, Placement.position)
    found = db.session.execute(sa.select(*columns).where(present)).mappings().all()
    in_bulk(sa.update(Placement).where(present).values(until=since))
    if found:
        rows = [{**row, "unit_id": heir.id, "since": since} for row in found]
        db.session.execute(sa.insert(Placement), rows)
    for model in (Person, PlannedMove):
        in_bulk(sa.update(model).where(model.unit_id == unit.id).values(unit_id=heir.id))
    db.session.expire_all()
    return moved


def _check_arrivals(unit: Unit, present: sa.ColumnElement[bool], since: date) -> None:
    """Whoever came, or was corrected, after the day cannot leave on it."""
    later = sa.select(sa.func.count(), sa.func.max(Placement.since))
    count, last = db.session.execute(later.where(present, Placement.since > since)).one()
    if count:
        raise CameLater(
            f"{thousands(count)} orang di {unit.name} baru datang atau berubah datanya sesudah "
            f"tanggal itu. Tanggal paling awal: {long_date(last)}. Tidak ada yang berubah."
        )


def _record(
    action: Action, unit: Unit, heir: Unit | None, moved: list[int], since: date, by: Person | None
) -> None:
    """One entry, with a row beside it for each person who moved."""
    day = since.isoformat()
    told = {"from_unit": unit.id, "to_unit": heir.id if heir else None, "since": day}
    rows = [Part(Action.PERSON_MOVED, f"people:{id}", told) for id in moved]
    parts.record(action, unit, rows, by, to_unit=told["to_unit"], people=len(moved), since=day)
