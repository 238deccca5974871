"""What the report reads. Every function takes the scope: nothing outside it is counted."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.agencies.models import Person, Unit
from app.agencies.scope import Scope
from app.catalog.terms import PersonStatus
from app.core import clock
from app.core.db import db
from app.credentials.models import Credential, Kind
from app.learning.models import Enrolment
from app.reports.coverage import Node, Row, Tally, child_rows, reporting_rows, total


@dataclass(frozen=True)
class Subject:
    """What is reported on: one edition of a course, among ASN only or among everybody it is for."""

    course: str
    edition: str
    title: str
    asn_only: bool = True
    #: Whom the course is written for: nobody else is missing from it.
    audience: frozenset[PersonStatus] = frozenset(PersonStatus)

    @property
    def source(self) -> str:
        """How credentials name it."""
        return f"{self.course}@{self.edition}"

    @property
    def statuses(self) -> tuple[PersonStatus, ...]:
        return tuple(
            s for s in PersonStatus if s in self.audience and (s.is_asn or not self.asn_only)
        )

    @property
    def is_mixed(self) -> bool:
        """Whether it makes a difference to count ASN only."""
        return len({status.is_asn for status in self.audience}) == 2


@dataclass(frozen=True)
class Coverage:
    """The report at one moment."""

    rows: list[Row]
    total: Tally
    as_of: datetime


@dataclass(frozen=True)
class Standing:
    """One person's line: status only, never an answer."""

    person_id: int
    number: str
    full_name: str
    position: str
    unit: str
    unit_id: int
    status: str
    signed_at: datetime | None
    pledge_number: str | None
    certificate_number: str | None

    @property
    def has_signed(self) -> bool:
        return self.pledge_number is not None


def coverage(scope: Scope, subject: Subject) -> Coverage:
    """The table of reporting units."""
    nodes = nodes_in(scope)
    direct = direct_tallies(scope, subject)
    return Coverage(reporting_rows(nodes, direct), total(direct.values()), clock.now())


def coverage_of(unit: Unit, subject: Subject) -> Coverage:
    """A row opened: the people in the unit, and its sub-units with all below them."""
    inside = counted_below(unit)
    nodes = nodes_in(inside)
    node = next(node for node in nodes if node.id == unit.id)
    direct = direct_tallies(inside, subject)
    return Coverage(child_rows(node, nodes, direct), total(direct.values()), clock.now())


def counted_below(unit: Unit) -> Scope:
    """The part of the tree that the unit's row counts, so that an opened row adds up to itself.

    Below a reporting unit, other reporting units have rows of their own and are left out. Above
    every reporting unit (the instansi itself) everything counts.
    """
    if not _is_reported(unit):
        return Scope((unit.path,))
    return Scope((unit.path,), tuple(nested.path for nested in rows_of_their_own(unit)))


def rows_of_their_own(unit: Unit) -> list[Unit]:
    """Reporting units below a unit that is itself counted in a row of the report."""
    if not _is_reported(unit):
        return []
    query = sa.select(Unit).where(
        Scope((unit.path,)).condition(), Unit.id != unit.id, Unit.is_reporting
    )
    return list(db.session.scalars(query.order_by(Unit.path)))


def _is_reported(unit: Unit) -> bool:
    ids = [int(part) for part in unit.path.strip("/").split("/")]
    query = sa.select(sa.exists().where(Unit.id.in_(ids), Unit.is_reporting))
    return bool(db.session.scalar(query))


def parents_of(unit: Unit, scope: Scope) -> list[Unit]:
    """The units above, from the top, as far as they may be seen."""
    ids = [int(part) for part in unit.path.strip("/").split("/")][:-1]
    query = sa.select(Unit).where(Unit.id.in_(ids), scope.condition()).order_by(Unit.path)
    return sorted(db.session.scalars(query), key=lambda above: len(above.path))


def nodes_in(scope: Scope) -> list[Node]:
    columns = (Unit.id, Unit.parent_id, Unit.path, Unit.name, Unit.is_reporting)
    return [Node(*row) for row in db.session.execute(sa.select(*columns).where(scope.condition()))]


def direct_tallies(scope: Scope, subject: Subject) -> dict[int, Tally]:
    """People by the unit they sit in: active ones of the statuses that count."""
    query = (
        sa.select(
            Person.unit_id,
            sa.func.count(Person.id),
            sa.func.count(Enrolment.lessons_completed_at),
            sa.func.count(Enrolment.passed_at),
            sa.func.count(Credential.id),
        )
        .join(Unit, Unit.id == Person.unit_id)
        .outerjoin(Enrolment, _enrolled(subject, scope))
        .outerjoin(Credential, _valid(subject, Kind.PLEDGE, scope))
        .where(scope.people(), Person.is_active, Person.status.in_(subject.statuses))
        .group_by(Person.unit_id)
    )
    return {unit_id: Tally(*counts) for unit_id, *counts in db.session.execute(query)}


def standings(
    scope: Scope, subject: Subject, unit: Unit | None = None, *, pending_only: bool = False
) -> list[Standing]:
    """People with how far they have come, in the order of the tree and of their names.

    With `unit`, only those who sit in it directly. With `pending_only`, only those without a
    valid pledge.
    """
    pledge, certificate = sa.orm.aliased(Credential), sa.orm.aliased(Credential)
    query = (
        sa.select(Person, Unit.name, Enrolment, pledge, certificate)
        .join(Unit, Unit.id == Person.unit_id)
        .outerjoin(Enrolment, _enrolled(subject, scope))
        .outerjoin(pledge, _issued(subject, Kind.PLEDGE, scope, pledge))
        .outerjoin(certificate, _valid(subject, Kind.CERTIFICATE, scope, certificate))
        .where(scope.people(), Person.is_active, Person.status.in_(subject.statuses))
        .order_by(Unit.path, Person.sort_key, Person.id)
    )
    if unit is not None:
        query = query.where(Person.unit_id == unit.id)
    found = [_standing(*row) for row in db.session.execute(query)]
    return [line for line in found if not (pending_only and line.has_signed)]


def _standing(
    person: Person,
    unit_name: str,
    enrolment: Enrolment | None,
    pledge: Credential | None,
    certificate: Credential | None,
) -> Standing:
    valid = None if pledge is None or pledge.is_revoked else pledge
    return Standing(
        person_id=person.id,
        number=person.number,
        full_name=person.full_name,
        position=person.position,
        unit=unit_name,
        unit_id=person.unit_id,
        status=_status(enrolment, pledge),
        signed_at=valid.issued_at if valid is not None else None,
        pledge_number=valid.number if valid is not None else None,
        certificate_number=certificate.number if certificate is not None else None,
    )


def _status(enrolment: Enrolment | None, pledge: Credential | None) -> str:
    if pledge is not None:
        return "Pakta dicabut" if pledge.is_revoked else "Sudah menandatangani"
    if enrolment is None:
        return "Belum mulai"
    if enrolment.passed_at:
        return "Lulus, belum menandatangani"
    return "Selesai belajar, belum lulus" if enrolment.lessons_completed_at else "Sedang belajar"


def _enrolled(subject: Subject, scope: Scope) -> sa.ColumnElement[bool]:
    return sa.and_(
        scope.of_agency(Enrolment.agency_id),
        Enrolment.person_id == Person.id,
        Enrolment.course == subject.course,
        Enrolment.edition == subject.edition,
        Enrolment.closed_at.is_(None),
    )


def _issued(
    subject: Subject, kind: Kind, scope: Scope, credential: type[Credential] = Credential
) -> sa.ColumnElement[bool]:
    return sa.and_(
        scope.of_agency(credential.agency_id),
        credential.holder_id == Person.id,
        credential.kind == kind,
        credential.source == subject.source,
        credential.replaced_at.is_(None),
    )


def _valid(
    subject: Subject, kind: Kind, scope: Scope, credential: type[Credential] = Credential
) -> sa.ColumnElement[bool]:
    return sa.and_(_issued(subject, kind, scope, credential), credential.revoked_at.is_(None))
