"""What can be read from the trail without knowing what it means."""

import sqlalchemy as sa

from app.audit.models import AuditEntry
from app.core.db import db


def count() -> int:
    """How many deeds are recorded."""
    return db.session.execute(sa.select(sa.func.count(AuditEntry.id))).scalar_one()
