"""/laporan: the table, opened into sub-units and people, and its downloads."""

import re
from collections.abc import Iterable

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from app import catalog
from app.accounts.access import Role, current_person, current_scope, open_to
from app.accounts.stepping_up import wants_proof
from app.accounts.witness import saw, saw_list
from app.agencies.queries import unit_in
from app.agencies.scope import Scope
from app.audit.actions import Action
from app.catalog.labels import PERSON_STATUSES
from app.catalog.model import Course
from app.catalog.terms import PersonStatus
from app.core import clock
from app.core.errors import NotFound
from app.core.spreadsheets import XLSX
from app.core.web import asked_number, attachment
from app.reports import queries, sheets
from app.reports.queries import Subject

bp = Blueprint("reports", __name__)

READERS = (Role.UNIT_ADMIN, Role.HR_ADMIN, Role.AUDITOR)
CSV = "text/csv; charset=utf-8"


@bp.get("/laporan")
@open_to(*READERS)
def table() -> ResponseReturnValue:
    subject, scope = _subject(), current_scope(*READERS)
    report = queries.coverage(scope, subject)
    return render_template("reports/table.html", report=report, **_frame(subject))


@bp.get("/laporan/unit/<int:unit_id>")
@open_to(*READERS)
def unit(unit_id: int) -> ResponseReturnValue:
    subject, scope = _subject(), current_scope(*READERS)
    opened = unit_in(scope, unit_id)
    people = queries.standings(scope, subject, opened)
    page = render_template(
        "reports/unit.html",
        unit=opened,
        parents=queries.parents_of(opened, scope),
        own_rows=queries.rows_of_their_own(opened),
        report=queries.coverage_of(opened, subject),
        people=people,
        **_frame(subject),
    )
    return _seen(page, "laporan", unit_id, len(people))


@bp.get("/laporan/unit/<int:unit_id>/belum")
@open_to(*READERS)
def pending(unit_id: int) -> ResponseReturnValue:
    subject, scope = _subject(), current_scope(*READERS)
    opened = unit_in(scope, unit_id)
    people = queries.standings(queries.counted_below(opened), subject, pending_only=True)
    zone = current_person().agency.zone
    text = sheets.whatsapp_text(subject.title, opened.name, clock.now(), zone, people)
    page = render_template(
        "reports/pending.html", unit=opened, people=people, text=text, **_frame(subject)
    )
    return _seen(page, "laporan belum", unit_id, len(people))


@bp.get("/laporan.xlsx")
@open_to(*READERS)
@wants_proof
def workbook() -> ResponseReturnValue:
    subject = _subject()
    scope, report = _asked(subject)
    people = queries.standings(scope, subject)
    content = sheets.workbook(_sheet(subject, report), report.rows, report.total, people)
    return _download(content, "laporan", "xlsx", XLSX, len(people))


@bp.get("/laporan.csv")
@open_to(*READERS)
def csv() -> ResponseReturnValue:
    _, report = _asked(_subject())
    return _download(sheets.summary_csv(report.rows, report.total), "laporan", "csv", CSV)


@bp.get("/laporan-pegawai.csv")
@open_to(*READERS)
@wants_proof
def people_csv() -> ResponseReturnValue:
    subject = _subject()
    scope, _ = _asked(subject)
    people = queries.standings(scope, subject)
    content = sheets.people_csv(people, current_person().agency.zone)
    return _download(content, "laporan-pegawai", "csv", CSV, len(people))


def _seen(page: str, what: str, unit_id: int, people: int) -> str:
    """The page, once it is recorded who looked at whose names."""
    if people:
        saw_list(what, f"units:{unit_id}", people)
    return page


def _asked(subject: Subject) -> tuple[Scope, queries.Coverage]:
    """The reader's whole report, or the row that ?unit= opens; with whose people it counts."""
    scope = current_scope(*READERS)
    unit_id = asked_number("unit")
    if unit_id is None:
        return scope, queries.coverage(scope, subject)
    opened = unit_in(scope, unit_id)
    return queries.counted_below(opened), queries.coverage_of(opened, subject)


def _subject() -> Subject:
    """The course that is asked for, or the first for PNS. Where it is for ASN and for others, only
    ASN count unless ?cakupan=semua."""
    courses = catalog.current().courses
    slug = request.args.get("kursus") or _first(courses.values())
    if slug not in courses:
        raise NotFound
    course = courses[slug]
    audience = frozenset(course.audience)
    everybody = request.args.get("cakupan") == "semua"
    has_asn = any(status.is_asn for status in audience)
    return Subject(course.slug, course.edition, course.title, has_asn and not everybody, audience)


def _first(courses: Iterable[Course]) -> str:
    return next(course.slug for course in courses if PersonStatus.PNS in course.audience)


def _frame(subject: Subject) -> dict[str, object]:
    """What every page of the report shows around its table."""
    everybody = subject.is_mixed and not subject.asn_only
    asked = {"kursus": subject.course, "cakupan": "semua" if everybody else None}
    return {
        "subject": subject,
        "courses": catalog.current().courses.values(),
        "asked": asked,
        "zone": current_person().agency.zone,
        "denominator": _denominator(subject),
        "row_name": sheets.row_name,
    }


def _denominator(subject: Subject) -> str:
    who = ", ".join(PERSON_STATUSES[status] for status in subject.statuses)
    return (
        f"Dihitung: semua yang aktif di daftar saat ini dan menjadi sasaran kursus ({who}). "
        "Persen = sudah menandatangani pakta dan paktanya masih berlaku, dibagi jumlah. "
        "Setiap orang dihitung sekali."
    )


def _sheet(subject: Subject, report: queries.Coverage) -> sheets.Sheet:
    agency = current_person().agency
    return sheets.Sheet(
        subject.title, agency.name, report.as_of, agency.zone, _denominator(subject)
    )


def _download(
    content: str | bytes, kind: str, extension: str, mime: str, people: int = 0
) -> Response:
    """Hand over the file, and remember who took it, with how many names."""
    agency, person_id = current_person().agency, current_person().id
    slug = re.sub(r"[^a-z0-9]+", "-", agency.code.lower()).strip("-")
    name = f"{kind}-{slug}-{clock.today(agency.zone):%Y-%m-%d}.{extension}"
    saw(Action.REPORT_EXPORTED, f"people:{person_id}", what=kind, people=people)
    return attachment(content, mime, name)
