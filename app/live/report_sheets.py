"""Reports of sessions as XLSX. Every text is written as text: no cell is ever a formula."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.catalog.labels import VERDICTS
from app.catalog.terms import Verdict
from app.core.dates import local_date, local_time
from app.core.spreadsheets import AS_TEXT
from app.live.attended import Present
from app.live.judgements import Misread
from app.live.places import Held, Level
from app.live.results import Asked, Round
from app.live.summary import Report

if TYPE_CHECKING:
    import xlsxwriter
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Cell = str | int
Lines = Iterable[Sequence[Cell]]
#: What stands where so few answered that numbers would tell who chose what.
FEW = "kurang dari 5"


@dataclass(frozen=True)
class Page:
    """One sheet: its name, its columns with their widths, its lines."""

    name: str
    columns: tuple[tuple[str, int], ...]
    lines: Lines


def workbook(heading: Sequence[str], pages: Iterable[Page]) -> bytes:
    """An .xlsx of these sheets, each with the same heading."""
    import xlsxwriter  # when somebody asks for a file: no other page needs it

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, AS_TEXT) as book:
        formats = _formats(book)
        for page in pages:
            _write(book.add_worksheet(page.name), formats, heading, page)
    return buffer.getvalue()


def _formats(book: xlsxwriter.Workbook) -> dict[str, Format]:
    edge = {"border": 1, "border_color": "#8a9a9c", "valign": "top"}
    return {
        "heading": book.add_format({"bold": True, "font_size": 12}),
        "head": book.add_format(edge | {"bold": True, "bg_color": "#dfecec", "text_wrap": True}),
        "text": book.add_format(edge | {"num_format": "@", "text_wrap": True}),
        "number": book.add_format(edge | {"num_format": "#,##0"}),
    }


def _write(
    sheet: Worksheet, formats: dict[str, Format], heading: Sequence[str], page: Page
) -> None:
    for line, text in enumerate(heading):
        sheet.write_string(line, 0, text, formats["heading"])
    top = len(heading) + 1
    for column, (name, width) in enumerate(page.columns):
        sheet.set_column(column, column, width)
        sheet.write_string(top, column, name, formats["head"])
    for line, cells in enumerate(page.lines, start=top + 1):
        for column, cell in enumerate(cells):
            if isinstance(cell, int):
                sheet.write_number(line, column, cell, formats["number"])
            else:
                sheet.write_string(line, column, cell, formats["text"])
    sheet.freeze_panes(top + 1, 0)
    sheet.repeat_rows(top)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


# ---- one session -----------------------------------------------------------------------------


def of_session(report: Report, zone: str) -> bytes:
    """Kehadiran, Soal, Unit: numbers only."""
    session = report.session
    heading = (
        session.title.upper(),
        f"{session.unit.name} · {local_time(report.held.until, zone)}",
        f"Kode sesi {session.code}",
    )
    return workbook(
        heading,
        (
            Page("Kehadiran", (("Keterangan", 60), ("Jumlah", 12)), _turnout(report)),
            Page("Soal", _QUESTIONS, _questions(report.asked)),
            Page("Unit", _PARTS, _parts(report)),
        ),
    )


_QUESTIONS = (
    ("No", 5), ("Perbuatan", 48), ("Aturan", 40), ("Tahap", 24), ("Ronde", 8), ("Menjawab", 11),
    ("Boleh", 9), ("Tidak boleh", 9), ("Bergantung", 11), ("Yang tepat", 16), ("Tepat %", 9),
    ("Yakin tapi keliru", 10),
)  # fmt: skip
_PARTS = (("Unit", 60), ("Diundang", 12), ("Bergabung", 12), ("Hadir", 12))


def _turnout(report: Report) -> Iterator[tuple[Cell, Cell]]:
    turnout = report.turnout
    yield "Diundang (pegawai aktif di bagian itu)", turnout.invited
    yield "Bergabung", turnout.joined
    yield f"Hadir ({report.held.needed} dari {report.held.asked} soal terjawab)", turnout.present
    yield "Menyusul (menjawab sendiri sesudahnya)", turnout.made_up
    yield "Bergabung dari luar bagian yang diundang", turnout.outside
    yield "Tamu yang bergabung", turnout.guests
    yield "Tamu yang hadir", turnout.guests_present
    if report.session.forgotten_at is None:
        yield "Terlihat paling sedikit separuh waktu", turnout.half_time
    yield "Sertifikat kehadiran terbit", report.certificates


def _questions(asked: Iterable[Asked]) -> Iterator[list[Cell]]:
    for one in asked:
        for each in one.rounds:
            cites = "; ".join(label for label, _ in each.key.cites)
            act = one.paper.act or one.paper.question
            yield [one.place, act, cites, each.phase, each.number, each.total, *_split(each)]


def _split(each: Round) -> list[Cell]:
    right = VERDICTS[Verdict(each.key.verdict)]
    if not each.may_be_shown:
        return [FEW, FEW, FEW, right, FEW, FEW]
    counts = [bar.count for bar in each.bars]
    return [*counts, right, each.right_percent, each.sure_wrong]


def _parts(report: Report) -> Iterator[list[Cell]]:
    for part in report.turnout.parts:
        yield [part.name, part.invited, part.joined, part.present]


# ---- who was there ---------------------------------------------------------------------------


def of_people(report_title: str, unit: str, people: Iterable[Present], zone: str) -> bytes:
    """Who attended, for a desk that may see these people."""
    columns = (
        ("No", 5), ("Unit kerja", 36), ("Nama", 36), ("NIP / NI PPPK", 22), ("Jabatan", 30),
        ("Bergabung", 26), ("Soal terjawab", 10), ("Kehadiran", 12), ("Nomor sertifikat", 30),
    )  # fmt: skip
    lines = (_person(number, one, zone) for number, one in enumerate(people, start=1))
    return workbook((report_title.upper(), unit), [Page("Hadir", columns, lines)])


def _person(number: int, one: Present, zone: str) -> list[Cell]:
    joined = local_time(one.joined_at, zone)
    named = [one.unit, one.full_name, one.number, one.position]
    return [number, *named, joined, one.answered, one.how, one.certificate or ""]


# ---- by place --------------------------------------------------------------------------------


def of_places(
    heading: Sequence[str],
    held: Iterable[Held],
    levels: Iterable[Level],
    misread: Iterable[Misread],
    zone: str,
) -> bytes:
    """Each session, each level of the tree, and the rules that most got wrong."""
    sessions = (
        ("Tanggal", 20), ("Sesi", 44), ("Bagian", 36), ("Tempat", 28), ("Narasumber", 44),
        ("Bergabung", 11), ("Hadir", 9), ("Tamu", 9),
    )  # fmt: skip
    pages = [Page("Sesi", sessions, (_session(one, zone) for one in held))]
    pages += [Page(_NAMES[level.title], _places_of(level), _places(level)) for level in levels]
    pages.append(Page("Paling keliru", _MISREAD, (_rule(one) for one in misread)))
    return workbook(heading, pages)


_MISREAD = (
    ("Perbuatan", 60), ("Tahap", 26), ("Penilaian", 11), ("Tepat %", 9), ("Yakin tapi keliru", 10),
)  # fmt: skip
_NAMES = {
    "Per kecamatan": "Kecamatan",
    "Per kelurahan dan desa": "Kelurahan dan desa",
    "Per OPD": "OPD",
}


def _session(one: Held, zone: str) -> list[Cell]:
    session = one.session
    began = local_date(session.started_at, zone) if session.started_at else ""
    said = [began, session.title, session.unit.name, session.place or "Daring"]
    return [*said, "; ".join(one.speakers), one.came.people, one.came.present, one.came.guests]


def _places_of(level: Level) -> tuple[tuple[str, int], ...]:
    counts = (("Sesi", 8), ("Bergabung", 11), ("Hadir", 9), ("Tamu", 9), ("Narasumber", 60))
    return ((level.column, 44), *counts)


def _places(level: Level) -> Iterator[list[Cell]]:
    for place in level.places:
        counts = [place.sessions, place.people, place.present, place.guests]
        yield [place.name, *counts, "; ".join(place.speakers)]


def _rule(one: Misread) -> list[Cell]:
    act = one.paper.act or one.paper.question
    return [act, one.phase_label, one.total, one.right_percent, one.sure_wrong]
