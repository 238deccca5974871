"""Signatures over time towards a due date, as a line that a page can draw. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

#: The drawing, in its own units, and the room for letters left of it and below.
WIDTH, HEIGHT, LEFT, BELOW = 640, 220, 48, 28
#: Days that are asked for at most.
MOST = 12


class Point(NamedTuple):
    day: date
    signed: int
    x: int
    y: int


@dataclass(frozen=True)
class Line:
    """`people` is the height of the drawing: all who must. The plan goes straight to it."""

    opens_on: date
    due_on: date
    people: int
    points: tuple[Point, ...]

    @property
    def drawn(self) -> str:
        """As an SVG polyline wants its points."""
        return " ".join(f"{point.x},{point.y}" for point in self.points)

    @property
    def planned(self) -> str:
        first, last = _x(self, self.opens_on), _x(self, self.due_on)
        return f"{first},{_y(self, 0)} {last},{_y(self, self.people)}"

    def planned_by(self, day: date) -> int:
        """How many there would be on a day if each day brought as many; rounded down."""
        length = max((self.due_on - self.opens_on).days, 1)
        gone = min(max((day - self.opens_on).days, 0), length)
        return self.people * gone // length


def days_of(opens_on: date, until: date) -> list[date]:
    """Days to ask for: both ends and, between them, as many as fit, evenly spread."""
    length = (until - opens_on).days
    if length < 0:
        return []
    steps = min(length, MOST - 1)
    spread = (length * step // steps for step in range(steps + 1)) if steps else (0,)
    return [opens_on + timedelta(days=days) for days in spread]


def line_of(
    opens_on: date, due_on: date, people: int, days: Sequence[date], signed: Sequence[int]
) -> Line:
    """The line of so many signatures by the end of each day."""
    last = max([due_on, *days])
    empty = Line(opens_on, last, people, ())
    points = tuple(
        Point(day, count, _x(empty, day), _y(empty, count))
        for day, count in zip(days, signed, strict=True)
    )
    return Line(opens_on, due_on, people, points)


def _x(line: Line, day: date) -> int:
    last = max([line.due_on, *(point.day for point in line.points)])
    length = max((last - line.opens_on).days, 1)
    return LEFT + (WIDTH - LEFT) * (day - line.opens_on).days // length


def _y(line: Line, count: int) -> int:
    room = HEIGHT - BELOW
    return room - room * count // max(line.people, 1)
