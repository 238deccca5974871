"""Activation slips on A4, eight a page with lines to cut along: plain values in, PDF out.

Each sub-unit begins a page of its own, so that a pile can be handed on without sorting.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from app.core.dates import local_time

A_PAGE = 8


@dataclass(frozen=True)
class Slip:
    name: str
    number_label: str
    #: Grouped, as people read it.
    number: str
    code: str
    until: str


@dataclass(frozen=True)
class Pile:
    """The slips of one sub-unit. `office` is the OPD in which it lies: many are called the same."""

    unit: str
    office: str
    slips: tuple[Slip, ...]

    @property
    def pages(self) -> Iterator[tuple[Slip, ...]]:
        for first in range(0, len(self.slips), A_PAGE):
            yield self.slips[first : first + A_PAGE]

    @property
    def page_count(self) -> int:
        return -(-len(self.slips) // A_PAGE)


@dataclass(frozen=True)
class Stack:
    """What is printed in one file."""

    title: str
    agency: str
    piles: tuple[Pile, ...]
    #: Where the code is typed in. It is all that the picture leads to.
    address: str
    made_at: datetime
    zone: str


def render_stack(stack: Stack, *, is_apart: bool = False) -> bytes:
    """The slips as a PDF; `is_apart`, by a bounded child. Raises bounded.Unfinished."""
    from app.printing import rendering  # a second of fonts; who only fills slips needs none

    values: rendering.Values = {
        "stack": stack,
        "made_at": local_time(stack.made_at, stack.zone),
    }
    return rendering.print_values("slips.html", values, is_apart=is_apart, url=stack.address)
