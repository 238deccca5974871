"""Messages by whose they are and by what is due; addresses; and what a desk is told of them."""

from datetime import datetime

import sqlalchemy as sa

from app.core import clock
from app.core.db import db
from app.outbox.models import MailAddress, Message, State

#: Messages that their owner is shown.
SHOWN = 20


def messages_of(person_id: int) -> list[Message]:
    """One's own, newest first."""
    query = sa.select(Message).where(Message.person_id == person_id)
    return list(db.session.scalars(query.order_by(Message.id.desc()).limit(SHOWN)))


def address_of(person_id: int) -> MailAddress | None:
    return db.session.get(MailAddress, person_id)


def writable(person_ids: list[int]) -> set[int]:
    """Who of these may be written to: there is an address, and no refusal."""
    query = sa.select(MailAddress.person_id).where(
        MailAddress.person_id.in_(person_ids), MailAddress.address != "", ~MailAddress.refuses
    )
    return set(db.session.scalars(query))


def due(now: datetime, limit: int) -> list[Message]:
    query = sa.select(Message).where(Message.state == State.WAITING, Message.due_at <= now)
    return list(db.session.scalars(query.order_by(Message.due_at, Message.id).limit(limit)))


def next_waiting() -> Message | None:
    """What is due first, now or later."""
    query = sa.select(Message).where(Message.state == State.WAITING)
    return db.session.scalar(query.order_by(Message.due_at, Message.id).limit(1))


def failed_since(moment: datetime) -> int:
    """How many were given up since a moment."""
    query = sa.select(sa.func.count(Message.id)).where(
        Message.state == State.FAILED, Message.ended_at >= min(moment, clock.now())
    )
    return db.session.execute(query).scalar_one()
