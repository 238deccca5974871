"""How many: counts of a run, of a session, and a digest that proves them later."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.catalog.terms import Verdict
from app.core.db import Json, db
from app.learning.models import Enrolment
from app.live.models import LiveAnswer, LiveParticipant, LiveRun, LiveSession
from app.live.timeline import Timing

#: Below so many answers a split would tell who chose what.
FEWEST = 5
_answer = LiveAnswer.__table__


@dataclass(frozen=True, slots=True)
class Tally:
    """Answers on time by choice, and those among them that were sure."""

    counts: Mapping[str, int]
    sure: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def may_be_shown(self) -> bool:
        return self.total >= FEWEST

    def percent(self, choice: str) -> int:
        """Of the answers, rounded; 0 where there are none."""
        return round(100 * self.counts.get(choice, 0) / self.total) if self.total else 0

    def as_json(self) -> Json:
        return {"counts": dict(self.counts), "sure": dict(self.sure)}


def tally_from(stored: Mapping[str, Any] | None) -> Tally:
    """As it was frozen at the reveal."""
    given = stored or {}
    return Tally(given.get("counts", {}), given.get("sure", {}))


def of_run(run_id: int) -> Tally:
    """As it stands now: one GROUP BY."""
    query = (
        sa.select(_answer.c.choice, _answer.c.is_sure, sa.func.count())
        .where(_answer.c.run_id == run_id, _answer.c.timing == Timing.ON_TIME)
        .group_by(_answer.c.choice, _answer.c.is_sure)
    )
    counts = dict.fromkeys((verdict.value for verdict in Verdict), 0)
    sure = dict(counts)
    for choice, is_sure, count in db.session.execute(query):
        counts[choice] += count
        sure[choice] += count if is_sure else 0
    return Tally(counts, sure)


def answered(run_id: int) -> int:
    """How many have answered a run, in time or not."""
    query = sa.select(sa.func.count()).where(
        _answer.c.run_id == run_id, _answer.c.timing != Timing.REPLAY
    )
    return db.session.execute(query).scalar_one()


def joined(session_id: int) -> int:
    """How many have joined, guests too."""
    query = sa.select(sa.func.count(LiveParticipant.id)).where(
        LiveParticipant.session_id == session_id, LiveParticipant.joined_at.is_not(None)
    )
    return db.session.execute(query).scalar_one()


def signed(session: LiveSession) -> int:
    """How many of those who joined have signed a pledge since they were invited to."""
    if session.signing_at is None:
        return 0
    query = (
        sa.select(sa.func.count(sa.distinct(Enrolment.person_id)))
        .join(LiveParticipant, LiveParticipant.person_id == Enrolment.person_id)
        .where(LiveParticipant.session_id == session.id, Enrolment.signed_at >= session.signing_at)
    )
    return db.session.execute(query).scalar_one()


def by_run(session_id: int) -> Json:
    """The revealed counts of every run that counts, by the run's id: what the trail keeps."""
    query = sa.select(LiveRun.id, LiveRun.tally).where(
        LiveRun.session_id == session_id,
        LiveRun.voided_at.is_(None),
        LiveRun.revealed_at.is_not(None),
    )
    return {str(run_id): tally["counts"] for run_id, tally in db.session.execute(query)}


def digest_of(session_id: int) -> str:
    """SHA-256 (hex) over every answer that had come when the session ended, in the order of run
    and participant: `run participant choice sure seq timing`, a line each."""
    session = LiveSession.__table__
    query = (
        sa.select(
            *(_answer.c[name] for name in ("run_id", "participant_id", "choice", "is_sure")),
            *(_answer.c[name] for name in ("seq", "timing")),
        )
        .join(LiveRun, LiveRun.id == _answer.c.run_id)
        .join(session, session.c.id == LiveRun.session_id)
        .where(session.c.id == session_id, _answer.c.received_at <= session.c.ended_at)
        .order_by(_answer.c.run_id, _answer.c.participant_id)
    )
    digest = hashlib.sha256()
    for row in db.session.execute(query):
        digest.update(("\t".join(str(part) for part in row) + "\n").encode())
    return digest.hexdigest()
