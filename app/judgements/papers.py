"""First papers: what was answered to each question, and how the rest of its paper went."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.agencies.models import Person
from app.catalog.terms import Phase
from app.core.db import db, portions
from app.judgements.counted import Count, Key, Who, Window, counts_of
from app.learning.models import Enrolment
from app.quizzes.grading import Grade, grade
from app.quizzes.models import Attempt, AttemptAnswer
from app.quizzes.paper import thaw

#: Papers that are held in memory at a time; each is some 20 kB.
BATCH = 200


@dataclass(frozen=True, slots=True)
class Marked:
    """The first paper of somebody in a course."""

    who: Who
    course: str
    grade: Grade


def count_papers(window: Window) -> dict[Key, Count]:
    """A question that was left blank was not judged."""
    return counts_of(
        (one.who, *_case(line.question.case), 1, int(line.is_right), 0, 0)
        for one in _first_papers(window)
        for line in one.grade.lines
        if line.choice is not None
    )


def item_rows(window: Window) -> list[dict[str, object]]:
    """Rows of `item_marks`. A blank is an answer, and wrong."""
    found: Counter[tuple[str, str, Phase, str, str, int]] = Counter()
    for one in _first_papers(window):
        for line in one.grade.lines:
            scenario, phase = _case(line.question.case)
            rest = one.grade.right - line.is_right
            found[one.course, scenario, phase, line.question.key, line.choice or "", rest] += 1
    names = ("course", "scenario", "phase", "key", "choice", "rest")
    return [{**dict(zip(names, key, strict=True)), "people": n} for key, n in found.items()]


def first_at() -> datetime | None:
    return db.session.scalar(sa.select(sa.func.min(Attempt.submitted_at)))


def _case(key: str) -> tuple[str, Phase]:
    scenario, _, phase = key.partition("@")
    return scenario, Phase(phase)


def _first_papers(window: Window) -> Iterator[Marked]:
    query = (
        sa.select(Attempt.id)
        .join(Attempt.enrolment)
        .join(Enrolment.person)
        .where(
            Attempt.submitted_at >= window.since,
            Attempt.submitted_at < window.until,
            Attempt.number == 1,
            Person.restricted_at.is_(None),
        )
        .order_by(Attempt.id)
    )
    ids = list(db.session.scalars(query))
    for some in portions(ids, BATCH):
        yield from _papers(some)


def _papers(ids: Sequence[int]) -> Iterator[Marked]:
    by = (Person.agency_id, Person.unit_id, Person.position, Person.status)
    query = (
        sa.select(Attempt.id, Attempt.paper, Enrolment.course, *by)
        .join(Attempt.enrolment)
        .join(Enrolment.person)
        .where(Attempt.id.in_(ids))
        .order_by(Attempt.id)
    )
    answers = _answers(ids)
    for id, paper, course, *who in db.session.execute(query):
        if given := answers.get(id):  # else they are forgotten
            yield Marked(Who(*who), course, grade(thaw(paper), given))


def _answers(ids: Sequence[int]) -> Mapping[int, dict[str, str | None]]:
    query = sa.select(AttemptAnswer.attempt_id, AttemptAnswer.question, AttemptAnswer.choice).where(
        AttemptAnswer.attempt_id.in_(ids)
    )
    found: dict[int, dict[str, str | None]] = {}
    for attempt, question, choice in db.session.execute(query):
        found.setdefault(attempt, {})[question] = choice
    return found
