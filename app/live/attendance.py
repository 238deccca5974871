"""Who was there: from what was recorded, never from connections. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

#: A phone that is open says so once in so much time.
SLOT = timedelta(minutes=10)
#: Minutes of a JP (jam pelajaran), as the certificates of courses count them.
MINUTES_OF_JP = 45


@dataclass(frozen=True, slots=True)
class Record:
    """What is recorded of one participant."""

    joined_at: datetime
    #: Questions that were answered during the session, in whichever round, whenever it came.
    answered: int
    #: Of them by the phone's own word alone, sent after the reveal.
    late: int
    #: Questions that were answered only for oneself, afterwards.
    replayed: int
    slots: int


def slot_of(moment: datetime) -> int:
    """The ten minutes that a moment lies in, counted since 1970."""
    return int(moment.timestamp() // SLOT.total_seconds())


def slots_between(started_at: datetime, ended_at: datetime) -> int:
    """How many of them a session touched."""
    return slot_of(ended_at) - slot_of(started_at) + 1


def was_present(record: Record, needed: int) -> bool:
    """Whether so many answers were given during the session. Each counts, also one that a bad
    network delayed: to lose somebody's credit to it would be the worse error."""
    return record.answered >= needed


def made_up_for(record: Record, needed: int) -> bool:
    """Whether what was missed has been answered afterwards: counted apart."""
    return not was_present(record, needed) and record.answered + record.replayed >= needed


def minutes_held(started_at: datetime, ended_at: datetime) -> int:
    """Whole minutes between the first question and the end."""
    return max(0, int((ended_at - started_at) / timedelta(minutes=1)))


def held_until(ended_at: datetime, planned: datetime, last_close: datetime | None) -> datetime:
    """When it was really over: a session that nobody ended lasted as planned, or until its last
    question closed."""
    return min(ended_at, max(planned, last_close or planned))


def jp_of(minutes: int) -> int:
    """Whole JP, rounded down."""
    return minutes // MINUTES_OF_JP


def needed_of(asked: int, wanted: int) -> int:
    """Answers that are needed where fewer were asked than planned."""
    return min(wanted, asked) if asked else wanted
