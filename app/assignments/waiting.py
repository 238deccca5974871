"""Leader first: whose signature opens a unit, and the day on which it opens without. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from app.core.dates import long_date


class Leader(Protocol):
    """Somebody who leads a unit, and when she signed in the cycle."""

    @property
    def full_name(self) -> str: ...
    @property
    def unit_path(self) -> str: ...
    @property
    def signed_at(self) -> datetime | None: ...


@dataclass(frozen=True)
class Waiting:
    """Why a course is closed: until a day, or until one of these has signed, if any is named."""

    until: date
    heads: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        if not self.heads:
            return f"Dibuka {long_date(self.until)}."
        names = " atau ".join(self.heads)
        return f"Dibuka setelah {names} menandatangani, atau {long_date(self.until)}."


def waiting_for(path: str, heads: Iterable[Leader], until: date) -> Waiting | None:
    """For whom somebody in the unit at `path` waits: the heads of the nearest unit that has any.

    One signature of theirs is enough. Where nobody leads, nobody is waited for.
    """
    above = [head for head in heads if path.startswith(head.unit_path)]
    nearest = max((head.unit_path for head in above), key=len, default=None)
    leading = [head for head in above if head.unit_path == nearest]
    if not leading or any(head.signed_at is not None for head in leading):
        return None
    return Waiting(until, tuple(head.full_name for head in leading))
