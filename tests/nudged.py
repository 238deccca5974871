"""Jobs that wait until a test does them."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from app.jobs.engine import Engine


@contextmanager
def waiting_jobs(app: Flask) -> Iterator[Engine]:
    """The engine with an empty file; nudges stay in it until somebody delivers them."""
    engine: Engine = app.extensions["jobs"]
    engine.huey.immediate = False
    engine.file.unlink(missing_ok=True)
    engine.close()
    yield engine
    engine.close()
    engine.file.unlink(missing_ok=True)
    engine.huey.immediate = True
