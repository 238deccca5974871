"""What learning is asked: whose enrolment, which lessons are done, which cases were answered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.accounts.reader import Reader
from app.agencies.models import Person, Unit
from app.catalog.model import Case, Catalog, Course, Lesson
from app.core.db import db
from app.core.errors import DomainError, NotFound
from app.core.prepared import Prepared
from app.learning.models import CaseAnswer, Enrolment, LessonDone, LessonReading
from app.learning.practice import Seen
from app.learning.progress import Answer, Progress, Visit

PRACTICE = "latihan-"


class NotEnrolled(DomainError):
    message = "Tekan “Mulai belajar” dahulu. Sesudah itu semua langkah kursus ini terbuka."


@dataclass(frozen=True, slots=True)
class Score:
    """Practice so far."""

    right: int
    answered: int


# What every lesson page asks: plain columns, compiled once (house.md: Core for what is hot).
_enrolment, _answer, _done = Enrolment.__table__, CaseAnswer.__table__, LessonDone.__table__
_reading = LessonReading.__table__
_JUDGEMENT = (_answer.c.scenario, _answer.c.phase, _answer.c.choice, _answer.c.is_right)
_IS_LOCKED_HERE = sa.and_(_answer.c.place == sa.bindparam("place"), _answer.c.choice.is_not(None))


def _is_in(table: sa.FromClause) -> sa.Exists:
    """Whether the lesson has a row there."""
    return sa.exists().where(
        table.c.enrolment_id == _enrolment.c.id, table.c.lesson == sa.bindparam("lesson")
    )


_VISIT = Prepared(
    lambda: (
        sa.select(
            _enrolment.c.id.label("enrolment_id"),
            _is_in(_done).label("is_done"),
            _is_in(_reading).label("is_opened"),
            *_JUDGEMENT,
        )
        .outerjoin_from(
            _enrolment, _answer, sa.and_(_answer.c.enrolment_id == _enrolment.c.id, _IS_LOCKED_HERE)
        )
        .where(
            _enrolment.c.person_id == sa.bindparam("person"),
            _enrolment.c.course == sa.bindparam("course"),
            _enrolment.c.edition == sa.bindparam("edition"),
            _enrolment.c.closed_at.is_(None),
        )
    )
)
_ANSWERS = sa.select(*_JUDGEMENT).where(
    _answer.c.enrolment_id == sa.bindparam("enrolment"), _IS_LOCKED_HERE
)


def lesson_place(lesson: Lesson) -> str:
    """How answers name the lesson that asked: `pelajaran-03`."""
    return f"pelajaran-{lesson.number:02d}"


def turn_place(number: int) -> str:
    """How answers name a practice turn: `latihan-0007`."""
    return f"{PRACTICE}{number:04d}"


def turn_number(turn: CaseAnswer) -> int:
    return int(turn.place.removeprefix(PRACTICE))


def visit_of(reader: Reader, course: Course, lesson: Lesson) -> Visit:
    """How the reader stands with a lesson of the edition taught now. Raises NotEnrolled."""
    rows = _VISIT.rows(
        person=reader.id,
        course=course.slug,
        edition=course.edition,
        lesson=lesson.slug,
        place=lesson_place(lesson),
    )
    if not rows:
        raise NotEnrolled
    enrolment, is_done, is_opened, *_ = rows[0]
    locked = (judgement for _, _, _, *judgement in rows if judgement[2])
    return Visit(enrolment, is_done=is_done, is_opened=is_opened, answers=_answers(locked))


def enrolment_of(person: Person, course: Course) -> Enrolment | None:
    """In the edition that is taught now, the round that is open. Unit and agency come along."""
    return db.session.scalar(
        sa.select(Enrolment)
        .where(
            Enrolment.person_id == person.id,
            Enrolment.course == course.slug,
            Enrolment.edition == course.edition,
            Enrolment.closed_at.is_(None),
        )
        .options(
            joinedload(Enrolment.person).joinedload(Person.agency),
            joinedload(Enrolment.person).joinedload(Person.unit).joinedload(Unit.parent),
        )
    )


def own_enrolment(person: Person, course: Course) -> Enrolment:
    """The same, or NotEnrolled."""
    enrolment = enrolment_of(person, course)
    if enrolment is None:
        raise NotEnrolled
    return enrolment


def enrolments_of(person: Person) -> list[Enrolment]:
    """Everything somebody ever started, in every edition, latest first."""
    return list(
        db.session.scalars(
            sa.select(Enrolment)
            .where(Enrolment.person_id == person.id)
            .order_by(Enrolment.started_at.desc(), Enrolment.id.desc())
        )
    )


def courses_for(person: Person, courses: Iterable[Course]) -> list[Course]:
    """The courses written for somebody of this status."""
    return [course for course in courses if is_for(course, person)]


def is_for(course: Course, person: Person | Reader) -> bool:
    return person.status in course.audience


def course_for(person: Person | Reader, catalog: Catalog, slug: str) -> Course:
    """A course by its slug; one that is written for others does not exist."""
    course = catalog.course(slug)
    if not is_for(course, person):
        raise NotFound
    return course


def lessons_done(enrolment: Enrolment) -> frozenset[str]:
    """Slugs of the lessons that are finished."""
    return frozenset(ends_of_lessons(enrolment))


def ends_of_lessons(enrolment: Enrolment) -> dict[str, datetime]:
    """When each finished lesson was, by its slug."""
    query = sa.select(LessonDone.lesson, LessonDone.done_at).where(
        LessonDone.enrolment_id == enrolment.id
    )
    return {row.lesson: row.done_at for row in db.session.execute(query)}


def reading_of(enrolment: Enrolment, lesson: Lesson) -> LessonReading | None:
    """When a lesson was opened, if that was noted."""
    query = sa.select(LessonReading).filter_by(enrolment_id=enrolment.id, lesson=lesson.slug)
    return db.session.scalar(query)


def first_answer_at(enrolment: Enrolment, lesson: Lesson) -> datetime | None:
    """When the first case of a lesson was answered."""
    query = sa.select(sa.func.min(CaseAnswer.answered_at)).where(
        CaseAnswer.enrolment_id == enrolment.id, CaseAnswer.place == lesson_place(lesson)
    )
    return db.session.scalar(query)


def answers_in(enrolment: Enrolment, lesson: Lesson) -> dict[str, Answer]:
    """Locked answers to the cases of a lesson, by the key of the case."""
    asked = {"enrolment": enrolment.id, "place": lesson_place(lesson)}
    return _answers(db.session.execute(_ANSWERS, asked))


def _answers(rows: Iterable[Sequence[Any]]) -> dict[str, Answer]:
    return {
        f"{scenario}@{phase}": Answer(choice, is_right)
        for scenario, phase, choice, is_right in rows
    }


def answer_to(enrolment: Enrolment, lesson: Lesson, case: Case) -> CaseAnswer:
    """The row of one locked answer."""
    return db.session.scalars(
        sa.select(CaseAnswer).filter_by(
            enrolment_id=enrolment.id,
            place=lesson_place(lesson),
            scenario=case.scenario.id,
            phase=case.phase.value,
        )
    ).one()


def cases_of(lesson: Lesson, catalog: Catalog) -> list[Case]:
    """The inline cases of a lesson, each once, in the order of the page."""
    found = [catalog.case(inline.scenario_id, inline.phase) for inline in lesson.cases]
    return list({case.key: case for case in found}.values())


def practice_cases(course: Course, catalog: Catalog) -> list[Case]:
    """Everything that practice may ask of somebody in this course, in the order of ids: what its
    quiz is about, of any difficulty, and also what no quiz draws."""
    audience = {status.value for status in course.audience}
    return [
        Case(scenario, ruling)
        for _, scenario in sorted(catalog.scenarios.items())
        if scenario.is_published and not audience.isdisjoint(scenario.applies_to)
        for ruling in scenario.rulings
        if any(draw.is_about(scenario, ruling) for draw in course.blueprint.draws)
    ]


def turn_of(enrolment: Enrolment, number: int) -> CaseAnswer:
    """One's own practice turn."""
    turn = db.session.scalar(
        sa.select(CaseAnswer).where(
            CaseAnswer.enrolment_id == enrolment.id, CaseAnswer.place == turn_place(number)
        )
    )
    if turn is None:
        raise NotFound
    return turn


def open_turn(enrolment: Enrolment) -> CaseAnswer | None:
    """The practice turn that waits for an answer."""
    return db.session.scalar(
        sa.select(CaseAnswer).where(
            CaseAnswer.enrolment_id == enrolment.id, CaseAnswer.choice.is_(None)
        )
    )


def turns_taken(enrolment: Enrolment) -> int:
    query = sa.select(sa.func.count(CaseAnswer.id)).where(
        CaseAnswer.enrolment_id == enrolment.id, CaseAnswer.place.startswith(PRACTICE)
    )
    return db.session.execute(query).scalar_one()


def history_of(enrolment: Enrolment) -> list[Seen]:
    """Every judgement so far, in lessons and in practice, oldest first."""
    query = (
        sa.select(CaseAnswer.scenario, CaseAnswer.phase, CaseAnswer.is_right)
        .where(CaseAnswer.enrolment_id == enrolment.id, CaseAnswer.choice.is_not(None))
        .order_by(CaseAnswer.answered_at, CaseAnswer.id)
    )
    return [
        Seen(f"{scenario}@{phase}", is_right)
        for scenario, phase, is_right in db.session.execute(query)
    ]


def practice_score(enrolment: Enrolment) -> Score:
    is_right = sa.case((CaseAnswer.is_right.is_(True), 1))
    right, answered = db.session.execute(
        sa.select(sa.func.count(is_right), sa.func.count(CaseAnswer.choice)).where(
            CaseAnswer.enrolment_id == enrolment.id, CaseAnswer.place.startswith(PRACTICE)
        )
    ).one()
    return Score(right, answered)


def progress_of(person: Person, course: Course) -> Progress:
    """How far somebody has come in the edition that is taught now. Status only."""
    enrolment = enrolment_of(person, course)
    return progress(enrolment, course, lessons_done(enrolment) if enrolment else frozenset())


def progress(enrolment: Enrolment | None, course: Course, done: frozenset[str]) -> Progress:
    """The same from rows at hand; `done` are slugs of finished lessons."""
    total = len(course.lessons)
    if enrolment is None:
        return Progress(course.slug, course.edition, 0, total)
    return Progress(
        course=enrolment.course,
        edition=enrolment.edition,
        lessons_done=len(done & {lesson.slug for lesson in course.lessons}),
        lessons_total=total,
        started_at=enrolment.started_at,
        learned_at=enrolment.lessons_completed_at,
        passed_at=enrolment.passed_at,
        signed_at=enrolment.signed_at,
        score_percent=enrolment.score_percent,
    )
