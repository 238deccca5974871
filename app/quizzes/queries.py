"""What quizzes are asked: whose attempt, what was saved, how many chances are left."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.accounts.reader import Reader
from app.agencies.models import Person
from app.catalog.model import Course
from app.core import clock
from app.core.db import Json, db
from app.core.errors import NotFound
from app.core.prepared import Prepared
from app.learning.models import Enrolment
from app.quizzes.chances import Chances, Sitting, chances
from app.quizzes.models import Attempt, AttemptAnswer, ExtraChance


@dataclass(frozen=True, slots=True)
class Slot:
    """A question's place with what was saved there."""

    position: int
    choice: str | None
    revision: int

    @property
    def is_answered(self) -> bool:
        return self.choice is not None


@dataclass(frozen=True, slots=True)
class OwnAttempt:
    """One's own attempt as the page of a question asks for it: plain values, no row."""

    id: int
    number: int
    is_open: bool
    paper: Json
    #: What was saved, in the order of the paper.
    slots: list[Slot]


# What every question of a quiz asks: plain columns, compiled once (house.md: Core for what is hot).
_attempt, _answer = Attempt.__table__, AttemptAnswer.__table__
_SLOTS = (
    sa.select(_answer.c.position, _answer.c.choice, _answer.c.revision)
    .where(_answer.c.attempt_id == sa.bindparam("attempt"))
    .order_by(_answer.c.position)
)
_PREPARED_SLOTS = Prepared(lambda: _SLOTS)
_OWN = Prepared(
    lambda: (
        sa.select(
            _attempt.c.id, _attempt.c.number, _attempt.c.submitted_at.is_(None), _attempt.c.paper
        )
        .join(Enrolment.__table__, Enrolment.__table__.c.id == _attempt.c.enrolment_id)
        .where(
            _attempt.c.id == sa.bindparam("attempt"),
            Enrolment.__table__.c.person_id == sa.bindparam("person"),
        )
    )
)


def own_attempt(reader: Reader, attempt_id: int) -> OwnAttempt:
    """The reader's own attempt as it is committed. Someone else's does not exist for them."""
    rows = _OWN.rows(attempt=attempt_id, person=reader.id)
    if not rows:
        raise NotFound
    slots = [Slot(*row) for row in _PREPARED_SLOTS.rows(attempt=attempt_id)]
    id, number, is_open, paper = rows[0]
    return OwnAttempt(id, number, is_open, paper, slots)


def attempt_of(person: Person | Reader, attempt_id: int) -> Attempt:
    """A person's own attempt. Someone else's does not exist, as far as they can tell."""
    attempt = db.session.scalar(
        sa.select(Attempt)
        .join(Attempt.enrolment)
        .where(Attempt.id == attempt_id, Enrolment.person_id == person.id)
        .options(joinedload(Attempt.enrolment).joinedload(Enrolment.person))
    )
    if attempt is None:
        raise NotFound
    return attempt


def open_attempt(enrolment: Enrolment) -> Attempt | None:
    return db.session.scalar(
        sa.select(Attempt).where(
            Attempt.enrolment_id == enrolment.id, Attempt.submitted_at.is_(None)
        )
    )


def attempts_of(enrolment: Enrolment) -> list[Sitting]:
    """Every sitting, first one first, without its paper."""
    query = (
        sa.select(Attempt.id, Attempt.number, Attempt.submitted_at, Attempt.passed)
        .where(Attempt.enrolment_id == enrolment.id)
        .order_by(Attempt.number)
    )
    return [Sitting(*row) for row in db.session.execute(query)]


def papers_of(enrolment: Enrolment) -> list[dict[str, Any]]:
    """The frozen papers of every sitting."""
    return list(db.session.scalars(sa.select(Attempt.paper).filter_by(enrolment_id=enrolment.id)))


def extra_chances(enrolment: Enrolment) -> int:
    query = sa.select(sa.func.count(ExtraChance.id)).filter_by(enrolment_id=enrolment.id)
    return db.session.execute(query).scalar_one()


def chances_of(enrolment: Enrolment, course: Course) -> Chances:
    """Where somebody stands with the quiz of a course."""
    return chances(
        attempts_of(enrolment),
        max_attempts=course.max_attempts,
        extra=extra_chances(enrolment),
        cool_down_minutes=course.cool_down_minutes,
        now=clock.now(),
    )


def slots_of(attempt: Attempt) -> list[Slot]:
    """What was saved, in the order of the paper."""
    return [Slot(*row) for row in db.session.execute(_SLOTS, {"attempt": attempt.id})]


def question_count(person: Person | Reader, attempt_id: int) -> int:
    """How long the paper of one's own attempt is, without opening the paper."""
    count = db.session.scalar(
        sa.select(sa.func.count(AttemptAnswer.id))
        .join(Attempt, Attempt.id == AttemptAnswer.attempt_id)
        .join(Attempt.enrolment)
        .where(Attempt.id == attempt_id, Enrolment.person_id == person.id)
    )
    if not count:
        raise NotFound
    return count


def answers_of(attempt: Attempt) -> dict[str, str | None]:
    """What was chosen, by question id."""
    query = sa.select(AttemptAnswer.question, AttemptAnswer.choice).where(
        AttemptAnswer.attempt_id == attempt.id
    )
    return dict(db.session.execute(query).tuples().all())


def first_blank(slots: list[Slot]) -> int | None:
    """The place of the first question without an answer."""
    return next((slot.position for slot in slots if not slot.is_answered), None)
