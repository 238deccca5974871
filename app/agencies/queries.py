"""What agencies are asked: who is this, who works here, what stands below, who moved when."""

from collections.abc import Sequence
from itertools import islice
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from app.agencies import nip
from app.agencies.finding import MOST_WORDS, sounded, words_of
from app.agencies.models import Agency, Identifier, Person, Placement, Unit, UnitAlias
from app.agencies.paths import way_of
from app.agencies.scope import Scope
from app.core.db import db, portions
from app.core.errors import DomainError, NotFound

#: Rows on one page of a list.
PAGE = 50
R = TypeVar("R", bound=tuple[Any, ...])


class WhichAgency(DomainError):
    """There are several agencies, or none, and nobody said which is meant."""


def has_any() -> bool:
    """Whether there is any agency yet."""
    return bool(db.session.scalar(sa.select(sa.exists().select_from(Agency))))


def all_agencies() -> list[Agency]:
    return list(db.session.scalars(sa.select(Agency).order_by(Agency.id)))


def only_agency(code: str | None = None) -> Agency:
    """The agency of that code; without a code, the only one there is. Raises WhichAgency."""
    agencies = {agency.code: agency for agency in db.session.scalars(sa.select(Agency))}
    if not agencies:
        raise WhichAgency("Belum ada instansi. Buat dahulu dengan: flask agency create.")
    if code is None and len(agencies) > 1:
        raise WhichAgency(f"Sebutkan instansinya dengan --agency: {', '.join(sorted(agencies))}.")
    chosen = agencies.get(code) if code is not None else next(iter(agencies.values()))
    if chosen is None:
        raise WhichAgency(f"Instansi “{code}” tidak ada. Yang ada: {', '.join(sorted(agencies))}.")
    return chosen


def person_by_number(number: str) -> Person | None:
    """Who carries this number, now or formerly (a NI PPPK changes; the person stays)."""
    former = sa.select(Identifier.person_id).where(Identifier.number == number)
    return db.session.scalar(
        sa.select(Person).where(sa.or_(Person.number == number, Person.id.in_(former)))
    )


def person_in(scope: Scope, person_id: int) -> Person:
    """Somebody who works within the scope. Anybody else does not exist, as far as one can tell."""
    person = db.session.scalar(
        sa.select(Person)
        .join(Person.unit)
        .where(Person.id == person_id, scope.condition())
        .options(contains_eager(Person.unit), joinedload(Person.agency))
    )
    if person is None:
        raise NotFound
    return person


def of_unrestricted(
    person_id: sa.SQLColumnExpression[int] | sa.SQLColumnExpression[int | None],
    owner: Person | None,
) -> sa.ColumnElement[bool]:
    """Whose rows may be forgotten: one person's, or those of everybody without a restriction."""
    if owner is not None:
        return person_id == owner.id
    return person_id.in_(sa.select(Person.id).where(Person.restricted_at.is_(None)))


def people_query(
    scope: Scope, unit: Unit | None = None, search: str | None = None
) -> sa.Select[tuple[Person]]:
    """People of a scope by name, their units loaded; not yet cut into pages."""
    query = (
        sa.select(Person)
        .join(Person.unit)
        .where(scope.people())
        .options(contains_eager(Person.unit))
        .order_by(Person.sort_key, Person.id)
    )
    if unit is not None:
        query = query.where(Unit.path.startswith(unit.path))
    if search:
        query = query.where(found_by(search))
    return query


def found_by(search: str) -> sa.ColumnElement[bool]:
    """Whom a search means: all its words; signs alone find nobody."""
    words = [_matches(word) for word in islice(words_of(search), MOST_WORDS)]
    return sa.and_(*words) if words else sa.false()


def past(query: sa.Select[R], last: Person | None) -> sa.Select[R]:
    """The rest of a list of people behind one of them (a keyset page: no page is ever skipped).

    Whose place in the list the reader may know is the caller's check (`person_in`).
    """
    if last is None:
        return query
    place = sa.tuple_(sa.literal(last.sort_key), sa.literal(last.id))
    return query.where(sa.tuple_(Person.sort_key, Person.id) > place)


def _matches(word: str) -> sa.ColumnElement[bool]:
    """Digits of the number as people write them, or a word of name, titles or position."""
    digits = word.translate(str.maketrans("", "", nip.SEPARATORS + nip.APOSTROPHES))
    if digits.isascii() and digits.isdigit():
        return Person.number.contains(digits)
    return sa.and_(*(Person.searched.contains(part) for part in sounded(word).split()))


def unit_in(scope: Scope, unit_id: int) -> Unit:
    """A unit within the scope, open or closed; any other does not exist, as far as one can tell."""
    unit = db.session.scalar(sa.select(Unit).where(Unit.id == unit_id, scope.condition()))
    if unit is None:
        raise NotFound
    return unit


def is_open() -> sa.ColumnElement[bool]:
    """A WHERE clause: units that there are. What is closed is there for the past only."""
    return Unit.closed_on.is_(None)


def units_in(scope: Scope) -> list[Unit]:
    """Every open unit of a scope, parents before children, siblings by code."""
    query = sa.select(Unit).where(scope.condition(), is_open())
    return in_tree_order(list(db.session.scalars(query)))


def tree_of(agency: Agency) -> list[Unit]:
    """Every open unit of an agency, parents before children, siblings by code."""
    units = db.session.scalars(sa.select(Unit).where(Unit.agency_id == agency.id, is_open()))
    return in_tree_order(list(units))


def aliases_of(agency: Agency) -> dict[int, tuple[str, ...]]:
    """Other names and codes of units as people typed them, by the unit's id."""
    query = sa.select(UnitAlias.unit_id, UnitAlias.text).where(UnitAlias.agency_id == agency.id)
    found: dict[int, tuple[str, ...]] = {}
    for unit_id, text in db.session.execute(query.order_by(UnitAlias.text)):
        found[unit_id] = (*found.get(unit_id, ()), text)
    return found


def in_tree_order(units: list[Unit]) -> list[Unit]:
    """Depth first; siblings by code, read as people read it (`10.2` before `10.10`)."""
    codes = {unit.id: _code_key(unit.code) for unit in units}
    return sorted(units, key=lambda unit: [codes.get(id, []) for id in way_of(unit.path)])


def _code_key(code: str) -> list[tuple[int, int, str]]:
    parts = code.replace("-", ".").split(".")
    return [(0, int(p), "") if p.isascii() and p.isdigit() else (1, 0, p) for p in parts]


def root_of(agency: Agency) -> Unit:
    """The node that stands for the whole agency."""
    return db.session.scalars(
        sa.select(Unit).where(Unit.agency_id == agency.id, Unit.parent_id.is_(None))
    ).one()


def ancestors_of(unit: Unit) -> list[Unit]:
    """The way from the root down to the unit, itself last."""
    found = db.session.scalars(sa.select(Unit).where(Unit.id.in_(way_of(unit.path))))
    return sorted(found, key=lambda node: len(node.path))


def history_of(person: Person) -> list[Placement]:
    """Where somebody worked, the present placement first; units loaded."""
    return list(
        db.session.scalars(
            sa.select(Placement)
            .where(Placement.person_id == person.id)
            .order_by(Placement.since.desc(), Placement.id.desc())
            .options(joinedload(Placement.unit))
        )
    )


def numbers_of(person: Person) -> list[Identifier]:
    """Numbers that somebody carried, the present one first."""
    return list(
        db.session.scalars(
            sa.select(Identifier)
            .where(Identifier.person_id == person.id)
            .order_by(Identifier.until.is_not(None), Identifier.since.desc(), Identifier.id.desc())
        )
    )


def people_by_ids(ids: Sequence[int]) -> list[Person]:
    """These people with their units, by unit and name."""
    found: list[Person] = []
    for some in portions(ids):
        query = sa.select(Person).where(Person.id.in_(some))
        found += db.session.scalars(query.options(joinedload(Person.unit)))
    return sorted(found, key=lambda one: (one.unit.path, one.sort_key, one.id))
