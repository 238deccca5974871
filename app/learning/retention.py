"""Answers to cases are forgotten once their course is completed: what counts is that it was."""

from datetime import datetime

import sqlalchemy as sa

from app.agencies.models import Person
from app.agencies.queries import of_unrestricted
from app.core.db import in_bulk
from app.learning.models import CaseAnswer, Enrolment


def forget_cases(before: datetime, owner: Person | None) -> int:
    """Forget answers of lessons and practice in courses that were completed before a moment."""
    done = sa.select(Enrolment.id).where(
        Enrolment.completed_at < before, of_unrestricted(Enrolment.person_id, owner)
    )
    return in_bulk(sa.delete(CaseAnswer).where(CaseAnswer.enrolment_id.in_(done)))
