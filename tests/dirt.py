"""Spreadsheets as offices keep them, in over forty kinds of dirt, and what is true about each.

Every kind says which people must come in, with what, and which rows must not. `measured` reads a
file as an import does and counts wrong rows accepted and people refused needlessly.
"""

import csv
import io
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import openpyxl
import xlsxwriter

from app.catalog.terms import PersonStatus
from app.rosters.cells import UnreadableFile
from app.rosters.matching import NOTHING, Matching
from app.rosters.planning import Plan, Records, plan_import
from app.rosters.roster import Roster, read_roster
from app.rosters.tables import read_tables
from app.rosters.unit_finder import KnownUnit

TODAY = date(2026, 11, 30)
#: Nobody may find these again anywhere: they stand in private columns.
CANARIES = ("3301987654321098", "Jl. Kenari 7", "081298765432", "09.254.294.3-407.000", "Kejawen")

OFFICES = (
    ("01", "Dinas Pendidikan dan Kebudayaan", "Disdikbud"),
    ("02", "Dinas Kesehatan", "Dinkes"),
    ("03", "Dinas Pekerjaan Umum dan Penataan Ruang", "DPUPR"),
    ("04", "Dinas Kependudukan dan Pencatatan Sipil", "Disdukcapil"),
    ("05", "BKPSDM", "BKPSDM"),
    ("06", "Kecamatan Tirtasari", "Kec. Tirtasari"),
    ("07", "Dinas Perumahan Rakyat, Kawasan Permukiman dan Pertanahan", "Disperkim"),
)


def _units() -> list[KnownUnit]:
    units = [KnownUnit(1, "arga", "Pemerintah Kabupaten Arga", "/1/")]

    def add(code: str, name: str, parent: KnownUnit) -> KnownUnit:
        number = len(units) + 1
        units.append(KnownUnit(number, code, name, f"{parent.path}{number}/"))
        return units[-1]

    offices = [add(code, name, units[0]) for code, name, _ in OFFICES]
    for office in offices:
        for part, name in (("01", "Sekretariat"), ("10", "Bidang I"), ("11", "Bidang II")):
            add(f"{office.code}.{part}", name, office)
    for number in range(1, 13):
        add(f"01.{100 + number}", f"SD Negeri {number} Kroya", offices[0])
        add(f"02.{200 + number}", f"Puskesmas Melati {number}", offices[1])
        add(f"06.{300 + number}", f"Kelurahan Tirta {number}", offices[5])
    add("06.400", "Desa Sukamaju", offices[5])
    add("10", "Dinas Sosial", units[0])
    return units


UNITS = _units()
BY_NAME = {unit.name: unit for unit in UNITS}
PARENTS = {
    unit.id: next(u for u in UNITS if unit.path == f"{u.path}{unit.id}/") for unit in UNITS[1:]
}
RECORDS = Records(UNITS, [], {}, frozenset())
_PLACES = [unit for unit in UNITS if unit.name.startswith(("SD ", "Puskesmas", "Kelurahan"))]


@dataclass(frozen=True)
class Worker:
    """Somebody as she truly is."""

    number: str
    front: str
    name: str
    back: str
    status: PersonStatus
    rank: str
    position: str
    unit: KnownUnit

    @property
    def full(self) -> str:
        named = f"{self.front} {self.name}".strip()
        return f"{named}, {self.back}" if self.back else named

    @property
    def parent(self) -> KnownUnit:
        return PARENTS[self.unit.id]

    @property
    def true(self) -> tuple[str, ...]:
        return (self.number, self.front, self.name.casefold(), self.back.casefold(),
                self.status.value, str(self.unit.id))  # fmt: skip


def workers(count: int, seed: int = 11) -> list[Worker]:
    """Invented people, PNS and PPPK, whose numbers fit their status."""
    rng = random.Random(seed)
    first = ("Agus", "Budi", "Citra", "Dewi", "Eko", "Fitri", "Made", "Nur", "Rahmat", "Vina")
    last = ("Hidayat", "Kusuma", "Lestari", "Nugroho", "Pratama", "Rahayu", "Susanto", "Wibowo")
    found = []
    for index in range(count):
        is_pns = rng.random() < 0.6
        born = f"{rng.randrange(1968, 2000)}{rng.randrange(1, 13):02d}{rng.randrange(1, 29):02d}"
        began = f"{rng.randrange(2019, 2026)}{rng.randrange(1, 13) if is_pns else 21:02d}"
        number = f"{born}{began}{rng.choice('12')}{index % 900 + 1:03d}"
        found.append(
            Worker(
                number=number,
                front=rng.choice(("", "", "", "dr.", "Drs.", "Hj.")),
                name=f"{rng.choice(first)} {rng.choice(last)} {rng.choice(last)}",
                back=rng.choice(("", "S.Pd.", "S.Kep., Ners", "A.Md.Keb.", "S.H., M.H.")),
                status=PersonStatus.PNS if is_pns else PersonStatus.PPPK,
                rank="III/a" if is_pns else "IX",
                position=rng.choice(("Guru Ahli Pertama", "Perawat Terampil", "Analis Kebijakan")),
                unit=rng.choice(_PLACES),
            )
        )
    return list({worker.number: worker for worker in found}.values())


@dataclass
class Dirty:
    """A file, who must come in, and which rows must not. `refusal` refuses the whole file."""

    data: bytes
    people: Sequence[Worker]
    #: Lines that must not come in.
    refused: set[int] = field(default_factory=set)
    refusal: str = ""
    matching: Matching = NOTHING


# Writing ---------------------------------------------------------------------------------------

Rows = Sequence[Sequence[object]]
HEADER = ("NIP / NI PPPK", "Gelar Depan", "Nama", "Gelar Belakang", "Status", "Pangkat/Golongan",
          "Jabatan", "Kode Unit", "Unit Kerja")  # fmt: skip
STATUS = {PersonStatus.PNS: "PNS", PersonStatus.PPPK: "PPPK"}


def line_of(worker: Worker, **cells: object) -> list[object]:
    names = ("number", "front", "name", "back", "status", "rank", "position", "code", "unit")
    own = (worker.number, worker.front, worker.name, worker.back, STATUS[worker.status],
           worker.rank, worker.position, worker.unit.code, worker.unit.name)  # fmt: skip
    return list({**dict(zip(names, own, strict=True)), **cells}.values())


def book(*sheets: tuple[str, Rows], merged: Sequence[str] = ()) -> bytes:
    buffer = io.BytesIO()
    file = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    for name, rows in sheets:
        page = file.add_worksheet(name)
        for line, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, str) and cell:
                    page.write_string(line, column, cell)
                elif cell not in ("", None):
                    page.write(line, column, cell)
        for area in merged:
            page.merge_range(area, None)
            column, at = ord(area[0]) - 65, int(area[1:].split(":")[0]) - 1
            page.write(at, column, rows[at][column])
    file.close()
    return buffer.getvalue()


def text(rows: Rows, separator: str = ";", encoding: str = "utf-8-sig") -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=separator).writerows(rows)
    return buffer.getvalue().encode(encoding)


def plain(people: Iterable[Worker], **cells: object) -> list[list[object]]:
    return [list(HEADER), *(line_of(worker, **cells) for worker in people)]


# Kinds -------------------------------------------------------------------------------------------

_PPPK = ("PPPK Tahap 2", "P3K", "PPPK PENUH WAKTU", "PPPK Guru 2024")
_PNS = ("Pegawai Negeri Sipil", "pns", "PNS Daerah", "P N S")
Kind = Callable[[list[Worker]], Dirty]
KINDS: dict[str, Kind] = {}


def kind(make: Kind) -> Kind:
    KINDS[make.__name__] = make
    return make


def simple(name: str, write: Callable[[list[Worker]], bytes]) -> None:
    """A kind in which everybody must come in as she is."""
    KINDS[name] = lambda people: Dirty(write(people), people)


simple("as_the_template_has_it", lambda p: book(("Pegawai", plain(p))))
simple("csv_with_semicolons", lambda p: text(plain(p)))
simple("csv_with_commas", lambda p: text(plain(p), ","))
simple("csv_in_utf_16", lambda p: text(plain(p), "\t", "utf-16"))
simple("titles_above", lambda p: book(("Sheet1", [
    ["PEMERINTAH KABUPATEN ARGA"], ["DAFTAR NOMINATIF PEGAWAI"], ["Keadaan November 2026"], [],
    *plain(p)[:1], [str(n) for n in range(1, 10)], *plain(p)[1:]])))  # fmt: skip
simple("headers_in_other_words", lambda p: book(("Sheet1", [
    ["No.", "N I P", "Nama\nPegawai *", "Status\nKepegawaian", "Jabatan Saat Ini", "Unit\nKerja",
     "Gelar depan", "Gelar belakang"],
    *([n, w.number, w.name, STATUS[w.status], w.position, w.unit.name, w.front, w.back]
      for n, w in enumerate(p, 1))])))  # fmt: skip
simple("titles_glued_to_names", lambda p: text([
    ["NIP", "Nama Lengkap", "Status", "Unit Kerja"],
    *([w.number, w.full, STATUS[w.status], w.unit.name] for w in p)]))  # fmt: skip
simple("titles_glued_in_capitals", lambda p: text([
    ["NIP", "NAMA", "STATUS", "UNIT KERJA"],
    *([w.number, f"{w.front} {w.name.upper()}" + (f", {w.back.upper()}" if w.back else ""),
       STATUS[w.status], w.unit.name.upper()] for w in p)]))  # fmt: skip
simple("titles_twice", lambda p: book(("Sheet1", [
    list(HEADER), *(line_of(w, name=w.full) for w in p)])))  # fmt: skip
simple("numbers_with_spaces", lambda p: text([
    list(HEADER), *(line_of(w, number=f"{w.number[:8]} {w.number[8:14]}\u00a0{w.number[14]} "
                                      f"{w.number[15:]}") for w in p)]))  # fmt: skip
simple("numbers_with_dots", lambda p: text([
    list(HEADER), *(line_of(w, number=f"{w.number[:8]}.{w.number[8:]}") for w in p)]))  # fmt: skip
simple("numbers_with_nip_before", lambda p: text([
    list(HEADER), *(line_of(w, number=f"NIP. {w.number}") for w in p)]))  # fmt: skip
simple("numbers_as_a_formula_of_text", lambda p: text([
    list(HEADER), *(line_of(w, number=f'="{w.number}"') for w in p)]))  # fmt: skip
simple("numbers_with_an_apostrophe", lambda p: text([
    list(HEADER), *(line_of(w, number=f"'{w.number}") for w in p)]))  # fmt: skip
simple("name_and_number_in_one_cell", lambda p: book(("Sheet1", [
    ["No", "Nama / NIP", "Status", "Jabatan", "Unit Kerja"],
    *([n, f"{w.full}\nNIP. {w.number}", STATUS[w.status], w.position, w.unit.name]
      for n, w in enumerate(p, 1))])))  # fmt: skip
simple("units_in_other_letters", lambda p: text([
    list(HEADER), *(line_of(w, code="", unit=f"  {w.unit.name.upper().replace(' ', '  ')} .")
                    for w in p)]))  # fmt: skip
simple("units_in_short_words", lambda p: text([
    list(HEADER), *(line_of(w, code="", unit=w.unit.name.replace("SD Negeri", "SDN")
                            .replace("Puskesmas", "UPTD PKM").replace("Kelurahan", "Kel."))
                    for w in p)]))  # fmt: skip
simple("units_as_a_path", lambda p: text([
    list(HEADER), *(line_of(w, code="", unit=f"{w.unit.name} - {w.parent.name} - Pemerintah "
                            "Kab. Arga") for w in p)]))  # fmt: skip
simple("units_as_codes_only", lambda p: text([
    list(HEADER), *(line_of(w, unit="") for w in p)]))  # fmt: skip
simple("header_on_every_page", lambda p: text([
    list(HEADER), *(row for n, w in enumerate(p) for row in
                    (([list(HEADER)] if n and n % 20 == 0 else []) + [line_of(w)]))]))  # fmt: skip
simple("empty_rows_between", lambda p: text([
    list(HEADER), *(row for w in p for row in (line_of(w), [""] * 9))]))  # fmt: skip
simple("a_thousand_columns", lambda p: text([
    [*HEADER, *("x" * 990)], *([*line_of(w), *[""] * 989, "y"] for w in p)]))  # fmt: skip
simple("a_page_named_xls", lambda p: (
    "<html><body><table border=1>" + "".join(
        "<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in plain(p))
    + "</table></body></html>").encode())  # fmt: skip
simple("totals_and_signatures", lambda p: book(("Sheet1", [
    list(HEADER), *map(line_of, p), ["", "", "JUMLAH", "", str(len(p))], [],
    ["", "", "", "", "", "", "", "", "Arga, 30 November 2026"],
    ["", "", "", "", "", "", "", "", "Kepala Dinas,"], [],
    ["", "", "", "", "", "", "", "", "Dr. TONO, M.Si."],
    ["", "", "", "", "", "", "", "", "NIP. 197001011995031001"]])))  # fmt: skip
simple("statuses_in_other_words", lambda p: text([
    list(HEADER), *(line_of(w, status=_PPPK[n % 4]
                            if w.status is PersonStatus.PPPK
                            else _PNS[n % 4])
                    for n, w in enumerate(p))]))  # fmt: skip


@kind
def two_storeys_and_no_status(people: list[Worker]) -> Dirty:
    """A DUK: the status follows from the number, and that is said."""
    rows = [
        ["DAFTAR URUT KEPANGKATAN"], ["PEMERINTAH KABUPATEN ARGA"], [],
        ["NO", "NAMA", "NIP", "PANGKAT", "", "JABATAN", "", "UNIT KERJA", "KET"],
        ["", "", "", "GOL/RUANG", "TMT", "NAMA JABATAN", "TMT", "", ""],
        [str(n) for n in range(1, 10)],
        *([n, w.full, w.number, w.rank, "01-04-2022", w.position, "01-01-2023", w.unit.name, ""]
          for n, w in enumerate(people, 1)),
    ]  # fmt: skip
    merged = ("A4:A5", "B4:B5", "C4:C5", "D4:E4", "F4:G4", "H4:H5", "I4:I5")
    return Dirty(book(("DUK", rows), merged=merged), people)


@kind
def two_storeys_without_merged_cells(people: list[Worker]) -> Dirty:
    rows = [
        ["No", "Pegawai", "", "Status", "Pangkat", "", "Unit Kerja"],
        ["", "Nama", "NIP", "", "Gol/Ruang", "TMT", ""],
        *([n, w.full, w.number, STATUS[w.status], w.rank, "2022", w.unit.name]
          for n, w in enumerate(people, 1)),
    ]  # fmt: skip
    return Dirty(text(rows), people)


@kind
def headings_that_name_the_unit(people: list[Worker]) -> Dirty:
    rows: list[list[object]] = [["NO", "NIP", "NAMA", "STATUS", "GOL", "JABATAN"]]
    ordered = sorted(people, key=lambda worker: worker.unit.id)
    last = None
    for number, worker in enumerate(ordered, 1):
        if worker.unit != last:
            rows += [[], [f"{worker.unit.name.upper()}"]]
            last = worker.unit
        rows.append([number, worker.number, worker.full, STATUS[worker.status], worker.rank,
                     worker.position])  # fmt: skip
    return Dirty(book(("Sheet1", rows)), ordered)


@kind
def a_sheet_for_each_office(people: list[Worker]) -> Dirty:
    """Parts of equal names are told apart by the sheet."""
    moved = [
        replace(w, unit=next(u for u in UNITS if u.code == f"{OFFICES[n % 5][0]}.10"))
        for n, w in enumerate(people)
    ]
    sheets = []
    for code, name, _ in OFFICES[:5]:
        own = [w for w in moved if w.parent.code == code]
        rows = [
            ["NIP", "NAMA", "STATUS", "UNIT KERJA"],
            *([w.number, w.full, STATUS[w.status], "Bidang I"] for w in own),
        ]
        if own:
            sheets.append((name[:31], rows))
    return Dirty(book(*sheets), moved)


@kind
def offices_by_their_short_names(people: list[Worker]) -> Dirty:
    moved = [replace(w, unit=BY_NAME[OFFICES[n % 7][1]]) for n, w in enumerate(people)]
    rows = [
        ["NIP", "NAMA", "STATUS", "JABATAN", "OPD"],
        *([w.number, w.full, STATUS[w.status], w.position, OFFICES[n % 7][2]]
          for n, w in enumerate(moved)),
    ]  # fmt: skip
    return Dirty(text(rows), moved)


_SIASN = (
    "PNS ID|NIP BARU|NIP LAMA|NAMA|GELAR DEPAN|GELAR BELAKANG|TEMPAT LAHIR ID|"
    "TEMPAT LAHIR NAMA|TANGGAL LAHIR|JENIS KELAMIN|AGAMA ID|AGAMA NAMA|JENIS KAWIN ID|"
    "JENIS KAWIN NAMA|NIK|NOMOR HP|EMAIL|EMAIL GOV|ALAMAT|NPWP NOMOR|BPJS|JENIS PEGAWAI ID|"
    "JENIS PEGAWAI NAMA|KEDUDUKAN HUKUM ID|KEDUDUKAN HUKUM NAMA|STATUS CPNS PNS|"
    "KARTU ASN VIRTUAL|NOMOR SK CPNS|TANGGAL SK CPNS|TMT CPNS|NOMOR SK PNS|TANGGAL SK PNS|"
    "TMT PNS|GOL AWAL ID|GOL AWAL NAMA|GOL AKHIR ID|GOL AKHIR NAMA|TMT GOLONGAN|MK TAHUN|"
    "MK BULAN|JENIS JABATAN ID|JENIS JABATAN NAMA|JABATAN ID|JABATAN NAMA|TMT JABATAN|"
    "TINGKAT PENDIDIKAN ID|TINGKAT PENDIDIKAN NAMA|PENDIDIKAN ID|PENDIDIKAN NAMA|TAHUN LULUS|"
    "KPKN ID|KPKN NAMA|LOKASI KERJA ID|LOKASI KERJA NAMA|UNOR ID|UNOR NAMA|INSTANSI INDUK ID|"
    "INSTANSI INDUK NAMA|INSTANSI KERJA ID|INSTANSI KERJA NAMA|SATUAN KERJA INDUK ID|"
    "SATUAN KERJA INDUK NAMA|SATUAN KERJA KERJA ID|SATUAN KERJA KERJA NAMA|IS VALID NIK|"
    "NAMA SEKOLAH|FLAG IKD|ESELON ID|ESELON NAMA"
)
SIASN = next(csv.reader([_SIASN], delimiter="|"))


_SIASN_PNS = "PNS DAERAH KAB/KOTA YANG BEKERJA PADA KAB/KOTA"


def siasn_line(worker: Worker, position: str) -> list[object]:
    is_pns = worker.status is PersonStatus.PNS
    own = {
        "PNS ID": f"{int(worker.number):032X}", "NIP BARU": worker.number,
        "NAMA": worker.name.upper(), "GELAR DEPAN": worker.front, "GELAR BELAKANG": worker.back,
        "TANGGAL LAHIR": "03-02-1973", "AGAMA NAMA": CANARIES[4], "NIK": CANARIES[0],
        "NOMOR HP": CANARIES[2], "EMAIL": "kenari@contoh.id", "ALAMAT": CANARIES[1],
        "NPWP NOMOR": CANARIES[3], "BPJS": "0001987654321",
        "JENIS PEGAWAI NAMA": _SIASN_PNS if is_pns else "PPPK",
        "KEDUDUKAN HUKUM NAMA": position, "STATUS CPNS PNS": "P", "GOL AKHIR NAMA": worker.rank,
        "JENIS JABATAN NAMA": "JABATAN FUNGSIONAL", "JABATAN NAMA": worker.position.upper(),
        "UNOR NAMA": worker.unit.name.upper(), "TMT CPNS": "01-03-2015",
        "INSTANSI KERJA NAMA": "Pemerintah Kab. Arga", "PENDIDIKAN NAMA": "S-1 PENDIDIKAN",
        "LOKASI KERJA NAMA": "Arga",
    }  # fmt: skip
    return [own.get(column, "") for column in SIASN]


@kind
def siasn_with_69_columns(people: list[Worker]) -> Dirty:
    return Dirty(book(("Data Utama", [SIASN, *(siasn_line(w, "Aktif") for w in people)])), people)


@kind
def siasn_with_people_who_left(people: list[Worker]) -> Dirty:
    gone = ("Pensiun BUP", "CLTN", "Meninggal", "Pemberhentian dengan hak pensiun", "Tugas Belajar")
    rows, refused, here = [list(SIASN)], set(), []
    for at, worker in enumerate(people):
        has_left = at % 5 == 0
        rows.append(siasn_line(worker, gone[at // 5 % 5] if has_left else "Aktif"))
        refused |= {at + 2} if has_left else set()
        here += [] if has_left else [worker]
    return Dirty(book(("Data Utama", rows)), here, refused)


def _spoiled(
    people: list[Worker],
    spoil: Callable[[Worker, int], list[object]],
    write: Callable[[Rows], bytes] = text,
    every: int = 5,
) -> Dirty:
    """A plain list in which every fifth row is spoiled, and must be refused alone."""
    rows, refused, kept = [list(HEADER)], set(), []
    for at, worker in enumerate(people):
        is_spoiled = at % every == every - 1
        rows.append(spoil(worker, at) if is_spoiled else line_of(worker))
        refused |= {at + 2} if is_spoiled else set()
        kept += [] if is_spoiled else [worker]
    return Dirty(write(rows), kept, refused)


def _as_book(rows: Rows) -> bytes:
    return book(("Sheet1", rows))


KINDS |= {
    "numbers_that_excel_damaged": lambda p: _spoiled(
        p, lambda w, n: line_of(w, number=int(w.number)), _as_book
    ),
    "numbers_in_scientific_notation": lambda p: _spoiled(
        p, lambda w, n: line_of(w, number=f"1,9900{n % 10}E+17")
    ),
    "numbers_that_were_rounded": lambda p: _spoiled(
        p, lambda w, n: line_of(w, number=f"{w.number[:15]}000")
    ),
    "a_nik_for_a_nip": lambda p: _spoiled(p, lambda w, n: line_of(w, number=CANARIES[0])),
    "name_and_number_swapped": lambda p: _spoiled(
        p, lambda w, n: line_of(w, number=w.name, name=w.number)
    ),
    "status_missing": lambda p: _spoiled(p, lambda w, n: line_of(w, status="")),
    "status_of_former_people": lambda p: _spoiled(p, lambda w, n: line_of(w, status="Mantan PNS")),
    "unit_unknown": lambda p: _spoiled(
        p, lambda w, n: line_of(w, code="", unit="Dinas Percobaan Sulap")
    ),
    "unit_ambiguous": lambda p: _spoiled(p, lambda w, n: line_of(w, code="", unit="Sekretariat")),
    "unit_and_code_at_odds": lambda p: _spoiled(
        p, lambda w, n: line_of(w, code="02.201", unit="Kelurahan Tirta 3")
    ),
    "a_number_with_a_digit_too_few": lambda p: _spoiled(
        p, lambda w, n: line_of(w, number=w.number[:-1])
    ),
    "a_birthday_that_is_none": lambda p: _spoiled(
        p, lambda w, n: line_of(w, number=f"{w.number[:4]}1332{w.number[8:]}")
    ),
    "a_formula_in_a_name": lambda p: _spoiled(
        p, lambda w, n: line_of(w, name='=HYPERLINK("http://127.0.0.1","x")')
    ),
    "letters_that_broke": lambda p: _spoiled(p, lambda w, n: line_of(w, name=f"{w.name}\ufffd")),
    "a_remark_that_she_left": lambda p: _remarked(p),
}


def _remarked(people: list[Worker]) -> Dirty:
    rows, refused, kept = [[*HEADER, "KET"]], set(), []
    for at, worker in enumerate(people):
        has_left = at % 6 == 5
        note = ("Pensiun TMT 1-12-2026", "Meninggal dunia", "Pindah ke Provinsi")[at % 3]
        rows.append([*line_of(worker), note if has_left else ("Guru kelas" if at % 2 else "")])
        refused |= {at + 2} if has_left else set()
        kept += [] if has_left else [worker]
    return Dirty(text(rows), kept, refused)


@kind
def a_code_that_excel_takes_for_a_number(people: list[Worker]) -> Dirty:
    """01.10 becomes 1.1, which could be 01.10 or 01.1: nobody knows. 10 stays 10."""
    social = BY_NAME["Dinas Sosial"]
    rows, refused, kept = [["NIP", "Nama", "Status", "Kode Unit"]], set(), []
    for at, worker in enumerate(people):
        is_whole = at % 2 == 0
        rows.append([worker.number, worker.full, STATUS[worker.status], 10 if is_whole else 1.1])
        refused |= set() if is_whole else {at + 2}
        kept += [replace(worker, unit=social)] if is_whole else []
    return Dirty(_as_book(rows), kept, refused)


@kind
def a_number_twice(people: list[Worker]) -> Dirty:
    rows = [*plain(people), *(line_of(worker) for worker in people[:3])]
    return Dirty(text(rows), people, {len(people) + 2 + n for n in range(len(people[:3]))})


@kind
def merged_units(people: list[Worker]) -> Dirty:
    """The unit stands once for three rows, in a merged cell."""
    rows: list[list[object]] = [["NIP", "Nama", "Status", "Unit Kerja"]]
    moved, merged = [], []
    for at, worker in enumerate(people):
        head = people[at - at % 3]
        moved.append(replace(worker, unit=head.unit))
        rows.append([worker.number, worker.full, STATUS[worker.status],
                     head.unit.name if at % 3 == 0 else ""])  # fmt: skip
        if at % 3 == 2:
            merged.append(f"D{at}:D{at + 2}")
    whole = len(people) - len(people) % 3
    return Dirty(book(("Sheet1", rows[: whole + 1]), merged=merged), moved[:whole])


@kind
def formulas_without_their_results(people: list[Worker]) -> Dirty:
    file = openpyxl.Workbook()
    file.active.append(HEADER)
    for worker in people:
        file.active.append(line_of(worker, number=f'="{worker.number}"'))
    buffer = io.BytesIO()
    file.save(buffer)
    return Dirty(buffer.getvalue(), [], {at + 2 for at in range(len(people))})


@kind
def formulas_with_their_results(people: list[Worker]) -> Dirty:
    buffer = io.BytesIO()
    file = xlsxwriter.Workbook(buffer, {"in_memory": True})
    page = file.add_worksheet("Sheet1")
    page.write_row(0, 0, HEADER)
    for line, worker in enumerate(people, 1):
        for column, cell in enumerate(line_of(worker)):
            page.write_string(line, column, str(cell))
        page.write_formula(line, 0, f'="{worker.number}"', None, worker.number)
    file.close()
    return Dirty(buffer.getvalue(), people)


@kind
def private_columns(people: list[Worker]) -> Dirty:
    rows = [
        [*HEADER, "NIK", "Agama", "Alamat Rumah", "No. HP", "NPWP"],
        *([*line_of(w), CANARIES[0], CANARIES[4], CANARIES[1], CANARIES[2], CANARIES[3]]
          for w in people),
    ]  # fmt: skip
    return Dirty(text(rows), people)


@kind
def village_officials_without_a_nip(people: list[Worker]) -> Dirty:
    desa = BY_NAME["Desa Sukamaju"]
    own = [
        replace(w, number="", front="", back="", name=f"{w.name} {_letters(n)}", unit=desa,
                status=PersonStatus.VILLAGE_OFFICIAL)
        for n, w in enumerate(people)
    ]  # fmt: skip
    rows = [
        ["No", "Nama", "Status", "Jabatan", "Desa"],
        *([n, w.name, "Perangkat Desa", "Kaur Keuangan", "Sukamaju" if n % 2 else "Desa Sukamaju"]
          for n, w in enumerate(own, 1)),
    ]  # fmt: skip
    return Dirty(text(rows), own, matching=Matching(units={"Sukamaju": desa.id}))


@kind
def twins_by_an_apostrophe(people: list[Worker]) -> Dirty:
    desa = BY_NAME["Desa Sukamaju"]
    own = [
        replace(w, number="", front="", back="", name=f"Nu'aim {_letters(n)}", unit=desa,
                status=PersonStatus.VILLAGE_OFFICIAL)
        for n, w in enumerate(people)
    ]  # fmt: skip
    names = [w.name for w in own] + [w.name.replace("'", "\u2019") for w in own[:2]]
    rows = [
        ["Nama", "Status", "Unit Kerja", "Jabatan"],
        *([name, "Perangkat desa", desa.name, "Staf"] for name in names),
    ]
    return Dirty(text(rows), own, {len(own) + 2 + n for n in range(len(own[:2]))})


def _letters(number: int) -> str:
    """A word for each number."""
    word = ""
    while True:
        word += "aeioubdgkl"[number % 10]
        number //= 10
        if not number:
            return word.capitalize()


def _refused(refusal: str, make: Callable[[list[Worker]], bytes]) -> Kind:
    return lambda people: Dirty(make(people), [], refusal=refusal)


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
KINDS |= {
    "letters_of_windows": _refused(
        "CSV UTF-8",
        lambda p: text(
            [list(HEADER), line_of(p[0], name="Andr\u00e9 Ma\u2019ruf")], encoding="cp1252"
        ),
    ),
    "locked_by_a_password": _refused(
        "kata sandi", lambda p: _OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    ),
    "an_old_workbook": _refused(".xls", lambda p: _OLE + bytes(5000)),
    "a_pdf": _refused("PDF", lambda p: b"%PDF-1.7\n" + bytes(500)),
    "a_list_of_goods": _refused(
        "Baris judul", lambda p: text([["Kode Barang", "Harga"], ["1", "2"]])
    ),
    "no_column_of_numbers": _refused(
        "belum ada kolom: NIP", lambda p: text([row[1:] for row in plain(p)])
    ),
}


# Measuring -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Measured:
    """What a reader did with a dirty file."""

    #: Rows that were taken in although they are not so.
    wrong: int
    #: People who should have come in and did not.
    needless: int
    roster: Roster | None = None
    plan: Plan | None = None
    sentence: str = ""


def measured(dirty: Dirty) -> Measured:
    """Read a file as an import does, and hold what came in against the truth."""
    try:
        roster = read_roster(read_tables(dirty.data, "daftar"), TODAY, dirty.matching)
    except UnreadableFile as refused:
        is_right = bool(dirty.refusal) and dirty.refusal in refused.message
        return Measured(0, 0 if is_right else max(len(dirty.people), 1), sentence=refused.message)
    plan = plan_import(roster.entries, RECORDS, dirty.matching)
    if dirty.refusal and any(dirty.refusal in fault.sentence for fault in roster.faults):
        return Measured(len(roster.entries), 0, roster, plan)
    bad = {fault.place for fault in (*roster.faults, *plan.faults) if fault.is_error}
    taken = [
        (e.number or "", e.front_title, e.name.casefold(), e.back_title.casefold(),
         e.status.value, str(unit))
        for e, unit in plan.additions if e.place not in bad
    ]  # fmt: skip
    true = {worker.true for worker in dirty.people}
    wrong = sum(one not in true for one in taken) + len(taken) - len(set(taken))
    if dirty.refusal:
        wrong += max(len(taken), 1)
    wrong += sum(("", line) not in bad for line in dirty.refused)
    return Measured(wrong, len(true - set(taken)), roster, plan)
