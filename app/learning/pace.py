"""How soon a lesson may be done: when a third of its minutes has been spent on it. Pure.

Only time in which no other lesson was read counts, so that eight tabs opened at once are eight
lessons, one after the other.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

#: A third of every minute that a lesson states.
SHARE = timedelta(seconds=20)
#: The longest reading that a device can claim: it tells the time by its own clock.
LONGEST_CLAIM = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Read:
    """Another lesson of the same course, done."""

    minutes: int
    done_at: datetime


def claimed_at(open_for: timedelta, now: datetime, started_at: datetime) -> datetime:
    """When a lesson was opened, as a device says; never before its reader began the course."""
    return max(now - min(open_for, LONGEST_CLAIM), started_at)


def least(minutes: int) -> timedelta:
    """What must be spent on a lesson of so many minutes."""
    return minutes * SHARE


def earliest_end(minutes: int, begun_at: datetime, others: Iterable[Read]) -> datetime:
    """When a lesson that was begun then may be done."""
    elsewhere = (
        min(least(other.minutes), other.done_at - begun_at)
        for other in others
        if other.done_at > begun_at
    )
    return begun_at + sum(elsewhere, least(minutes))
