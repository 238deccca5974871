"""The questions of a session that is over, for whoever missed it: counted apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.accounts.reader import Reader
from app.core import clock
from app.core.db import db, upsert
from app.core.errors import DomainError, NotFound
from app.live import joining, queries
from app.live.answering import milliseconds
from app.live.joining import OfAnotherAgency
from app.live.models import LiveAnswer, LiveParticipant, LiveRun, LiveSession
from app.live.paper import is_choice
from app.live.timeline import Timing


class NoReplay(DomainError):
    message = "Sesi susulan ini belum dibuka, atau sudah ditutup."
    status = 409


class ChooseOne(DomainError):
    message = "Pilih satu jawaban, lalu kirim sekali lagi."


@dataclass(frozen=True, slots=True)
class Task:
    """A question in the phase in which it was asked; all its rounds are one task, and its first
    is what is answered afterwards."""

    runs: Sequence[LiveRun]
    #: What she answered, in the session or afterwards; None where she has not.
    choice: str | None
    is_done: bool

    @property
    def run(self) -> LiveRun:
        return self.runs[0]


def is_open(session: LiveSession) -> bool:
    """Whether who missed it may answer for herself today."""
    until = session.replay_until
    return session.has_ended and until is not None and clock.today(session.agency.zone) <= until


def must_be_open(session: LiveSession, reader: Reader) -> None:
    """Raises NoReplay, OfAnotherAgency."""
    if session.agency_id != reader.agency.id:
        raise OfAnotherAgency
    if not is_open(session):
        raise NoReplay


def seat_for(session: LiveSession, reader: Reader) -> LiveParticipant:
    """The participant that a person is, also one who comes only now. Raises NoReplay,
    OfAnotherAgency."""
    must_be_open(session, reader)
    found = queries.participant_of(session.id, reader.id)
    return found or joining.seated(session, reader)


def tasks_of(session: LiveSession, me: LiveParticipant | None) -> list[Task]:
    """What was discussed, in the order in which it was asked, and what of it she has answered."""
    by_task: dict[tuple[int, str], list[LiveRun]] = {}
    for run in queries.runs_of(session.id):
        if run.revealed_at is not None:
            by_task.setdefault((run.question_id, run.phase.value), []).append(run)
    held = _answers_of(me) if me else {}
    return [_task(runs, held) for runs in by_task.values()]


def answer(session: LiveSession, me: LiveParticipant, run_id: int, choice: str) -> Task:
    """Answer a task once; what is answered already stays. Raises ChooseOne, NotFound."""
    if not is_choice(choice):
        raise ChooseOne
    task = next((one for one in tasks_of(session, me) if one.run.id == run_id), None)
    if task is None:
        raise NotFound
    if not task.is_done:
        statement = upsert(LiveAnswer).on_conflict_do_nothing()
        db.session.execute(statement, [_row(task.run, me, choice)])
    return task


def _task(runs: Sequence[LiveRun], held: dict[int, str | None]) -> Task:
    answered = [run.id for run in runs if run.id in held]
    return Task(runs, held[answered[-1]] if answered else None, bool(answered))


def _answers_of(me: LiveParticipant) -> dict[int, str | None]:
    query = sa.select(LiveAnswer.run_id, LiveAnswer.choice).filter_by(participant_id=me.id)
    return dict(db.session.execute(query).tuples().all())


def _row(run: LiveRun, me: LiveParticipant, choice: str) -> dict[str, Any]:
    now = clock.now()
    return {
        "run_id": run.id,
        "participant_id": me.id,
        "choice": choice,
        "is_sure": None,
        "seq": milliseconds(now),
        "received_at": now,
        "timing": Timing.REPLAY,
    }
