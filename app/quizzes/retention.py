"""Answers of attempts that failed are forgotten once the course is completed. The attempt, its
score and its number stay, and so does all of the attempt that was passed: a document rests on it.
"""

from datetime import datetime

import sqlalchemy as sa

from app.agencies.models import Person
from app.agencies.queries import of_unrestricted
from app.core.db import in_bulk
from app.learning.models import Enrolment
from app.quizzes.models import Attempt, AttemptAnswer


def forget_answers(before: datetime, owner: Person | None) -> int:
    """Forget answers of failed attempts in courses that were completed before a moment."""
    failed = (
        sa.select(Attempt.id)
        .join(Attempt.enrolment)
        .where(
            Attempt.passed.is_(False),
            Enrolment.completed_at < before,
            of_unrestricted(Enrolment.person_id, owner),
        )
    )
    return in_bulk(sa.delete(AttemptAnswer).where(AttemptAnswer.attempt_id.in_(failed)))
