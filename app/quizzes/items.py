"""How a question does on first papers, by Moodle's published formulas. Pure.

https://docs.moodle.org/dev/Quiz_statistics_calculations: facility index, discrimination index and
discriminative efficiency, each of a question against the rest of its paper (R = S − x), with n − 1
below sums of squares. A question is worth one mark, so that counts of (choice, rest) hold all.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

#: Below so many papers a figure says more of chance than of the question.
FEWEST = 30
#: Percent: what guessing among five answers gives; above which a question tells nothing; below
#: which Moodle calls its discrimination weak.
SHARE_OF_CHANCE, TOO_EASY, WEAK = 20, 97, 20


@dataclass(frozen=True, slots=True)
class Mark:
    """So many papers with this answer and so many other questions right."""

    choice: str
    rest: int
    people: int


@dataclass(frozen=True, slots=True)
class Item:
    """`marks` are all first papers that had the question; `key` is the right answer."""

    key: str
    marks: tuple[Mark, ...]

    @property
    def papers(self) -> int:
        return sum(mark.people for mark in self.marks)

    @property
    def right(self) -> int:
        return sum(mark.people for mark in self.marks if mark.choice == self.key)

    @property
    def is_enough(self) -> bool:
        return self.papers >= FEWEST

    @property
    def facility(self) -> float | None:
        """Percent of papers that have it right."""
        return 100 * self.right / self.papers if self.papers else None

    @property
    def discrimination(self) -> float | None:
        """The correlation of the question with the rest of its paper, in percent; None where all
        answered alike or all the rest is alike."""
        x, rest = self._columns()
        spread = _products(x, x) * _products(rest, rest)
        return 100 * float(_products(x, rest)) / sqrt(spread) if spread else None

    @property
    def efficiency(self) -> float | None:
        """The covariance with the rest, in percent of the highest that these marks could have."""
        x, rest = self._columns()
        highest = _products(sorted(x), sorted(rest))
        return float(100 * _products(x, rest) / highest) if highest else None

    def shares(self) -> Mapping[str, float]:
        """Percent of papers by answer; "" is a blank."""
        counts: dict[str, int] = {}
        for mark in self.marks:
            counts[mark.choice] = counts.get(mark.choice, 0) + mark.people
        return {choice: 100 * n / self.papers for choice, n in counts.items()}

    def _columns(self) -> tuple[list[int], list[int]]:
        """Each paper's mark for the question, and for the rest."""
        x = [int(mark.choice == self.key) for mark in self.marks for _ in range(mark.people)]
        return x, [mark.rest for mark in self.marks for _ in range(mark.people)]


def verdict_on(item: Item) -> str:
    """What an author should look at, in a few words; "" where there is nothing."""
    if not item.is_enough:
        return ""
    if item.discrimination is not None and item.discrimination < 0:
        return "Yang pandai justru keliru: periksa kunci dan kalimatnya"
    if item.facility is not None and item.facility < SHARE_OF_CHANCE:
        return "Lebih sulit daripada menebak: periksa kalimatnya"
    if item.facility is not None and item.facility > TOO_EASY:
        return "Hampir semua tepat: tidak lagi membedakan"
    if item.discrimination is not None and item.discrimination < WEAK:
        return "Lemah membedakan yang paham dan yang belum"
    return ""


def _products(one: Iterable[int], other: Iterable[int]) -> Fraction:
    """Σ(a − ā)(b − b̄). The n − 1 below it cancels in every ratio."""
    a, b = list(one), list(other)
    n = len(a)
    return sum(p * q for p, q in zip(a, b, strict=True)) - Fraction(sum(a) * sum(b), n or 1)
