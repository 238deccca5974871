"""A session's report as one page of paper, as plain values."""

from app.catalog.labels import VERDICTS
from app.catalog.terms import Verdict
from app.core import clock
from app.core.dates import day_and_date, hours, local, thousands
from app.live.documents import EVENT_KINDS, ONLINE
from app.live.results import Asked
from app.live.summary import Report
from app.printing.session import Line, Sheet

#: Sub-units that fit beside the questions; the workbook has all.
MOST_PARTS = 12
NOTE = "Angka saja: tidak ada pilihan seorang pun, dan tidak ada pembagian di bawah 5 jawaban."


def sheet_of(report: Report) -> Sheet:
    """What the page says."""
    session, turnout = report.session, report.turnout
    agency = session.agency
    figures = (
        ("diundang", turnout.invited),
        ("bergabung", turnout.joined),
        ("hadir", turnout.present),
        ("menyusul", turnout.made_up),
        ("tamu", turnout.guests),
    )
    parts = turnout.parts if len(turnout.parts) <= MOST_PARTS else ()
    return Sheet(
        agency=agency.name,
        office=agency.office_name,
        title=session.title,
        about=about(report),
        speakers="; ".join(one.named for one in report.held.speakers),
        figures=tuple((label, thousands(number)) for label, number in figures),
        worst=tuple(_line(one) for one in report.misunderstood),
        lines=tuple(_line(one) for one in report.asked),
        parts=tuple((one.name, thousands(one.invited), thousands(one.present)) for one in parts),
        note=NOTE,
        made_at=clock.now(),
        zone=agency.zone,
    )


def about(report: Report) -> str:
    """What it was, when, where and for whom, in a line."""
    session, zone = report.session, report.session.agency.zone
    began = session.started_at or session.starts_at
    said = [EVENT_KINDS[session.kind], day_and_date(local(began, zone).date())]
    said += [hours(began, report.held.until, zone), session.place or ONLINE]
    return " · ".join([*said, f"bagi {session.unit.name}"])


def _line(one: Asked) -> Line:
    first, again = one.first, one.again
    shown = first.may_be_shown
    return Line(
        place=one.place,
        act=one.paper.act or one.paper.question,
        verdict=VERDICTS[Verdict(first.key.verdict)],
        rules="; ".join(label for label, _ in first.key.cites),
        answered=first.total,
        right=first.right_percent if shown else None,
        again=again.right_percent if again is not None and again.may_be_shown else None,
        sure_wrong=first.sure_wrong if shown and any(first.tally.sure.values()) else None,
    )
