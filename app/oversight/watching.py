"""What each process of the server does beside its pages: it writes down whom it refused, and sees
that this node has a copy of every checkpoint. Whether one does it or four, the outcome is the same.
"""

import logging
from datetime import datetime
from pathlib import Path
from threading import Event, Thread

from flask import Flask, current_app
from sqlalchemy.exc import DBAPIError

from app.audit import refusals
from app.core.db import db, reading, start_writing
from app.core.errors import DomainError
from app.credentials.press import Press
from app.oversight import checkpoints, reach
from app.oversight.models import Checkpoint

#: Seconds between two rounds: a process that is killed loses no more refusals than that.
EVERY = 5
logger = logging.getLogger(__name__)


def start(app: Flask, stop: Event | None = None) -> Thread:
    """Watch for as long as this process lives, or until told to stop."""
    thread = Thread(target=watch, args=(app, stop or Event()), name="watching", daemon=True)
    thread.start()
    return thread


def watch(app: Flask, stop: Event) -> None:
    """Rounds until told to stop; a database that does not answer is asked again next time."""
    done: datetime | None = None
    is_over = False
    while not is_over:
        is_over = stop.wait(EVERY)
        with app.app_context():
            try:
                done = round_of_watching(done)
            except (DBAPIError, DomainError, OSError) as error:
                db.session.rollback()
                done = refusals.open_since()
                logger.warning("Jejak audit belum dapat dirawat: %s.", type(error).__name__)


def round_of_watching(done: datetime | None) -> datetime:
    """Write what was counted; where a quarter of an hour is over since `done`, close it, and copy
    checkpoints; index what was recorded. Gives what the next round is told."""
    start_writing()  # the round before may have ended by only reading
    refusals.flush()
    quarter = refusals.open_since()
    if quarter != done:
        refusals.close()
        db.session.commit()
        keep_copies()
    reach.catch_up()
    return quarter


def keep_copies() -> None:
    """A file here of every checkpoint, whichever node made it."""
    checkpoints.keep(folder(), checkpoints.all_made())


def folder() -> Path:
    """Where the files of this node are; every node has all of them."""
    instance: Path = current_app.config["RAMBU"].INSTANCE
    return instance / checkpoints.FOLDER


def keep_today() -> Checkpoint:
    """Today's checkpoint, made if need be, with a file of it and of every one before it."""
    press: Press = current_app.extensions["press"]
    reading()
    made = checkpoints.make(press.keys(), press.public_url)
    db.session.commit()
    keep_copies()
    return made
