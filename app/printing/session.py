"""One page about a session that was held: plain values in, PDF out. Needs no code and no seal."""

from dataclasses import dataclass
from datetime import datetime

from app.core.dates import local_time


@dataclass(frozen=True)
class Line:
    """A question: its deed, what holds, and how many in a hundred knew. None: too few to tell."""

    place: int
    act: str
    verdict: str
    rules: str
    answered: int
    right: int | None
    again: int | None
    sure_wrong: int | None


@dataclass(frozen=True)
class Sheet:
    agency: str
    office: str
    title: str
    #: When, where, for whom.
    about: str
    speakers: str
    #: What is counted, in a word or two, and how many.
    figures: tuple[tuple[str, str], ...]
    #: The most misunderstood first.
    worst: tuple[Line, ...]
    lines: tuple[Line, ...]
    #: Sub-unit, invited, present.
    parts: tuple[tuple[str, str, str], ...]
    note: str
    made_at: datetime
    zone: str


#: Body sizes: the first that keeps all of it on one page is taken.
SIZES = (9, 8, 7, 6, 5.5)


def render_sheet(sheet: Sheet, *, is_apart: bool) -> bytes:
    """The page as an unsealed PDF. Raises bounded.Unfinished where `is_apart`."""
    from app.printing import rendering  # a second of fonts; who only fills a sheet needs none

    values: rendering.Values = {
        "sheet": sheet,
        "made_at": local_time(sheet.made_at, sheet.zone),
    }
    return rendering.print_values("session.html", values, is_apart=is_apart, sizes=SIZES)
