"""Bahan apel: one page for whoever speaks on Monday. Plain values in, PDF out. Needs no seal."""

from dataclasses import dataclass
from datetime import datetime

from app.core.dates import local_time


@dataclass(frozen=True)
class Point:
    """A rule with its article, how many got it wrong, a case, and what to say of it."""

    rule: str
    text: str
    figures: str
    case: str
    verdict: str
    reason: str
    safe_act: str


@dataclass(frozen=True)
class Sheet:
    agency: str
    office: str
    unit: str
    #: From what, and when.
    about: str
    points: tuple[Point, ...]
    note: str
    made_at: datetime
    zone: str


#: Body sizes: the first that keeps all of it on one page is taken.
SIZES = (10, 9.5, 9, 8.5, 8, 7.5, 7, 6.5, 6)


def render_briefing(sheet: Sheet, *, is_apart: bool) -> bytes:
    """The page as an unsealed PDF. Raises bounded.Unfinished where `is_apart`."""
    from app.printing import rendering  # a second of fonts; who only fills a sheet needs none

    values: rendering.Values = {"sheet": sheet, "made_at": local_time(sheet.made_at, sheet.zone)}
    return rendering.print_values("briefing.html", values, is_apart=is_apart, sizes=SIZES)
