"""Finding jobs: by what they are about, by what is due; and whether anybody works."""

from datetime import datetime

import sqlalchemy as sa

from app.core import clock
from app.core.db import db
from app.core.errors import NotFound
from app.jobs.models import OPEN, Job, JobLease, State

#: Of how many jobs that are done the pace is read.
SEEN = 60


def latest_job(kind: str, subject: str) -> Job | None:
    """The last that was asked for of a kind, on a subject."""
    return db.session.scalar(
        sa.select(Job)
        .where(Job.kind == kind, Job.subject == subject)
        .order_by(Job.id.desc())
        .limit(1)
    )


def open_job(kind: str, subject: str) -> Job | None:
    """By the index of open ones, which SQLite takes only for its very words: `OPEN`."""
    return db.session.scalar(sa.select(Job).where(Job.kind == kind, Job.subject == subject, OPEN))


def open_job_like(kind: str, pattern: str) -> Job | None:
    """One that is open, of subjects that are like each other (`%` for what differs)."""
    query = sa.select(Job).where(Job.kind == kind, Job.subject.like(pattern), OPEN)
    return db.session.scalar(query.limit(1))


def open_before(job: Job) -> int:
    """How many of its kind were asked for before it and are open still. Of the same index."""
    return db.session.scalar(_open_before(job)) or 0


def _open_before(job: Job) -> sa.Select[tuple[int]]:
    ahead = (Job.kind == job.kind, Job.id < job.id, OPEN)
    return sa.select(sa.func.count()).select_from(Job).where(*ahead)


def latest_spans(kind: str) -> list[tuple[datetime, datetime]]:
    """When those of a kind began and ended that are among the last SEEN that are done."""
    done = db.session.execute(_latest_done())
    return [(begun, ended) for its, begun, ended in done if its == kind]


def _latest_done() -> sa.Select[tuple[str, datetime | None, datetime | None]]:
    columns = (Job.kind, Job.started_at, Job.ended_at)
    query = sa.select(*columns).where(Job.state == State.DONE)
    return query.order_by(Job.due_at.desc()).limit(SEEN)


def jobs_asked_by(person_id: int) -> list[Job]:
    """What a person asked for, newest first, twenty at most."""
    query = sa.select(Job).where(Job.asked_by_id == person_id).order_by(Job.id.desc()).limit(20)
    return list(db.session.scalars(query))


def job_of(person_id: int, job_id: int) -> Job:
    """What a person asked for. Anybody else's does not exist, as far as she can tell."""
    mine = (Job.id == job_id, Job.asked_by_id == person_id)
    if (job := db.session.scalar(sa.select(Job).where(*mine))) is None:
        raise NotFound
    return job


def latest_jobs(count: int) -> list[Job]:
    return list(db.session.scalars(sa.select(Job).order_by(Job.id.desc()).limit(count)))


def due_job_ids(now: datetime) -> list[int]:
    """What waits and is due, and what a worker left that is not alive any more; oldest first."""
    query = sa.select(Job.id).where(can_be_taken(now)).order_by(Job.id).limit(500)
    return list(db.session.scalars(query))


def can_be_taken(now: datetime) -> sa.ColumnElement[bool]:
    return sa.or_(
        sa.and_(Job.state == State.WAITING, Job.due_at <= now),
        sa.and_(Job.state == State.RUNNING, Job.held_until <= now),
    )


def is_worker_alive() -> bool:
    """Whether a worker has made its round lately, on any node."""
    until = db.session.scalar(sa.select(JobLease.until).where(JobLease.id == 1))
    return until is not None and until > clock.now()
