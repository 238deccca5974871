"""/laporan: the table, opened into sub-units and people, and its downloads."""

import re

from flask import Blueprint, Response, redirect, render_template
from flask.typing import ResponseReturnValue

from app import catalog
from app.accounts.access import Role, current_person, current_roles, current_scope, open_to
from app.accounts.stepping_up import wants_proof
from app.accounts.witness import saw, saw_list
from app.agencies.membership import Membership
from app.agencies.scope import Scope
from app.audit.actions import Action
from app.core import clock
from app.core.db import db
from app.core.places import place_url
from app.core.web import asked_number, attachment
from app.reports import deeds, queries, sheets
from app.reports.asked import asked_subject, asked_when, denominator, said_when
from app.reports.coverage import homes_of
from app.reports.deeds import READERS
from app.reports.queries import Standing, Subject

bp = Blueprint("reports", __name__)

CSV = "text/csv; charset=utf-8"


@bp.get("/laporan")
@open_to(*READERS)
def table() -> ResponseReturnValue:
    subject, when = asked_subject(), asked_when()
    report = queries.coverage(when.scope(current_scope(*READERS)), subject, when)
    may_share = Role.HR_ADMIN in current_roles()
    frame = _frame(subject, when)
    return render_template("reports/table.html", report=report, may_share=may_share, **frame)


@bp.get("/laporan/unit/<int:unit_id>")
@open_to(*READERS)
def unit(unit_id: int) -> ResponseReturnValue:
    subject, when = asked_subject(), asked_when()
    scope = when.scope(current_scope(*READERS))
    opened = queries.node_in(scope, unit_id, when)
    people = queries.standings(scope, subject, opened, when=when)
    own_rows = queries.rows_of_their_own(opened, when)
    inside = queries.all_but(opened, own_rows)
    page = render_template(
        "reports/unit.html",
        unit=opened,
        parents=queries.parents_of(opened, scope, when),
        own_rows=own_rows,
        report=queries.coverage_of(opened, subject, when, inside),
        people=people,
        **_frame(subject, when),
    )
    return _seen(page, "laporan", unit_id, people, when)


@bp.get("/laporan/unit/<int:unit_id>/belum")
@open_to(*READERS)
def pending(unit_id: int) -> ResponseReturnValue:
    subject, when = asked_subject(), asked_when()
    opened = queries.node_in(when.scope(current_scope(*READERS)), unit_id, when)
    inside = queries.counted_below(opened, when)
    people = queries.standings(inside, subject, pending_only=True, when=when)
    frame = _frame(subject, when)
    texts = sheets.whatsapp_texts(subject.title, opened.name, str(frame["moment"]), people)
    page = render_template("reports/pending.html", unit=opened, people=people, texts=texts, **frame)
    return _seen(page, "laporan belum", unit_id, people, when)


@bp.post("/laporan/berkas")
@open_to(*READERS)
@wants_proof
def workbook() -> ResponseReturnValue:
    """Have the workbook made; the page of the work hands it over."""
    subject, when = asked_subject(), asked_when()
    _, report = _asked(subject, when)
    job = deeds.ask_for_workbook(_wanted(subject, when))
    db.session.commit()
    job_id = job.id
    _note("laporan", when, report.total.people)
    return redirect(place_url("work", job_id=job_id), code=303)


def _wanted(subject: Subject, when: Membership) -> deeds.Wanted:
    return deeds.Wanted(
        current_person().id,
        subject.course,
        everybody="semua" if subject.is_mixed and not subject.asn_only else "",
        unit_id=str(asked_number("unit") or ""),
        per=when.day.isoformat() if when.day is not None else "",
    )


@bp.get("/laporan.csv")
@open_to(*READERS)
def csv() -> ResponseReturnValue:
    when = asked_when()
    _, report = _asked(asked_subject(), when)
    return _download(sheets.summary_csv(report.rows, report.total), "laporan", "csv", CSV, when)


@bp.get("/laporan-pegawai.csv")
@open_to(*READERS)
@wants_proof
def people_csv() -> ResponseReturnValue:
    subject, when = asked_subject(), asked_when()
    scope, _ = _asked(subject, when)
    people = queries.standings(scope, subject, when=when)
    homes = homes_of(queries.nodes_in(when.scope(current_scope(*READERS)), when))
    content = sheets.people_csv(people, homes, current_person().agency.zone)
    return _download(content, "laporan-pegawai", "csv", CSV, when, len(people))


def _seen(page: str, what: str, unit_id: int, people: list[Standing], when: Membership) -> str:
    """The page, once it is recorded who looked at whose names."""
    if people:
        past = {"per": when.day.isoformat()} if when.day is not None else {}
        saw_list(what, f"units:{unit_id}", len(people), **past)
    return page


def _asked(subject: Subject, when: Membership) -> tuple[Scope, queries.Coverage]:
    """The reader's whole report, or the row that ?unit= opens; with whose people it counts."""
    scope = when.scope(current_scope(*READERS))
    unit_id = asked_number("unit")
    if unit_id is None:
        return scope, queries.coverage(scope, subject, when)
    opened = queries.node_in(scope, unit_id, when)
    inside = queries.counted_below(opened, when)
    return inside, queries.coverage_of(opened, subject, when, inside)


def _frame(subject: Subject, when: Membership) -> dict[str, object]:
    """What every page of the report shows around its table."""
    everybody = subject.is_mixed and not subject.asn_only
    zone = current_person().agency.zone
    return {
        "subject": subject,
        "courses": catalog.current().courses.values(),
        "asked": {
            "kursus": subject.course,
            "cakupan": "semua" if everybody else None,
            "per": when.day.isoformat() if when.day is not None else None,
        },
        "moment": said_when(when, clock.now(), zone),
        "latest": clock.today(zone),
        "zone": zone,
        "denominator": denominator(subject, when),
        "row_name": sheets.row_name,
    }


def _download(
    content: str | bytes, kind: str, extension: str, mime: str, when: Membership, people: int = 0
) -> Response:
    """Hand over the file, and remember who took it, with how many names."""
    agency = current_person().agency
    slug = re.sub(r"[^a-z0-9]+", "-", agency.code.lower()).strip("-")
    day = when.day or clock.today(agency.zone)
    name = f"{kind}-{slug}-{day:%Y-%m-%d}.{extension}"
    _note(kind, when, people)
    return attachment(content, mime, name)


def _note(kind: str, when: Membership, people: int) -> None:
    past = {"per": when.day.isoformat()} if when.day is not None else {}
    who = f"people:{current_person().id}"
    saw(Action.REPORT_EXPORTED, who, what=kind, people=people, **past)
