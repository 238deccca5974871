"""/kursus, a course's page, and the two pages around a quiz: its start and its result."""

from collections.abc import Sequence
from typing import TypedDict

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import catalog
from app.accounts.access import Role, current_person, open_to
from app.agencies.models import Person
from app.asking.web import today
from app.assignments import operations as assignments
from app.assignments.duties import Duty, duties_of
from app.assignments.operations import NotOpenYet
from app.catalog.model import Course
from app.core import clock
from app.core.db import db
from app.core.errors import DomainError
from app.core.web import back_with
from app.courses import queries, reviews
from app.courses.asked import Asked, asked_in
from app.courses.journeys import Journey, Next, Place
from app.learning import queries as learning
from app.quizzes import queries as quizzes
from app.quizzes.grading import grade
from app.quizzes.paper import thaw

bp = Blueprint("courses", __name__)


@bp.errorhandler(learning.NotEnrolled)
@bp.errorhandler(NotOpenYet)
def not_enrolled(error: DomainError) -> ResponseReturnValue:
    assert request.view_args is not None, "a view raised it"
    return back_with(error, url_for(".course", slug=request.view_args["slug"]))


class Card(TypedDict):
    """A course as one person sees it in a list."""

    title: str
    url: str
    #: Label, state, and the address where there is one.
    steps: list[tuple[str, str, str | None]]
    next_label: str
    next_url: str
    percent: int
    note: str
    has_started: bool
    is_done: bool
    #: Whether it is about today's phase, or about every phase.
    is_timely: bool
    #: What an assignment asks of her.
    asked: Asked


def journeys(person: Person) -> list[Card]:
    """The courses of a person: first what is asked of her, by its due date; what is about another
    phase than today's comes last."""
    journeys = queries.journeys_of(person, catalog.current().courses.values())
    duties = duties_of(person, clock.today(person.agency.zone))
    cards = [_card(journey, duties) for journey in journeys]
    return sorted(
        cards, key=lambda c: (not c["asked"].is_open, c["asked"].due_on, not c["is_timely"])
    )


def _card(journey: Journey, duties: Sequence[Duty] = ()) -> Card:
    slug, following = journey.course.slug, journey.next
    asked = asked_in(journey.progress, duties, clock.today(journey.zone))
    if asked.is_again:
        following = Next("Kerjakan lagi", Place.COURSE, "Siklus baru: kursus ini diulang.")
    return {
        "title": journey.course.title,
        "url": url_for("courses.course", slug=slug),
        "steps": [
            (step.label, step.state, _url(step.place, slug) if step.place else None)
            for step in journey.steps
        ],
        "next_label": following.label,
        "next_url": _url(following.place, slug, following.number),
        "percent": journey.progress.percent,
        "note": following.note,
        "has_started": journey.progress.has_started,
        "is_done": journey.progress.has_signed and not asked.is_open,
        "is_timely": today().phase in (None, journey.course.phase) or journey.course.phase is None,
        "asked": asked,
    }


def _url(place: Place, slug: str, number: int | None = None) -> str:
    match place:
        case Place.COURSE:
            return url_for("courses.course", slug=slug)
        case Place.LESSON:
            return url_for("learning.lesson", slug=slug, number=number)
        case Place.PRACTICE:
            return url_for("learning.practice", slug=slug)
        case Place.QUIZ:
            return url_for("courses.start", slug=slug)
        case Place.ATTEMPT:
            return url_for("quizzes.attempt", attempt_id=number)
        case Place.RESULT:
            return url_for("courses.result", attempt_id=number)
        case Place.PLEDGE:
            return url_for("learning.pledge", slug=slug)
        case Place.DOCUMENTS:
            return url_for("credentials.documents")


@bp.get("/kursus")
@open_to(Role.LEARNER)
def courses() -> ResponseReturnValue:
    person = current_person()
    taught = {(one.slug, one.edition) for one in catalog.current().courses.values()}
    history = [
        enrolment
        for enrolment in learning.enrolments_of(person)
        if enrolment.closed_at or (enrolment.course, enrolment.edition) not in taught
    ]
    return render_template(
        "courses/courses.html",
        cards=journeys(person),
        history=history,
        titles={one.slug: one.title for one in catalog.current().courses.values()},
        zone=person.agency.zone,
    )


@bp.get("/kursus/<slug>")
@open_to(Role.LEARNER)
def course(slug: str) -> ResponseReturnValue:
    taught = _course(slug)
    journey = queries.journey_of(current_person(), taught)
    enrolment = learning.enrolment_of(current_person(), taught)
    duties = duties_of(current_person(), clock.today(journey.zone))
    return render_template(
        "courses/course.html",
        course=taught,
        journey=journey,
        card=_card(journey, duties),
        done=learning.lessons_done(enrolment) if enrolment else frozenset(),
        regulations=[catalog.current().regulation(id) for id in taught.rests_on],
    )


@bp.post("/kursus/<slug>/mulai")
@open_to(Role.LEARNER)
def begin(slug: str) -> ResponseReturnValue:
    taught, person = _course(slug), current_person()
    enrolment = assignments.begin(person, taught, clock.today(person.agency.zone))
    db.session.commit()
    done = learning.lessons_done(enrolment)
    first = next((one for one in taught.lessons if one.slug not in done), taught.lessons[0])
    return redirect(url_for("learning.lesson", slug=slug, number=first.number), code=303)


@bp.get("/kursus/<slug>/kuis")
@open_to(Role.LEARNER)
def start(slug: str) -> ResponseReturnValue:
    taught = _course(slug)
    enrolment = learning.own_enrolment(current_person(), taught)
    journey = queries.journey_of(current_person(), taught)
    return render_template(
        "courses/start.html",
        course=taught,
        journey=journey,
        chances=journey.chances,
        sittings=quizzes.attempts_of(enrolment),
        card=_card(journey),
    )


@bp.get("/percobaan/<int:attempt_id>/hasil")
@open_to(Role.LEARNER)
def result(attempt_id: int) -> ResponseReturnValue:
    person = current_person()
    sat = quizzes.attempt_of(person, attempt_id)
    if sat.is_open:
        return redirect(url_for("quizzes.attempt", attempt_id=attempt_id), code=303)
    answers = quizzes.answers_of(sat)
    marked = grade(thaw(sat.paper), answers)
    wrong, right = reviews.lines(marked) if answers else ([], [])
    taught = learning.course_for(person, catalog.current(), sat.enrolment.course)
    journey = queries.journey_of(person, taught)
    return render_template(
        "courses/result.html",
        attempt=sat,
        marked=marked,
        wrong=wrong,
        right=right,
        course=taught,
        card=_card(journey),
        reread=reviews.lessons_to_reread(marked, taught, catalog.current()),
        is_forgotten=not answers,
    )


def _course(slug: str) -> Course:
    return learning.course_for(current_person(), catalog.current(), slug)
