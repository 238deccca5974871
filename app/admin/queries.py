"""What a desk asks across agencies and accounts: who has an account, who still has a code."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.accounts import activation, second_factor
from app.accounts.models import Account, ActivationCode
from app.accounts.queries import account_of, is_open, open_codes_in, with_roles
from app.agencies.models import Person, Unit
from app.agencies.queries import PAGE, in_tree_order, past, people_query
from app.agencies.scope import Scope
from app.core.db import db


class State(StrEnum):
    """How somebody stands with entering. The values appear in addresses."""

    ACTIVE = "aktif"
    CODE = "kode"
    NONE = "belum"
    LEFT = "nonaktif"


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to. Without a state: everybody who has not left."""

    search: str = ""
    unit: Unit | None = None
    state: State | None = None


@dataclass(frozen=True)
class Line:
    person: Person
    state: State


@dataclass(frozen=True)
class Page:
    lines: list[Line]
    total: int
    #: Where the next page begins, or None on the last.
    after: int | None


@dataclass
class Tally:
    """How many people of a unit and everything below have entered."""

    unit: Unit
    people: int = 0
    entered: int = 0
    coded: int = 0

    @property
    def waiting(self) -> int:
        """People with neither account nor code."""
        return self.people - self.entered - self.coded


def people_page(scope: Scope, filters: Filters, last: Person | None) -> Page:
    """One page of the list by name: what comes after `last`, the last one of the page before."""
    query = people_query(scope, filters.unit, filters.search or None).where(_is_in(filters.state))
    found = list(db.session.scalars(past(query, last).limit(PAGE + 1)))
    states = states_of(found[:PAGE])
    is_all = last is None and len(found) <= PAGE
    return Page(
        lines=[Line(person, states[person.id]) for person in found[:PAGE]],
        total=len(found) if is_all else _count(query),
        after=found[PAGE - 1].id if len(found) > PAGE else None,
    )


def _count(query: sa.Select[tuple[Person]]) -> int:
    counted = sa.select(sa.func.count()).select_from(query.order_by(None).subquery())
    return db.session.execute(counted).scalar_one()


def states_of(people: Iterable[Person]) -> dict[int, State]:
    """How each of these people stands with entering, by id."""
    people = list(people)
    ids = [person.id for person in people]
    entered = set(
        db.session.scalars(sa.select(Account.person_id).where(Account.person_id.in_(ids)))
    )
    coded = set(
        db.session.scalars(
            sa.select(ActivationCode.person_id).where(ActivationCode.person_id.in_(ids), is_open())
        )
    )
    return {person.id: _state(person, entered, coded) for person in people}


def has_account(person: Person) -> bool:
    return bool(db.session.scalar(sa.select(sa.exists().where(Account.person_id == person.id))))


def has_factor(person: Person) -> bool:
    """Whether a code is asked of this person at the door."""
    account = account_of(person)
    return account is not None and second_factor.is_on(account)


def tallies(scope: Scope, unit: Unit) -> list[Tally]:
    """The unit itself, then its children, each with everything below, as far as the scope goes."""
    below = aliased(Unit)
    units = db.session.scalars(
        sa.select(Unit).where(sa.or_(Unit.id == unit.id, Unit.parent_id == unit.id))
    )
    wanted = {one.id: Tally(one) for one in units}
    rows = db.session.execute(
        sa.select(
            below.path,
            sa.func.count(Person.id),
            sa.func.count().filter(_has_account()),
            sa.func.count().filter(_has_code(), ~_has_account()),
        )
        .join(Person, Person.unit_id == below.id)
        .where(
            below.path.startswith(unit.path),
            Person.agency_id == unit.agency_id,
            Person.is_active.is_(True),
        )
        .group_by(below.path)
    )
    for path, people, entered, coded in rows:
        for part in path.strip("/").split("/"):
            if (tally := wanted.get(int(part))) is not None:
                tally.people += people
                tally.entered += entered
                tally.coded += coded
    ordered = in_tree_order([tally.unit for tally in wanted.values()])
    return [wanted[one.id] for one in ordered if scope.covers(one)]


def tops_of(scope: Scope) -> list[Unit]:
    """The units at which a scope begins."""
    found = db.session.scalars(sa.select(Unit).where(Unit.path.in_(scope.paths)))
    return in_tree_order(list(found))


def people_waiting(unit: Unit, *, also_coded: bool) -> list[Person]:
    """Active people of a unit and below without an account; those with a code only if asked for."""
    query = people_query(Scope((unit.path,))).where(Person.is_active.is_(True), ~_has_account())
    return list(db.session.scalars(query if also_coded else query.where(~_has_code())))


def codes_to_hand_out(where: Scope | Unit, by: Person) -> list[ActivationCode]:
    """Open codes that `by` may see: whoever sees the code of an admin could enter as that admin."""
    codes = open_codes_in(where)
    roles = with_roles([code.person for code in codes])
    return [code for code in codes if activation.may_hand_to(by, roles.get(code.person_id, []))]


def code_of(person: Person) -> ActivationCode | None:
    """The code that somebody may still use."""
    return db.session.scalar(
        sa.select(ActivationCode)
        .where(ActivationCode.person_id == person.id, is_open())
        .order_by(ActivationCode.id.desc())
        .limit(1)
    )


def _state(person: Person, entered: set[int], coded: set[int]) -> State:
    if not person.is_active:
        return State.LEFT
    if person.id in entered:
        return State.ACTIVE
    return State.CODE if person.id in coded else State.NONE


def _is_in(state: State | None) -> sa.ColumnElement[bool]:
    match state:
        case State.LEFT:
            return Person.is_active.is_(False)
        case State.ACTIVE:
            return sa.and_(Person.is_active.is_(True), _has_account())
        case State.CODE:
            return sa.and_(Person.is_active.is_(True), ~_has_account(), _has_code())
        case State.NONE:
            return sa.and_(Person.is_active.is_(True), ~_has_account(), ~_has_code())
        case None:
            return Person.is_active.is_(True)


def _has_account() -> sa.ColumnElement[bool]:
    return _is_any(Account.id, Account.person_id == Person.id)


def _has_code() -> sa.ColumnElement[bool]:
    return _is_any(ActivationCode.id, ActivationCode.person_id == Person.id, is_open())


def _is_any(
    id: sa.SQLColumnExpression[int], *where: sa.ColumnElement[bool]
) -> sa.ColumnElement[bool]:
    """Whether somebody has such a row, asked person by person: for an EXISTS PostgreSQL reads the
    rows of everybody in every instansi."""
    return sa.select(id).where(*where).limit(1).correlate(Person).scalar_subquery().is_not(None)
