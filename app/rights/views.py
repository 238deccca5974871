"""/akun/data: one's own data, whole. /permintaan-data: the desk that answers requests about it."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts import throttle
from app.accounts.access import Role, current_person, current_scope, open_to
from app.audit import trail
from app.audit.actions import Action
from app.core import clock
from app.core.db import db, start_writing
from app.core.forms import form_status, saying, text_of
from app.core.web import attachment
from app.rights import operations, queries, words
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
    from app.printing.record import render_record  # a second of fonts; most processes never need it

    record = words.as_record(current_person(), _taken())
    return _download("pdf", "application/pdf", render_record(record))


def _taken() -> dict[str, list[dict[str, object]]]:
    """All rows; the download itself is the last entry of the trail in them."""
    person_id = current_person().id
    throttle.spend((throttle.OWN_DATA, person_id))
    start_writing()
    trail.record(Action.DATA_EXPORTED, f"people:{person_id}", current_person())
    db.session.commit()
    return stored_about(current_person())


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
