"""When an assignment opens its next cycle, and with which dates. Pure.

A cycle is never changed: a new edition, a phase that begins or months that have passed open another
one, as long as the last was.
"""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Why(StrEnum):
    """What opened a cycle."""

    FIRST = "pertama"
    EDITION = "edisi-baru"
    PHASE = "tahap-baru"
    EXPIRY = "kedaluwarsa"


@dataclass(frozen=True)
class Last:
    """The newest cycle, and what renews its assignment."""

    opens_on: date
    due_on: date
    edition: str | None
    renews_by_edition: bool
    renew_months: int | None


@dataclass(frozen=True)
class Opening:
    """A cycle to open. `counts_from` None: what was signed in that edition counts, whenever."""

    why: Why
    opens_on: date
    due_on: date
    counts_from: date | None
    edition: str | None


def next_cycle(
    last: Last, today: date, edition: str, phase_began: Iterable[date] = ()
) -> Opening | None:
    """The cycle that must open by `today`, if any; one at a time, the weightiest reason first.

    `phase_began`: days on which the assignment's phase begins, in any election of the instansi.
    """
    if today <= last.opens_on:
        return None
    pinned = edition if last.renews_by_edition else None
    length = last.due_on - last.opens_on
    if pinned is not None and last.edition != edition:
        return Opening(Why.EDITION, today, today + length, None, edition)
    begun = [day for day in phase_began if last.opens_on < day <= today]
    if begun:
        return Opening(Why.PHASE, max(begun), max(begun) + length, max(begun), pinned)
    if last.renew_months is not None:
        day = months_after(last.opens_on, last.renew_months)
        if day <= today:
            return Opening(Why.EXPIRY, day, day + length, day, pinned)
    return None


def months_after(day: date, months: int) -> date:
    """The same day so many months later (fewer: earlier), or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
