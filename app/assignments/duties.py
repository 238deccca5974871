"""What one person must do: her duties, whether she may begin, and for whom she waits."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.agencies.models import Person
from app.agencies.paths import way_of
from app.assignments import queries
from app.assignments.audience import Holder, is_head, is_meant
from app.assignments.models import EXEMPTION_LABELS, Assignment, Cycle, Exemption, UnitHead
from app.assignments.waiting import Waiting, waiting_for
from app.core.dates import local, long_date
from app.core.db import db
from app.credentials.models import Credential, Kind
from app.learning.models import Enrolment


@dataclass(frozen=True)
class Duty:
    """One assignment as one person has it on a day."""

    assignment: Assignment
    cycle: Cycle
    #: The day on which she signed in this cycle.
    signed_on: date | None
    exemption: Exemption | None
    #: Why she may not begin yet; None when she may.
    waiting: Waiting | None

    @property
    def course(self) -> str:
        return self.assignment.course

    @property
    def due_on(self) -> date:
        return self.cycle.due_on

    @property
    def is_done(self) -> bool:
        return self.signed_on is not None

    @property
    def is_open(self) -> bool:
        return not self.is_done and self.exemption is None

    def line(self, today: date) -> str:
        """How it stands, in one sentence for her."""
        if self.signed_on is not None:
            return f"Wajib, sudah Anda penuhi pada {long_date(self.signed_on)}."
        if self.exemption is not None:
            return f"Anda dikecualikan: {EXEMPTION_LABELS[self.exemption.kind].lower()}."
        due = long_date(self.cycle.due_on)
        until = f"Tenggatnya {due}" if self.is_late(today) else f"Paling lambat {due}"
        return f"{until}. Diminta oleh {self.assignment.asked_by}."

    def is_late(self, today: date) -> bool:
        return self.is_open and self.cycle.due_on < today


def duties_of(person: Person, on: date) -> list[Duty]:
    """What is asked of somebody, the nearest due date first."""
    here = [
        assignment
        for assignment in queries.assignments_of(person.agency_id)
        if person.unit.path.startswith(assignment.unit.path)
    ]
    if not here or not person.is_active:
        return []
    holder = Holder(person.status, person.position, _is_named_head(person, on))
    mine = [assignment for assignment in here if is_meant(holder, assignment.audience)]
    if not mine:
        return []
    pledges, excused = _pledges_of(person), queries.exemptions_of(person)
    found = [_duty(person, holder, one, on, pledges, excused) for one in mine]
    return sorted(found, key=lambda duty: (duty.cycle.due_on, duty.assignment.id))


def _duty(
    person: Person,
    holder: Holder,
    assignment: Assignment,
    on: date,
    pledges: list[tuple[str, str, date]],
    excused: list[Exemption],
) -> Duty:
    cycle = assignment.cycle_on(on)
    signed = min(
        (
            day
            for course, edition, day in pledges
            if course == assignment.course and cycle.counts(edition, day)
        ),
        default=None,
    )
    exemption = next((one for one in excused if one.excuses(assignment, on)), None)
    waiting = None
    if signed is None and exemption is None:
        waiting = _waiting(person, holder, assignment, cycle, on)
    return Duty(assignment, cycle, signed, exemption, waiting)


def _waiting(
    person: Person, holder: Holder, assignment: Assignment, cycle: Cycle, on: date
) -> Waiting | None:
    if on < cycle.opens_on:
        return Waiting(cycle.opens_on)
    until = assignment.leaders_until
    if until is None or is_head(holder) or on >= until:
        return None
    heads = queries.heads_of(assignment, on, way_of(person.unit.path))
    return waiting_for(person.unit.path, heads, until)


def leads_unit(person: Person, on: date) -> bool:
    """Whether the unit that somebody works in is hers to lead: by her position, or as named."""
    return is_head(Holder(person.status, person.position, _is_named_head(person, on)))


def _pledges_of(person: Person) -> list[tuple[str, str, date]]:
    """Course, edition and day of everything that somebody signed and that still stands."""
    query = (
        sa.select(Enrolment.course, Enrolment.edition, Enrolment.signed_at)
        .join(
            Credential,
            sa.and_(
                Credential.holder_id == Enrolment.person_id,
                Credential.kind == Kind.PLEDGE,
                Credential.source == Enrolment.source_column(),
                Credential.stands(),
            ),
        )
        .where(Enrolment.person_id == person.id, Enrolment.signed_at.is_not(None))
    )
    zone = person.agency.zone
    return [
        (course, edition, local(at, zone).date())
        for course, edition, at in db.session.execute(query)
    ]


def _is_named_head(person: Person, on: date) -> bool:
    query = sa.select(
        sa.exists().where(
            UnitHead.person_id == person.id,
            UnitHead.unit_id == person.unit_id,
            UnitHead.holds_on(on),
        )
    )
    return bool(db.session.scalar(query))
