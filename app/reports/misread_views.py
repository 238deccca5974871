"""/laporan/salah-paham: what is misunderstood, where, and what to say about it on Monday."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app import catalog
from app.accounts.access import current_person, current_scope, open_to
from app.accounts.witness import saw
from app.audit.actions import Action
from app.catalog.labels import MISDEEDS
from app.catalog.misdeeds import Misdeed
from app.core import clock
from app.core.errors import NotFound
from app.core.places import place_url
from app.judgements.models import Source
from app.judgements.queries import counted_until
from app.reports.alerts import warnings_for
from app.reports.briefing import SOURCES, TooFewAnswers, sheet_of
from app.reports.briefing_deed import ask_for_briefing
from app.reports.deeds import READERS
from app.reports.misread import By, Reading

bp = Blueprint("misread", __name__)


@bp.get("/laporan/salah-paham")
@open_to(*READERS)
def chart() -> ResponseReturnValue:
    reading = _reading(_by())
    return render_template("reports/misread.html", chart=reading.kinds, **_frame(_by()))


@bp.get("/laporan/peringatan")
@open_to(*READERS)
def warnings() -> ResponseReturnValue:
    agency = current_person().agency
    found = warnings_for(current_scope(*READERS), clock.today(agency.zone), agency.id)
    return render_template("reports/warnings.html", warnings=found)


@bp.get("/laporan/salah-paham/<kind>")
@open_to(*READERS)
def rules(kind: str) -> ResponseReturnValue:
    if kind not in list(Misdeed):
        raise NotFound
    misdeed, reading = Misdeed(kind), _reading(_by())
    chart = reading.rules(misdeed)
    return render_template(
        "reports/misread_rules.html",
        kind=misdeed,
        label=MISDEEDS[misdeed],
        chart=chart,
        cites=reading.cites,
        cases={row.key: reading.cases_of(row.key, misdeed) for row in chart.rows},
        **_frame(_by()),
    )


@bp.get("/laporan/salah-paham/apel/<int:unit_id>")
@open_to(*READERS)
def briefing(unit_id: int) -> ResponseReturnValue:
    reading, agency = _reading(By.UNIT), current_person().agency
    column = next((one for one in reading.columns if one.unit_id == unit_id), None)
    if column is None:
        raise NotFound
    try:
        sheet, why = sheet_of(reading, agency, _source(), unit_id), None
    except TooFewAnswers as few:
        sheet, why = None, few.message
    frame = _frame(By.UNIT)
    return render_template("reports/briefing.html", unit=column, sheet=sheet, why=why, **frame)


@bp.post("/laporan/salah-paham/apel/<int:unit_id>")
@open_to(*READERS)
def print_briefing(unit_id: int) -> ResponseReturnValue:
    sheet_of(_reading(By.UNIT), current_person().agency, _source(), unit_id)
    job = ask_for_briefing(unit_id, _source(), current_person())
    saw(Action.REPORT_EXPORTED, f"units:{unit_id}", what="bahan-apel", people=0)
    return redirect(place_url("work", job_id=job.id), code=303)


def _reading(by: By) -> Reading:
    return Reading(current_scope(*READERS), catalog.current(), _source(), by)


def _source() -> Source:
    asked = request.args.get("sumber", Source.LESSON.value)
    if asked not in list(Source):
        raise NotFound
    return Source(asked)


def _by() -> By:
    return By.JOB if request.args.get("menurut") == By.JOB else By.UNIT


def _frame(by: By) -> dict[str, object]:
    """What every page shows around its numbers."""
    return {
        "source": _source(),
        "sources": SOURCES,
        "by": by,
        "asked": {"sumber": _source().value, "menurut": by.value},
        "until": counted_until(_source()),
        "zone": current_person().agency.zone,
    }
