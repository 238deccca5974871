"""/webinar/<code>/ulang: question by question, afterwards, for whoever missed the session."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.access import Role, current_reader, open_to
from app.core.db import db
from app.core.errors import DomainError, NotFound
from app.core.web import back_with
from app.live import ending, outcomes, queries, replay
from app.live.paper import CHOICES, thaw
from app.live.replay import Task
from app.live.tallies import tally_from

bp = Blueprint("live_replay", __name__)


@bp.get("/webinar/<code>/ulang")
@open_to(Role.LEARNER)
def overview(code: str) -> ResponseReturnValue:
    """How far she is, and the next question; where nothing is left, what it came to."""
    found = queries.session_by_code(code)
    try:
        replay.must_be_open(found, current_reader())
    except DomainError as error:
        return back_with(error, url_for("live.session", code=found.code))
    me = queries.participant_of(found.id, current_reader().id)
    tasks = replay.tasks_of(found, me)
    return render_template(
        "live/replay.html",
        session=found,
        tasks=tasks,
        next=_next(tasks),
        got=outcomes.outcome_of(found, me) if me else None,
    )


@bp.get("/webinar/<code>/ulang/<int:run_id>")
@open_to(Role.LEARNER)
def task(code: str, run_id: int) -> ResponseReturnValue:
    """One question; once it is answered, what it came to."""
    found, reader = queries.session_by_code(code), current_reader()
    try:
        replay.must_be_open(found, reader)
    except DomainError as error:
        return back_with(error, url_for("live.session", code=found.code))
    tasks = replay.tasks_of(found, queries.participant_of(found.id, reader.id))
    places = [one.run.id for one in tasks]
    if run_id not in places:
        raise NotFound
    number = places.index(run_id) + 1
    about = {"session": found, "number": number, "total": len(tasks), "next": _next(tasks)}
    return render_template("live/replay_task.html", **about, **_shown(tasks[number - 1]))


@bp.post("/webinar/<code>/ulang/<int:run_id>")
@open_to(Role.LEARNER)
def answer(code: str, run_id: int) -> ResponseReturnValue:
    found = queries.session_by_code(code)
    here = url_for(".task", code=found.code, run_id=run_id)
    try:
        me = replay.seat_for(found, current_reader())
        replay.answer(found, me, run_id, request.form.get("choice", "")[:20])
        ending.give_to(me, found)
    except DomainError as error:
        return back_with(error, here)
    db.session.commit()
    return redirect(here, code=303)


def _next(tasks: list[Task]) -> Task | None:
    return next((one for one in tasks if not one.is_done), None)


def _shown(one: Task) -> dict[str, object]:
    """The question; and what it came to, once it is answered."""
    paper, run = thaw(one.run.question.paper), one.run
    told: dict[str, object] = {"task": one, "run": run, "choices": CHOICES}
    told["face"] = paper.face(run.phase)
    if one.is_done:
        told |= {"paper": paper, "key": paper.key(run.phase), "tally": tally_from(run.tally)}
    return told
