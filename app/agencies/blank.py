"""An empty roster to fill in: the header that imports understand, NIP cells that are text."""

import csv
import io

import xlsxwriter

from app.agencies.roster import FIELDS
from app.agencies.statuses import LABELS

COLUMNS = (
    "number",
    "front_title",
    "name",
    "back_title",
    "status",
    "rank",
    "position",
    "unit_code",
    "unit_name",
)
WIDTHS = (24, 14, 36, 20, 18, 28, 36, 12, 36)
#: Rows below the header whose cells are text before anything is typed.
TEXT_ROWS = 5_000
RULES = (
    "Isi lembar Pegawai, satu orang satu baris. Lembar ini tidak dibaca.",
    "NIP / NI PPPK: 18 angka, bertipe Teks. Jangan ubah tipenya: Excel merusak angka panjang.",
    "Perangkat desa dan non-ASN: kosongkan NIP; Rambu memberi nomor peserta. Jangan isi NIK.",
    f"Status wajib diisi: {', '.join(LABELS.values())}.",
    "Nama tanpa gelar; gelar ditulis di kolomnya sendiri, misalnya Dra. dan M.Si.",
    "Pangkat/Golongan: Penata Tingkat I (III/d) untuk PNS, Golongan IX untuk PPPK; boleh kosong.",
    "Kode Unit menurut daftar unit (flask unit list). Bila kosong, Unit Kerja yang dipakai.",
    "Satu baris salah membatalkan seluruh impor; semua baris yang salah disebutkan sekaligus.",
)
EXAMPLES = (
    ("199001012015032001", "", "Sari Wulandari", "A.Md.Kep.", "PNS", "Pengatur (II/c)",
     "Perawat Terampil", "10.1", "Puskesmas Melati"),
    ("198512312022211002", "", "Joko Susanto", "S.Pd.", "PPPK", "Golongan IX",
     "Guru Ahli Pertama", "20.3", "SD Negeri 1 Arunika"),
    ("", "", "Wayan Sudira", "", "Perangkat desa", "", "Kaur Keuangan", "41.2", "Desa Sukamaju"),
)  # fmt: skip


def header() -> list[str]:
    return [FIELDS[name].label for name in COLUMNS]


def blank_workbook() -> bytes:
    """An XLSX with the sheet to fill in, and a sheet of rules with examples."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    bold = book.add_format({"bold": True, "bottom": 2, "text_wrap": True})
    as_text = book.add_format({"num_format": "@"})
    sheet = book.add_worksheet("Pegawai")
    for column, (label, width) in enumerate(zip(header(), WIDTHS, strict=True)):
        sheet.set_column(column, column, width, as_text)
        sheet.write_string(0, column, label, bold)
    for row in range(1, TEXT_ROWS + 1):
        sheet.write_blank(row, 0, None, as_text)
    sheet.freeze_panes(1, 0)
    sheet.data_validation(1, 4, TEXT_ROWS, 4, {"validate": "list", "source": list(LABELS.values())})
    _write_rules(book.add_worksheet("Petunjuk"), bold, as_text)
    book.close()
    return buffer.getvalue()


def _write_rules(sheet, bold, as_text) -> None:
    sheet.set_column(0, 8, 22)
    for row, rule in enumerate(RULES):
        sheet.write_string(row, 0, f"{row + 1}. {rule}")
    top = len(RULES) + 1
    for column, label in enumerate(header()):
        sheet.write_string(top, column, label, bold)
        for below, example in enumerate(EXAMPLES, start=1):
            sheet.write_string(top + below, column, example[column], as_text)


def blank_csv() -> bytes:
    """The same header as CSV UTF-8 with a byte order mark, so that Excel reads it as UTF-8."""
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=";").writerow(header())
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()
