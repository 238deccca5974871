"""Deeds on election calendars: add, correct, delete.

Whoever calls has checked that `by` may do this; `by` is None for the operator.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from sqlalchemy.exc import InvalidRequestError

from app.agencies.models import Agency, Person
from app.audit import trail
from app.audit.actions import Action
from app.core.db import at_most_one, db, hold
from app.core.errors import DomainError, NotFound
from app.elections import calendars, changes
from app.elections.calendars import Dates, Election
from app.elections.models import ElectionCalendar


class CalendarExists(DomainError):
    message = (
        "Kalender dengan nama itu sudah ada. Ubah kalender itu, atau beri nama lain. "
        "Tidak ada yang berubah."
    )


class DatesOutOfOrder(DomainError):
    """The sentence says which date cannot be."""


@dataclass(frozen=True)
class Said:
    """What is said about one election."""

    election: Election
    name: str
    dates: Dates

    @property
    def columns(self) -> dict[str, object]:
        return {"election": self.election, "name": self.name, **asdict(self.dates)}


def add_calendar(agency: Agency, said: Said, by: Person | None) -> ElectionCalendar:
    """Let an agency know of an election. Raises DatesOutOfOrder, CalendarExists."""
    _must_be_in_order(said.dates)
    calendar = ElectionCalendar(agency_id=agency.id, **said.columns)
    with at_most_one(CalendarExists()):
        db.session.add(calendar)
    changes.will_be_seen()
    trail.record(Action.CALENDAR_ADDED, calendar, actor=by, **_plain(said.columns))
    return calendar


def correct_calendar(calendar: ElectionCalendar, said: Said, by: Person | None) -> bool:
    """Take over other facts. False when nothing is new. Raises DatesOutOfOrder, CalendarExists."""
    _must_be_in_order(said.dates)
    _hold(calendar)
    old, new = _plain(_columns_of(calendar)), _plain(said.columns)
    changed = {name: [old[name], value] for name, value in new.items() if old[name] != value}
    if not changed:
        return False
    with at_most_one(CalendarExists()):
        for name, value in said.columns.items():
            setattr(calendar, name, value)
    changes.will_be_seen()
    trail.record(Action.CALENDAR_CHANGED, calendar, actor=by, changed=changed)
    return True


def delete_calendar(calendar: ElectionCalendar, by: Person | None) -> None:
    """Forget a calendar. The trail keeps what it said."""
    _hold(calendar)
    said = _plain(_columns_of(calendar))
    changes.will_be_seen()
    trail.record(Action.CALENDAR_DELETED, calendar, actor=by, **said)
    db.session.delete(calendar)
    db.session.flush()


def _must_be_in_order(dates: Dates) -> None:
    for sentence in calendars.mistakes(dates).values():
        raise DatesOutOfOrder(f"{sentence} Tidak ada yang berubah.")


def _hold(calendar: ElectionCalendar) -> None:
    """Raises NotFound when somebody else has just deleted it."""
    try:
        hold(calendar)
    except InvalidRequestError as gone:
        raise NotFound from gone


def _columns_of(calendar: ElectionCalendar) -> dict[str, object]:
    return Said(calendar.election, calendar.name, calendar.dates).columns


def _plain(columns: Mapping[str, object]) -> dict[str, str | None]:
    """As the trail writes it down."""
    return {name: None if value is None else str(value) for name, value in columns.items()}
