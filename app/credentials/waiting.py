"""A file that is asked for before it is there: whoever asks waits a moment, and then comes again.

Requests never render. Of each process only one thread waits at a time, and none where the queue is
longer than its patience, so that many who ask at once hold up nobody's pages.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import TypeVar

from app.audit import trail
from app.core.dates import about
from app.core.db import db, reading, start_writing
from app.credentials import deeds, operations, queries
from app.credentials.models import Credential, CredentialFile
from app.jobs import pace
from app.jobs.models import Job, State
from app.jobs.queries import latest_job, latest_spans, open_before, open_job

#: Seconds that a request waits for the worker, and between two looks.
PATIENCE, LOOK = 1.6, 0.05
#: Seconds after which the page that says so asks again: at the earliest, and at the latest.
AGAIN, MUCH_LATER = 2, 30
_ONE_WAITS = threading.Lock()
T = TypeVar("T")


@dataclass(frozen=True)
class Place:
    """Which in the queue a file is, from 1, and in about how many seconds it will be there."""

    number: int
    seconds: float

    @property
    def words(self) -> str:
        return about(self.seconds)

    @property
    def again(self) -> int:
        """Seconds after which it is worth asking."""
        return min(max(ceil(self.seconds), AGAIN), MUCH_LATER)


def file_of(credential: Credential) -> CredentialFile | None:
    """The sealed file; where there is none yet, the worker is asked, and waited for. None when it
    is not there in time. Raises NeverSealed. Commits what it asks."""
    if made := queries.sealed_file(credential):
        return made
    return awaited(_asked(credential), lambda: queries.sealed_file(credential))


def awaited(job: Job, look: Callable[[], T | None]) -> T | None:
    """What a job that was asked for makes, if `look` finds it within PATIENCE. Nobody waits behind
    a queue that is longer, nor two in one process."""
    is_soon = place_of(job).seconds <= PATIENCE
    if not is_soon or not _ONE_WAITS.acquire(blocking=False):
        return _looked(look)
    try:
        return _wait(job, look)
    finally:
        _ONE_WAITS.release()


def _asked(credential: Credential) -> Job:
    """The job that makes it. Whoever comes again finds it, and writes nothing."""
    operations.check_sealable(credential)
    if job := open_job(deeds.KIND, trail.name_of(credential)):
        return job
    start_writing()
    job = deeds.ask_for_file(credential)
    db.session.commit()
    reading()
    return job


def _wait(job: Job, look: Callable[[], T | None]) -> T | None:
    until, kind, subject = time.monotonic() + PATIENCE, job.kind, job.subject
    while (made := _looked(look)) is None and time.monotonic() < until:
        if last_job(kind, subject).failure:
            break
        db.session.rollback()  # let go of the connection, and see what others commit
        time.sleep(LOOK)
    return made


def _looked(look: Callable[[], T | None]) -> T | None:
    db.session.rollback()
    return look()


def job_of(credential: Credential) -> Job:
    """What became of the last question for the file."""
    return last_job(deeds.KIND, trail.name_of(credential))


def last_job(kind: str, subject: str) -> Job:
    """The job that is open, or the last that was."""
    job = open_job(kind, subject) or latest_job(kind, subject)
    assert job is not None, "somebody asked"
    return job


def place_of(job: Job) -> Place:
    """Files are made in the order in which they were asked for; what is being made is the first."""
    number = 1 if job.state is State.RUNNING else open_before(job) + 1
    return Place(number, number * pace.seconds_each(latest_spans(job.kind)))
