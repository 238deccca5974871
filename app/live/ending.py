"""What a session gives to those who were there: each of them once, however often it is tried.

Attendance follows from what is recorded, so that a pass can be repeated at any time: whoever has
what the session gives is passed over.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app import catalog
from app.agencies.models import Person, Unit
from app.audit import trail
from app.audit.actions import Action
from app.catalog.model import Course
from app.core.db import Json, db, start_writing
from app.core.errors import DomainError, NotFound
from app.credentials import operations as credentials
from app.credentials.models import Credential, Kind
from app.learning import operations as learning
from app.learning.models import Enrolment
from app.live import attendance
from app.live.documents import Held, attendance_facts
from app.live.models import Gives, LiveParticipant, LiveSession
from app.live.outcomes import Attendee, attendees_of, held_of, source_of

#: People who are given something in one transaction: a tenth of a second, for whoever else writes.
CHUNK = 25


class CourseGone(DomainError):
    message = (
        "Kursus yang pelajarannya dihitung selesai oleh sesi ini sudah tidak ada di daftar "
        "kursus, jadi tidak ada yang dihitung. Kehadirannya tetap tercatat."
    )


class Advance(Protocol):
    """Keep what is done so far, and say how far it is."""

    def __call__(self, done: int, total: int) -> None: ...


def give(session: LiveSession, advance: Advance) -> Json:
    """Give everybody who was there what the session gives, some people a transaction; the last one
    is the caller's to commit. Gives the counts that the trail gets too. Raises CourseGone."""
    held, attendees = held_of(session), attendees_of(session.id)
    due = _due(held, attendees)
    given = 0
    for start in range(0, len(due), CHUNK):
        start_writing()
        given += _give_some(held, due[start : start + CHUNK])
        advance(min(start + CHUNK, len(due)), len(due))
    start_writing()
    counts = {**_counted(held, attendees), "given": given}
    trail.record(Action.LIVE_GIVEN, session, gives=session.gives.value, **counts)
    return counts


def give_to(participant: LiveParticipant, session: LiveSession) -> bool:
    """The same for one, who has just answered what she missed. False where there is nothing (yet,
    or any more) to give; the caller commits."""
    if session.is_rehearsal or not session.has_ended:
        return False
    held = held_of(session)
    due = _due(held, attendees_of(session.id, participant.id))
    return bool(_give_some(held, due))


def _due(held: Held, attendees: Sequence[Attendee]) -> list[Attendee]:
    """Who was there and has nothing of it yet. Guests are nobody whom we could give anything."""
    session = held.session
    if session.gives is Gives.ATTENDANCE or session.started_at is None:
        return []
    have = set(db.session.scalars(_holders(session)))
    return [
        one
        for one in attendees
        if one.person_id is not None and one.person_id not in have and held.is_attended(one.record)
    ]


def _holders(session: LiveSession) -> sa.Select[tuple[int]]:
    """People who have what the session gives, from whomever."""
    if session.gives is Gives.CERTIFICATE:
        return sa.select(Credential.holder_id).where(
            Credential.kind == Kind.ATTENDANCE,
            Credential.source == source_of(session),
            Credential.replaced_at.is_(None),
        )
    course = _course_of(session)
    here = sa.select(LiveParticipant.person_id).where(LiveParticipant.session_id == session.id)
    return sa.select(Enrolment.person_id).where(
        Enrolment.person_id.in_(here),
        Enrolment.course == course.slug,
        Enrolment.edition == course.edition,
        Enrolment.lessons_completed_at.is_not(None),
    )


def _give_some(held: Held, some: Sequence[Attendee]) -> int:
    """Gives how many of them got something."""
    people = _people([one.person_id for one in some if one.person_id is not None])
    give_one = _GIFTS[held.session.gives]
    return sum(give_one(held, people[one.person_id], one) for one in some if one.person_id)


def _people(ids: Sequence[int]) -> dict[int, Person]:
    unit = joinedload(Person.unit).joinedload(Unit.parent)
    query = sa.select(Person).where(Person.id.in_(ids)).options(unit, joinedload(Person.agency))
    return {person.id: person for person in db.session.scalars(query)}


def _certificate(held: Held, person: Person, one: Attendee) -> bool:
    facts = attendance_facts(held, person, one.record)
    try:
        credentials.issue(person, source_of(held.session), facts)
    except credentials.AlreadyIssued:  # by a replay that was just completed
        return False
    return True


def _lessons(held: Held, person: Person, _one: Attendee) -> bool:
    course = _course_of(held.session)
    try:
        enrolment = learning.enrol(person, course)
    except NotFound:  # the course is not for people of her status
        return False
    return learning.count_lessons(enrolment, course, source_of(held.session))


def _nothing(_held: Held, _person: Person, _one: Attendee) -> bool:
    return False


_GIFTS: dict[Gives, Callable[[Held, Person, Attendee], bool]] = {
    Gives.ATTENDANCE: _nothing,
    Gives.CERTIFICATE: _certificate,
    Gives.LESSONS: _lessons,
}


def _course_of(session: LiveSession) -> Course:
    course = catalog.current().courses.get(session.course or "")
    if course is None:
        raise CourseGone
    return course


def _counted(held: Held, attendees: Sequence[Attendee]) -> Json:
    """How many were there: people, and guests apart."""
    counts: Counter[str] = Counter(joined=0, present=0, made_up=0, guests=0)
    for one in attendees:
        if one.person_id is None:
            counts["guests"] += 1
            continue
        counts["joined"] += 1
        counts["present"] += attendance.was_present(one.record, held.needed)
        counts["made_up"] += attendance.made_up_for(one.record, held.needed)
    return dict(counts)
