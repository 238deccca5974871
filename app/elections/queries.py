"""What elections are asked: which ones an instansi keeps, and which are on."""

from datetime import date, timedelta
from functools import cache

import sqlalchemy as sa

from app.agencies.models import Agency, Person
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound
from app.elections import calendars
from app.elections.calendars import Dates, Now
from app.elections.models import ElectionCalendar


def calendars_of(agency: Agency) -> list[ElectionCalendar]:
    """Every election that an agency knows of, the latest vote first."""
    query = sa.select(ElectionCalendar).where(ElectionCalendar.agency_id == agency.id)
    query = query.order_by(ElectionCalendar.voting_on.desc(), ElectionCalendar.id)
    return list(db.session.scalars(query))


def calendar_of(agency: Agency, calendar_id: int) -> ElectionCalendar:
    """One calendar of an agency; another's does not exist."""
    calendar = db.session.scalar(
        sa.select(ElectionCalendar).where(
            ElectionCalendar.id == calendar_id, ElectionCalendar.agency_id == agency.id
        )
    )
    if calendar is None:
        raise NotFound
    return calendar


def elections_for(person, today: date | None = None) -> tuple[Now, ...]:
    """Elections of somebody's agency that are not over: fixed candidates first, then the next to
    change. A reader's id will do: that is cheaper than a person."""
    return _elections("person", today, asked=person.id)


def elections_here(today: date | None = None) -> tuple[Now, ...]:
    """The same where nobody is signed in: of the only agency there is. With several: none."""
    return _elections("here", today)


def _elections(whose: str, today: date | None, **asked) -> tuple[Now, ...]:
    """One query. Without `today`, the day is the one in the agency's own zone."""
    # Nowhere is it more than a day behind UTC.
    since = today or clock.now().date() - timedelta(days=1)
    rows = db.session.execute(_running(whose), {"since": since, **asked})
    found = (
        calendars.now_of(name, election, Dates(*dates), today or clock.today(zone))
        for name, election, zone, *dates in rows
    )
    return calendars.most_pressing_first(now for now in found if now is not None)


@cache
def _running(whose: str) -> sa.Select:
    """Plain columns, built once: public pages ask for this."""
    calendar, agency = ElectionCalendar.__table__, Agency.__table__
    query = (
        sa.select(
            calendar.c.name,
            calendar.c.election,
            agency.c.zone,
            *(calendar.c[name] for name in Dates.__dataclass_fields__),
        )
        .join(agency, agency.c.id == calendar.c.agency_id)
        .where(calendar.c.closes_on >= sa.bindparam("since"))
    )
    if whose == "person":
        person = Person.__table__.c
        mine = sa.select(person.agency_id).where(person.id == sa.bindparam("asked"))
        return query.where(agency.c.id == mine.scalar_subquery())
    every = agency.alias()
    return query.where(sa.select(sa.func.count(every.c.id)).scalar_subquery() == 1)
