"""Going through a course: start, judge cases, finish lessons, practise, pass, sign."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from app.accounts import operations as accounts
from app.accounts.queries import reset_of
from app.agencies.models import Person
from app.audit import trail
from app.audit.actions import Action
from app.catalog.model import Case, Catalog, Course, Lesson
from app.catalog.terms import Verdict
from app.core import clock
from app.core.dates import moment
from app.core.db import at_most_one, changed, db, hold, reading, start_writing, update_if
from app.core.errors import DomainError, NotFound
from app.credentials import operations as credentials
from app.learning import documents, practice, queries
from app.learning.documents import Evidence
from app.learning.models import CaseAnswer, Enrolment, LessonDone, LessonReading
from app.learning.pace import Read, claimed_at, earliest_end


class UnknownChoice(DomainError):
    message = "Pilih satu jawaban: Boleh, Tidak boleh, atau Bergantung keadaan."


class CasesUnanswered(DomainError):
    """Some inline cases of the lesson are still open; `missing` are they."""

    def __init__(self, missing: list[Case]) -> None:
        self.missing = missing
        count = len(missing)
        super().__init__(
            f"Pelajaran ini belum selesai: masih ada {count} kasus yang belum Anda jawab. "
            "Jawaban lain sudah tersimpan."
        )


class ReadTooFast(DomainError):
    """Less than a third of the lesson's minutes has been spent on it; the sentence says when."""

    def __init__(self, until: datetime, zone: str) -> None:
        super().__init__(
            "Luangkan paling sedikit sepertiga dari waktu pelajaran ini untuk membacanya. Tekan "
            f"“Selesai, lanjut” lagi {moment(until, clock.now(), zone)}. Semua jawaban Anda sudah "
            "tersimpan."
        )


class NotPassed(DomainError):
    message = "Pakta ditandatangani sesudah Anda lulus kuis akhir. Belum ada yang ditandatangani."


class NotSigned(DomainError):
    message = "Kursus ini belum Anda tuntaskan, jadi tidak perlu diulang. Lanjutkan saja."


class EditionEnded(DomainError):
    message = (
        "Edisi kursus ini sudah diganti. Yang Anda kerjakan tetap tercatat sebagai riwayat; "
        "untuk menandatangani pakta, mulailah edisi yang baru."
    )


class _Twice(DomainError):
    """Somebody else's thread did the same deed a moment ago; never shown."""


def enrol(person: Person, course: Course) -> Enrolment:
    """Start a course, or go on with the one that was started."""
    if (found := queries.enrolment_of(person, course)) is not None:
        return found
    if not queries.is_for(course, person):
        raise NotFound
    taught = {"course": course.slug, "edition": course.edition}
    enrolment = Enrolment(person=person, agency_id=person.agency_id, **taught)
    try:
        with at_most_one(_Twice()):
            db.session.add(enrolment)
    except _Twice:
        return queries.own_enrolment(person, course)
    trail.record(Action.COURSE_STARTED, enrolment, actor=person, course=enrolment.source)
    return enrolment


def begin_again(person: Person, course: Course) -> Enrolment:
    """Another round of an edition that was signed; the round before is closed and keeps all it has.

    Raises NotSigned. A double tap finds the round that the first has begun.
    """
    before = queries.own_enrolment(person, course)
    hold(before)
    if before.closed_at is not None:
        return queries.own_enrolment(person, course)
    if not before.has_signed:
        raise NotSigned
    before.closed_at = clock.now()
    db.session.flush()
    taught = {"course": course.slug, "edition": course.edition, "round": before.round + 1}
    enrolment = Enrolment(person=person, agency_id=person.agency_id, **taught)
    db.session.add(enrolment)
    db.session.flush()
    trail.record(Action.COURSE_STARTED, enrolment, actor=person, course=enrolment.source)
    return enrolment


def answer_case(enrolment: Enrolment, lesson: Lesson, case: Case, choice: str) -> CaseAnswer:
    """Lock the judgement on an inline case. The first answer stays, whatever comes later."""
    verdict = _verdict(choice)
    answer = CaseAnswer(
        enrolment_id=enrolment.id,
        place=queries.lesson_place(lesson),
        scenario=case.scenario.id,
        phase=case.phase.value,
        choice=verdict.value,
        is_right=verdict is case.ruling.verdict,
        answered_at=clock.now(),
    )
    try:
        with at_most_one(_Twice()):
            db.session.add(answer)
    except _Twice:
        return queries.answer_to(enrolment, lesson, case)
    return answer


def note_opening(enrolment_id: int, lesson: Lesson) -> None:
    """Note that a lesson was opened, once. It ends the transaction so far, and leaves the page open
    while nothing can be written: then the first case answered counts."""
    start_writing()
    db.session.add(LessonReading(enrolment_id=enrolment_id, lesson=lesson.slug))
    try:
        db.session.commit()
    except DBAPIError:  # or another tab was first
        db.session.rollback()
    reading()


def finish_lesson(
    enrolment: Enrolment,
    course: Course,
    lesson: Lesson,
    catalog: Catalog,
    *,
    open_for: timedelta = timedelta(),
) -> None:
    """Mark a lesson as done; the last one completes the lessons. Raises CasesUnanswered.

    `open_for` is how long the reader's device says it has been open: it may have been read where
    there is no network. Raises ReadTooFast; commit after that, too, since that it was opened is
    noted then.
    """
    answered = queries.answers_in(enrolment, lesson)
    missing = [case for case in queries.cases_of(lesson, catalog) if case.key not in answered]
    if missing:
        raise CasesUnanswered(missing)
    hold(enrolment)
    done = queries.ends_of_lessons(enrolment)
    if lesson.slug not in done:
        _check_pace(enrolment, course, lesson, done, open_for)
        db.session.add(
            LessonDone(enrolment_id=enrolment.id, lesson=lesson.slug, done_at=clock.now())
        )
        trail.record(Action.LESSON_FINISHED, enrolment, actor=enrolment.person, lesson=lesson.slug)
    if not enrolment.has_learned and {one.slug for one in course.lessons} <= {*done, lesson.slug}:
        enrolment.lessons_completed_at = clock.now()
        trail.record(Action.LESSONS_COMPLETED, enrolment, actor=enrolment.person)
    db.session.flush()


def count_lessons(enrolment: Enrolment, course: Course, source: str) -> bool:
    """Count every lesson as done for somebody who has learned them in another way; `source` names
    it. Paper and pledge remain to be done. False when the lessons were done already."""
    hold(enrolment)
    if enrolment.has_learned:
        return False
    now, done = clock.now(), queries.ends_of_lessons(enrolment)
    left = [lesson.slug for lesson in course.lessons if lesson.slug not in done]
    mine = {"enrolment_id": enrolment.id, "done_at": now}
    db.session.add_all([LessonDone(lesson=slug, **mine) for slug in left])
    changed(sa.delete(LessonReading).where(LessonReading.enrolment_id == enrolment.id))
    enrolment.lessons_completed_at = now
    trail.record(Action.LESSONS_COMPLETED, enrolment, source=source, lessons=left)
    db.session.flush()
    return True


def _check_pace(
    enrolment: Enrolment,
    course: Course,
    lesson: Lesson,
    done: Mapping[str, datetime],
    open_for: timedelta,
) -> None:
    now, opened = clock.now(), queries.reading_of(enrolment, lesson)
    if opened is None:
        opened = LessonReading(enrolment_id=enrolment.id, lesson=lesson.slug, opened_at=now)
        db.session.add(opened)
    opened.opened_at = min(
        opened.opened_at,
        queries.first_answer_at(enrolment, lesson) or now,
        claimed_at(open_for, now, enrolment.started_at),
    )
    others = [Read(one.minutes, done[one.slug]) for one in course.lessons if one.slug in done]
    until = earliest_end(lesson.minutes, opened.opened_at, others)
    if now < until:
        db.session.flush()
        raise ReadTooFast(until, enrolment.person.agency.zone)
    db.session.delete(opened)


def draw_turn(enrolment: Enrolment, course: Course, catalog: Catalog) -> CaseAnswer:
    """The next practice case; the one that waits for an answer comes first."""
    cases = queries.practice_cases(course, catalog)
    hold(enrolment)
    waiting = queries.open_turn(enrolment)
    if waiting is not None:
        if f"{waiting.scenario}@{waiting.phase}" in {case.key for case in cases}:
            return waiting
        db.session.delete(waiting)  # the case has left the bank: nobody could answer it
        db.session.flush()
    number = queries.turns_taken(enrolment) + 1
    seed = enrolment.id * 10_000 + number
    draws = course.blueprint.draws
    case = practice.next_case(cases, queries.history_of(enrolment), seed, draws)
    turn = CaseAnswer(
        enrolment_id=enrolment.id,
        place=queries.turn_place(number),
        scenario=case.scenario.id,
        phase=case.phase.value,
    )
    db.session.add(turn)
    db.session.flush()
    return turn


def answer_turn(turn: CaseAnswer, case: Case, choice: str) -> None:
    """Lock the judgement on a practice case. The first answer stays."""
    verdict = _verdict(choice)
    update_if(
        turn,
        CaseAnswer.choice.is_(None),
        choice=verdict.value,
        is_right=verdict is case.ruling.verdict,
        answered_at=clock.now(),
    )


def pass_course(enrolment: Enrolment, score_percent: int) -> None:
    """Take note of a passed quiz, once."""
    passed = update_if(
        enrolment,
        sa.and_(Enrolment.passed_at.is_(None), Enrolment.lessons_completed_at.is_not(None)),
        passed_at=clock.now(),
        score_percent=score_percent,
    )
    if passed:
        trail.record(Action.COURSE_PASSED, enrolment, actor=enrolment.person, score=score_percent)


def sign_pledge(enrolment: Enrolment, catalog: Catalog, evidence: Evidence) -> bool:
    """Sign the pledge: it and the certificate are issued together, once. Raises NotPassed.

    False when it had been signed before: a double tap finds the first signature.
    """
    hold(enrolment)
    if enrolment.has_signed:
        return False
    if not enrolment.has_passed:
        raise NotPassed
    course, person = _taught_now(enrolment, catalog), enrolment.person
    enrolment.signed_at = enrolment.completed_at = clock.now()
    pledge = documents.pledge_facts(enrolment, catalog, course, _with_reset(evidence, person))
    trail.record(
        Action.PLEDGE_SIGNED,
        enrolment,
        actor=person,
        edition=pledge.edition,
        text_sha256=pledge.text_sha256,
        **accounts.code_issuer(person),
    )
    certificate = documents.certificate_facts(enrolment, catalog, course)
    for facts in (pledge, certificate):
        credentials.issue(person, enrolment.source, facts, actor=person)
    trail.record(Action.COURSE_COMPLETED, enrolment, actor=person, course=enrolment.source)
    return True


def _with_reset(evidence: Evidence, person: Person) -> Evidence:
    """The same, and whose code made the password when that was within a day."""
    reset = reset_of(person, clock.now() - accounts.NAMED_FOR)
    if reset is None:
        return evidence
    return replace(evidence, code_from=reset.by, code_used_at=reset.used_at)


def _taught_now(enrolment: Enrolment, catalog: Catalog) -> Course:
    course = catalog.courses.get(enrolment.course)
    if course is None or course.edition != enrolment.edition:
        raise EditionEnded
    return course


def _verdict(choice: str) -> Verdict:
    try:
        return Verdict(choice)
    except ValueError:
        raise UnknownChoice from None
