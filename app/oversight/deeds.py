"""The worker's part of the trail: each day the head is signed, once a database."""

from flask import current_app

from app.core.db import Json
from app.jobs.deeds import Deed, Work
from app.oversight import checkpoints, watching


def _sign(work: Work) -> Json:
    press = current_app.extensions["press"]
    made = checkpoints.make(press.keys(), press.public_url)
    work.advance(1, 2)  # a file says only what the database keeps
    watching.keep_copies()
    return {"day": made.day.isoformat(), "last_id": made.last_id}


CHECKPOINT = Deed("audit.checkpoint", "tandatangani ujung jejak audit", _sign, is_daily=True)
