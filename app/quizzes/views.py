"""/kursus, the quiz (/kursus/<slug>/kuis) and its sittings (/percobaan/<id>/…)."""

from flask import Blueprint, redirect, render_template, request, url_for

from app import catalog
from app.accounts.access import Role, current_person, current_reader, open_to
from app.catalog.model import Course
from app.core.db import db
from app.core.errors import DomainError, NotFound
from app.core.web import LARGEST_ID, back_with
from app.learning import queries as learning
from app.quizzes import operations, queries, reviews
from app.quizzes.grading import grade
from app.quizzes.journeys import Journey, Place
from app.quizzes.models import Attempt
from app.quizzes.paper import thaw

bp = Blueprint("quizzes", __name__)


def journeys(person) -> list[dict]:
    """The courses of a person as cards: title, url, steps, next_label, next_url, percent, note,
    has_started, is_done, is_timely. What is about another phase than today's comes last."""
    journeys = queries.journeys_of(person, catalog.current().courses.values())
    return sorted((_card(journey) for journey in journeys), key=lambda card: not card["is_timely"])


def _card(journey: Journey) -> dict:
    slug, following = journey.course.slug, journey.next
    return {
        "title": journey.course.title,
        "url": url_for("quizzes.course", slug=slug),
        "steps": [
            (step.label, step.state, _url(step.place, slug) if step.place else None)
            for step in journey.steps
        ],
        "next_label": following.label,
        "next_url": _url(following.place, slug, following.number),
        "percent": journey.progress.percent,
        "note": following.note,
        "has_started": journey.progress.has_started,
        "is_done": journey.progress.has_signed,
        "is_timely": catalog.today().phase in (None, journey.course.phase)
        or journey.course.phase is None,
    }


def _url(place: Place, slug: str, number: int | None = None) -> str:
    match place:
        case Place.COURSE:
            return url_for("quizzes.course", slug=slug)
        case Place.LESSON:
            return url_for("learning.lesson", slug=slug, number=number)
        case Place.PRACTICE:
            return url_for("learning.practice", slug=slug)
        case Place.QUIZ:
            return url_for("quizzes.start", slug=slug)
        case Place.ATTEMPT:
            return url_for("quizzes.attempt", attempt_id=number)
        case Place.RESULT:
            return url_for("quizzes.result", attempt_id=number)
        case Place.PLEDGE:
            return url_for("learning.pledge", slug=slug)
        case Place.DOCUMENTS:
            return "/dokumen"


@bp.get("/kursus")
@open_to(Role.LEARNER)
def courses():
    person = current_person()
    taught = {(one.slug, one.edition) for one in catalog.current().courses.values()}
    history = [
        enrolment
        for enrolment in learning.enrolments_of(person)
        if (enrolment.course, enrolment.edition) not in taught
    ]
    return render_template(
        "quizzes/courses.html",
        cards=journeys(person),
        history=history,
        titles={one.slug: one.title for one in catalog.current().courses.values()},
        zone=person.agency.zone,
    )


@bp.get("/kursus/<slug>")
@open_to(Role.LEARNER)
def course(slug: str):
    taught = _course(slug)
    journey = queries.journey_of(current_person(), taught)
    enrolment = learning.enrolment_of(current_person(), taught)
    return render_template(
        "quizzes/course.html",
        course=taught,
        journey=journey,
        card=_card(journey),
        done=learning.lessons_done(enrolment) if enrolment else frozenset(),
        regulations=[catalog.current().regulation(id) for id in taught.rests_on],
    )


@bp.route("/kursus/<slug>/kuis", methods=["GET", "POST"])
@open_to(Role.LEARNER)
def start(slug: str):
    taught = _course(slug)
    enrolment = learning.own_enrolment(current_person(), taught)
    if request.method == "POST":
        return _start(enrolment, taught)
    journey = queries.journey_of(current_person(), taught)
    return render_template(
        "quizzes/start.html",
        course=taught,
        journey=journey,
        chances=journey.chances,
        sittings=queries.attempts_of(enrolment),
        card=_card(journey),
    )


def _start(enrolment, taught: Course):
    try:
        opened = operations.start_attempt(enrolment, taught, catalog.current())
    except DomainError as error:
        return back_with(error, url_for(".start", slug=taught.slug))
    db.session.commit()
    return redirect(url_for(".attempt", attempt_id=opened.id), code=303)


@bp.errorhandler(learning.NotEnrolled)
def not_enrolled(error):
    return back_with(error, url_for(".course", slug=request.view_args["slug"]))


@bp.get("/percobaan/<int:attempt_id>")
@open_to(Role.LEARNER)
def attempt(attempt_id: int):
    """To the place where one can go on."""
    sat = queries.attempt_of(current_person(), attempt_id)
    if not sat.is_open:
        return redirect(url_for(".result", attempt_id=attempt_id), code=303)
    return redirect(_blank_or_review(sat), code=303)


def _blank_or_review(sat: Attempt) -> str:
    blank = queries.first_blank(queries.slots_of(sat))
    if blank is None:
        return url_for(".review", attempt_id=sat.id)
    return url_for(".question", attempt_id=sat.id, number=blank)


@bp.get("/percobaan/<int:attempt_id>/soal/<int:number>")
@open_to(Role.LEARNER)
def question(attempt_id: int, number: int):
    sat = queries.attempt_of(current_person(), attempt_id)
    if not sat.is_open:
        return redirect(url_for(".result", attempt_id=attempt_id), code=303)
    slots = queries.slots_of(sat)
    if not 1 <= number <= len(slots):
        raise NotFound
    return render_template(
        "quizzes/question.html",
        attempt=_head(sat),
        sheet=thaw(sat.paper).sheet(number),
        slots=slots,
        slot=slots[number - 1],
        options=reviews.OPTIONS,
    )


@bp.post("/percobaan/<int:attempt_id>/soal/<int:number>")
@open_to(Role.LEARNER)
def save(attempt_id: int, number: int):
    """Keep one answer. Our JavaScript sends JSON; a plain form goes on to the next question."""
    if request.is_json:
        return _save_json(attempt_id, number, request.get_json())
    choice, is_back = request.form.get("choice"), request.form.get("arah") == "kembali"
    person = current_reader()
    if choice is not None:
        try:
            operations.save_answer(person, attempt_id, number, choice)
        except operations.AlreadySubmitted as error:
            return back_with(error, url_for(".result", attempt_id=attempt_id))
        db.session.commit()
    return redirect(_beside(person, attempt_id, number - 1 if is_back else number + 1), code=303)


def _save_json(attempt_id: int, number: int, sent) -> tuple[dict, int] | dict:
    choice, seen = (
        (sent.get("choice"), sent.get("seen")) if isinstance(sent, dict) else (None, None)
    )
    if not isinstance(choice, str) or not isinstance(seen, int | None):
        raise operations.UnknownOption
    if seen is not None and not 0 <= seen <= LARGEST_ID:
        raise operations.UnknownOption
    saved = operations.save_answer(current_reader(), attempt_id, number, choice, seen)
    db.session.commit()
    return {"saved": True, "choice": saved.choice, "revision": saved.revision}


def _beside(person, attempt_id: int, number: int) -> str:
    """A question by its place; past the last one, the review."""
    if number > queries.question_count(person, attempt_id):
        return url_for(".review", attempt_id=attempt_id)
    return url_for(".question", attempt_id=attempt_id, number=max(number, 1))


@bp.get("/percobaan/<int:attempt_id>/tinjau")
@open_to(Role.LEARNER)
def review(attempt_id: int):
    sat = queries.attempt_of(current_person(), attempt_id)
    if not sat.is_open:
        return redirect(url_for(".result", attempt_id=attempt_id), code=303)
    slots = queries.slots_of(sat)
    return render_template(
        "quizzes/review.html",
        attempt=_head(sat),
        slots=slots,
        blanks=[slot for slot in slots if not slot.is_answered],
        words=dict(reviews.OPTIONS),
    )


@bp.post("/percobaan/<int:attempt_id>/kirim")
@open_to(Role.LEARNER)
def submit(attempt_id: int):
    sat = queries.attempt_of(current_person(), attempt_id)
    try:
        operations.submit_attempt(sat, with_blanks="kosong" in request.form)
    except operations.BlanksUnconfirmed as error:
        return back_with(error, url_for(".review", attempt_id=attempt_id))
    except operations.AlreadySubmitted:
        db.session.rollback()  # a double tap: the first one counted
    else:
        db.session.commit()
    return redirect(url_for(".result", attempt_id=attempt_id), code=303)


@bp.get("/percobaan/<int:attempt_id>/hasil")
@open_to(Role.LEARNER)
def result(attempt_id: int):
    person = current_person()
    sat = queries.attempt_of(person, attempt_id)
    if sat.is_open:
        return redirect(url_for(".attempt", attempt_id=attempt_id), code=303)
    marked = grade(thaw(sat.paper), queries.answers_of(sat))
    wrong, right = reviews.lines(marked)
    taught = learning.course_for(person, catalog.current(), sat.enrolment.course)
    journey = queries.journey_of(person, taught)
    return render_template(
        "quizzes/result.html",
        attempt=sat,
        marked=marked,
        wrong=wrong,
        right=right,
        course=taught,
        card=_card(journey),
        reread=reviews.lessons_to_reread(marked, taught, catalog.current()),
    )


def _head(sat: Attempt) -> dict:
    """What a page may know of an open attempt: never its paper."""
    return {"id": sat.id, "number": sat.number, "title": sat.paper["title"]}


def _course(slug: str) -> Course:
    return learning.course_for(current_person(), catalog.current(), slug)
