"""/akun/data: one's own data, whole. /permintaan-data: the desk that answers requests about it."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts import throttle
from app.accounts.access import Role, current_person, current_scope, open_to
from app.audit import trail
from app.audit.actions import Action
from app.core import clock
from app.core.db import db, reading, start_writing
from app.core.forms import form_status, saying, text_of
from app.core.web import attachment
from app.credentials import waiting
from app.jobs.queries import is_worker_alive, open_job
from app.rights import copies, deeds, operations, queries, words
from app.rights.forms import AnswerForm, AskForm, EndForm
from app.rights.stored import stored_about

bp = Blueprint("rights", __name__)


@bp.route("/akun/data", methods=["GET", "POST"])
@open_to(Role.LEARNER)
def mine() -> ResponseReturnValue:
    form = AskForm()
    if form.validate_on_submit():
        with saying(form):
            operations.ask(current_person(), form.wished, text_of(form.text))
            db.session.commit()
            flash("Permintaan Anda terkirim. Jawabannya akan tampil di halaman ini.", "success")
            return redirect(url_for(".mine"), code=303)
    person = current_person()
    page = render_template(
        "rights/mine.html",
        form=form,
        end=EndForm(),
        person=person,
        requests=queries.requests_of(person),
        zone=person.agency.zone,
    )
    return page, form_status()


@bp.post("/akun/data/pembatasan")
@open_to(Role.LEARNER)
def end_restriction() -> ResponseReturnValue:
    ended = operations.end_restriction(current_person())
    db.session.commit()
    flash("Pembatasan berakhir." if ended else "Tidak ada pembatasan yang berlaku.", "success")
    return redirect(url_for(".mine"), code=303)


@bp.get("/akun/data.json")
@open_to(Role.LEARNER)
def as_json() -> ResponseReturnValue:
    person = current_person()
    return _download("json", "application/json", words.as_file(person, _taken()))


@bp.get("/akun/data.pdf")
@open_to(Role.LEARNER)
def as_pdf() -> ResponseReturnValue:
    """The copy that was made just now; else the worker is asked for one, once."""
    person_id = current_person().id
    copy = copies.fresh_copy_of(person_id) or _made(person_id)
    return _download("pdf", "application/pdf", copy) if copy else _still_waiting(person_id)


def _made(person_id: int) -> bytes | None:
    job = open_job(deeds.KIND, f"people:{person_id}")
    if job is None:
        _note_taking(person_id)
        job = deeds.ask_for_copy(person_id)
        db.session.commit()
        reading()
    return waiting.awaited(job, lambda: copies.fresh_copy_of(person_id))


def _still_waiting(person_id: int) -> ResponseReturnValue:
    """A page that asks again by itself; what it then gets is the file."""
    job, is_alive = waiting.last_job(deeds.KIND, f"people:{person_id}"), is_worker_alive()
    place = waiting.place_of(job)
    page = render_template("rights/waiting.html", job=job, place=place, is_worker_alive=is_alive)
    if job.failure:
        return page, 503  # it does not ask again by itself: that would be a new copy
    seconds = place.again if is_alive else waiting.MUCH_LATER
    return page, 202, {"Refresh": str(seconds), "Retry-After": str(seconds)}


def _taken() -> dict[str, list[dict[str, object]]]:
    """All rows; the download itself is the last entry of the trail in them."""
    _note_taking(current_person().id)
    db.session.commit()
    return stored_about(current_person())


def _note_taking(person_id: int) -> None:
    throttle.spend((throttle.OWN_DATA, person_id))
    start_writing()
    trail.record(Action.DATA_EXPORTED, f"people:{person_id}", current_person())


def _download(extension: str, mime: str, content: str | bytes) -> Response:
    name = f"data-saya-{clock.today(current_person().agency.zone):%Y-%m-%d}.{extension}"
    response = attachment(content, mime, name)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@bp.get("/permintaan-data")
@open_to(Role.HR_ADMIN)
def desk() -> ResponseReturnValue:
    scope = current_scope(Role.HR_ADMIN)
    return render_template(
        "rights/desk.html",
        waiting=queries.open_requests_in(scope),
        answered=queries.answered_requests_in(scope),
        zone=current_person().agency.zone,
    )


@bp.route("/permintaan-data/<int:request_id>", methods=["GET", "POST"])
@open_to(Role.HR_ADMIN)
def request_page(request_id: int) -> ResponseReturnValue:
    asked, form = queries.request_in(current_scope(Role.HR_ADMIN), request_id), AnswerForm()
    if form.validate_on_submit():
        with saying(form):
            operations.answer(asked, form.decided, text_of(form.text), current_person())
            db.session.commit()
            flash("Jawaban disimpan; pegawainya membacanya di halaman akunnya.", "success")
            return redirect(url_for(".desk"), code=303)
    zone = current_person().agency.zone
    page = render_template("rights/request.html", form=form, asked=asked, zone=zone)
    return page, form_status()
