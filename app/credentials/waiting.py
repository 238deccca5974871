"""A file that is asked for before it is there: whoever asks waits a moment, and then comes again.

Requests never render. Of each process only one thread waits at a time, so that many who ask at
once hold up nobody's pages.
"""

import threading
import time

from app.audit import trail
from app.core.db import db, reading, start_writing
from app.credentials import deeds, queries
from app.credentials.models import Credential, CredentialFile
from app.jobs.models import Job
from app.jobs.queries import latest_job

#: Seconds that a request waits for the worker, and between two looks.
PATIENCE, LOOK = 1.6, 0.05
#: Seconds after which the page that says so asks again: usually, and where something is wrong.
AGAIN, MUCH_LATER = 2, 30
_ONE_WAITS = threading.Lock()


def file_of(credential: Credential) -> CredentialFile | None:
    """The sealed file; where there is none yet, the worker is asked, and waited for. None when it
    is not there in time. Raises NeverSealed. Commits what it asks."""
    if made := queries.sealed_file(credential):
        return made
    start_writing()
    deeds.ask_for_file(credential)
    db.session.commit()
    reading()
    if not _ONE_WAITS.acquire(blocking=False):
        return _look(credential)
    try:
        return _wait(credential)
    finally:
        _ONE_WAITS.release()


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
    job = latest_job(deeds.KIND, trail.name_of(credential))
    assert job is not None, "file_of asked"
    return job
