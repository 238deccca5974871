"""/pegawai/impor: a file of people is brought, looked at in the background, decided about by cause,
and taken in whole; or dropped, or undone."""

from datetime import date

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.access import Role, current_person, current_reader, current_scope, open_to
from app.accounts.operations import let_go
from app.admin import roster_deeds
from app.admin.desk import bp
from app.admin.forms import RosterForm
from app.admin.roster_answers import answers_in, shown_units
from app.admin.roster_vault import receive
from app.agencies import queries as agencies
from app.agencies.queries import root_of
from app.catalog.labels import PERSON_STATUSES
from app.core import clock
from app.core.db import db
from app.core.errors import DomainError, NotFound
from app.core.forms import form_page, saying
from app.core.spreadsheets import XLSX
from app.core.texts import tidy
from app.core.web import asked_number, attachment, back_with, done
from app.jobs.deeds import Deed
from app.rosters import uploading
from app.rosters.blank import PEOPLE, workbook_of
from app.rosters.cells import MAX_BYTES
from app.rosters.columns import PEOPLE as FIELDS
from app.rosters.models import RosterUpload

#: People of one page of those that a file does not name.
A_PAGE = 100
NOBODY = "Tidak ada yang dinonaktifkan: semua yang tidak disebut tetap tercatat."
REASONS = ("Pensiun", "Pindah instansi", "Meninggal dunia", "Diberhentikan", "Kontrak berakhir")


DEEDS = {
    "periksa": roster_deeds.LOOK,
    "terapkan": roster_deeds.APPLY,
    "urungkan": roster_deeds.UNDO,
    "keterangan": roster_deeds.ANNOTATE,
}


class UnknownDeed(DomainError):
    message = (
        "Tombol itu tidak dikenal. Muat ulang halaman, lalu coba lagi. Tidak ada yang berubah."
    )


class NoReason(DomainError):
    message = "Pilih atau tulis alasannya, dan isi tanggal keluarnya. Tidak ada yang berubah."


@bp.route("/pegawai/impor", methods=["GET", "POST"])
@open_to(Role.HR_ADMIN)
def import_people() -> ResponseReturnValue:
    _must_reach_all()
    form = RosterForm()
    if form.validate_on_submit():
        with saying(form):
            return _asked(roster_deeds.LOOK, _received(form))
    uploads = uploading.latest_uploads(current_reader().agency.id)
    zone = current_reader().agency.zone
    return form_page("admin/import.html", form, uploads=uploads, zone=zone)


def _must_reach_all() -> None:
    """A file may move and rename anybody, so it is for whoever administers the whole agency."""
    if not current_scope(Role.HR_ADMIN).covers(root_of(current_person().agency)):
        raise NotFound


def _received(form: RosterForm) -> RosterUpload:
    """The file, kept. The database is let go of while it is read: SQLite has one write lock."""
    let_go()
    brought = form.file.data
    name = "".join(letter for letter in brought.filename[-100:] if letter.isprintable())
    content = brought.stream.read(MAX_BYTES + 1)
    return receive(current_person().agency, current_person(), name, content)


def _asked(deed: Deed, upload: RosterUpload) -> ResponseReturnValue:
    """Have something done with a file, and show how far it is."""
    job = roster_deeds.ask(deed, upload, current_person().id)
    db.session.commit()
    return redirect(url_for("work.job", job_id=job.id), code=303)


def _here(upload_id: int) -> RosterUpload:
    _must_reach_all()
    return uploading.upload_in(current_reader().agency.id, upload_id)


@bp.get("/pegawai/impor/<int:upload_id>")
@open_to(Role.HR_ADMIN)
def upload(upload_id: int) -> ResponseReturnValue:
    """What the file would do, what is wrong with it by cause, and what is to be decided."""
    found = _here(upload_id)
    return render_template(
        "admin/upload.html",
        upload=found,
        seen=found.seen,
        leaving=(found.leaving or {}).get("ids", []),
        fields={name: field.label for name, field in FIELDS.items()},
        units=shown_units(current_person().agency) if found.seen else [],
        statuses=PERSON_STATUSES.items(),
        zone=current_reader().agency.zone,
    )


@bp.post("/pegawai/impor/<int:upload_id>/putuskan")
@open_to(Role.HR_ADMIN)
def decide(upload_id: int) -> ResponseReturnValue:
    """Columns, units, legal positions: then the file is looked at anew."""
    found = _here(upload_id)
    try:
        uploading.decide(found, answers_in(request.form, found, current_person().agency))
    except DomainError as error:
        return back_with(error, url_for(".upload", upload_id=upload_id))
    return _asked(roster_deeds.LOOK, found)


@bp.post("/pegawai/impor/<int:upload_id>/kerjakan")
@open_to(Role.HR_ADMIN)
def work_on(upload_id: int) -> ResponseReturnValue:
    """Whatever the background does with a file, by the button that was pressed."""
    found, deed = _here(upload_id), DEEDS.get(request.form.get("act", ""))
    if deed is None:
        raise UnknownDeed
    return _asked(deed, found)


@bp.post("/pegawai/impor/<int:upload_id>/buang")
@open_to(Role.HR_ADMIN)
def drop(upload_id: int) -> ResponseReturnValue:
    found = _here(upload_id)
    try:
        uploading.drop(found)
    except DomainError as error:
        return back_with(error, url_for(".upload", upload_id=upload_id))
    return done("Berkas dibuang. Tidak ada yang berubah.", url_for(".import_people"))


@bp.get("/pegawai/impor/<int:upload_id>/tidak-disebut")
@open_to(Role.HR_ADMIN)
def unnamed(upload_id: int) -> ResponseReturnValue:
    """People on record whom the file does not name, a page at a time, with a box each."""
    found = _here(upload_id)
    if found.unnamed is None:
        return redirect(url_for(".upload", upload_id=upload_id), code=303)
    first = max(asked_number("dari") or 0, 0)
    people = agencies.people_by_ids(found.unnamed["ids"])
    return render_template(
        "admin/unnamed.html",
        upload=found,
        people=people[first : first + A_PAGE],
        total=len(people),
        first=first,
        a_page=A_PAGE,
        why=found.unnamed["why"],
        leaving=found.leaving or {"ids": []},
        reasons=REASONS,
        today=clock.today(current_reader().agency.zone),
    )


@bp.post("/pegawai/impor/<int:upload_id>/tidak-disebut")
@open_to(Role.HR_ADMIN)
def let_leave(upload_id: int) -> ResponseReturnValue:
    """Keep the boxes of this page, or tick all or none."""
    found, first = _here(upload_id), request.form.get("dari", 0, type=int)
    back = url_for(".unnamed", upload_id=upload_id, dari=first or None)
    try:
        reason, on = _why()
        count = uploading.choose_leaving(found, _ticked(found), reason, on, current_person())
    except DomainError as error:
        return back_with(error, back)
    told = f"{count} orang akan dinonaktifkan bersama impor ini." if count else NOBODY
    return done(told, back)


def _ticked(found: RosterUpload) -> set[int]:
    """Those of other pages as before, and of this page those with a tick."""
    every = set((found.unnamed or {"ids": []})["ids"])
    if request.form.get("semua") in ("ya", "tidak"):
        return every if request.form["semua"] == "ya" else set()
    before = set((found.leaving or {"ids": []})["ids"])
    here = set(request.form.getlist("di-sini", type=int))
    return (before - here) | (here & set(request.form.getlist("keluar", type=int)))


def _why() -> tuple[str, date]:
    text, wrong = tidy(request.form.get("alasan", ""), "Alasan", 120)
    on = request.form.get("tanggal", type=date.fromisoformat)
    if wrong or not text or on is None:
        raise NoReason(wrong)
    return text, on


@bp.get("/pegawai/impor/contoh.xlsx")
@open_to(Role.HR_ADMIN)
def template() -> Response:
    return attachment(workbook_of(PEOPLE), XLSX, "pegawai.xlsx")
