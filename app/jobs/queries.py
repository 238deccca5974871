"""Finding jobs: by what they are about, by what is due; and whether anybody works."""

from datetime import datetime

import sqlalchemy as sa

from app.core import clock
from app.core.db import db
from app.jobs.models import Job, JobLease, State


def latest_job(kind: str, subject: str) -> Job | None:
    """The last that was asked for of a kind, on a subject."""
    return db.session.scalar(
        sa.select(Job)
        .where(Job.kind == kind, Job.subject == subject)
        .order_by(Job.id.desc())
        .limit(1)
    )


def open_job(kind: str, subject: str) -> Job | None:
    return db.session.scalar(
        sa.select(Job).where(
            Job.kind == kind, Job.subject == subject, Job.state.in_((State.WAITING, State.RUNNING))
        )
    )


def jobs_asked_by(person_id: int) -> list[Job]:
    """What a person asked for, newest first, twenty at most."""
    query = sa.select(Job).where(Job.asked_by_id == person_id).order_by(Job.id.desc()).limit(20)
    return list(db.session.scalars(query))


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
