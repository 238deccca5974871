"""The worker's part of Bahan apel: the page as a PDF, for whoever asked."""

from flask import current_app

from app.agencies.models import Person
from app.catalog.web import current
from app.core.bounded import Unfinished
from app.core.db import Json, db
from app.core.errors import DomainError
from app.jobs import operations as jobs
from app.jobs.deeds import Deed, Work
from app.jobs.models import Job
from app.judgements.models import Source
from app.printing.briefing import render_briefing
from app.reports.briefing import sheet_of
from app.reports.deeds import scope_of
from app.reports.misread import Reading


class BriefingTooMuch(DomainError):
    message = (
        "Bahan apel tidak dapat disusun dalam batas waktu dan memori server. Isinya yang sama ada "
        "di halamannya; cetak dari sana."
    )


def ask_for_briefing(unit_id: int, source: Source, by: Person) -> Job:
    """Have the page made, as it stands when the worker comes to it, for whoever asks."""
    return jobs.ask(BRIEFING.kind, f"{unit_id}:{source}:{by.id}", asked_by_id=by.id)


def _brief(work: Work) -> Json:
    unit_id, source = int(work.subject.split(":")[0]), Source(work.subject.split(":")[1])
    person = db.session.get_one(Person, work.asked_by_id)
    reading = Reading(scope_of(person), current(), source)
    sheet = sheet_of(reading, person.agency, source, unit_id)
    try:
        pdf = render_briefing(sheet, is_apart=current_app.extensions["press"].is_apart)
    except Unfinished as error:
        raise BriefingTooMuch from error
    work.keep(f"bahan-apel-{unit_id}.pdf", "application/pdf", pdf)
    args = {"unit_id": unit_id, "sumber": source.value}
    told = f"Bahan apel {sheet.unit} siap diunduh: {len(sheet.points)} aturan, satu halaman."
    return {"told": told, "endpoint": "misread.briefing", "args": args}


BRIEFING = Deed("reports.briefing", "susun bahan apel Senin sebagai PDF", _brief)
