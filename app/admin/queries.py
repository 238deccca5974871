"""What a desk asks across agencies and accounts: who has an account, who still has a code."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.accounts import activation, second_factor
from app.accounts.models import Account, ActivationCode
from app.accounts.queries import account_of, is_open, open_codes_in, roles_in, with_roles
from app.agencies.models import Person, Unit
from app.agencies.paths import way_of
from app.agencies.queries import (
    PAGE,
    ancestors_of,
    in_tree_order,
    past,
    people_query,
    units_in,
)
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
        for id in way_of(path):
            if (tally := wanted.get(id)) is not None:
                tally.people += people
                tally.entered += entered
                tally.coded += coded
    ordered = in_tree_order([tally.unit for tally in wanted.values()])
    return [wanted[one.id] for one in ordered if scope.covers(one)]


def entered_in(scope: Scope) -> Tally:
    """The same for the whole of a scope, however many units it begins at."""
    whole = Tally(tops_of(scope)[0])
    counts = sa.select(
        sa.func.count(Person.id),
        sa.func.count().filter(_has_account()),
        sa.func.count().filter(_has_code(), ~_has_account()),
    )
    people = counts.join_from(Person, Unit, Person.unit_id == Unit.id)
    row = db.session.execute(people.where(scope.people(), Person.is_active.is_(True))).one()
    whole.people, whole.entered, whole.coded = row
    return whole


def tops_of(scope: Scope) -> list[Unit]:
    """The units at which a scope begins."""
    found = db.session.scalars(sa.select(Unit).where(Unit.path.in_(scope.paths)))
    return in_tree_order(list(found))


class SlipRow(NamedTuple):
    """A code that may be handed out, with whose it is. Plain: of a region there are 20,000."""

    code_id: int
    expires_at: datetime
    person_id: int
    number: str
    front_title: str
    name: str
    back_title: str
    unit_id: int
    unit: str


def slip_rows(unit: Unit, by: Person) -> list[SlipRow]:
    """Open codes of a unit and below that `by` may see, in the order of the tree and of names:
    whoever sees the code of an admin could enter as that admin."""
    columns = (
        ActivationCode.id, ActivationCode.expires_at, Person.id, Person.number,
        Person.front_title, Person.name, Person.back_title, Unit.id, Unit.name,
    )  # fmt: skip
    below = Scope((unit.path,))
    query = (
        sa.select(*columns)
        .join(Person, Person.id == ActivationCode.person_id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(is_open(), below.people(), Person.is_active.is_(True))
        .order_by(Person.sort_key, Person.id)
    )
    hidden = _not_handed_by(by, below)
    places = {one.id: place for place, one in enumerate(units_in(below))}
    rows = (SlipRow(*row) for row in db.session.execute(query))
    shown = (row for row in rows if row.person_id not in hidden)
    return sorted(shown, key=lambda row: places[row.unit_id])


def codes_to_hand_out(where: Scope | Unit, by: Person) -> list[ActivationCode]:
    """The same as rows, for a unit that one page shows."""
    codes = open_codes_in(where)
    roles = with_roles([code.person for code in codes])
    return [code for code in codes if activation.may_hand_to(by, roles.get(code.person_id, []))]


def _not_handed_by(by: Person, where: Scope) -> set[int]:
    """Who of a scope holds a role that `by` does not administer."""
    roles = roles_in(where)
    return {id for id, held in roles.items() if not activation.may_hand_to(by, held)}


def offices_below(unit: Unit) -> dict[int, str]:
    """For each unit of a subtree the name of the OPD in which it lies: the nearest unit that has a
    row in the report; its own where there is none above."""
    offices: dict[int, str] = {}
    for one in (*ancestors_of(unit)[:-1], *units_in(Scope((unit.path,)))):
        above = offices.get(one.parent_id or 0)
        offices[one.id] = above if above and not one.is_reporting else one.name
    return offices


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
