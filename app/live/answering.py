"""Keep what phones send: many at once, in one transaction, each exactly once.

An answer is one row, named by its run and its participant. What is sent again changes nothing; of
two taps the later one stays, by the phone's own count; nothing that came late overwrites what was
on time. The reply says what is stored, never what was sent.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.core import clock
from app.core.db import db, upsert
from app.live.models import LiveAnswer, LiveParticipant, LivePresence, LiveRun, LiveSession
from app.live.paper import is_choice
from app.live.timeline import Refusal, RunTimes, Timing, timing_of

#: How far ahead of us a phone's clock may count, so that a wrong one cannot freeze its row.
AHEAD = timedelta(seconds=5)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_answer, _run = LiveAnswer.__table__, LiveRun.__table__
_participant, _session = LiveParticipant.__table__, LiveSession.__table__


@dataclass(frozen=True, slots=True)
class Sent:
    """One answer as a phone sent it, for whom its ticket says."""

    session_id: int
    participant_id: int
    run_id: int
    choice: str
    is_sure: bool | None
    #: Milliseconds since 1970 by the phone, larger with every tap.
    seq: int
    #: When it was tapped, by the phone's own word.
    claimed_at: datetime


@dataclass(frozen=True, slots=True)
class Stored:
    """What is stored for a participant in a run."""

    choice: str
    is_sure: bool | None
    seq: int
    received_at: datetime
    timing: Timing


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of it: what is stored now, and why what was sent is not, if it is not."""

    run_id: int
    stored: Stored | None
    refusal: Refusal | None


def milliseconds(moment: datetime) -> int:
    return int((moment - _EPOCH) / timedelta(milliseconds=1))


def moment_of(ms: int) -> datetime:
    """A phone's count as a moment; what no calendar knows is long ago."""
    try:
        return _EPOCH + timedelta(milliseconds=ms)
    except OverflowError:
        return _EPOCH


def keep(sent: Sequence[Sent]) -> list[Reply]:
    """Store what may be stored. The caller commits, and only then replies."""
    if not sent:
        return []
    now = clock.now()
    runs, people = _runs(sent), _participants(sent)
    judged = [
        _judged(one, runs.get(one.run_id), people.get(one.participant_id), now) for one in sent
    ]
    rows = [
        _row(one, verdict, now)
        for one, verdict in zip(sent, judged, strict=True)
        if isinstance(verdict, Timing)
    ]
    if rows:
        db.session.execute(_upsert(), rows)
    held = held_by({(one.run_id, one.participant_id) for one in sent})
    return [
        Reply(
            one.run_id,
            held.get((one.run_id, one.participant_id)),
            verdict if isinstance(verdict, Refusal) else None,
        )
        for one, verdict in zip(sent, judged, strict=True)
    ]


def note_presence(slots: Iterable[tuple[int, int]]) -> None:
    """Note (participant, slot) once each. Participants that do not exist are left out."""
    wanted = set(slots)
    known = set(
        db.session.scalars(
            sa.select(_participant.c.id).where(_participant.c.id.in_({one for one, _ in wanted}))
        )
    )
    rows = [{"participant_id": one, "slot": slot} for one, slot in sorted(wanted) if one in known]
    if rows:
        db.session.execute(upsert(LivePresence).on_conflict_do_nothing(), rows)


def _judged(
    one: Sent, run: sa.Row[Any] | None, person: sa.Row[Any] | None, now: datetime
) -> Timing | Refusal:
    if run is None or person is None:
        return Refusal.UNKNOWN
    if {run.session_id, person.session_id} != {one.session_id}:
        return Refusal.UNKNOWN  # of another session, as far as this ticket goes
    if not is_choice(one.choice):
        return Refusal.BAD_CHOICE
    times = RunTimes(run.opens_at, run.closes_at, run.revealed_at, run.voided_at)
    return timing_of(times, now, one.claimed_at, person.extra_percent, run.paused_at)


def _row(one: Sent, timing: Timing, now: datetime) -> dict[str, object]:
    return {
        "run_id": one.run_id,
        "participant_id": one.participant_id,
        "choice": one.choice,
        "is_sure": one.is_sure,
        "seq": max(0, min(one.seq, milliseconds(now + AHEAD))),
        "received_at": now,
        "timing": timing,
    }


def _upsert() -> sa.Insert:
    """A newer tap in time takes the place of an older one; nothing else does."""
    statement = upsert(LiveAnswer)
    new, old = statement.excluded, _answer.c
    return statement.on_conflict_do_update(
        index_elements=["run_id", "participant_id"],
        set_={name: new[name] for name in ("choice", "is_sure", "seq", "received_at")},
        where=sa.and_(
            new.seq > old.seq, new.timing == Timing.ON_TIME, old.timing == Timing.ON_TIME
        ),
    )


def _runs(sent: Sequence[Sent]) -> dict[int, sa.Row[Any]]:
    """The runs that are answered, held so that none is revealed meanwhile."""
    query = (
        sa.select(
            *(_run.c[name] for name in ("id", "session_id", "opens_at", "closes_at")),
            *(_run.c[name] for name in ("revealed_at", "voided_at")),
            _session.c.paused_at,
        )
        .join(_session, _session.c.id == _run.c.session_id)
        .where(_run.c.id.in_({one.run_id for one in sent}))
        .with_for_update(read=True, of=_run)
    )
    return {row.id: row for row in db.session.execute(query)}


def _participants(sent: Sequence[Sent]) -> dict[int, sa.Row[Any]]:
    query = sa.select(
        _participant.c.id, _participant.c.session_id, _participant.c.extra_percent
    ).where(
        _participant.c.id.in_({one.participant_id for one in sent}),
        _participant.c.joined_at.is_not(None),
    )
    return {row.id: row for row in db.session.execute(query)}


def held_by(keys: Collection[tuple[int, int]]) -> dict[tuple[int, int], Stored]:
    """What is stored, by (run, participant)."""
    if not keys:
        return {}
    query = sa.select(
        _answer.c.run_id,
        _answer.c.participant_id,
        *(_answer.c[name] for name in ("choice", "is_sure", "seq", "received_at", "timing")),
    ).where(
        _answer.c.run_id.in_({run for run, _ in keys}),
        _answer.c.participant_id.in_({one for _, one in keys}),
    )
    return {(run, one): Stored(*rest) for run, one, *rest in db.session.execute(query)}
