"""Bahan apel Senin: the five rules that one unit misreads most, with a case and a word for each."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from app.agencies.models import Agency
from app.catalog.labels import PHASES, in_words
from app.catalog.law import Citation
from app.catalog.misdeeds import Misdeed
from app.catalog.model import Case
from app.core import clock
from app.core.dates import long_date, thousands
from app.core.errors import DomainError, NotFound
from app.judgements.models import Source
from app.printing.briefing import Point, Sheet
from app.reports.misread import FEW, NO_RULE, Reading
from app.reports.understanding import Cell, worst_first

#: Rules on the page.
MOST = 5
SOURCES = {
    Source.LESSON: "kasus di pelajaran",
    Source.PRACTICE: "latihan",
    Source.PAPER: "kuis, percobaan pertama",
    Source.WEBINAR: "webinar, sebelum dibahas",
}
NOTE = "Angka kelompok saja: jawaban pertama, paling sedikit 10 orang, tanpa nama siapa pun."


class TooFewAnswers(DomainError):
    message = (
        "Unit ini belum punya cukup jawaban pertama dari sumber itu: paling sedikit 10 orang "
        "menjawab sebuah aturan. Pilih sumber lain, atau tunggu sampai lebih banyak yang belajar."
    )
    status = 409


def sheet_of(reading: Reading, agency: Agency, source: Source, unit_id: int) -> Sheet:
    """What the page says of a unit that the reader's own chart shows. Raises NotFound for any
    other, and TooFewAnswers."""
    column = next((c for c in reading.columns if c.unit_id == unit_id), None)
    if column is None:
        raise NotFound
    points = tuple(_points(reading, column.key))
    if not points:
        raise TooFewAnswers
    today = clock.today(agency.zone)
    return Sheet(
        agency=agency.name,
        office=agency.office_name,
        unit=column.name,
        about=f"Aturan yang paling sering keliru dijawab pertama kali pada {SOURCES[source]}. "
        f"Keadaan {long_date(today)}.",
        points=points,
        note=NOTE,
        made_at=clock.now(),
        zone=agency.zone,
    )


def worst_rules(reading: Reading, column: str) -> list[tuple[Misdeed, str, Cell]]:
    """Rules of all kinds that may be seen in a column, the most misread first."""
    found: dict[str, tuple[Misdeed, str, Cell]] = {}
    for kind in Misdeed:
        chart = reading.rules(kind)
        at = next(one for one in chart.columns if one.key == column)
        for row in chart.rows:
            cell = chart.spot(row, at).cell
            if row.key not in (FEW, NO_RULE) and cell is not None and cell.wrong:
                found[f"{kind}:{row.key}"] = kind, row.key, cell
    keys = worst_first({key: cell for key, (_, _, cell) in found.items()})
    return [found[key] for key in keys]


def _points(reading: Reading, column: str) -> Iterator[Point]:
    """Each case is told once."""
    told: set[str] = set()
    for kind, rule, cell in worst_rules(reading, column):
        cases = [case for case, _ in reading.cases_of(rule, kind) if case.scenario.id not in told]
        if cases and len(told) < MOST:
            told.add(cases[0].scenario.id)
            yield _point(reading.cites[rule], cell, cases)


def _point(cite: Citation, cell: Cell, cases: Sequence[Case]) -> Point:
    scenario, ruling = cases[0].scenario, cases[0].ruling
    low, high = cell.interval
    return Point(
        rule=cite.label,
        text=cite.text,
        figures=f"Keliru {cell.wrong_percent}% dari {thousands(cell.answers)} jawaban "
        f"(rentang {low}–{high}%).",
        case=_plain(scenario.situation_html),
        verdict=f"{scenario.act or scenario.question}: {in_words(ruling)} "
        f"({PHASES[ruling.phase].lower()})",
        reason=_plain(scenario.reason_html),
        safe_act=_plain(scenario.safe_act_html),
    )


def _plain(html: str) -> str:
    return Markup(html).striptags()  # noqa: S704  our own content, and its tags go
