"""On which day somebody is reminded of what: at opening, a week before, the day before, on the day,
and weekly after. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

#: A reminder that a server was too late for is still sent for so long; later, the next one is.
GRACE = timedelta(days=2)
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Occasion:
    """`name` tells it from others about the same thing; `days_left` is below nought when late."""

    name: str
    on: date
    days_left: int


def occasion(opens_on: date, due_on: date, today: date) -> Occasion | None:
    """What today is an occasion for: the latest that has come, unless it is too long ago."""
    come = [one for one in _all(opens_on, due_on, today) if one.on <= today]
    if not come:
        return None
    latest = max(come, key=lambda one: one.on)
    return latest if today - latest.on <= GRACE else None


def _all(opens_on: date, due_on: date, today: date) -> list[Occasion]:
    """Where the time is short, those that would come before the opening fall away."""
    found = [Occasion("opening", opens_on, (due_on - opens_on).days)]
    for name, days in (("t-7", 7), ("t-1", 1), ("due", 0)):
        on = due_on - timedelta(days=days)
        if on > opens_on:
            found.append(Occasion(name, on, days))
    weeks = max(0, (today - due_on).days // 7)
    if weeks:
        found.append(Occasion(f"late-{weeks}", due_on + weeks * WEEK, -7 * weeks))
    return found
