"""Jobs that a test does: at once, as soon as they are committed, or when it says so."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from app.jobs.engine import Engine


def jobs_at_once(app: Flask) -> None:
    """Each job is done as soon as it is committed. huey drops its file without closing it."""
    engine: Engine = app.extensions["jobs"]
    engine.huey.storage.close()
    engine.huey.immediate = True


@contextmanager
def waiting_jobs(app: Flask) -> Iterator[Engine]:
    """The engine with an empty file; nudges stay in it until somebody delivers them."""
    engine: Engine = app.extensions["jobs"]
    engine.close()
    engine.file.unlink(missing_ok=True)
    yield engine
    engine.close()
    engine.file.unlink(missing_ok=True)
    jobs_at_once(app)
