"""/pegawai/dokumen/arsip: all documents of a unit, made by the worker and then one ZIP."""

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.access import open_to
from app.accounts.stepping_up import wants_proof
from app.accounts.witness import saw
from app.admin.desk import DESKS, bp, desk, zone
from app.admin.queries import tops_of
from app.agencies import queries as agencies
from app.agencies.models import Unit
from app.agencies.scope import Scope
from app.audit.actions import Action
from app.core import clock
from app.core.errors import DomainError, NotFound
from app.core.web import asked_number, done
from app.credentials import archives
from app.credentials import desk as documents
from app.credentials.models import Kind
from app.jobs.queries import is_worker_alive

#: Seconds after which the page that waits for files looks again.
AGAIN = "5"


class NotAllMade(DomainError):
    message = (
        "Belum semua berkas PDF unit ini siap. Tekan “Siapkan berkas” dan tunggu sampai selesai, "
        "lalu unduh lagi."
    )


@bp.get("/pegawai/dokumen/arsip")
@open_to(*DESKS)
def archive() -> ResponseReturnValue:
    unit, kind = _asked()
    made, total = documents.count_made(Scope((unit.path,)), kind)
    job = archives.open_of(unit, kind)
    page = render_template(
        "admin/archive.html", unit=unit, kind=kind, kinds=list(Kind), made=made, total=total,
        job=job, is_worker_alive=is_worker_alive(),
    )  # fmt: skip
    return page, 200, {"Refresh": AGAIN} if job else {}


@bp.post("/pegawai/dokumen/arsip")
@open_to(*DESKS)
def make_archive() -> ResponseReturnValue:
    unit, kind = _asked()
    archives.ask_to_make(unit, kind)
    return done("Berkas sedang disiapkan. Halaman ini memperbarui dirinya.", _page(unit, kind))


@bp.get("/pegawai/dokumen/arsip.zip")
@open_to(*DESKS)
@wants_proof
def archive_file() -> ResponseReturnValue:
    """Streamed: neither the archive nor its documents are held as a whole."""
    unit, kind = _asked()
    scope, is_packet = Scope((unit.path,)), request.args.get("untuk") == "myasn"
    if is_packet and kind is Kind.PLEDGE:
        raise NotFound  # a pledge is no course
    made, total = documents.count_made(scope, kind)
    if not total or made < total:
        raise NotAllMade
    ids, where = list(documents.standing_ids(scope, kind)), zone()
    layout = archives.MYASN if is_packet else archives.ARCHIVE
    name = (
        f"{'myasn-' if is_packet else ''}{kind.value}-{unit.id}-{clock.today(where):%Y-%m-%d}.zip"
    )
    saw(Action.DOCUMENTS_TAKEN, f"units:{unit.id}", kind=kind.value, people=len(ids))
    pieces = archives.streamed(ids, where, layout)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(pieces, mimetype="application/zip", headers=headers)


def _asked() -> tuple[Unit, Kind]:
    """Whose documents, and which; all of the desk where no unit is named. Else's units are 404."""
    unit_id, kind = asked_number("unit"), request.values.get("jenis", Kind.CERTIFICATE.value)
    if kind not in {known.value for known in Kind}:
        raise NotFound
    unit = agencies.unit_in(desk(), unit_id) if unit_id is not None else tops_of(desk())[0]
    return unit, Kind(kind)


def _page(unit: Unit, kind: Kind) -> str:
    return url_for(".archive", unit=unit.id, jenis=kind.value)
