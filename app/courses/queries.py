"""What courses are asked: where somebody stands on the way through."""

from collections.abc import Iterable

from app.agencies.models import Person
from app.catalog.model import Course
from app.core import clock
from app.courses.journeys import Journey
from app.learning import queries as learning
from app.quizzes.queries import chances_of


def journeys_of(person: Person, courses: Iterable[Course]) -> list[Journey]:
    """The way through every course that is written for this person."""
    return [journey_of(person, course) for course in learning.courses_for(person, courses)]


def journey_of(person: Person, course: Course) -> Journey:
    """Where somebody stands in one course."""
    enrolment = learning.enrolment_of(person, course)
    done = learning.lessons_done(enrolment) if enrolment else frozenset()
    left = [lesson.number for lesson in course.lessons if lesson.slug not in done]
    return Journey(
        course=course,
        progress=learning.progress(enrolment, course, done),
        chances=chances_of(enrolment, course) if enrolment else None,
        lesson_number=left[0] if left else None,
        has_practised=bool(enrolment and learning.practice_score(enrolment).answered),
        now=clock.now(),
        zone=person.agency.zone,
    )
