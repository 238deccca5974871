"""Learning that took place: a lesson takes a third of its minutes at the least."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core import clock
from app.learning import operations, queries
from app.learning.models import LessonDone, LessonReading
from app.learning.pace import least
from tests import learners


@pytest.fixture
def course(app):
    return learners.course_of(app)


@pytest.fixture
def enrolment(app, db, cast):
    """Sari, enrolled a day ago."""
    clock.shift(timedelta(days=-1))
    enrolment = learners.enrolled(app, cast.sari)
    clock.shift(timedelta(days=1))
    db.commit()
    return enrolment


@pytest.fixture
def finish(app, enrolment, course):
    """`finish(lesson)` presses the button at its end; every case has been answered."""

    def press(lesson, **options):
        catalog = learners.catalog_of(app)
        operations.finish_lesson(enrolment, course, lesson, catalog, **options)

    return press


def judge(app, enrolment, lesson) -> None:
    for case in queries.cases_of(lesson, learners.catalog_of(app)):
        operations.answer_case(enrolment, lesson, case, "boleh")


def is_done(enrolment, lesson) -> bool:
    return lesson.slug in queries.lessons_done(enrolment)


def test_a_lesson_opened_just_now_is_not_done_until_a_third_has_passed(
    app, db, enrolment, course, finish, wait
):
    lesson = course.lessons[0]
    operations.note_opening(enrolment.id, lesson)
    wait(seconds=5)
    judge(app, enrolment, lesson)
    wait(seconds=least(lesson.minutes).seconds - 35)
    with pytest.raises(operations.ReadTooFast, match=r"(pukul|pada) .*\d\d\.\d\d WIB"):
        finish(lesson)
    assert not is_done(enrolment, lesson)
    wait(seconds=30)
    finish(lesson)
    assert is_done(enrolment, lesson)


def test_the_first_case_answered_counts_where_no_opening_was_noted(
    app, enrolment, course, finish, wait
):
    lesson = course.lessons[0]
    judge(app, enrolment, lesson)
    wait(seconds=least(lesson.minutes).seconds)
    finish(lesson)
    assert is_done(enrolment, lesson)


def test_a_refusal_notes_the_opening_that_was_not(app, db, enrolment, course, finish):
    lesson = course.lessons[0]
    judge(app, enrolment, lesson)
    with pytest.raises(operations.ReadTooFast):
        finish(lesson)
    db.commit()
    assert db.scalars(sa.select(LessonReading.lesson)).all() == [lesson.slug]


def test_eight_lessons_opened_at_once_take_the_sum_of_their_thirds(
    app, enrolment, course, finish, wait
):
    for lesson in course.lessons:
        operations.note_opening(enrolment.id, lesson)
    for lesson in course.lessons:
        judge(app, enrolment, lesson)
    first, second, *_ = course.lessons
    wait(seconds=least(first.minutes).seconds)
    finish(first)
    with pytest.raises(operations.ReadTooFast):
        finish(second)
    wait(seconds=least(second.minutes).seconds)
    finish(second)


def test_what_was_read_without_a_network_counts_by_the_devices_clock(
    app, enrolment, course, finish
):
    lesson = course.lessons[0]
    judge(app, enrolment, lesson)
    with pytest.raises(operations.ReadTooFast):
        finish(lesson, open_for=least(lesson.minutes) - timedelta(seconds=30))
    finish(lesson, open_for=least(lesson.minutes))


def test_what_a_device_claimed_once_is_kept(app, enrolment, course, finish, wait):
    lesson = course.lessons[0]
    judge(app, enrolment, lesson)
    with pytest.raises(operations.ReadTooFast):
        finish(lesson, open_for=timedelta(seconds=60))
    wait(seconds=least(lesson.minutes).seconds - 60)
    finish(lesson)


def test_no_device_began_before_its_reader_did(app, db, cast, course):
    enrolment = learners.enrolled(app, cast.sari)
    lesson = course.lessons[0]
    judge(app, enrolment, lesson)
    with pytest.raises(operations.ReadTooFast):
        operations.finish_lesson(
            enrolment, course, lesson, learners.catalog_of(app), open_for=timedelta(hours=2)
        )
    assert db.scalars(sa.select(LessonReading.opened_at)).one() == enrolment.started_at


def test_a_lesson_that_is_done_may_be_finished_again_at_once(app, db, cast, course):
    enrolment = learners.learned(app, cast.sari)
    operations.finish_lesson(enrolment, course, course.lessons[0], learners.catalog_of(app))
    assert db.scalar(sa.select(sa.func.count(LessonDone.id))) == len(course.lessons)


def test_when_it_was_opened_is_forgotten_once_it_is_done(app, db, enrolment, course, finish, wait):
    lesson = course.lessons[0]
    operations.note_opening(enrolment.id, lesson)
    operations.note_opening(enrolment.id, lesson)
    assert db.scalar(sa.select(sa.func.count(LessonReading.id))) == 1
    judge(app, enrolment, lesson)
    wait(minutes=lesson.minutes)
    finish(lesson)
    assert db.scalar(sa.select(sa.func.count(LessonReading.id))) == 0


def test_a_clock_that_was_a_day_ahead_costs_a_third_at_most(app, enrolment, course, finish, wait):
    lesson = course.lessons[0]
    wait(days=1)
    operations.note_opening(enrolment.id, lesson)
    judge(app, enrolment, lesson)
    wait(days=-1)
    with pytest.raises(operations.ReadTooFast):
        finish(lesson)
    wait(seconds=least(lesson.minutes).seconds)
    finish(lesson)
    assert is_done(enrolment, lesson)
