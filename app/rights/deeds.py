"""The worker's part of one's own data: read all of it, lay it out, keep the copy for a while."""

from flask import current_app

from app.core import bounded
from app.core.db import start_writing
from app.core.errors import DomainError
from app.jobs import operations as jobs
from app.jobs.deeds import Deed, Work
from app.jobs.models import Job
from app.printing.record import render_record
from app.rights import copies, words
from app.rights.stored import stored_about

KIND = "rights.print"


class TooMuch(DomainError):
    message = (
        "PDF data Anda tidak dapat disusun dalam batas waktu dan memori server. Tidak ada yang "
        "berubah. Unduh berkas JSON: isinya lengkap."
    )


def ask_for_copy(person_id: int) -> Job:
    return jobs.ask(KIND, f"people:{person_id}", asked_by_id=person_id)


def _print(work: Work) -> None:
    person = copies.person_named(work.subject)
    record = words.as_record(person, stored_about(person))
    try:
        content = render_record(record, is_apart=current_app.extensions["press"].is_apart)
    except bounded.Unfinished as error:
        raise TooMuch from error
    start_writing()
    copies.keep(person, content)


PRINT = Deed(KIND, "siapkan PDF data sendiri", _print)
