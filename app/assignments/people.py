"""The people of an assignment on a day, as conditions on `placements` joined with `units`.

One rule says who is meant (`audience.is_meant`), and this is the same rule for the database: what
it cannot read, the names of positions, is read here first. Whoever was on the roster on that day,
in that part of the tree, counts; nothing is stored a person.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from app.agencies.models import Placement, Unit
from app.agencies.scope import Scope
from app.assignments.audience import Audience, Holder, is_head, names_meant
from app.assignments.models import Assignment, Cycle, Exemption, UnitHead
from app.catalog.terms import PersonStatus
from app.core.dates import start_of
from app.core.db import db
from app.credentials.models import Credential, Kind
from app.learning.models import Enrolment

Names = set[tuple[PersonStatus, str]]


@dataclass(frozen=True)
class Part:
    """A part of the tree with an audience: what an assignment means before it is one."""

    path: str
    audience: Audience


def part_of(assignment: Assignment) -> Part:
    return Part(assignment.unit.path, assignment.audience)


def meant(
    part: Part, on: date, scope: Scope | None = None, names: Names | None = None
) -> sa.ColumnElement[bool]:
    """Placements of the people who are meant, as far as `scope` reaches.

    `names` are those that occur, where somebody has asked for them before.
    """
    within = [Unit.path.startswith(part.path), Placement.holds_on(on)]
    if scope is not None:
        within.append(scope.condition())
    if not part.audience.asks_positions:
        return sa.and_(*within, Placement.status.in_(part.audience.statuses))
    if names is None:
        names = names_on(sa.and_(*within, Placement.status.in_(part.audience.statuses)))
    by_name = names_meant(names, part.audience)
    as_head = names_meant(names, part.audience, as_named_head=True) - by_name
    return sa.and_(*within, sa.or_(named(by_name), sa.and_(named(as_head), _is_named_head(on))))


def heads(path: str, on: date, unit_ids: list[int] | None = None) -> sa.ColumnElement[bool]:
    """Placements of those who lead the unit that they sit in, or one of `unit_ids`."""
    within = sa.and_(Unit.path.startswith(path), Placement.holds_on(on))
    if unit_ids is not None:
        within = sa.and_(within, Placement.unit_id.in_(unit_ids))
    leading = {one for one in names_on(within) if is_head(Holder(*one))}
    return sa.and_(within, sa.or_(named(leading), _is_named_head(on)))


def named(names: Names) -> sa.ColumnElement[bool]:
    """Placements of these statuses with these names of positions."""
    by_status: dict[PersonStatus, list[str]] = {}
    for status, name in sorted(names):
        by_status.setdefault(status, []).append(name)
    return sa.or_(
        sa.false(),
        *(
            sa.and_(Placement.status == status, Placement.position.in_(names))
            for status, names in by_status.items()
        ),
    )


def names_on(within: sa.ColumnElement[bool]) -> Names:
    """Which positions people of which status hold there."""
    query = (
        sa.select(Placement.status, Placement.position)
        .join(Unit, Unit.id == Placement.unit_id)
        .where(within)
        .distinct()
    )
    return {(status, position) for status, position in db.session.execute(query)}


def _is_named_head(on: date) -> sa.ColumnElement[bool]:
    return sa.exists().where(
        UnitHead.person_id == Placement.person_id,
        UnitHead.unit_id == Placement.unit_id,
        UnitHead.holds_on(on),
    )


def exempt(assignment: Assignment, on: date) -> sa.ColumnElement[bool]:
    """Placements of the people who need not, on that day."""
    return sa.exists().where(Exemption.person_id == Placement.person_id, exempts(assignment.id, on))


def exempts(assignment_id: int, on: date) -> sa.ColumnElement[bool]:
    """Exemptions from an assignment that hold on a day."""
    return sa.and_(
        sa.or_(Exemption.assignment_id.is_(None), Exemption.assignment_id == assignment_id),
        Exemption.withdrawn_at.is_(None),
        Exemption.since <= on,
        sa.or_(Exemption.until.is_(None), Exemption.until >= on),
    )


def signed(assignment: Assignment, cycle: Cycle, on: date) -> sa.Subquery:
    """Who has signed in a cycle by the end of a day, and when first: pledges that stood that day.

    The moment is that of signing: a document that was replaced since was not signed anew.
    """
    zone = assignment.agency.zone
    end = start_of(on + timedelta(days=1), zone)
    query = (
        sa.select(Enrolment.person_id, sa.func.min(Enrolment.signed_at).label("signed_at"))
        .join(
            Credential,
            sa.and_(
                Credential.holder_id == Enrolment.person_id,
                Credential.kind == Kind.PLEDGE,
                Credential.source == Enrolment.source_column(),
                Credential.issued_at < end,
                sa.or_(Credential.replaced_at.is_(None), Credential.replaced_at >= end),
                sa.or_(Credential.revoked_at.is_(None), Credential.revoked_at >= end),
            ),
        )
        .where(
            Enrolment.agency_id == assignment.agency_id,
            Enrolment.course == assignment.course,
            Enrolment.signed_at < end,
        )
        .group_by(Enrolment.person_id)
    )
    if cycle.edition is not None:
        query = query.where(Enrolment.edition == cycle.edition)
    if cycle.counts_from is not None:
        query = query.where(Enrolment.signed_at >= start_of(cycle.counts_from, zone))
    return query.subquery("signed")
