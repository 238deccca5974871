"""The daily round: whoever has not done what is asked of her is written to, once an occasion; and
on Mondays whoever runs a unit is told how far it is."""

from datetime import date

from flask import current_app

from app import catalog
from app.accounts.models import Role
from app.accounts.queries import all_grants
from app.agencies.models import Person
from app.agencies.queries import all_agencies
from app.agencies.scope import Scope
from app.assignments import queries as assignments
from app.assignments.duties import duties_of
from app.assignments.models import Assignment, Cycle
from app.core import clock
from app.core.db import Json, start_writing
from app.jobs.deeds import Deed, Work
from app.outbox import operations, queries
from app.outbox.deeds import server
from app.outbox.operations import Letter
from app.reminders import words
from app.reminders.occasions import Occasion, occasion

KIND = "reminders.round"
#: Letters that one transaction queues.
PORTION = 500
MONDAY = 0


def _round(work: Work) -> Json:
    """Without a mail server nothing is queued: it would go out all at once when there is one."""
    queued = 0
    if server() is None:
        return {"queued": queued}
    for agency in all_agencies():
        today = clock.today(agency.zone)
        running = assignments.running(agency.id, today)
        letters = [one for pair in running for one in _reminders(*pair, today)]
        if today.weekday() == MONDAY:
            letters += _digests(agency.id, running, today)
        queued += _queued(work, letters)
    return {"queued": queued}


def _queued(work: Work, letters: list[Letter]) -> int:
    queued = 0
    for first in range(0, len(letters), PORTION):
        start_writing()
        queued += operations.queue(letters[first : first + PORTION])
        work.advance(min(first + PORTION, len(letters)), len(letters))
    return queued


def _reminders(assignment: Assignment, cycle: Cycle, today: date) -> list[Letter]:
    due = occasion(cycle.opens_on, cycle.due_on, today)
    duty = _duty(assignment, cycle)
    if due is None or duty is None:
        return []
    pending = assignments.pending_people(assignment, today)
    can = queries.writable([one.person.id for one in pending])
    return [
        _letter(one, duty, due, cycle, assignment.agency.zone)
        for one in pending
        if one.person.id in can and not _waits(one.person, assignment, today)
    ]


def _letter(
    one: assignments.Standing, duty: words.Duty, due: Occasion, cycle: Cycle, zone: str
) -> Letter:
    return Letter(
        person_id=one.person.id,
        subject=f"assignment_cycles:{cycle.id}",
        occasion=due.name,
        title=words.mail_title(duty, due),
        body=words.mail_body(one.person.full_name, duty, due),
        why=words.why(duty, one.unit.name),
        zone=zone,
    )


def _waits(person: Person, assignment: Assignment, today: date) -> bool:
    """Whether her unit is still to be opened by its head: she cannot do it yet."""
    until = assignment.leaders_until
    if until is None or today >= until:
        return False
    mine = duties_of(person, today)
    return any(one.assignment.id == assignment.id and one.waiting for one in mine)


def _duty(assignment: Assignment, cycle: Cycle) -> words.Duty | None:
    """None for a course that is taught no longer."""
    course = catalog.current().courses.get(assignment.course)
    if course is None:
        return None
    public_url: str = current_app.config["RAMBU"].PUBLIC_URL
    return words.Duty(course.title, assignment.asked_by, cycle.due_on, public_url)


def _digests(agency_id: int, running: list[tuple[Assignment, Cycle]], today: date) -> list[Letter]:
    """One a desk, though it may hold several units."""
    desks: dict[int, tuple[str, list[str]]] = {}
    for held in all_grants():
        is_desk = held.role in (Role.UNIT_ADMIN, Role.HR_ADMIN)
        if is_desk and held.expires_at > clock.now() and held.person.agency_id == agency_id:
            desks.setdefault(held.person_id, (held.person.full_name, []))[1].append(held.unit.path)
    can = queries.writable(list(desks))
    found = [
        (id, name, _lines(Scope(tuple(paths)), running, today))
        for id, (name, paths) in desks.items()
        if id in can
    ]
    zone = running[0][0].agency.zone if running else ""
    week = f"{today:%G-W%V}"
    url = current_app.config["RAMBU"].PUBLIC_URL
    return [
        Letter(id, "desk", week, *words.digest(name, lines, url), zone)
        for id, name, lines in found
        if lines
    ]


def _lines(
    scope: Scope, running: list[tuple[Assignment, Cycle]], today: date
) -> list[tuple[str, int, int, date]]:
    """Title, signed, meant, due date, of each duty of which somebody is missing there."""
    found = []
    for assignment, cycle in running:
        counts, duty = assignments.counts_of(assignment, today, scope), _duty(assignment, cycle)
        if duty is not None and counts.pending:
            found.append((duty.title, counts.signed, counts.people, cycle.due_on))
    return found


ROUND = Deed(KIND, "ingatkan yang belum", _round, is_daily=True)
