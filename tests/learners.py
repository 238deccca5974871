"""Shortcuts along a course, by the same operations that people's browsers call."""

from datetime import timedelta

from app.agencies.models import Person
from app.catalog.model import Catalog, Course
from app.core import clock
from app.learning import operations as learning
from app.learning import queries
from app.learning.documents import Evidence
from app.learning.models import Enrolment
from app.learning.pace import least
from app.quizzes import operations as quizzes
from app.quizzes.chances import LEAST_A_QUESTION
from app.quizzes.models import Attempt
from app.quizzes.paper import thaw

SLUG = "netralitas-inti"


def catalog_of(app) -> Catalog:
    return app.extensions["catalog"]


def course_of(app) -> Course:
    return catalog_of(app).course(SLUG)


def enrolled(app, person: Person) -> Enrolment:
    return learning.enrol(person, course_of(app))


def learned(app, person: Person) -> Enrolment:
    """Enrolled, with every lesson finished just now, one after the other."""
    catalog, course, enrolment = catalog_of(app), course_of(app), enrolled(app, person)
    clock.shift(-time_to_learn(course))
    for lesson in course.lessons:
        for case in queries.cases_of(lesson, catalog):
            learning.answer_case(enrolment, lesson, case, case.ruling.verdict.value)
        clock.shift(least(lesson.minutes))
        learning.finish_lesson(enrolment, course, lesson, catalog)
    return enrolment


def ready_to_finish(app, person: Person) -> Enrolment:
    """Enrolled, with the first lesson read and its cases answered."""
    catalog, lesson, enrolment = catalog_of(app), course_of(app).lessons[0], enrolled(app, person)
    clock.shift(-least(lesson.minutes))
    for case in queries.cases_of(lesson, catalog):
        learning.answer_case(enrolment, lesson, case, case.ruling.verdict.value)
    clock.shift(least(lesson.minutes))
    return enrolment


def time_to_learn(course: Course) -> timedelta:
    """The least that its lessons can be read in."""
    return sum((least(lesson.minutes) for lesson in course.lessons), timedelta())


def sitting(app, person: Person) -> Attempt:
    """An open attempt of somebody who has learned, and has had the time to read it."""
    enrolment = learned(app, person)
    read = course_of(app).blueprint.questions * LEAST_A_QUESTION
    clock.shift(-read)
    attempt = quizzes.start_attempt(enrolment, course_of(app), catalog_of(app))
    clock.shift(read)
    return attempt


def choices(attempt: Attempt, *, wrong: int = 0) -> list[str]:
    """Right answers in the order of the paper, the first `wrong` of them spoiled."""
    keys = [question.key for question in thaw(attempt.paper).questions]
    spoiled = ["disiplin" if key == "boleh" else "boleh" for key in keys[:wrong]]
    return spoiled + keys[wrong:]


def answered(attempt: Attempt, *, wrong: int = 0) -> Attempt:
    """Every question, in the least time that it takes."""
    clock.shift(len(attempt.paper["questions"]) * LEAST_A_QUESTION)
    person = attempt.enrolment.person
    for position, choice in enumerate(choices(attempt, wrong=wrong), start=1):
        quizzes.save_answer(person, attempt.id, position, choice)
    return attempt


def failed(app, person: Person) -> Attempt:
    attempt = answered(sitting(app, person), wrong=12)
    quizzes.submit_attempt(attempt)
    return attempt


def passed(app, person: Person) -> Enrolment:
    attempt = answered(sitting(app, person))
    quizzes.submit_attempt(attempt)
    return attempt.enrolment


def evidence() -> Evidence:
    return Evidence(proved_at=clock.now(), device="Chrome di Android", network="127.0.0.0/24")


def signed(app, person: Person) -> Enrolment:
    enrolment = passed(app, person)
    learning.sign_pledge(enrolment, catalog_of(app), evidence())
    return enrolment
