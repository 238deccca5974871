"""The report as XLSX and CSV. Every text is written as text: no cell is ever a formula."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.agencies.nip import grouped
from app.core.dates import local_date, two_decimals
from app.core.spreadsheets import AS_TEXT, csv_of, tame
from app.reports.coverage import Row, Tally
from app.reports.queries import Standing

if TYPE_CHECKING:
    import xlsxwriter
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

COLUMNS = (
    "No", "Nama OPD", "Jumlah ASN", "Sudah belajar", "Lulus", "Sudah TTD pakta", "Belum", "%",
)  # fmt: skip
PEOPLE_COLUMNS = (
    "No", "OPD / Unit kerja", "Nama", "NIP / NI PPPK", "Jabatan", "Status", "Tanggal pakta",
    "Nomor pakta", "Nomor sertifikat",
)  # fmt: skip


@dataclass(frozen=True)
class Sheet:
    """What a download says about itself: its title, whose it is, when, and who is counted."""

    title: str
    agency: str
    moment: str
    zone: str
    denominator: str

    @property
    def heading(self) -> tuple[str, str, str]:
        return (
            f"REKAPITULASI {self.title}".upper(),
            self.agency.upper(),
            f"Keadaan {self.moment}",
        )


def workbook(sheet: Sheet, rows: list[Row], total: Tally, people: list[Standing]) -> bytes:
    """An .xlsx with three sheets: Rekap, Pegawai, Belum."""
    import xlsxwriter  # when somebody asks for a file: no other page needs it

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, AS_TEXT) as book:
        formats = _formats(book)
        _summary(book.add_worksheet("Rekap"), formats, sheet, rows, total)
        _people(book.add_worksheet("Pegawai"), formats, sheet, people)
        pending = [line for line in people if not line.has_signed]
        _people(book.add_worksheet("Belum"), formats, sheet, pending)
    return buffer.getvalue()


def _formats(book: xlsxwriter.Workbook) -> dict[str, Format]:
    edge = {"border": 1, "border_color": "#8a9a9c", "valign": "top"}
    return {
        "heading": book.add_format({"bold": True, "font_size": 12}),
        "note": book.add_format({"italic": True, "font_color": "#445"}),
        "head": book.add_format(edge | {"bold": True, "bg_color": "#dfecec", "text_wrap": True}),
        "text": book.add_format(edge | {"num_format": "@", "text_wrap": True}),
        "number": book.add_format(edge | {"num_format": "#,##0"}),
        "percent": book.add_format(edge | {"num_format": "0.00"}),
        "total": book.add_format(edge | {"bold": True, "num_format": "#,##0"}),
        "total_percent": book.add_format(edge | {"bold": True, "num_format": "0.00"}),
    }


def _head(
    page: Worksheet,
    formats: dict[str, Format],
    sheet: Sheet,
    columns: Iterable[str],
    widths: Iterable[int],
) -> int:
    for line, text in enumerate(sheet.heading):
        page.write_string(line, 0, text, formats["heading"])
    for column, (name, width) in enumerate(zip(columns, widths, strict=True)):
        page.set_column(column, column, width)
        page.write_string(4, column, name, formats["head"])
    page.freeze_panes(5, 0)
    page.repeat_rows(4)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    return 5


def _summary(
    page: Worksheet, formats: dict[str, Format], sheet: Sheet, rows: list[Row], total: Tally
) -> None:
    line = _head(page, formats, sheet, COLUMNS, (5, 48, 12, 12, 10, 14, 10, 9))
    for number, row in enumerate(rows, start=1):
        page.write_number(line, 0, number, formats["number"])
        page.write_string(line, 1, row_name(row), formats["text"])
        _figures(page, line, row.tally, formats["number"], formats["percent"])
        line += 1
    page.write_string(line, 0, "", formats["total"])
    page.write_string(line, 1, "JUMLAH", formats["total"])
    _figures(page, line, total, formats["total"], formats["total_percent"])
    page.write_string(line + 2, 0, sheet.denominator, formats["note"])


def _figures(page: Worksheet, line: int, tally: Tally, number: Format, percent: Format) -> None:
    for column, value in enumerate(figures(tally), start=2):
        page.write_number(line, column, value, number)
    page.write_number(line, 7, float(tally.signed_percent), percent)


def _people(
    page: Worksheet, formats: dict[str, Format], sheet: Sheet, people: list[Standing]
) -> None:
    line = _head(page, formats, sheet, PEOPLE_COLUMNS, (5, 36, 36, 22, 30, 26, 18, 28, 28))
    for number, person in enumerate(people, start=1):
        page.write_number(line, 0, number, formats["number"])
        for column, text in enumerate(person_texts(person, sheet.zone), start=1):
            page.write_string(line, column, text, formats["text"])
        line += 1


def summary_csv(rows: list[Row], total: Tally) -> str:
    """The table as CSV, with its total; percentages with a decimal comma."""
    lines = [(str(place), tame(row_name(row)), row.tally) for place, row in enumerate(rows, 1)]
    return csv_of(
        COLUMNS,
        (
            [place, name, *map(str, figures(tally)), two_decimals(tally.signed_percent)]
            for place, name, tally in [*lines, ("", "JUMLAH", total)]
        ),
    )


def people_csv(people: list[Standing], zone: str) -> str:
    """The people as CSV. A NIP is written in its groups, so that a spreadsheet keeps its digits."""
    lines = []
    for place, person in enumerate(people, start=1):
        texts = list(person_texts(person, zone))
        texts[2] = grouped(texts[2])
        lines.append([str(place), *map(tame, texts)])
    return csv_of(PEOPLE_COLUMNS, lines)


def figures(tally: Tally) -> tuple[int, ...]:
    return tally.people, tally.learned, tally.passed, tally.signed, tally.pending


def row_name(row: Row) -> str:
    """The unit's name; people who sit above every row are named for what they are."""
    return f"{row.node.name} (langsung)" if row.is_rest else row.node.name


def person_texts(person: Standing, zone: str) -> tuple[str, ...]:
    signed_on = local_date(person.signed_at, zone) if person.signed_at else ""
    return (
        person.unit,
        person.full_name,
        person.number,
        person.position,
        person.status,
        signed_on,
        person.pledge_number or "",
        person.certificate_number or "",
    )


def whatsapp_text(title: str, unit: str, moment: str, pending: list[Standing]) -> str:
    """The *Belum* list, ready to paste: names and what is missing, never a NIP."""
    head = f"*{title}*\n{unit}\nPer {moment.removeprefix('per ')}\n"
    if not pending:
        return f"{head}\nSemua sudah menandatangani pakta integritas. Terima kasih."
    lines = [f"{i}. {line.full_name} ({line.status.lower()})" for i, line in enumerate(pending, 1)]
    return f"{head}\nBelum menandatangani pakta ({len(pending)} orang):\n" + "\n".join(lines)
