"""What the report reads. Every function takes the scope: nothing outside it is counted.

It also takes `when`: now, or the end of a day that is over; scopes are those of that time
(`when.scope`).
"""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.agencies.membership import NOW, Membership
from app.agencies.models import Person, Placement
from app.agencies.paths import way_of
from app.agencies.scope import Scope
from app.catalog.terms import PersonStatus
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound
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
    """The report at one moment, or of the end of a day."""

    rows: list[Row]
    total: Tally
    as_of: datetime
    day: date | None = None


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


def coverage(scope: Scope, subject: Subject, when: Membership = NOW) -> Coverage:
    """The table of reporting units."""
    nodes = nodes_in(scope, when)
    direct = direct_tallies(scope, subject, when)
    rows, everybody = reporting_rows(nodes, direct), total(direct.values())
    return Coverage(rows, everybody, clock.now(), when.day)


def coverage_of(
    node: Node, subject: Subject, when: Membership = NOW, inside: Scope | None = None
) -> Coverage:
    """A row opened: the people in the unit, and its sub-units with all below them. `inside`: what
    `counted_below` says, where that is known."""
    inside = inside or counted_below(node, when)
    nodes = nodes_in(inside, when)
    direct = direct_tallies(inside, subject, when)
    rows, everybody = child_rows(node, nodes, direct), total(direct.values())
    return Coverage(rows, everybody, clock.now(), when.day)


def node_in(scope: Scope, unit_id: int, when: Membership = NOW) -> Node:
    """A unit of the scope; any other does not exist, as far as one can tell."""
    found = _nodes(when, when.units(scope), when.unit_id == unit_id)
    if not found:
        raise NotFound
    return found[0]


def counted_below(node: Node, when: Membership = NOW) -> Scope:
    """The part of the tree that the unit's row counts, so that an opened row adds up to itself.

    Below a reporting unit, other reporting units have rows of their own and are left out. Above
    every reporting unit (the instansi itself) everything counts.
    """
    return all_but(node, rows_of_their_own(node, when))


def all_but(node: Node, own_rows: list[Node]) -> Scope:
    """A unit and all below it, but for what has rows of its own."""
    return Scope((node.path,), tuple(nested.path for nested in own_rows))


def rows_of_their_own(node: Node, when: Membership = NOW) -> list[Node]:
    """Reporting units below a unit that is itself counted in a row of the report."""
    if not any(above.is_reporting for above in _way_to(node, when)):
        return []
    below = when.units(Scope((node.path,)))
    found = _nodes(when, below, when.unit_id != node.id, when.unit.is_reporting.is_(True))
    return sorted(found, key=lambda nested: nested.path)


def parents_of(node: Node, scope: Scope, when: Membership = NOW) -> list[Node]:
    """The units above, from the top, as far as they may be seen."""
    return [above for above in _way_to(node, when)[:-1] if above.path.startswith(scope.paths)]


def nodes_in(scope: Scope, when: Membership = NOW) -> list[Node]:
    return _nodes(when, when.units(scope))


def nodes_ever_in(scope: Scope) -> list[Node]:
    """Those of a scope, with those that were closed: a past day may count their people."""
    return _nodes(NOW, scope.condition())


def _way_to(node: Node, when: Membership) -> list[Node]:
    """The units above, from the top, and the unit itself."""
    ids = way_of(node.path)
    found = _nodes(when, when.units(Scope((f"/{ids[0]}/",))), when.unit_id.in_(ids))
    return sorted(found, key=lambda above: len(above.path))


def _nodes(when: Membership, *where: sa.ColumnElement[bool]) -> list[Node]:
    unit = when.unit
    columns = (when.unit_id, unit.parent_id, unit.path, unit.name, unit.is_reporting)
    return [Node(*row) for row in db.session.execute(sa.select(*columns).where(*where))]


def direct_tallies(scope: Scope, subject: Subject, when: Membership = NOW) -> dict[int, Tally]:
    """People by the unit they sit in: active ones of the statuses that count."""
    place = when.place
    query = (
        when.people(
            sa.select(
                place.unit_id,
                sa.func.count(Person.id),
                sa.func.count(when.came(Enrolment.lessons_completed_at)),
                sa.func.count(when.came(Enrolment.passed_at)),
                sa.func.count(Credential.id),
            ).select_from(Person),
            scope,
        )
        .outerjoin(Enrolment, _enrolled(subject, scope, when))
        .outerjoin(Credential, _valid(subject, Kind.PLEDGE, scope, when))
        .where(place.status.in_(subject.statuses))
        .group_by(place.unit_id)
    )
    return {unit_id: Tally(*counts) for unit_id, *counts in db.session.execute(query)}


def standings(
    scope: Scope,
    subject: Subject,
    node: Node | None = None,
    *,
    pending_only: bool = False,
    when: Membership = NOW,
) -> list[Standing]:
    """People with how far they have come, in the order of the tree and of their names.

    With `node`, only those who sit in it directly. With `pending_only`, only those without a
    valid pledge.
    """
    pledge, certificate = sa.orm.aliased(Credential), sa.orm.aliased(Credential)
    place, unit = when.place, when.unit
    query = (
        when.people(sa.select(Person, place, unit.name, Enrolment, pledge, certificate), scope)
        .outerjoin(Enrolment, _enrolled(subject, scope, when))
        .outerjoin(pledge, _issued(subject, Kind.PLEDGE, scope, when, pledge))
        .outerjoin(certificate, _valid(subject, Kind.CERTIFICATE, scope, when, certificate))
        .where(place.status.in_(subject.statuses))
        .order_by(unit.path, Person.sort_key, Person.id)
        .options(sa.orm.defer(pledge.facts), sa.orm.defer(certificate.facts))
    )
    if node is not None:
        query = query.where(place.unit_id == node.id)
    found = [_standing(when, *row) for row in db.session.execute(query)]
    return [line for line in found if not (pending_only and line.has_signed)]


def _standing(
    when: Membership,
    person: Person,
    place: Person | Placement,
    unit_name: str,
    enrolment: Enrolment | None,
    pledge: Credential | None,
    certificate: Credential | None,
) -> Standing:
    is_valid = pledge is not None and not when.has_come(pledge.revoked_at)
    valid = pledge if is_valid else None
    return Standing(
        person_id=person.id,
        number=person.number,
        full_name=person.full_name,
        position=place.position,
        unit=unit_name,
        unit_id=place.unit_id,
        status=_status(when, enrolment, pledge),
        signed_at=valid.issued_at if valid is not None else None,
        pledge_number=valid.number if valid is not None else None,
        certificate_number=certificate.number if certificate is not None else None,
    )


def _status(when: Membership, enrolment: Enrolment | None, pledge: Credential | None) -> str:
    if pledge is not None:
        is_revoked = when.has_come(pledge.revoked_at)
        return "Pakta dicabut" if is_revoked else "Sudah menandatangani"
    if enrolment is None or not when.has_come(enrolment.started_at):
        return "Belum mulai"
    if when.has_come(enrolment.passed_at):
        return "Lulus, belum menandatangani"
    has_learned = when.has_come(enrolment.lessons_completed_at)
    return "Selesai belajar, belum lulus" if has_learned else "Sedang belajar"


def _enrolled(subject: Subject, scope: Scope, when: Membership) -> sa.ColumnElement[bool]:
    """The round that was open: at the end of a day, one that had begun by then."""
    begun = sa.true() if when.end is None else Enrolment.started_at < when.end
    return sa.and_(
        begun,
        scope.of_agency(Enrolment.agency_id),
        Enrolment.person_id == Person.id,
        Enrolment.course == subject.course,
        Enrolment.edition == subject.edition,
        when.stands(Enrolment.closed_at),
    )


def _issued(
    subject: Subject,
    kind: Kind,
    scope: Scope,
    when: Membership,
    credential: type[Credential] = Credential,
) -> sa.ColumnElement[bool]:
    return sa.and_(
        scope.of_agency(credential.agency_id),
        credential.holder_id == Person.id,
        credential.kind == kind,
        credential.source == subject.source,
        when.stands(credential.replaced_at),
        sa.true() if when.end is None else credential.issued_at < when.end,
    )


def _valid(
    subject: Subject,
    kind: Kind,
    scope: Scope,
    when: Membership,
    credential: type[Credential] = Credential,
) -> sa.ColumnElement[bool]:
    return sa.and_(
        _issued(subject, kind, scope, when, credential), when.stands(credential.revoked_at)
    )
