"""Empty files to fill in: headers that the imports understand, long numbers in cells of text."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.agencies.unit_kinds import UnitKind
from app.catalog.labels import PERSON_STATUSES
from app.rosters import columns

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

#: Rows below the header that are text before anything is typed, and that offer their lists.
READY_ROWS = 5_000


@dataclass(frozen=True)
class Blank:
    """A sheet to fill in: its columns, their widths, choices by column, rules and examples."""

    sheet: str
    header: Sequence[str]
    widths: Sequence[int]
    choices: dict[int, list[str]]
    rules: Sequence[str]
    examples: Sequence[Sequence[str]]


PEOPLE = Blank(
    sheet="Pegawai",
    header=[
        columns.PEOPLE[name].label
        for name in ("number", "front_title", "name", "back_title", "status", "rank", "position",
                     "unit_code", "unit_name")
    ],
    widths=(24, 14, 36, 20, 18, 28, 36, 12, 36),
    choices={4: list(PERSON_STATUSES.values())},
    rules=(
        "Isi lembar Pegawai, satu orang satu baris. Lembar ini tidak dibaca.",
        "NIP / NI PPPK: 18 angka, bertipe Teks. Jangan ubah tipenya: Excel merusak angka panjang.",
        "Siapa pun yang bukan ASN: kosongkan NIP; Rambu memberi nomor peserta. Jangan isi NIK.",
        f"Status wajib diisi: {', '.join(PERSON_STATUSES.values())}.",
        "Nama tanpa gelar; gelar ditulis di kolomnya sendiri, misalnya Dra. dan M.Si.",
        "Pangkat/Golongan: Penata Tingkat I (III/d), atau Golongan IX untuk PPPK; boleh kosong.",
        "Kode Unit menurut daftar unit di Rambu. Bila kosong, Unit Kerja yang dipakai.",
        "Satu baris salah membatalkan seluruh impor; semua baris yang salah disebut sekaligus.",
    ),
    examples=(
        ("199001012015032001", "", "Sari Wulandari", "A.Md.Kep.", "PNS", "Pengatur (II/c)",
         "Perawat Terampil", "10.1", "Puskesmas Melati"),
        ("198512312022211002", "", "Joko Susanto", "S.Pd.", "PPPK", "Golongan IX",
         "Guru Ahli Pertama", "20.3", "SD Negeri 1 Arunika"),
        ("", "", "Wayan Sudira", "", "Perangkat desa", "", "Kaur Keuangan", "41.2",
         "Desa Sukamaju"),
    ),
)  # fmt: skip
UNITS = Blank(
    sheet="Unit",
    header=[field.label for field in columns.UNITS.values()],
    widths=(14, 14, 48, 16, 14),
    choices={
        3: [kind.value for kind in UnitKind if kind is not UnitKind.ROOT],
        4: ["ya", "tidak"],
    },
    rules=(
        "Isi lembar Unit, satu unit satu baris. Lembar ini tidak dibaca.",
        "Kode Unit: singkat dan tidak berubah, misalnya 10.1. Kode yang sudah ada diperbarui.",
        "Kode Induk: kode unit di atasnya. Kosongkan untuk unit yang langsung di bawah instansi.",
        "Unit Laporan: ya untuk unit yang menjadi satu baris dalam laporan, biasanya OPD.",
        "Urutan baris bebas. Satu baris salah membatalkan seluruh impor.",
    ),
    examples=(
        ("10", "", "Dinas Kesehatan", "dinas", "ya"),
        ("10.1", "10", "Puskesmas Melati", "puskesmas", "tidak"),
        ("40", "", "Kecamatan Tirtasari", "kecamatan", "ya"),
        ("40.1", "40", "Kelurahan Tirta Wetan", "kelurahan", "tidak"),
    ),
)


def workbook_of(blank: Blank) -> bytes:
    """An XLSX with the sheet to fill in, and a sheet of rules with examples."""
    import xlsxwriter  # when somebody asks for a file: no other page needs it

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    bold = book.add_format({"bold": True, "bottom": 2})
    as_text = book.add_format({"num_format": "@"})
    sheet = book.add_worksheet(blank.sheet)
    for column, (label, width) in enumerate(zip(blank.header, blank.widths, strict=True)):
        sheet.set_column(column, column, width, as_text)
        sheet.write_string(0, column, label, bold)
    for row in range(1, READY_ROWS + 1):
        sheet.write_blank(row, 0, None, as_text)
    for column, values in blank.choices.items():
        rule = {"validate": "list", "source": values}
        sheet.data_validation(1, column, READY_ROWS, column, rule)
    sheet.freeze_panes(1, 0)
    _write_rules(book.add_worksheet("Petunjuk"), blank, bold, as_text)
    book.close()
    return buffer.getvalue()


def _write_rules(sheet: Worksheet, blank: Blank, bold: Format, as_text: Format) -> None:
    sheet.set_column(0, len(blank.header) - 1, 22)
    for row, rule in enumerate(blank.rules):
        sheet.write_string(row, 0, f"{row + 1}. {rule}")
    top = len(blank.rules) + 1
    for column, label in enumerate(blank.header):
        sheet.write_string(top, column, label, bold)
        for below, example in enumerate(blank.examples, start=1):
            sheet.write_string(top + below, column, example[column], as_text)


def csv_of(blank: Blank) -> bytes:
    """The header alone, as CSV UTF-8 with a byte order mark, so that Excel reads it as UTF-8."""
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=";").writerow(blank.header)
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()
