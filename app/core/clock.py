"""The one clock. Everything that asks for the time asks here, so that tests can move it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

#: How far ahead another server's clock may be. What is later was written by a clock that jumped.
LEEWAY = timedelta(minutes=5)

_shift = timedelta()


def now() -> datetime:
    """The current moment, aware, in UTC."""
    return datetime.now(UTC) + _shift


def today(zone: str = "Asia/Jakarta") -> date:
    """The calendar day in `zone` (an IANA name)."""
    return now().astimezone(ZoneInfo(zone)).date()


def shift(by: timedelta) -> None:
    """Move the clock of this process. For tests and the demo region only."""
    global _shift
    _shift += by


def reset() -> None:
    """Put the clock back to real time."""
    global _shift
    _shift = timedelta()
