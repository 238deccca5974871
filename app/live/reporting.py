"""/pandu/<id>/laporan: what a session came to. /pandu/rekap: all of them, by place."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.access import current_person, current_reader, current_scope, open_to
from app.accounts.stepping_up import wants_proof
from app.accounts.witness import saw
from app.audit import trail
from app.audit.actions import Action
from app.core import clock
from app.core.dates import long_date, start_of
from app.core.db import db
from app.core.spreadsheets import XLSX
from app.core.web import attachment
from app.jobs.queries import is_worker_alive
from app.live import deeds, report_sheets
from app.live.attended import present_in
from app.live.judgements import Misread, first_judgements, most_misread
from app.live.models import LiveSession
from app.live.places import Held, held_above, held_in, levels_of
from app.live.queries import DESKS, NAMES, session_at_desk, session_attended
from app.live.report_pages import about
from app.live.summary import NotOver, report_of, who_came

bp = Blueprint("live_report", __name__)
#: Rules that the recap names as the most misunderstood; seconds after which its waiting asks again.
MOST, AGAIN = 10, 2


@bp.get("/pandu/<int:session_id>/laporan")
@open_to(*DESKS)
def report(session_id: int) -> ResponseReturnValue:
    found = report_of(session_at_desk(current_reader(), session_id))
    return render_template(
        "live/report.html",
        report=found,
        session=found.session,
        about=about(found),
        may_see_names=bool(current_scope(*NAMES).paths),
        zone=found.session.agency.zone,
    )


@bp.get("/pandu/<int:session_id>/laporan.xlsx")
@open_to(*DESKS)
def workbook(session_id: int) -> ResponseReturnValue:
    session = session_at_desk(current_reader(), session_id)
    content = report_sheets.of_session(report_of(session), session.agency.zone)
    return _download(content, XLSX, f"laporan-webinar-{session.code}.xlsx", session)


@bp.get("/pandu/<int:session_id>/hadir.xlsx")
@open_to(*NAMES)
@wants_proof
def people(session_id: int) -> ResponseReturnValue:
    session = session_attended(current_reader(), session_id)
    if not session.has_ended:
        raise NotOver
    found = present_in(current_scope(*NAMES), *who_came(session))
    zone, unit = session.agency.zone, session.unit.name
    content = report_sheets.of_people(f"Hadir: {session.title}", unit, found, zone)
    return _download(content, XLSX, f"hadir-webinar-{session.code}.xlsx", session, len(found))


@bp.post("/pandu/<int:session_id>/laporan.pdf")
@open_to(*DESKS)
def make_page(session_id: int) -> ResponseReturnValue:
    session = session_at_desk(current_reader(), session_id)
    if not session.has_ended:
        raise NotOver
    deeds.ask_for_page(session)
    db.session.commit()
    return redirect(url_for(".page", session_id=session_id), code=303)


@bp.get("/pandu/<int:session_id>/laporan.pdf")
@open_to(*DESKS)
def page(session_id: int) -> ResponseReturnValue:
    """The file, or a page that asks again by itself until it is there."""
    session = session_at_desk(current_reader(), session_id)
    job, content = deeds.page_of(session)
    if job is None:
        return redirect(url_for(".report", session_id=session_id), code=303)
    if content is not None:
        name = f"laporan-webinar-{session.code}.pdf"
        return _download(content, "application/pdf", name, session)
    waiting = render_template(
        "live/report_waiting.html", session=session, job=job, is_worker_alive=is_worker_alive()
    )
    return (waiting, 503) if job.failure else (waiting, 202, {"Refresh": str(AGAIN)})


@bp.get("/pandu/rekap")
@open_to(*DESKS)
def places() -> ResponseReturnValue:
    period, held = _asked()
    return render_template(
        "live/places.html",
        period=period,
        held=held,
        above=held_above(current_reader(), period.since, period.until),
        levels=levels_of(current_reader(), held),
        misread=_misread(period),
        zone=current_reader().agency.zone,
    )


@bp.get("/pandu/rekap.xlsx")
@open_to(*DESKS)
def places_workbook() -> ResponseReturnValue:
    period, held = _asked()
    office = current_reader().agency
    heading = ("REKAP WEBINAR DAN SOSIALISASI", office.name.upper(), period.words)
    levels = levels_of(current_reader(), held)
    content = report_sheets.of_places(heading, held, levels, _misread(period), office.zone)
    return _download(content, XLSX, f"rekap-webinar-{period.last:%Y-%m-%d}.xlsx")


@dataclass(frozen=True, slots=True)
class Period:
    """From a day to a day, both counted, where the reader is."""

    first: date
    last: date
    zone: str

    @property
    def since(self) -> datetime:
        return start_of(self.first, self.zone)

    @property
    def until(self) -> datetime:
        return start_of(self.last + timedelta(days=1), self.zone)

    @property
    def words(self) -> str:
        return f"{long_date(self.first)} sampai {long_date(self.last)}"


def _asked() -> tuple[Period, list[Held]]:
    """The period of `?dari=` and `?sampai=`, or this year so far; and what was held in it."""
    zone = current_reader().agency.zone
    today = clock.today(zone)
    first = request.args.get("dari", type=date.fromisoformat) or today.replace(month=1, day=1)
    last = request.args.get("sampai", type=date.fromisoformat) or today
    if first > last or last == date.max:
        flash("Tanggal awal sesudah tanggal akhir, jadi ditampilkan tahun ini.", "warning")
        first, last = today.replace(month=1, day=1), today
    period = Period(first, last, zone)
    return period, held_in(current_reader(), period.since, period.until)


def _misread(period: Period) -> list[Misread]:
    agency_id, scope = current_reader().agency.id, current_scope(*DESKS)
    judged = first_judgements(agency_id, scope, period.since, period.until)
    return most_misread(agency_id, judged, MOST)


def _download(
    content: bytes, mime: str, name: str, session: LiveSession | None = None, names: int = 0
) -> Response:
    """Hand over the file, and remember who took it, with how many names."""
    subject = trail.name_of(session) if session else f"people:{current_person().id}"
    saw(Action.REPORT_EXPORTED, subject, what=name.partition("-")[0], people=names)
    return attachment(content, mime, name)
