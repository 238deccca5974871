"""Dates as Indonesians read them (Babel, CLDR `id_ID`; the point separates hours and minutes)."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import ceil
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal

LOCALE = "id_ID"
ZONE_LABELS = {
    "Asia/Jakarta": "WIB",
    "Asia/Pontianak": "WIB",
    "Asia/Makassar": "WITA",
    "Asia/Jayapura": "WIT",
}


def long_date(day: date) -> str:
    """`22 November 2026`. A datetime is read as it stands: convert it to the zone first."""
    return format_date(day, "d MMMM y", locale=LOCALE)


def day_and_date(day: date) -> str:
    """`Minggu, 22 November 2026`."""
    return format_date(day, "EEEE, d MMMM y", locale=LOCALE)


def local(moment: datetime, zone: str) -> datetime:
    """The same moment on the wall clock of `zone` (an IANA name)."""
    return moment.astimezone(ZoneInfo(zone))


def start_of(day: date, zone: str) -> datetime:
    """The moment at which a day begins in `zone`."""
    return datetime.combine(day, time(), ZoneInfo(zone))


def local_date(moment: datetime, zone: str) -> str:
    """`22 November 2026`, the day it was in `zone`."""
    return long_date(local(moment, zone).date())


def local_time(moment: datetime, zone: str) -> str:
    """`22 November 2026 16.05 WIB`."""
    there = local(moment, zone)
    return f"{long_date(there.date())} {there:%H.%M} {ZONE_LABELS.get(zone, zone)}"


def about(seconds: float) -> str:
    """`beberapa detik`, `kira-kira 20 detik`, `kira-kira 5 menit`: how long something will take."""
    if seconds <= 8:
        return "beberapa detik"
    if seconds <= 50:
        return f"kira-kira {ceil(seconds / 10) * 10} detik"
    return f"kira-kira {thousands(max(1, round(seconds / 60)))} menit"


def span(seconds: int) -> str:
    """`75 detik`, `10 menit`, `10 menit 2 detik`: what is left; up to 90 in seconds alone."""
    if seconds <= 90:
        return f"{seconds} detik"
    minutes, rest = divmod(seconds, 60)
    return f"{minutes} menit {rest} detik" if rest else f"{minutes} menit"


def thousands(number: int) -> str:
    """`1.234`."""
    return format_decimal(number, locale=LOCALE)


def two_decimals(number: float | Decimal) -> str:
    """`87,34`."""
    return format_decimal(number, format="#,##0.00", locale=LOCALE)


def clock_time(moment: datetime, zone: str) -> str:
    """`16.05 WIB`."""
    return f"{local(moment, zone):%H.%M} {ZONE_LABELS.get(zone, zone)}"


def hours(start: datetime, end: datetime, zone: str) -> str:
    """`09.00–11.15 WIB`, of one event."""
    return f"{local(start, zone):%H.%M}–{clock_time(end, zone)}"


def moment(until: datetime, now: datetime, zone: str) -> str:
    """`pukul 16.05 WIB`, with the day when that is not today: the first whole minute that is not
    too early, since whoever comes at 16.05 should not have to come again."""
    until += timedelta(minutes=1, microseconds=-1)
    if local(until, zone).date() == local(now, zone).date():
        return f"pukul {clock_time(until, zone)}"
    return f"pada {local_time(until, zone)}"
