"""Shares of first judgements that were wrong: their interval, their heat, their order. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import ceil, floor, sqrt

from app.reports.hiding import FEWEST

#: 95 % of a normal distribution lie within so many standard deviations.
Z = 1.959964
#: What floating point may be off by.
ROUGH = 1e-9
#: Upper bounds in percent of each degree of heat but the last.
HEAT = (10, 25, 40, 60)


def interval(part: int, whole: int) -> tuple[int, int]:
    """Wilson's 95 % interval of a share, in whole percent, rounded outwards."""
    if not whole:
        return 0, 100
    share, z2 = part / whole, Z * Z
    middle = (share + z2 / (2 * whole)) / (1 + z2 / whole)
    half = Z / (1 + z2 / whole) * sqrt(share * (1 - share) / whole + z2 / (4 * whole * whole))
    low, high = 100 * (middle - half), 100 * (middle + half)
    return max(0, floor(low + ROUGH)), min(100, ceil(high - ROUGH))


@dataclass
class Cell:
    """First judgements of some cases by some people.

    Everybody judges a case first once, so the people are at least as many as the most judged of
    its cases had; of several units they add up.
    """

    answers: int = 0
    right: int = 0
    asked_sure: int = 0
    sure_wrong: int = 0
    by_case: dict[str, int] = field(default_factory=dict)

    def add(
        self, case: str, people: int, right: int, asked_sure: int = 0, sure_wrong: int = 0
    ) -> None:
        self.answers += people
        self.right += right
        self.asked_sure += asked_sure
        self.sure_wrong += sure_wrong
        self.by_case[case] = self.by_case.get(case, 0) + people

    @property
    def people(self) -> int:
        return max(self.by_case.values(), default=0)

    @property
    def is_enough(self) -> bool:
        return self.people >= FEWEST

    @property
    def wrong(self) -> int:
        return self.answers - self.right

    @property
    def wrong_percent(self) -> int:
        return round(100 * self.wrong / self.answers) if self.answers else 0

    @property
    def interval(self) -> tuple[int, int]:
        return interval(self.wrong, self.answers)

    @property
    def sure_wrong_percent(self) -> int | None:
        """Of those asked whether they are sure; None where too few were."""
        if self.asked_sure < FEWEST:
            return None
        return round(100 * self.sure_wrong / self.asked_sure)

    @property
    def heat(self) -> int:
        """0 (nearly all know) to 4 (most are wrong)."""
        return sum(self.wrong_percent >= bound for bound in HEAT)


def merged(cells: Iterable[Cell]) -> Cell:
    """All of them as one."""
    whole = Cell()
    for cell in cells:
        for name in ("answers", "right", "asked_sure", "sure_wrong"):
            setattr(whole, name, getattr(whole, name) + getattr(cell, name))
        for case, n in cell.by_case.items():
            whole.by_case[case] = whole.by_case.get(case, 0) + n
    return whole


def worst_first(cells: Mapping[str, Cell]) -> list[str]:
    """Keys by the lower end of the interval: a high share of few says less than one of many."""
    return sorted(cells, key=lambda key: (-cells[key].interval[0], -cells[key].wrong_percent, key))
