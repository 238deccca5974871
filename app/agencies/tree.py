"""Deeds on the tree: add, change and move units, each from a day on (`closing` ends them).

Locks are taken in one order: the agency, its units, its people. Whoever calls has checked that `by`
may do this; `by` is None for the operator.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.agencies import timeline
from app.agencies.models import Person, Unit
from app.agencies.queries import ancestors_of
from app.agencies.timeline import check_day, settled_since, since_of
from app.agencies.unit_kinds import UnitKind
from app.audit import trail
from app.audit.actions import Action
from app.core.db import at_most_one, db, hold_lightly
from app.core.errors import DomainError

#: Deeper trees are a mistake, and their paths would not fit.
DEEPEST = 20


class CodeTaken(DomainError):
    message = "Kode ini sudah dipakai unit lain di instansi ini. Tidak ada yang berubah."


class IsRoot(DomainError):
    message = "Puncak instansi tidak dapat dipindahkan, digabungkan, atau ditutup."


class AlreadyClosed(DomainError):
    message = "Unit ini sudah ditutup. Tidak ada yang berubah."


class UnderItself(DomainError):
    message = "Unit tidak dapat berada di bawah dirinya sendiri. Tidak ada yang berubah."


class OtherTree(DomainError):
    message = "Unit itu milik instansi lain. Tidak ada yang berubah."


class TooDeep(DomainError):
    message = f"Pohon unit paling dalam {DEEPEST} tingkat. Tidak ada yang berubah."


class SameParent(DomainError):
    message = "Unit ini sudah berada di bawah unit itu. Tidak ada yang berubah."


@dataclass(frozen=True)
class Said:
    """What is said of a unit besides its code and its place."""

    name: str
    kind: UnitKind
    is_reporting: bool


def add_unit(parent: Unit, code: str, said: Said, since: date, by: Person | None) -> Unit:
    """A new unit. Raises CodeTaken, AlreadyClosed, TooDeep, TooEarly, TooLate."""
    begin(parent)
    check_day(parent.agency, since, since_of([parent]))
    if parent.path.count("/") - 1 >= DEEPEST:
        raise TooDeep
    unit = Unit(
        agency=parent.agency,
        parent=parent,
        code=code,
        path="/",
        name=said.name,
        kind=said.kind,
        is_reporting=said.is_reporting,
    )
    if _has_code(parent.agency_id, code):
        raise CodeTaken
    with at_most_one(CodeTaken()):
        db.session.add(unit)
    unit.path = f"{parent.path}{unit.id}/"
    timeline.write_lines(parent.agency, [unit], since)
    told = {"code": code, "name": said.name, "unit_id": parent.id, "since": since.isoformat()}
    trail.record(Action.UNIT_ADDED, unit, actor=by, **told)
    return unit


def change_unit(unit: Unit, said: Said, since: date, by: Person | None) -> bool:
    """Another name or kind, or whether it reports. False when nothing is new.

    Raises AlreadyClosed, TooEarly, TooLate.
    """
    begin(unit)
    changed = {
        name: [_plain(getattr(unit, name)), _plain(value)]
        for name, value in vars(said).items()
        if getattr(unit, name) != value
    }
    if not changed:
        return False
    check_day(unit.agency, since, since_of([unit]))
    for name in changed:
        setattr(unit, name, getattr(said, name))
    timeline.write_lines(unit.agency, [unit], since)
    trail.record(Action.UNIT_CHANGED, unit, actor=by, changed=changed, since=since.isoformat())
    return True


def move_unit(unit: Unit, parent: Unit, since: date, by: Person | None) -> None:
    """Put a unit, with all below it, under another.

    Raises IsRoot, AlreadyClosed, OtherTree, UnderItself, SameParent, TooDeep, TooEarly, TooLate.
    """
    begin(unit)
    not_root(unit)
    below = open_below(unit)
    _check_parent(unit, parent, below)
    check_day(unit.agency, since, max(settled_since(unit), since_of(ancestors_of(parent))))
    before = unit.parent_id
    hang(unit, parent, below, since)
    told = {"from_unit": before, "to_unit": parent.id, "since": since.isoformat()}
    trail.record(Action.UNIT_MOVED, unit, actor=by, **told)


def begin(unit: Unit) -> None:
    """Take the tree in hand, so that it stays as it is read from now on. Raises AlreadyClosed."""
    hold_lightly(unit.agency)
    db.session.refresh(unit)
    if unit.closed_on is not None:
        raise AlreadyClosed


def not_root(unit: Unit) -> None:
    """Raise IsRoot for the top of an agency."""
    if unit.is_root:
        raise IsRoot


def _has_code(agency_id: int, code: str) -> bool:
    """Whether a unit has this code, however its letters are written."""
    same = sa.func.lower(Unit.code) == code.lower()
    return bool(db.session.scalar(sa.select(sa.exists().where(Unit.agency_id == agency_id, same))))


def open_below(unit: Unit) -> list[Unit]:
    """The units below, as they are now."""
    query = sa.select(Unit).where(
        Unit.path.startswith(unit.path), Unit.id != unit.id, Unit.closed_on.is_(None)
    )
    fresh = query.order_by(Unit.path).execution_options(populate_existing=True)
    return list(db.session.scalars(fresh))


def _check_parent(unit: Unit, parent: Unit, below: Sequence[Unit]) -> None:
    check_tree(unit, parent)
    if parent.path.startswith(unit.path):
        raise UnderItself
    if parent.id == unit.parent_id:
        raise SameParent
    check_depth(unit, parent, below)


def check_tree(unit: Unit, other: Unit) -> None:
    """Raise OtherTree, or AlreadyClosed for a unit that could take nothing in."""
    db.session.refresh(other)
    if other.closed_on is not None:
        raise AlreadyClosed
    if other.agency_id != unit.agency_id:
        raise OtherTree


def check_depth(unit: Unit, parent: Unit, below: Sequence[Unit]) -> None:
    """Raise TooDeep where the lowest of a branch would be out of reach."""
    height = max(one.path.count("/") for one in (unit, *below)) - unit.path.count("/")
    if parent.path.count("/") + height > DEEPEST:
        raise TooDeep


def hang(unit: Unit, parent: Unit, below: Sequence[Unit], since: date) -> None:
    """Give a unit another parent, and all below it their new paths."""
    before, unit.parent = unit.path, parent
    unit.path = f"{parent.path}{unit.id}/"
    for one in below:
        one.path = unit.path + one.path.removeprefix(before)
    timeline.write_lines(unit.agency, [unit, *below], since)


def _plain(value: object) -> object:
    """As the trail writes it."""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    return value.value if isinstance(value, UnitKind) else value
