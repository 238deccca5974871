"""The worker's part of an import: look at a file, take it in, undo it, write faults into it."""

from app.accounts import operations as accounts
from app.admin.roster_vault import bytes_of
from app.agencies.models import Person
from app.core.db import Json, db, start_writing
from app.core.spreadsheets import XLSX
from app.jobs import operations as jobs
from app.jobs.deeds import Deed, Work
from app.jobs.models import Job
from app.rosters import annotating, undoing, uploading
from app.rosters.models import RosterUpload


def ask(deed: Deed, upload: RosterUpload, by_id: int) -> Job:
    return jobs.ask(deed.kind, f"roster_uploads:{upload.id}", asked_by_id=by_id, total=2)


def _upload(work: Work) -> RosterUpload:
    return db.session.get_one(RosterUpload, int(work.subject.rpartition(":")[2]))


def _by(work: Work) -> Person:
    return db.session.get_one(Person, work.asked_by_id)


def _told(upload: RosterUpload, sentence: str) -> Json:
    return {"told": sentence, "endpoint": "admin.upload", "args": {"upload_id": upload.id}}


def _look(work: Work) -> Json:
    upload = _upload(work)
    uploading.preview(upload, bytes_of(upload))
    return _told(_upload(work), "Berkas sudah dibaca. Belum ada yang disimpan.")


def _apply(work: Work) -> Json:
    upload = _upload(work)
    left = uploading.apply(upload, bytes_of(upload), _by(work), work.advance)
    accounts.shut_out(left)
    return _told(upload, "Daftar tersimpan.")


def _undo(work: Work) -> Json:
    start_writing()
    undoing.undo(_upload(work), _by(work))
    return _told(_upload(work), "Impor diurungkan. Daftar kembali seperti sebelumnya.")


def _annotate(work: Work) -> Json:
    upload = _upload(work)
    content = annotating.annotated(upload, bytes_of(upload))
    start_writing()
    work.keep(f"keterangan-{upload.id}.xlsx", XLSX, content)
    return _told(upload, "Berkas dengan kolom “Keterangan Rambu” siap diunduh.")


LOOK = Deed("rosters.look", "periksa berkas pegawai", _look)
APPLY = Deed("rosters.apply", "impor daftar pegawai", _apply)
UNDO = Deed("rosters.undo", "urungkan impor daftar pegawai", _undo)
ANNOTATE = Deed("rosters.annotate", "tulis keterangan pada berkas pegawai", _annotate)
DEEDS = (LOOK, APPLY, UNDO, ANNOTATE)
