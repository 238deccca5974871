"""A quiz begun (/kursus/<slug>/kuis) and sat (/percobaan/<id>/…), up to the moment it is sent.

Where it starts and what came of it are drawn a floor above, in `courses`.
"""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import catalog
from app.accounts.access import Role, current_person, current_reader, open_to
from app.accounts.reader import Reader
from app.catalog.labels import QUIZ_OPTIONS
from app.catalog.model import Course
from app.core.db import db
from app.core.errors import DomainError, NotFound
from app.core.places import place_url
from app.core.web import LARGEST_ID, back_with
from app.learning import queries as learning
from app.quizzes import operations, queries
from app.quizzes.models import Attempt
from app.quizzes.paper import thaw
from app.quizzes.queries import OwnAttempt

bp = Blueprint("quizzes", __name__)
#: Every answer as it travels, with its words, in the order of every question.
OPTIONS = tuple((option.value, words) for option, words in QUIZ_OPTIONS.items())


@bp.post("/kursus/<slug>/kuis")
@open_to(Role.LEARNER)
def start(slug: str) -> ResponseReturnValue:
    taught = _course(slug)
    enrolment = learning.own_enrolment(current_person(), taught)
    try:
        opened = operations.start_attempt(enrolment, taught, catalog.current())
    except DomainError as error:
        return back_with(error, place_url("quiz", slug=slug))
    db.session.commit()
    return redirect(url_for(".attempt", attempt_id=opened.id), code=303)


@bp.errorhandler(learning.NotEnrolled)
def not_enrolled(error: learning.NotEnrolled) -> ResponseReturnValue:
    assert request.view_args is not None, "a view raised it"
    return back_with(error, place_url("course", slug=request.view_args["slug"]))


@bp.get("/percobaan/<int:attempt_id>")
@open_to(Role.LEARNER)
def attempt(attempt_id: int) -> ResponseReturnValue:
    """To the place where one can go on."""
    sat = queries.attempt_of(current_person(), attempt_id)
    if not sat.is_open:
        return redirect(place_url("result", attempt_id=attempt_id), code=303)
    return redirect(_blank_or_review(sat), code=303)


def _blank_or_review(sat: Attempt) -> str:
    blank = queries.first_blank(queries.slots_of(sat))
    if blank is None:
        return url_for(".review", attempt_id=sat.id)
    return url_for(".question", attempt_id=sat.id, number=blank)


@bp.get("/percobaan/<int:attempt_id>/soal/<int:number>")
@open_to(Role.LEARNER)
def question(attempt_id: int, number: int) -> ResponseReturnValue:
    sat = queries.own_attempt(current_reader(), attempt_id)
    if not sat.is_open:
        return redirect(place_url("result", attempt_id=attempt_id), code=303)
    if not 1 <= number <= len(sat.slots):
        raise NotFound
    return render_template(
        "quizzes/question.html",
        attempt=_head(sat),
        sheet=thaw(sat.paper).sheet(number),
        slots=sat.slots,
        slot=sat.slots[number - 1],
        options=OPTIONS,
    )


@bp.post("/percobaan/<int:attempt_id>/soal/<int:number>")
@open_to(Role.LEARNER)
def save(attempt_id: int, number: int) -> ResponseReturnValue:
    """Keep one answer. Our JavaScript sends JSON; a plain form goes on to the next question."""
    if request.is_json:
        return _save_json(attempt_id, number, request.get_json())
    choice, is_back = request.form.get("choice"), request.form.get("arah") == "kembali"
    person = current_reader()
    if choice is not None:
        try:
            operations.save_answer(person, attempt_id, number, choice)
        except operations.AlreadySubmitted as error:
            return back_with(error, place_url("result", attempt_id=attempt_id))
        db.session.commit()
    return redirect(_beside(person, attempt_id, number - 1 if is_back else number + 1), code=303)


def _save_json(attempt_id: int, number: int, sent: object) -> dict[str, object]:
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


def _beside(person: Reader, attempt_id: int, number: int) -> str:
    """A question by its place; past the last one, the review."""
    if number > queries.question_count(person, attempt_id):
        return url_for(".review", attempt_id=attempt_id)
    return url_for(".question", attempt_id=attempt_id, number=max(number, 1))


@bp.get("/percobaan/<int:attempt_id>/tinjau")
@open_to(Role.LEARNER)
def review(attempt_id: int) -> ResponseReturnValue:
    sat = queries.attempt_of(current_person(), attempt_id)
    if not sat.is_open:
        return redirect(place_url("result", attempt_id=attempt_id), code=303)
    return _review_page(sat)


def _review_page(sat: Attempt, refused: str | None = None) -> str:
    """`refused` says why it was not sent; a tick that was set stays."""
    slots = queries.slots_of(sat)
    return render_template(
        "quizzes/review.html",
        attempt=_head(sat),
        refused=refused,
        is_meant="kosong" in request.form,
        slots=slots,
        blanks=[slot for slot in slots if not slot.is_answered],
        words=dict(OPTIONS),
    )


@bp.post("/percobaan/<int:attempt_id>/kirim")
@open_to(Role.LEARNER)
def submit(attempt_id: int) -> ResponseReturnValue:
    sat = queries.attempt_of(current_person(), attempt_id)
    try:
        operations.submit_attempt(sat, with_blanks="kosong" in request.form)
    except operations.BlanksUnconfirmed as error:
        return back_with(error, url_for(".review", attempt_id=attempt_id))
    except operations.SentTooFast as error:
        return _review_page(sat, error.message), error.status
    except operations.AlreadySubmitted:
        db.session.rollback()  # a double tap: the first one counted
    else:
        db.session.commit()
    return redirect(place_url("result", attempt_id=attempt_id), code=303)


def _head(sat: Attempt | OwnAttempt) -> dict[str, object]:
    """What a page may know of an open attempt: never its paper."""
    return {"id": sat.id, "number": sat.number, "title": sat.paper["title"]}


def _course(slug: str) -> Course:
    return learning.course_for(current_person(), catalog.current(), slug)
