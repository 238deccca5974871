"""When a message may go out, and how long one that failed waits. Pure."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

#: Nobody's phone rings for a duty before seven or from seven in the evening on.
OPENS, CLOSES = 7, 19
#: Waits after the first failure, the second …; after the last it is given up.
PAUSES = (
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
    timedelta(days=1),
)


def next_open(moment: datetime, zone: str) -> datetime:
    """The moment itself, or the next seven o'clock of that zone."""
    there = moment.astimezone(ZoneInfo(zone))
    if OPENS <= there.hour < CLOSES:
        return moment
    day = there.date() if there.hour < OPENS else there.date() + timedelta(days=1)
    return datetime.combine(day, time(OPENS), ZoneInfo(zone))


def again_after(attempts: int, now: datetime, zone: str) -> datetime | None:
    """When to try once more after so many failures; None: never."""
    if attempts > len(PAUSES):
        return None
    return next_open(now + PAUSES[attempts - 1], zone)
