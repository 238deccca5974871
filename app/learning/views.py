"""/kursus/<slug>/…: lessons with their cases, practice, and the pledge."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from functools import partial

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app import catalog
from app.accounts import sessions
from app.accounts.access import Role, current_person, current_reader, current_sign_in, open_to
from app.catalog.cases import Twin
from app.catalog.model import Case, Course, Lesson
from app.catalog.terms import Phase
from app.core.db import db
from app.core.errors import DomainError, NotFound
from app.core.forms import text_of
from app.core.kept import kept
from app.core.places import place_url
from app.core.web import back_with
from app.learning import cards, documents, operations, queries
from app.learning.forms import PledgeForm
from app.learning.models import CaseAnswer, Enrolment
from app.learning.outlines import Outline, Spot, outlines_of
from app.learning.progress import Answer, Visit

bp = Blueprint("learning", __name__)
#: Locked ones, by the key of the case.
Answers = Mapping[str, Answer]


@bp.errorhandler(queries.NotEnrolled)
def not_enrolled(error: queries.NotEnrolled) -> ResponseReturnValue:
    assert request.view_args is not None, "a view raised it"
    return back_with(error, place_url("course", slug=request.view_args["slug"]))


@bp.get("/kursus/<slug>/pelajaran/<int:number>")
@open_to(Role.LEARNER)
def lesson(slug: str, number: int) -> ResponseReturnValue:
    outline = _outline(_course(slug), number)
    visit = _visit(outline)
    if not (visit.is_opened or visit.is_done):
        operations.note_opening(visit.enrolment_id, outline.lesson)
    return _lesson_page(outline, visit)


def _visit(outline: Outline) -> Visit:
    return queries.visit_of(current_reader(), outline.course, outline.lesson)


def _lesson_page(
    outline: Outline, visit: Visit, missing: Sequence[Case] = (), too_soon: str | None = None
) -> str:
    same = {"course": outline.course, "lesson": outline.lesson}
    is_done = visit.is_done
    return render_template(
        "learning/lesson.html",
        lesson=outline.lesson,
        opening=kept("learning/_opening.html", outline, is_done, is_done=is_done, **same),
        pieces=_pieces(outline, visit.answers),
        missing=[outline.spots[case.key] for case in missing],
        too_soon=too_soon,
        ending=kept("learning/_ending.html", outline, **same),
    )


def _pieces(outline: Outline, answers: Answers) -> list[Markup]:
    """The lesson's prose and its cases, in the order of the page."""
    return [
        _case_piece(outline, block, answers) if isinstance(block, Spot) else block
        for block in outline.blocks
    ]


def _case_piece(outline: Outline, spot: Spot, answers: Answers) -> Markup:
    """One case as it stands for this reader. What it shows is its key: whoever has locked the same
    answer sees the same, and an open card has no verdict in it for anybody."""
    answer, waiting = answers.get(spot.key), spot.other_phases.difference(answers)
    return kept(
        "learning/_case.html", spot, answer, waiting,
        course=outline.course, lesson=outline.lesson, spot=spot,
        card_of=partial(_card, spot, answer, waiting),
    )  # fmt: skip


def _card(spot: Spot, answer: Answer | None, waiting: Collection[str]) -> cards.Card:
    return cards.card(spot.case, answer, waiting, _twin(spot.case))


def _twin(case: Case) -> Twin | None:
    return catalog.current().forbidden_twin(case.scenario, case.phase)


def _outline(course: Course, number: int) -> Outline:
    taught = course.lesson(number)
    return catalog.made_once("outlines", outlines_of)[course.slug, taught.number]


@bp.post("/kursus/<slug>/pelajaran/<int:number>/kasus/<scenario_id>")
@open_to(Role.LEARNER)
def answer_case(slug: str, number: int, scenario_id: str) -> ResponseReturnValue:
    course, enrolment = _enrolled(slug)
    outline = _outline(course, number)
    spot = _asked(outline, scenario_id)
    page = f"{url_for('.lesson', slug=slug, number=number)}#kasus-{spot.anchor}"
    try:
        operations.answer_case(enrolment, outline.lesson, spot.case, request.form.get("answer", ""))
    except operations.UnknownChoice as error:
        return back_with(error, page)
    db.session.commit()
    if not request.headers.get("X-Requested-With"):
        return redirect(page, code=303)
    return _case_piece(outline, spot, queries.answers_in(enrolment, outline.lesson))


def _asked(outline: Outline, scenario_id: str) -> Spot:
    """The inline case that a form names; the phase tells twins apart."""
    phase = request.form.get("phase")
    for spot in outline.spots.values():
        if spot.case.scenario.id == scenario_id and phase in (None, spot.case.phase.value):
            return spot
    raise NotFound


@bp.post("/kursus/<slug>/pelajaran/<int:number>/selesai")
@open_to(Role.LEARNER)
def finish_lesson(slug: str, number: int) -> ResponseReturnValue:
    course, enrolment = _enrolled(slug)
    taught, outline = course.lesson(number), _outline(course, number)
    try:
        operations.finish_lesson(
            enrolment, course, taught, catalog.current(), open_for=_claimed_reading()
        )
    except operations.CasesUnanswered as error:
        return _lesson_page(outline, _visit(outline), error.missing), error.status
    except operations.ReadTooFast as error:
        db.session.commit()
        return _lesson_page(outline, _visit(outline), too_soon=error.message), error.status
    db.session.commit()
    return redirect(_after(course, enrolment, taught), code=303)


def _claimed_reading() -> timedelta:
    """How long the device says that the page has been open; nothing without JavaScript."""
    said = request.form.get("terbuka", "")
    return timedelta(seconds=int(said) if re.fullmatch(r"[0-9]{1,9}", said) else 0)


def _after(course: Course, enrolment: Enrolment, taught: Lesson) -> str:
    """The next lesson that is not done; after the last one the course page."""
    done = queries.lessons_done(enrolment)
    left = [one.number for one in course.lessons if one.slug not in done]
    if left:
        following = [number for number in left if number > taught.number] or left
        return url_for(".lesson", slug=course.slug, number=following[0])
    flash("Semua pelajaran selesai. Anda boleh berlatih dahulu atau langsung ke kuis.", "success")
    return place_url("course", slug=course.slug)


@bp.route("/kursus/<slug>/latihan", methods=["GET", "POST"])
@open_to(Role.LEARNER)
def practice(slug: str) -> ResponseReturnValue:
    course, enrolment = _enrolled(slug)
    if request.method == "POST":
        turn = operations.draw_turn(enrolment, course, catalog.current())
        db.session.commit()
        return redirect(_turn_url(course, turn), code=303)
    waiting = queries.open_turn(enrolment)
    return render_template(
        "learning/practice.html",
        course=course,
        score=queries.practice_score(enrolment),
        waiting_url=_turn_url(course, waiting) if waiting else None,
    )


def _turn_url(course: Course, turn: CaseAnswer) -> str:
    return url_for(".turn", slug=course.slug, number=queries.turn_number(turn))


@bp.route("/kursus/<slug>/latihan/<int:number>", methods=["GET", "POST"])
@open_to(Role.LEARNER)
def turn(slug: str, number: int) -> ResponseReturnValue:
    course, enrolment = _enrolled(slug)
    asked = queries.turn_of(enrolment, number)
    case = catalog.current().case(asked.scenario, Phase(asked.phase))
    if request.method == "POST":
        return _answer_turn(course, asked, case)
    return render_template(
        "learning/turn.html",
        course=course,
        number=number,
        card=cards.card(case, asked, twin=_twin(case)),
        score=queries.practice_score(enrolment),
    )


def _answer_turn(course: Course, asked: CaseAnswer, case: Case) -> ResponseReturnValue:
    page = _turn_url(course, asked)
    try:
        operations.answer_turn(asked, case, request.form.get("answer", ""))
    except operations.UnknownChoice as error:
        return back_with(error, page)
    db.session.commit()
    return redirect(f"{page}#pembahasan", code=303)


@bp.route("/kursus/<slug>/pakta", methods=["GET", "POST"])
@open_to(Role.LEARNER)
def pledge(slug: str) -> ResponseReturnValue:
    course, enrolment = _enrolled(slug)
    if enrolment.has_signed:
        return redirect(url_for("credentials.documents"), code=303)
    if not enrolment.has_passed:
        return back_with(operations.NotPassed(), place_url("course", slug=slug))
    text = catalog.current().pledge(course.pledge_edition)
    form = PledgeForm.for_pledge(text)
    if form.validate_on_submit() and _proved(form):
        return _sign(enrolment)
    holder = documents.holder_of(enrolment.person)
    page = render_template(
        "learning/pledge.html", course=course, pledge=text, form=form, holder=holder
    )
    return page, 422 if form.errors else 200


def _proved(form: PledgeForm) -> bool:
    """Whether the password was right. A wrong one, or one too many, keeps every tick."""
    try:
        sessions.prove_again(current_sign_in(), text_of(form.password))
    except DomainError as error:
        db.session.rollback()
        form.password.errors = [error.message]
        return False
    return True


def _sign(enrolment: Enrolment) -> ResponseReturnValue:
    evidence = documents.Evidence(
        proved_at=current_sign_in().proved_at,
        device=sessions.device(),
        network=sessions.network(),
    )
    if operations.sign_pledge(enrolment, catalog.current(), evidence):
        flash("Pakta sudah Anda tandatangani. Pakta dan sertifikat Anda siap diunduh.", "success")
    db.session.commit()
    return redirect(url_for("credentials.documents"), code=303)


def _course(slug: str) -> Course:
    return queries.course_for(current_reader(), catalog.current(), slug)


def _enrolled(slug: str) -> tuple[Course, Enrolment]:
    """A course and one's own way through it; without one, back to the course page."""
    course = _course(slug)
    return course, queries.own_enrolment(current_person(), course)
