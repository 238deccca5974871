"""/kalender: the elections that the instansi goes through, and the deeds on them."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app.accounts.access import Role, current_person, current_scope, open_to
from app.admin.calendar_forms import CalendarForm, DeleteForm
from app.admin.desk import bp, zone
from app.agencies import queries as agencies
from app.core import clock
from app.core.errors import NotFound
from app.core.forms import form_page, saying
from app.core.web import done
from app.elections import operations as deeds
from app.elections import queries as elections
from app.elections.calendars import now_of, stage_on
from app.elections.models import ElectionCalendar


@bp.get("/kalender")
@open_to(Role.HR_ADMIN, Role.AUDITOR)
def calendars() -> ResponseReturnValue:
    today = clock.today(zone())
    found = elections.calendars_of(current_person().agency)
    running = [(one, now_of(one.name, one.election, one.dates, today)) for one in found]
    return render_template(
        "admin/calendars.html",
        running=[(one, now) for one, now in reversed(running) if now],
        over=[one for one, now in running if not now],
        may_change=_may_change(),
        today=today,
    )


@bp.route("/kalender/baru", methods=["GET", "POST"])
@open_to(Role.HR_ADMIN)
def add_calendar() -> ResponseReturnValue:
    _must_reach_all()
    form = CalendarForm()
    if form.validate_on_submit():
        with saying(form):
            new = deeds.add_calendar(current_person().agency, form.said, current_person())
            return _saved(new)
    return form_page("admin/calendar_edit.html", form, calendar=None)


@bp.route("/kalender/<int:calendar_id>/ubah", methods=["GET", "POST"])
@open_to(Role.HR_ADMIN)
def correct_calendar(calendar_id: int) -> ResponseReturnValue:
    calendar = _calendar_at(calendar_id)
    form = CalendarForm(obj=calendar)
    if form.validate_on_submit():
        with saying(form):
            if deeds.correct_calendar(calendar, form.said, current_person()):
                return _saved(calendar)
            return done("Tidak ada yang baru.", url_for("admin.calendars"))
    return form_page("admin/calendar_edit.html", form, calendar=calendar)


@bp.route("/kalender/<int:calendar_id>/hapus", methods=["GET", "POST"])
@open_to(Role.HR_ADMIN)
def delete_calendar(calendar_id: int) -> ResponseReturnValue:
    calendar, form = _calendar_at(calendar_id), DeleteForm()
    if form.validate_on_submit():
        with saying(form):
            deeds.delete_calendar(calendar, current_person())
            return done(f"Kalender {calendar.name} dihapus.", url_for("admin.calendars"))
    return form_page("admin/calendar_delete.html", form, calendar=calendar)


def _may_change() -> bool:
    """An election concerns the whole region, so its dates are for whoever administers all of it."""
    return current_scope(Role.HR_ADMIN).covers(agencies.root_of(current_person().agency))


def _must_reach_all() -> None:
    if not _may_change():
        raise NotFound


def _calendar_at(calendar_id: int) -> ElectionCalendar:
    """One of this instansi's calendars, for somebody who may change it."""
    _must_reach_all()
    return elections.calendar_of(current_person().agency, calendar_id)


def _saved(calendar: ElectionCalendar) -> Response:
    """Say at once what the dates amount to: a wrong year shows here."""
    stage = stage_on(calendar.dates, clock.today(zone())).label
    return done(f"{calendar.name} tersimpan. Hari ini: {stage}.", url_for("admin.calendars"))
