"""When what holds: the scene that everybody sees, and how an answer stands by its moment. Pure.

Nothing here runs by itself. A scene follows from columns and from what time it is, so that a
session goes on by itself when its host's laptop dies, and any worker says the same.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

#: How long an answer may be on its way after the close, for everybody alike.
GRACE = timedelta(seconds=2)
#: How long after the reveal an answer is still kept that was given before the close, by the phone's
#: own word: it counts for having been there, and for nothing else.
STILL_KEPT = timedelta(minutes=10)
#: How far ahead a question opens, so that phones which ask every few seconds turn together.
LEAD = timedelta(seconds=5)


class Scene(StrEnum):
    """What is to be seen now."""

    DRAFT = "draft"
    LOBBY = "lobby"
    READY = "ready"
    OPEN = "open"
    CLOSED = "closed"
    REVEALED = "revealed"
    PAUSED = "paused"
    ENDED = "ended"


class Timing(StrEnum):
    """How an answer came. Only what was on time is charted; all of them are attendance."""

    ON_TIME = "on_time"
    NETWORK_LATE = "network_late"
    LATE = "late"
    REPLAY = "replay"


class Refusal(StrEnum):
    """Why an answer is not kept."""

    UNKNOWN = "unknown"
    NOT_OPEN = "not_open"
    VOID = "void"
    REVEALED = "revealed"
    BAD_CHOICE = "bad_choice"


@dataclass(frozen=True, slots=True)
class SessionTimes:
    """The moments of a session that decide what is seen."""

    lobby_at: datetime | None
    paused_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class RunTimes:
    """The moments of one opening of a question."""

    opens_at: datetime
    closes_at: datetime
    revealed_at: datetime | None = None
    voided_at: datetime | None = None

    def close_for(self, extra_percent: int) -> datetime:
        """When it closes for somebody with extra time; 100 is nobody's extra."""
        return self.opens_at + (self.closes_at - self.opens_at) * extra_percent / 100


def scene_of(session: SessionTimes, run: RunTimes | None, now: datetime) -> Scene:
    """What is to be seen; `run` is the latest opening of a question, None before the first."""
    if session.ended_at is not None:
        return Scene.ENDED
    if session.lobby_at is None:
        return Scene.DRAFT
    if session.paused_at is not None:
        return Scene.PAUSED
    if run is None or run.voided_at is not None:
        return Scene.LOBBY
    if run.revealed_at is not None:
        return Scene.REVEALED
    if now < run.opens_at:
        return Scene.READY
    return Scene.OPEN if now < run.closes_at else Scene.CLOSED


def next_turn(run: RunTimes | None, now: datetime) -> datetime | None:
    """When the scene changes with nobody doing anything."""
    if run is None or run.revealed_at is not None or run.voided_at is not None:
        return None
    return next((at for at in (run.opens_at, run.closes_at) if now < at), None)


def timing_of(
    run: RunTimes,
    now: datetime,
    claimed_at: datetime,
    extra_percent: int = 100,
    paused_at: datetime | None = None,
) -> Timing | Refusal:
    """How an answer that comes `now` stands. `claimed_at` is the phone's own word, which anybody
    can forge: by it an answer may count as attendance, and never for the chart."""
    if run.voided_at is not None:
        return Refusal.VOID
    if now < run.opens_at:
        return Refusal.NOT_OPEN
    close = run.close_for(extra_percent)
    if run.revealed_at is not None:
        was_there = run.opens_at <= claimed_at <= close and now <= run.revealed_at + STILL_KEPT
        return Timing.LATE if was_there else Refusal.REVEALED
    stands_still = paused_at is not None and paused_at < close
    return Timing.ON_TIME if stands_still or now <= close + GRACE else Timing.NETWORK_LATE
