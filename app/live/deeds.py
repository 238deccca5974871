"""The worker's part of a session that has ended: what it gives, and the files of its certificates.

There are no priorities among jobs. The files are made by one job after another, some documents
each, so that whatever somebody waits for takes its turn after a few seconds, not after a thousand.
"""

from base64 import b64decode, b64encode
from contextlib import suppress

from flask import current_app

from app.audit import trail
from app.core.bounded import Unfinished
from app.core.db import Json, start_writing
from app.core.errors import DomainError
from app.credentials import operations as credentials
from app.credentials.press import TooMuch
from app.credentials.queries import unmade_of
from app.jobs import operations as jobs
from app.jobs.deeds import Deed, Work
from app.jobs.models import Job
from app.jobs.queries import latest_job
from app.live import ending, queries
from app.live.models import Gives, LiveSession
from app.live.outcomes import settles_at, source_of
from app.live.report_pages import sheet_of
from app.live.summary import report_of
from app.printing.session import render_sheet

#: Documents that one job makes before it lets others in: about ten seconds.
PORTION = 20


def ask_to_give(session: LiveSession) -> None:
    """Have what a session gives given: now, and once more when the last late answers are in."""
    assert session.ended_at is not None, "nothing is given before the end"
    jobs.ask(GIVE.kind, trail.name_of(session))
    jobs.ask(GIVE_LATE.kind, trail.name_of(session), due_at=settles_at(session.ended_at))


class PageTooMuch(DomainError):
    message = (
        "Laporan satu halaman tidak dapat disusun dalam batas waktu dan memori server. Angka yang "
        "sama dapat Anda unduh sebagai XLSX."
    )


def ask_for_page(session: LiveSession) -> None:
    """Have the report of a session made as a PDF, as it stands when the worker comes to it."""
    jobs.ask(REPORT.kind, trail.name_of(session))


def page_of(session: LiveSession) -> tuple[Job | None, bytes | None]:
    """The latest job that was asked to make it, and what it made."""
    job = latest_job(REPORT.kind, trail.name_of(session))
    made = job.result.get("pdf") if job is not None and job.result else None
    return job, b64decode(made) if made else None


def _report(work: Work) -> Json:
    """Kept with the job, and forgotten with it: whoever wants it later has it made anew."""
    sheet = sheet_of(report_of(queries.session_named(work.subject)))
    try:
        pdf = render_sheet(sheet, is_apart=current_app.extensions["press"].is_apart)
    except Unfinished as error:
        raise PageTooMuch from error
    return {"pdf": b64encode(pdf).decode()}


def _give(work: Work) -> Json:
    session = queries.session_named(work.subject)
    counts = ending.give(session, work.advance)
    if session.gives is Gives.CERTIFICATE and counts["given"]:
        jobs.ask(PRINT.kind, _portion(work.subject))
    return counts


def _print(work: Work) -> Json:
    """Make a portion of the files that are still missing, and ask for the next one."""
    name, _, after = work.subject.partition(">")
    source, press = source_of(queries.session_named(name)), current_app.extensions["press"]
    due = unmade_of(source, int(after), PORTION)
    for done, credential in enumerate(due, start=1):
        with suppress(credentials.NeverSealed, TooMuch):
            credentials.file_of(credential, press)
        work.advance(done, len(due))
    if len(due) == PORTION:
        start_writing()
        jobs.ask(PRINT.kind, _portion(name, due[-1].id))
    return {"made": len(due)}


def _portion(name: str, after: int = 0) -> str:
    """The documents of a session whose ids are higher: `live_sessions:7>120`."""
    return f"{name}>{after}"


_GIVES = "hitung kehadiran webinar dan berikan hasilnya"
GIVE = Deed("live.give", _GIVES, _give)
GIVE_LATE = Deed("live.give_late", f"{_GIVES}, dengan jawaban yang terlambat", _give)
PRINT = Deed("live.print", "siapkan berkas PDF sertifikat kehadiran", _print)
REPORT = Deed("live.report", "susun laporan webinar sebagai PDF", _report)
