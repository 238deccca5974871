"""What assignments ask of somebody in one course, as its card says it. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from app.assignments.waiting import Waiting
from app.learning.progress import Progress


class Duty(Protocol):
    """An assignment as one person has it (`assignments.duties`)."""

    @property
    def course(self) -> str: ...
    @property
    def due_on(self) -> date: ...
    @property
    def is_open(self) -> bool: ...
    @property
    def waiting(self) -> Waiting | None: ...
    def is_late(self, today: date) -> bool: ...
    def line(self, today: date) -> str: ...


@dataclass(frozen=True)
class Asked:
    """`line` is empty for a course of her own choice; `waiting` says why she may not begin yet."""

    line: str = ""
    waiting: str = ""
    #: Whether it is still to be done.
    is_open: bool = False
    is_late: bool = False
    #: Whether she has signed it, and a new cycle asks for it again.
    is_again: bool = False
    due_on: date = date.max


def asked_in(progress: Progress, duties: Iterable[Duty], today: date) -> Asked:
    """Of several assignments of one course the most pressing speaks."""
    mine = [duty for duty in duties if duty.course == progress.course]
    if not mine:
        return Asked()
    first = min(mine, key=lambda duty: (not duty.is_open, duty.waiting is not None, duty.due_on))
    is_held = first.waiting is not None and (not progress.has_started or progress.has_signed)
    return Asked(
        line=first.line(today),
        waiting=first.waiting.sentence if first.waiting and is_held else "",
        is_open=first.is_open,
        is_late=first.is_late(today),
        is_again=first.is_open and progress.has_signed and not is_held,
        due_on=first.due_on if first.is_open else date.max,
    )
