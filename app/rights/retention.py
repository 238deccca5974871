"""Requests that were answered long ago go, too."""

from datetime import datetime

import sqlalchemy as sa

from app.agencies.models import Person
from app.agencies.queries import of_unrestricted
from app.core.db import changed
from app.rights.models import DataRequest


def forget_requests(before: datetime, owner: Person | None) -> int:
    """Forget what was answered before a moment."""
    return changed(
        sa.delete(DataRequest).where(
            DataRequest.answered_at < before, of_unrestricted(DataRequest.person_id, owner)
        )
    )
