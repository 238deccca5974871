"""What elections are asked: which ones an instansi keeps, and which are on."""

from datetime import date, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa

from app.agencies.models import Agency
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


def elections_of(agency_id: int, today: date | None = None) -> tuple[Now, ...]:
    """Elections of an agency that are not over: fixed candidates first, then the next to change."""
    return _elections(_of_agency(), today, agency=agency_id)


def elections_here(today: date | None = None) -> tuple[Now, ...]:
    """The same where nobody is signed in: of the only agency there is. With several: none."""
    return _elections(_of_the_only_agency(), today)


def _elections(query: sa.Select[Any], today: date | None, **asked: int) -> tuple[Now, ...]:
    """One query. Without `today`, the day is the one in the agency's own zone."""
    # Nowhere is it more than a day behind UTC.
    since = today or clock.now().date() - timedelta(days=1)
    found = (
        calendars.now_of(name, election, Dates(*dates), today or clock.today(zone))
        for name, election, zone, *dates in db.session.execute(query, {"since": since, **asked})
    )
    return calendars.most_pressing_first(now for now in found if now is not None)


_calendar, _agency = ElectionCalendar.__table__, Agency.__table__


@cache
def _of_agency() -> sa.Select[Any]:
    return _running().where(_agency.c.id == sa.bindparam("agency"))


@cache
def _of_the_only_agency() -> sa.Select[Any]:
    every = _agency.alias()
    return _running().where(sa.select(sa.func.count(every.c.id)).scalar_subquery() == 1)


def _running() -> sa.Select[Any]:
    return (
        sa.select(
            _calendar.c.name,
            _calendar.c.election,
            _agency.c.zone,
            *(_calendar.c[name] for name in Dates.__dataclass_fields__),
        )
        .join(_agency, _agency.c.id == _calendar.c.agency_id)
        .where(_calendar.c.closes_on >= sa.bindparam("since"))
    )
