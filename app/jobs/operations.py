"""Ask, take, advance, end, cancel. Each changes one row, and only from the state it expects."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from app.core import clock
from app.core.db import Json, at_most_one, changed, db, update_if, upsert
from app.core.errors import DomainError
from app.jobs import nudges, queries
from app.jobs.models import Job, JobLease, State

#: For how long a worker has a job without another word, and the rounds without another round.
JOB_HELD, ROUNDS_HELD = timedelta(minutes=5), timedelta(seconds=30)
#: How often a job is begun before it counts as one that ends nowhere, and the wait before each.
MOST_ATTEMPTS = 3
PAUSES = (timedelta(0), timedelta(seconds=30), timedelta(minutes=5))
GAVE_UP = (
    "Pekerjaan ini sudah dicoba tiga kali dan berhenti setiap kali, jadi tidak dilanjutkan. Yang "
    "sudah tersimpan tidak berubah. Hubungi pengelola server."
)


class AlreadyAsked(DomainError):
    message = "Pekerjaan yang sama sedang berjalan. Tunggu sampai selesai, lalu coba lagi."


class Lost(Exception):
    """Another worker has the job meanwhile: whatever was done here must be undone."""


class Cancelled(Exception):
    """Whoever asked wants it no more."""


def ask(
    kind: str,
    subject: str,
    *,
    asked_by_id: int | None = None,
    total: int | None = None,
    due_at: datetime | None = None,
) -> Job:
    """Ask for something to be done; what is asked for already is not asked for twice.

    The worker is nudged when this transaction is committed; what is due later is found by a round.
    """
    job = queries.open_job(kind, subject)
    if job is None:
        job = Job(kind=kind, subject=subject, asked_by_id=asked_by_id, total=total)
        job.due_at = due_at or clock.now()
        try:
            with at_most_one(AlreadyAsked()):
                db.session.add(job)
        except AlreadyAsked:
            other = queries.open_job(kind, subject)
            if other is None:  # it came and went
                raise
            job = other
    nudges.promise(job.id)
    return job


def take(job_id: int, worker: str) -> Job | None:
    """Have a job to oneself. None when it is done, not due, or another worker's."""
    now = clock.now()
    job = db.session.get(Job, job_id)
    if job is None:
        return None
    if not update_if(
        job,
        queries.can_be_taken(now),
        state=State.RUNNING,
        held_by=worker,
        held_until=now + JOB_HELD,
        started_at=now,
        attempts=Job.attempts + 1,
        done=0,
    ):
        return None
    return job


def advance(job: Job, worker: str, done: int, total: int | None = None) -> None:
    """Say how far it is. Raises Cancelled, Lost."""
    values = {"done": done, "held_until": clock.now() + JOB_HELD}
    if total is not None:
        values["total"] = total
    if not update_if(job, _is_ours(worker), **values):
        raise Lost
    if job.cancel_asked_at is not None:
        raise Cancelled


def end(job: Job, worker: str, result: Json | None) -> None:
    """It is done. Raises Lost."""
    done = {} if job.total is None else {"done": job.total}
    _close(job, worker, state=State.DONE, result=result, **done)


def end_cancelled(job: Job, worker: str) -> None:
    """It was cancelled on the way. Raises Lost."""
    _close(job, worker, state=State.CANCELLED)


def fail(job: Job, worker: str, sentence: str) -> None:
    """It cannot be done, and a repetition would not help. Raises Lost."""
    _close(job, worker, state=State.FAILED, failure=sentence)


def stumble(job: Job, worker: str) -> None:
    """It ended where it should not: again after a pause, or never. Raises Lost."""
    if job.attempts >= MOST_ATTEMPTS:
        fail(job, worker, GAVE_UP)
        return
    due = clock.now() + PAUSES[job.attempts]
    values = {"state": State.WAITING, "due_at": due, "held_by": None, "held_until": None}
    if not update_if(job, _is_ours(worker), **values):
        raise Lost


def cancel(job: Job) -> None:
    """Nobody wants it any more: at once if it waits, at its next step if it runs."""
    now = clock.now()
    waiting = Job.state == State.WAITING
    if not update_if(job, waiting, state=State.CANCELLED, cancel_asked_at=now, ended_at=now):
        update_if(job, Job.state == State.RUNNING, cancel_asked_at=now)


def release_held_by(worker: str) -> int:
    """What a worker of this name left when it died waits again. Gives how many jobs."""
    left = (Job.state == State.RUNNING, Job.held_by == worker)
    values = {"state": State.WAITING, "held_by": None, "held_until": None}
    done = changed(sa.update(Job).where(*left, Job.attempts < MOST_ATTEMPTS).values(values))
    given_up = {"state": State.FAILED, "failure": GAVE_UP, "ended_at": clock.now()}
    return done + changed(sa.update(Job).where(*left).values(values | given_up))


def hold_rounds(worker: str) -> bool:
    """Whether this worker makes the rounds, of all workers on this database."""
    now = clock.now()
    values = {"holder": worker, "until": now + ROUNDS_HELD}
    is_free = sa.or_(JobLease.holder == worker, JobLease.until <= now)
    held = db.session.execute(
        upsert(JobLease)
        .values(id=1, **values)
        .on_conflict_do_update(index_elements=["id"], set_=values, where=is_free)
        .returning(JobLease.id)
    )
    return held.scalar() is not None


def let_go_of_rounds(worker: str) -> None:
    """Another node need not wait until the hold has run out."""
    db.session.execute(sa.delete(JobLease).where(JobLease.holder == worker))


def forget_ended(days: int) -> int:
    """Forget jobs that ended so many days ago."""
    before = clock.now() - timedelta(days=days)
    return changed(sa.delete(Job).where(Job.ended_at <= before))


def _close(job: Job, worker: str, **values: object) -> None:
    free = {"held_by": None, "held_until": None, "ended_at": clock.now()}
    if not update_if(job, _is_ours(worker), **free, **values):
        raise Lost


def _is_ours(worker: str) -> sa.ColumnElement[bool]:
    return sa.and_(Job.state == State.RUNNING, Job.held_by == worker)
