"""The edge of every job: take it, do it, commit once. And huey, which carries the nudges.

huey's file knows ids of jobs and nothing else; it may be lost at any time.
"""

import logging
import sqlite3
from collections.abc import Iterable
from contextvars import Context
from pathlib import Path

from flask import Flask
from huey import SqliteHuey
from huey.api import TaskWrapper

from app.core import clock
from app.core.db import Json, db, reading, start_writing
from app.core.errors import DomainError
from app.jobs import files, operations, queries
from app.jobs.deeds import Deed
from app.jobs.models import Job

logger = logging.getLogger(__name__)
#: The file of the nudges, in the instance folder.
FILE = "huey.db"


class Hands:
    """A job in the hands of a worker."""

    def __init__(self, job: Job, worker: str) -> None:
        self.subject, self.asked_by_id = job.subject, job.asked_by_id
        self._job, self._worker = job, worker

    def advance(self, done: int, total: int | None = None) -> None:
        start_writing()
        operations.advance(self._job, self._worker, done, total)
        db.session.commit()
        reading()

    def keep(self, name: str, mime: str, content: bytes) -> None:
        start_writing()
        files.keep(self._job, name, mime, content)


class Engine:
    """One an application: its deeds by kind, and the nudges of its node.

    `huey.immediate` does a job as soon as it is committed, here and now: for tests.
    """

    def __init__(self, app: Flask, worker: str, file: Path, deeds: Iterable[Deed]) -> None:
        self.app, self.worker, self.file = app, worker, file
        self.deeds = {deed.kind: deed for deed in deeds}
        self._huey: SqliteHuey | None = None
        self._task: TaskWrapper | None = None

    @property
    def huey(self) -> SqliteHuey:
        """Opened when it is first needed, in the process that needs it."""
        if self._huey is None:
            # No WAL: huey takes the standard library's SQLite, which may be too old for it.
            self._huey = SqliteHuey(
                "rambu", filename=str(self.file), journal_mode="delete", fsync=False, results=False
            )
            self._task = self._huey.task(name="perform")(self.perform)
        return self._huey

    def nudge(self, job_id: int) -> None:
        """Tell the worker of this node. What goes wrong here is mended by its next round."""
        try:
            huey = self.huey
            assert self._task is not None, "it came with huey"
            if huey.immediate:
                Context().run(self._task, job_id)  # whoever asked is in a request; the job is not
            else:
                self._task(job_id)
        except sqlite3.Error as error:
            logger.warning("no nudge for job %d: %s", job_id, error)

    def perform(self, job_id: int) -> None:
        """Do a job, unless it is done or in other hands. Never raises."""
        with self.app.app_context():
            try:
                self._perform(job_id)
            except operations.Lost:
                db.session.rollback()
                logger.warning("job %d went to another worker", job_id)
            except Exception:
                db.session.rollback()
                logger.exception("job %d", job_id)

    def _perform(self, job_id: int) -> None:
        start_writing()
        job = operations.take(job_id, self.worker)
        db.session.commit()
        if job is None:
            return
        try:
            result = self._done(job)
            start_writing()
            operations.end(job, self.worker, result)
        except operations.Cancelled:
            _undo()
            operations.end_cancelled(job, self.worker)
        except DomainError as error:
            _undo()
            operations.fail(job, self.worker, error.message)
        except operations.Lost:
            raise
        except Exception:
            logger.exception("%s of %s", job.kind, job.subject)
            _undo()
            operations.stumble(job, self.worker)
        db.session.commit()

    def _done(self, job: Job) -> Json | None:
        """What came of it. A job of a kind that this version does not know stays for another."""
        reading()
        deed = self.deeds[job.kind]
        return deed.run(Hands(job, self.worker))

    def round(self) -> bool:
        """Find what was lost and what the day asks for; of all workers, one at a time does.
        Gives whether this one did."""
        with self.app.app_context():
            start_writing()
            is_ours = operations.hold_rounds(self.worker)
            is_idle = not self.huey.pending_count()  # or whatever waits would be nudged again
            if is_ours:
                self._ask_for_today()
            db.session.commit()
            if is_ours and is_idle:
                for job_id in queries.due_job_ids(clock.now()):
                    self.nudge(job_id)
            db.session.rollback()
        return is_ours

    def release_own(self) -> None:
        """What a worker of this name left when it died waits again."""
        with self.app.app_context():
            start_writing()
            operations.release_held_by(self.worker)
            db.session.commit()

    def close(self) -> None:
        """Let go of the file of the nudges."""
        if self._huey is not None:
            self._huey.storage.close()
        self._huey = self._task = None

    def _ask_for_today(self) -> None:
        day = clock.today().isoformat()
        for deed in self.deeds.values():
            if deed.is_daily and queries.latest_job(deed.kind, day) is None:
                operations.ask(deed.kind, day)

    def label_of(self, job: Job) -> str:
        deed = self.deeds.get(job.kind)
        return deed.label if deed else job.kind


def _undo() -> None:
    db.session.rollback()
    start_writing()
