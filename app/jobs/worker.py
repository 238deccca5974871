"""The process that works: threads that take nudges, and a loop that makes the rounds."""

import logging
import signal
import sqlite3
import threading
from contextlib import suppress

from huey.consumer import Consumer
from sqlalchemy.exc import DBAPIError

from app.core.db import db, start_writing
from app.jobs import operations
from app.jobs.engine import Engine

logger = logging.getLogger(__name__)
#: Jobs at once: a long one keeps nobody's document waiting.
THREADS = 2
#: Seconds between two rounds, and between two looks at the nudges.
EVERY, LOOK = 5.0, 0.2
#: Seconds that a job has to come to its end when the worker is told to stop.
LAST_STEPS = 8.0


class Threads(Consumer):  # type: ignore[misc]  # huey has no types
    """huey's threads without its handlers of signals: those are the loop's."""

    def _set_signal_handlers(self) -> None:
        return


def work(engine: Engine) -> None:
    """Work until SIGTERM or SIGINT. What is being done then comes to its end, or is found later."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    consumer = _consumer(engine)
    _warm_up(engine)
    try:
        _rounds(engine, stop)
    finally:
        consumer.stop(graceful=True)
        _let_go(engine)


def _consumer(engine: Engine) -> Threads:
    _mend_file(engine)
    engine.release_own()
    consumer = Threads(
        engine.huey,
        workers=THREADS,
        periodic=False,
        initial_delay=LOOK,
        backoff=1.0,
        max_delay=LOOK,
        shutdown_timeout=LAST_STEPS,
    )
    consumer.start()
    return consumer


def _warm_up(engine: Engine) -> None:
    with engine.app.app_context():
        for deed in engine.deeds.values():
            if deed.warm_up is not None:
                deed.warm_up()


def _mend_file(engine: Engine) -> None:
    """A file of nudges that is damaged is made anew: the rounds find what stood in it."""
    try:
        engine.huey.pending_count()
    except sqlite3.DatabaseError as error:
        logger.warning("%s is made anew: %s", engine.file, error)
        engine.close()
        with suppress(FileNotFoundError):
            engine.file.unlink()


def _rounds(engine: Engine, stop: threading.Event) -> None:
    """A database that does not answer is asked again at the next round."""
    while not stop.is_set():
        try:
            engine.round()
        except DBAPIError as error:
            logger.warning("no round: %s", type(error).__name__)
        stop.wait(EVERY)


def _let_go(engine: Engine) -> None:
    with engine.app.app_context(), suppress(DBAPIError):
        start_writing()
        operations.let_go_of_rounds(engine.worker)
        db.session.commit()
