"""A file that is asked for before it is there: whoever asks waits a moment, and then comes again.

Requests never render. Of each process only one thread waits at a time, and none where the queue is
longer than its patience, so that many who ask at once hold up nobody's pages.
"""

import threading
import time
from dataclasses import dataclass
from math import ceil

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
    place = place_of(_asked(credential))
    if place.seconds > PATIENCE or not _ONE_WAITS.acquire(blocking=False):
        return _look(credential)
    try:
        return _wait(credential)
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


def _wait(credential: Credential) -> CredentialFile | None:
    until = time.monotonic() + PATIENCE
    while (made := _look(credential)) is None and time.monotonic() < until:
        if job_of(credential).failure:
            break
        db.session.rollback()  # let go of the connection, and see what others commit
        time.sleep(LOOK)
    return made


def _look(credential: Credential) -> CredentialFile | None:
    db.session.rollback()
    return queries.sealed_file(credential)


def job_of(credential: Credential) -> Job:
    """What became of the last question for the file."""
    subject = trail.name_of(credential)
    job = open_job(deeds.KIND, subject) or latest_job(deeds.KIND, subject)
    assert job is not None, "file_of asked"
    return job


def place_of(job: Job) -> Place:
    """Files are made in the order in which they were asked for; what is being made is the first."""
    number = 1 if job.state is State.RUNNING else open_before(job) + 1
    return Place(number, number * pace.seconds_each(latest_spans(deeds.KIND)))
