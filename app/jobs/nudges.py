"""A nudge leaves when its row is committed, or not at all."""

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.orm import Session, SessionTransaction

from app.core.db import db

_PROMISED = "jobs.nudges"


def promise(job_id: int) -> None:
    """Nudge the worker about a job as soon as this transaction is committed."""
    db.session.info.setdefault(_PROMISED, []).append(job_id)


@sa.event.listens_for(Session, "after_commit")
def _leave(session: Session) -> None:
    if session.in_nested_transaction():
        return
    for job_id in session.info.pop(_PROMISED, ()):
        current_app.extensions["jobs"].nudge(job_id)


@sa.event.listens_for(Session, "after_soft_rollback")
def _forget(session: Session, _previous: SessionTransaction) -> None:
    if not session.in_nested_transaction():
        session.info.pop(_PROMISED, None)
