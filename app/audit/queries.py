"""What can be read from the trail without knowing what it means."""

from datetime import datetime

import sqlalchemy as sa

from app.audit.actions import Action
from app.audit.models import AuditEntry
from app.core.db import db


def count() -> int:
    """How many deeds are recorded."""
    return db.session.execute(sa.select(sa.func.count(AuditEntry.id))).scalar_one()


def is_recorded(action: Action, subject: str, actor_id: int, since: datetime) -> bool:
    """Whether somebody's deed on this subject has an entry since then."""
    entry = sa.exists().where(
        AuditEntry.action == action.value,
        AuditEntry.subject == subject,
        AuditEntry.actor_id == actor_id,
        AuditEntry.at >= since,
    )
    return bool(db.session.scalar(sa.select(entry)))
