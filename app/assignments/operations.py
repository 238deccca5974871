"""Assign, change, end; exempt; name a head; open the next cycle; begin a course that is a duty.

Whoever calls has checked that `by` looks after the unit or the person.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.agencies.models import Person, Unit
from app.assignments import queries
from app.assignments.audience import Audience
from app.assignments.duties import duties_of
from app.assignments.models import (
    Assignment,
    Cycle,
    Exemption,
    ExemptionKind,
    UnitHead,
    joined,
)
from app.assignments.people import Part
from app.assignments.renewal import Why, months_after, next_cycle
from app.audit import trail
from app.audit.actions import Action
from app.catalog.model import Course
from app.catalog.terms import Phase
from app.core import clock
from app.core.db import at_most_one, db, hold, update_if
from app.core.errors import DomainError
from app.elections import queries as elections
from app.elections.calendars import YEARS
from app.learning import operations as learning
from app.learning import queries as enrolments
from app.learning.models import Enrolment


class NobodyMeant(DomainError):
    message = (
        "Tidak ada seorang pun di unit itu yang termasuk sasaran ini, jadi tidak ada yang "
        "ditugasi. Periksa unit, status, dan jabatannya. Tidak ada yang berubah."
    )


class DatesCrossed(DomainError):
    message = "Tenggat tidak boleh mendahului hari pembukaan. Tidak ada yang berubah."


class LeadersTooLate(DomainError):
    message = (
        "Hari unit terbuka tanpa tanda tangan pimpinan harus di antara hari pembukaan dan tenggat. "
        "Tidak ada yang berubah."
    )


class StrangeYear(DomainError):
    message = "Tahunnya tidak lazim. Periksa tanggalnya sekali lagi. Tidak ada yang berubah."


class NotForThem(DomainError):
    message = "Kursus ini tidak ditulis untuk status yang dipilih. Tidak ada yang berubah."


class AlreadyEnded(DomainError):
    message = "Penugasan ini sudah diakhiri sebelumnya. Tidak ada yang berubah."


class AlreadyWithdrawn(DomainError):
    message = "Pengecualian ini sudah dicabut sebelumnya. Tidak ada yang berubah."


class NamedAlready(DomainError):
    message = "Orang ini sudah tercatat sebagai pimpinan unit itu. Tidak ada yang berubah."


class NotOpenYet(DomainError):
    """Somebody begins a course that waits for a day or for her head; the sentence says which."""


class _OpenedAlready(DomainError):
    """Another worker opened that cycle a moment ago; never shown."""


@dataclass(frozen=True)
class Wish:
    """What a desk asks for. `leaders_until` given means leader first."""

    audience: Audience
    opens_on: date
    due_on: date
    asked_by: str
    phase: Phase | None = None
    leaders_until: date | None = None
    renew_months: int | None = None
    renews_by_edition: bool = False
    #: Whether a pledge counts that is no older than the course says it lasts.
    earlier_counts: bool = True


@dataclass(frozen=True)
class Excuse:
    """Why somebody need not, from when until when, and what; no assignment means all of them."""

    kind: ExemptionKind
    since: date
    until: date | None = None
    note: str = ""
    assignment: Assignment | None = None


def assign(course: Course, unit: Unit, wish: Wish, by: Person | None) -> Assignment:
    """Ask a part of the tree to do a course. Raises NobodyMeant and what `check` raises."""
    check(course, unit, wish)
    assignment = Assignment(
        agency=unit.agency,
        unit=unit,
        course=course.slug,
        created_by_id=by.id if by else None,
        **_columns(wish),
    )
    assignment.cycles.append(
        Cycle(number=1, why=Why.FIRST, edition=_pinned(course, wish), **_dates(course, wish))
    )
    db.session.add(assignment)
    db.session.flush()
    trail.record(Action.ASSIGNMENT_MADE, assignment, by, unit_id=unit.id, **_told(course, wish))
    return assignment


def change(assignment: Assignment, course: Course, wish: Wish, by: Person | None) -> None:
    """Ask otherwise: another audience, other dates of the newest cycle. What was done stays."""
    check(course, assignment.unit, wish)
    hold(assignment)
    if assignment.is_ended:
        raise AlreadyEnded
    for name, value in _columns(wish).items():
        setattr(assignment, name, value)
    cycle = assignment.cycles[-1]
    cycle.opens_on, cycle.due_on = wish.opens_on, wish.due_on
    if cycle.why is Why.FIRST:
        cycle.counts_from = _dates(course, wish)["counts_from"]
    db.session.flush()
    trail.record(Action.ASSIGNMENT_CHANGED, assignment, by, **_told(course, wish))


def end(assignment: Assignment, by: Person | None) -> None:
    """Ask nobody any more. Who signed keeps what she has, and old reports stay."""
    if not update_if(assignment, Assignment.ended_at.is_(None), ended_at=clock.now()):
        raise AlreadyEnded
    trail.record(Action.ASSIGNMENT_ENDED, assignment, by, course=assignment.course)


def check(course: Course, unit: Unit, wish: Wish) -> int:
    """How many people a wish means today; raises what forbids it."""
    days = [day for day in (wish.opens_on, wish.due_on, wish.leaders_until) if day]
    if any(day.year not in YEARS for day in days):
        raise StrangeYear
    if wish.due_on < wish.opens_on:
        raise DatesCrossed
    if wish.leaders_until and not wish.opens_on <= wish.leaders_until <= wish.due_on:
        raise LeadersTooLate
    if not wish.audience.statuses <= set(course.audience):
        raise NotForThem
    count = queries.how_many(Part(unit.path, wish.audience), clock.today(unit.agency.zone))
    if not count:
        raise NobodyMeant
    return count


def exempt(person: Person, excuse: Excuse, by: Person | None) -> Exemption:
    """Ask somebody for nothing, or not for this, until a day or until it is withdrawn."""
    days = [day for day in (excuse.since, excuse.until) if day]
    if days != sorted(days):
        raise DatesCrossed("Hari terakhir mendahului hari pertama. Tidak ada yang berubah.")
    if any(day.year not in YEARS for day in days):
        raise StrangeYear
    exemption = Exemption(person=person, granted_by_id=by.id if by else None, **vars(excuse))
    db.session.add(exemption)
    db.session.flush()
    told = {"kind": excuse.kind.value, "since": excuse.since.isoformat()}
    if excuse.until is not None:
        told["until"] = excuse.until.isoformat()
    trail.record(
        Action.EXEMPTION_GRANTED, person, by, assignment_id=exemption.assignment_id, **told
    )
    return exemption


def withdraw(exemption: Exemption, by: Person | None) -> None:
    """End an exemption as if it had not been: it counts on no day any more."""
    if not update_if(exemption, Exemption.withdrawn_at.is_(None), withdrawn_at=clock.now()):
        raise AlreadyWithdrawn
    trail.record(Action.EXEMPTION_WITHDRAWN, exemption.person, by, kind=exemption.kind.value)


def name_head(unit: Unit, person: Person, by: Person | None) -> UnitHead:
    """Say who leads a unit, where no position tells. Who was named before is so no longer."""
    today = clock.today(unit.agency.zone)
    for held in queries.named_heads_of(unit, today):
        if held.person_id == person.id:
            raise NamedAlready
        held.until = max(held.since, today)
    head = UnitHead(unit_id=unit.id, person=person, since=today, named_by_id=by.id if by else None)
    with at_most_one(NamedAlready()):
        db.session.add(head)
    trail.record(Action.HEAD_NAMED, person, by, unit_id=unit.id)
    return head


def open_next_cycle(
    assignment: Assignment, course: Course, today: date, phase_began: Iterable[date]
) -> Cycle | None:
    """Open the cycle that is due, if one is; of two workers one opens it."""
    opening = next_cycle(assignment.last, today, course.edition, phase_began)
    if opening is None:
        return None
    cycle = Cycle(
        number=assignment.cycles[-1].number + 1,
        **{name: getattr(opening, name) for name in opening.__dataclass_fields__},
    )
    with at_most_one(_OpenedAlready()):
        assignment.cycles.append(cycle)
    trail.record(
        Action.CYCLE_OPENED, assignment, number=cycle.number, why=cycle.why.value,
        due_on=cycle.due_on.isoformat(),
    )  # fmt: skip
    return cycle


def begin(person: Person, course: Course, today: date) -> Enrolment:
    """Start a course, go on with it, or do it again where a cycle asks for that. Raises NotOpenYet.

    Whoever has begun goes on, whatever waits. A course that nobody asks her to do is open.
    """
    enrolment = enrolments.enrolment_of(person, course)
    mine = [duty for duty in duties_of(person, today) if duty.assignment.course == course.slug]
    asked = [duty for duty in mine if duty.is_open]
    ready = [duty for duty in asked if duty.waiting is None]
    if enrolment is not None and enrolment.has_signed and ready:
        return learning.begin_again(person, course)
    if enrolment is None and asked and not ready:
        assert asked[0].waiting is not None, "none of them is ready"
        raise NotOpenYet(asked[0].waiting.sentence)
    return learning.enrol(person, course)


def phase_days(assignment: Assignment) -> list[date]:
    """When the phase of an assignment begins, in each election of its instansi."""
    if assignment.phase is None:
        return []
    found = elections.calendars_of(assignment.agency)
    days = [
        one.candidates_fixed_on if assignment.phase is Phase.AFTER else one.opens_on
        for one in found
    ]
    return [day for day in days if day is not None]


def _columns(wish: Wish) -> dict[str, object]:
    return {
        "statuses": joined(wish.audience.statuses),
        "levels": joined(wish.audience.levels),
        "words": joined(wish.audience.words),
        "leaders_only": wish.audience.leaders_only,
        "phase": wish.phase,
        "leader_first": wish.leaders_until is not None,
        "leaders_until": wish.leaders_until,
        "renew_months": wish.renew_months,
        "renews_by_edition": wish.renews_by_edition,
        "asked_by": wish.asked_by,
    }


def _dates(course: Course, wish: Wish) -> dict[str, date]:
    since = wish.opens_on
    if wish.earlier_counts:
        since = months_after(since, -course.valid_months)
    return {"opens_on": wish.opens_on, "due_on": wish.due_on, "counts_from": since}


def _pinned(course: Course, wish: Wish) -> str | None:
    return course.edition if wish.renews_by_edition else None


def _told(course: Course, wish: Wish) -> dict[str, object]:
    return {
        "course": course.slug,
        "opens_on": wish.opens_on.isoformat(),
        "due_on": wish.due_on.isoformat(),
    }


__all__ = ["Wish", "assign", "begin", "change", "check", "end", "exempt", "withdraw"]
