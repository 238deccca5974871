"""Find the header of a table by its words, wherever it stands, and read cells by their meaning."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from app.core.texts import tidy
from app.rosters.cells import Broken, Row, Table, UnreadableFile

#: Rows that hold something among which the header must stand: letterheads and titles come first.
HEADER_WITHIN = 15
#: A row with fewer known words is no header, however it looks.
_ENOUGH = 2


@dataclass(frozen=True)
class Field:
    """A column that we understand: its name for people, and the words that announce it."""

    label: str
    words: tuple[str, ...]


#: Columns of a list of people, and how lists spell them; in simple form (see `simple`).
PEOPLE: Mapping[str, Field] = {
    "number": Field(
        "NIP / NI PPPK",
        (
            "nip", "nip ni pppk", "nip nippppk", "nip nipppk", "nip pppk", "ni pppk", "nipppk",
            "nip baru", "nip pegawai", "nip ni pppk nomor peserta", "nip nik pppk", "no nip",
            "nomor induk pegawai", "nip nomor peserta", "nomor peserta",
        ),
    ),
    "name": Field(
        "Nama",
        ("nama", "nama pegawai", "nama lengkap", "nama asn", "nama pns", "nama tanpa gelar"),
    ),
    "front_title": Field("Gelar Depan", ("gelar depan", "gelar di depan", "gelar dpn")),
    "back_title": Field("Gelar Belakang", ("gelar belakang", "gelar di belakang", "gelar blk")),
    "status": Field(
        "Status", ("status", "status kepegawaian", "status pegawai", "jenis pegawai", "jenis asn")
    ),
    "rank": Field(
        "Pangkat/Golongan",
        ("pangkat golongan", "pangkat gol", "pangkat gol ruang", "pangkat golongan ruang"),
    ),
    "pangkat": Field("Pangkat", ("pangkat", "nama pangkat")),
    "golongan": Field(
        "Golongan", ("golongan", "gol", "gol ruang", "golongan ruang", "gol akhir nama")
    ),
    "position": Field("Jabatan", ("jabatan", "nama jabatan", "jabatan nama", "jabatan terakhir")),
    "unit_code": Field("Kode Unit", ("kode unit", "kode unit kerja", "kode opd", "kode unor")),
    "unit_name": Field(
        "Unit Kerja",
        ("unit kerja", "unit", "nama unit", "nama unit kerja", "unor nama", "unit organisasi"),
    ),
    "parent_name": Field(
        "OPD", ("opd", "nama opd", "perangkat daerah", "skpd", "unor induk nama", "unit induk")
    ),
}  # fmt: skip
#: Columns of a list of units.
UNITS: Mapping[str, Field] = {
    "code": Field("Kode Unit", ("kode", "kode unit", "kode unit kerja", "kode opd")),
    "parent": Field(
        "Kode Induk", ("kode induk", "induk", "kode unit induk", "kode atasan", "unit induk")
    ),
    "name": Field("Nama Unit", ("nama", "nama unit", "nama unit kerja", "unit kerja", "unit")),
    "kind": Field("Jenis", ("jenis", "jenis unit", "tipe")),
    "reporting": Field("Unit Laporan", ("unit laporan", "laporan", "baris laporan", "lapor")),
}


@dataclass(frozen=True)
class Header:
    """Where each field stands."""

    table: Table
    row: Row
    places: Mapping[str, int]

    def cell(self, row: Row, field: str) -> str:
        return row.cell(self.places[field]) if field in self.places else ""

    def rows(self, words: Mapping[str, str]) -> Iterator[Row]:
        """The rows of data: without headers printed again and the line that numbers the columns."""
        for row in self.table.rows:
            if row.line <= self.row.line or not any(self.cell(row, f).strip() for f in self.places):
                continue
            if not (_repeats(row, words) or _numbers_columns(row)):
                yield row


def header_of(table: Table, fields: Mapping[str, Field]) -> Header | None:
    """The row near the top with the most words that we know, or None."""
    words = words_of(fields)
    best = None
    for row in table.rows[:HEADER_WITHIN]:
        known = [words[word] for cell in row.cells if (word := simple(cell)) in words]
        if len(set(known)) >= _ENOUGH and (best is None or len(set(known)) > best[0]):
            best = (len(set(known)), row)
    if best is None:
        return None
    return Header(table, best[1], _places(best[1], words, fields))


def words_of(fields: Mapping[str, Field]) -> dict[str, str]:
    """Announcing words, in their simple form, and the field that each announces."""
    return {word: name for name, field in fields.items() for word in field.words}


def simple(text: str) -> str:
    """`NIP /\\nNI PPPK*` becomes `nip ni pppk`."""
    return " ".join(re.findall(r"[a-z0-9]+", text[:80].casefold()))


def require(header: Header, fields: Mapping[str, Field], needed: Iterable[tuple[str, ...]]) -> None:
    """Every group in `needed` must have one column. Raises UnreadableFile naming the missing."""
    missing = [
        " atau ".join(fields[name].label for name in group)
        for group in needed
        if not any(name in header.places for name in group)
    ]
    if missing:
        read = ", ".join(fields[name].label for name in header.places)
        raise UnreadableFile(
            f"Pada baris judul (baris {header.row.line}) belum ada kolom: {'; '.join(missing)}. "
            f"Kolom yang terbaca: {read}."
        )


def clean(text: str, label: str, longest: int) -> tuple[str, str | None]:
    """A cell's text with ordinary spaces; and, if something is wrong with it, the sentence."""
    if isinstance(text, Broken):
        return "", f"Kolom {label} menampilkan kesalahan Excel {text}."
    return tidy(text, label, longest)


def _places(row: Row, words: Mapping[str, str], fields: Mapping[str, Field]) -> dict[str, int]:
    places: dict[str, int] = {}
    for column, cell in enumerate(row.cells):
        name = words.get(simple(cell))
        if name is None:
            continue
        if name in places:
            raise UnreadableFile(
                f"Dua kolom pada baris judul (baris {row.line}) sama-sama berarti "
                f"{fields[name].label}: “{row.cell(places[name])}” dan “{cell}”. Sisakan satu."
            )
        places[name] = column
    return places


def _repeats(row: Row, words: Mapping[str, str]) -> bool:
    """The header again, as prints of many pages have it, or the second storey of a header."""
    filled = [cell for cell in row.cells if cell.strip()]
    return len(filled) >= _ENOUGH and all(simple(cell) in words for cell in filled)


def _numbers_columns(row: Row) -> bool:
    """The line `1 2 3 4 …` (or `(1) (2) (3) …`) below a header."""
    filled = [cell.strip(" ()") for cell in row.cells if cell.strip()]
    if len(filled) < 3 or not all(cell.isascii() and cell.isdigit() for cell in filled):
        return False
    numbers = [int(cell[:4]) for cell in filled]
    return all(after - before == 1 for before, after in pairwise(numbers))
