"""What is over is forgotten, whether anybody comes by or not: by a thread of each worker, and by
a command where no server of ours runs."""

import logging
from threading import Event, Thread

from flask import Flask
from sqlalchemy.exc import DBAPIError

from app.accounts import throttle
from app.catalog.web import current
from app.core.db import db
from app.core.errors import DomainError
from app.editing import operations

#: Seconds between two rounds; a day must not pass without one.
EVERY = 6 * 3600
logger = logging.getLogger(__name__)


def round_of_tending() -> tuple[int, int]:
    """Forget what is too old and what content has taken over. Gives how many questions each."""
    old = operations.forget_old()
    installed = operations.forget_installed(current())
    db.session.commit()
    throttle.forget_stale()
    return old, installed


def start(app: Flask, stop: Event | None = None) -> Thread:
    """Tend for as long as this process lives, or until told to stop. The thread dies with the
    process, whatever it is doing."""
    thread = Thread(target=tend, args=(app, stop or Event()), name="tending", daemon=True)
    thread.start()
    return thread


def tend(app: Flask, stop: Event) -> None:
    """Rounds until told to stop. A database that does not answer is asked again next time."""
    while True:
        with app.app_context():
            try:
                round_of_tending()
            except (DBAPIError, DomainError) as error:
                db.session.rollback()
                logger.warning("Pertanyaan lama belum dapat dihapus: %s.", type(error).__name__)
        if stop.wait(EVERY):
            return
