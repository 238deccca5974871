"""A figure: what was measured, how often, and against what in the same run."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from statistics import median

#: Peers take turns, so that a machine that changes its speed changes both.
ROUNDS = 5


@dataclass(frozen=True)
class Figure:
    """`value` is the median of `n` rounds or samples; `ratio` is value ÷ the peer's median."""

    bench: str
    value: float
    unit: str
    n: int
    against: str | None = None
    ratio: float | None = None


def alternate(ours: Callable[[], float], peer: Callable[[], float]) -> tuple[float, float]:
    """Medians of both, measured in turns."""
    pairs = [(peer(), ours()) for _ in range(ROUNDS)]
    return median(value for _, value in pairs), median(value for value, _ in pairs)


def compared(bench: str, unit: str, against: str, ours, peer) -> list[Figure]:
    """Our figure with its ratio, and the peer's own."""
    value, base = alternate(ours, peer)
    return [
        Figure(bench, round(value, 2), unit, ROUNDS, against, round(value / base, 3)),
        Figure(against, round(base, 2), unit, ROUNDS),
    ]


def as_json(figure: Figure) -> str:
    return json.dumps(asdict(figure))


def as_table(figures: list[Figure]) -> str:
    head = f"{'bench':<34}{'value':>12} {'unit':<12}{'n':>5}  {'against':<28}{'ratio':>7}"
    lines = [
        f"{f.bench:<34}{f.value:>12,.2f} {f.unit:<12}{f.n:>5}  {f.against or '–':<28}"
        f"{'' if f.ratio is None else f'{f.ratio:.3f}':>7}"
        for f in figures
    ]
    return "\n".join([head, "-" * len(head), *lines])
