"""The history of a person: a line each time she begins somewhere, becomes something, or leaves."""

from datetime import date

import sqlalchemy as sa

from app.agencies.models import Person, Placement, Unit
from app.agencies.timeline import check_day
from app.core import clock
from app.core.db import db, share
from app.core.errors import DomainError

#: Details that belong to a placement: a new value begins a new line of the history.
PLACED = ("status", "rank", "position")


class UnitClosed(DomainError):
    message = "Unit ini sudah ditutup. Pilih unit yang masih ada. Tidak ada yang berubah."


def keep_open(unit: Unit) -> None:
    """Let nobody close the unit before this transaction ends. Raises UnitClosed.

    Asked before a person is held: whoever closes a unit takes its people afterwards too.
    """
    share(unit)
    if unit.closed_on is not None:
        raise UnitClosed


def day_for(person: Person, since: date | None) -> date:
    """The day from which a change holds: today, or one since the present line began.

    Raises TooEarly, TooLate.
    """
    line = present(person)
    if since is None or line is None:
        return clock.today(person.agency.zone)
    check_day(person.agency, since, line.since)
    return since


def present(person: Person) -> Placement | None:
    """The line that holds now."""
    return db.session.scalar(
        sa.select(Placement).where(Placement.person_id == person.id, Placement.until.is_(None))
    )


def end(person: Person, day: date) -> None:
    """From that day on she works nowhere here."""
    line = present(person)
    if line is not None:
        line.until = max(line.since, day)
        db.session.flush()


def begin(person: Person, day: date) -> Placement:
    """From that day on she works where the person's row says."""
    line = Placement(
        person_id=person.id,
        unit=person.unit,
        since=day,
        **{name: getattr(person, name) for name in PLACED},
    )
    db.session.add(line)
    db.session.flush()
    return line


def change(person: Person, day: date) -> None:
    """The same unit with other details: a new line, or that day's line amended."""
    line = present(person)
    if line is not None and line.since == day:
        for name in PLACED:
            setattr(line, name, getattr(person, name))
        db.session.flush()
        return
    end(person, day)
    begin(person, day)
