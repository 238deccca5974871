"""The rows below a header: which are people, and what stands between them. Pure.

Headings that name the unit of the rows below, JUMLAH rows, titles printed again, and the block of
signatures at the foot. What is neither plainly a person nor plainly one of these stays a row of
people, so that its faults are told: nobody is passed over in silence.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from app.rosters.cells import Filled, Row
from app.rosters.columns import Header
from app.rosters.faults import Cause
from app.rosters.words import people_words, simple

_UNIT = re.compile(
    r"^(?:(?:[ivxlc]+|\d{1,3}|[a-z])\s*[.)]\s*)?"
    r"(?:(?:nama\s+)?(?:unit\s+kerja|unit\s+organisasi|opd|skpd|satuan\s+kerja|instansi|unit)\s*:\s*)?"
    r"((?:dinas|badan|kantor|inspektorat|sekretariat|kecamatan|kec\.|kelurahan|kel\.|desa|puskesmas"
    r"|pkm|uptd?|rsud?|rumah\s+sakit|satuan\s+polisi|satpol|bidang|bagian|seksi|sub\s?bag\w*"
    r"|sub\s?bidang|sdn?|smpn?|sman?|smkn?|tkn?|slbn?|sekolah|taman\s+kanak|korwil\w*|asisten"
    r"|staf\s+ahli|labkesda|laboratorium|balai|bkpsdm\w*|bkd\w*|bkpp\w*|bpbd|bappe\w+|bapenda|bpkad"
    r"|dis[a-z]{3,}|din[a-z]{3,})\b.*)$",
    re.IGNORECASE | re.DOTALL,
)
_WHOLE = re.compile(
    r"^(?:dinas|badan|kantor|inspektorat|kecamatan|kec\.|rsud?\b|rumah\s+sakit|satuan\s+polisi|satpol"
    r"|sekretariat\s+(?:daerah|dprd|dewan)|b[a-z]{3,}$|dis[a-z]+$|din[a-z]+$)",
    re.IGNORECASE,
)
_IN_TITLE = re.compile(
    r"\b(?:dinas|badan|inspektorat|kecamatan|kelurahan|puskesmas|rsud|sekretariat\s+d|satuan\s+polisi"
    r"|uptd?|bkpsdm|sd\s+negeri|smp\s+negeri|sdn|smpn)\b.*$",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"^(?:sub\s*)?(?:jumlah|total|grand\s+total|rekap\w*|subtotal)(?:\b|kesel)", re.IGNORECASE
)
_TITLE = re.compile(
    r"^(?:daftar|data|pemerintah|keadaan|lampiran|nominatif|rekapitulasi|bulan|periode|tahun|per\s)",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"\bmengetahui\b|\bnip\b|^(?:a\.?n\.?|plt\.?|plh\.?|pj\.?)\s|\b(?:kepala|sekretaris|camat|lurah|bupati"
    r"|direktur|inspektur|wali\s*kota|pembina|penata|kasubbag\w*)\b|\bttd\b|^(?:catatan|keterangan|sumber|ket)\b"
    r"|\b(?:januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember)"
    r"\s+\d{4}|\bdicetak\b|\bhalaman\b|\bditetapkan\b|\bpada\s+tanggal\b",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"^(?:[ivxlc]{1,5}|[a-z]|\d{1,4})[.)]?$", re.IGNORECASE)
_NUMBER = re.compile(r"(?:\d[\s.]*){9}")
_IS_NUMBER = re.compile(r"(?:ni\s*pppk|nip)?[\s.:]*(?:\d[\s.]*){18}", re.IGNORECASE)
_RUNNING = frozenset({"no", "nomor", "no urut", "nomor urut", "urut", "nourut", "no urt"})
#: Sheet names that name no unit.
_NO_UNIT = re.compile(
    r"^(?:sheet|lembar|data|pegawai|duk|daftar|nominatif|worksheet|tabel|table|hasil|export|page"
    r"|asn|pns|pppk|cpns|belum|rekap|laporan)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Placed:
    """A row of people with the headings that stand above it, the nearest first."""

    row: Row
    headings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Skipped:
    """Rows that are no people, by what they are."""

    line: int
    cause: Cause
    last: int


def rows_of(header: Header) -> tuple[list[Placed], list[Skipped]]:
    """The rows of people below a header, and what was passed over."""
    words = people_words()
    below = (row for row in header.below() if _own(header, row))
    rows = _joined(header, (row for row in below if not header.is_repeated(row, words)))
    people: list[Placed] = []
    skipped: list[Skipped] = []
    headings: tuple[str, ...] = ()
    for is_between, some in groupby(rows, key=lambda row: _is_between(header, row)):
        if is_between:
            headings = _between(header, list(some), headings, people, skipped)
        else:
            people += [Placed(row, headings) for row in some]
    return people, skipped


def _joined(header: Header, rows: Iterable[Row]) -> list[Row]:
    """Rows of which the second holds only the number of the first, made one."""
    found: list[Row] = []
    for row in rows:
        number = header.cell(row, "name_number").strip()
        if found and _IS_NUMBER.fullmatch(number) and len(_own(header, row)) <= 2:
            name = header.cell(found[-1], "name_number")
            if name.strip() and not _NUMBER.search(name):
                cells = list(found[-1].cells)
                cells[header.places["name_number"]] = f"{name}\n{number}"
                found[-1] = Row(found[-1].line, tuple(cells))
                continue
        found.append(row)
    return found


def unit_in(text: str) -> str:
    """The unit that a heading names: `II. UNIT KERJA : DINAS KESEHATAN`; or nothing."""
    match = _UNIT.match(" ".join(text.split()))
    return match[1].strip(" :.-") if match and len(text) <= 160 else ""


def titles_above(header: Header) -> Iterator[str]:
    """Units that the title of a list names: `DAFTAR PEGAWAI DINAS KESEHATAN`."""
    for row in header.table.rows:
        if row.line >= header.row.line:
            return
        for cell in row.cells:
            if (match := _IN_TITLE.search(" ".join(cell.split()))) and len(cell) <= 200:
                yield match[0].strip(" :.-")


def unit_of_sheet(name: str) -> str:
    """A sheet's name where it may name a unit."""
    bare = re.sub(r"^\d{1,3}[.)_\s-]+", "", name).strip()
    return "" if not bare or _NO_UNIT.match(bare) or bare.isdigit() else bare


def _own(header: Header, row: Row) -> list[tuple[int, str]]:
    """What a row holds of its own, besides its running number."""
    return [
        (column, cell.strip())
        for column, cell in enumerate(row.cells)
        if cell.strip() and not isinstance(cell, Filled) and not _runs(header, column, cell)
    ]


def _runs(header: Header, column: int, cell: str) -> bool:
    title = header.titles[column] if column < len(header.titles) else ""
    is_running = simple(title) in _RUNNING or not title.strip()
    return is_running and bool(_ORDINAL.match(cell.strip()))


def _is_between(header: Header, row: Row) -> bool:
    """Whether a row may be something other than a person: it has no number, and hardly a cell."""
    if any(_NUMBER.search(header.cell(row, field)) for field in ("number", "name_number")):
        return not (header.cell(row, "name").strip() or header.cell(row, "name_number").strip())
    own = _own(header, row)
    if any(_is_total(text) for _, text in own[:3]):
        return True
    return len(own) <= (2 if len(header.places) >= 4 else 1)


def _between(
    header: Header,
    rows: list[Row],
    headings: tuple[str, ...],
    people: list[Placed],
    skipped: list[Skipped],
) -> tuple[str, ...]:
    """Tell rows between people apart. Gives the headings that hold from here on."""
    texts = [[text for _, text in _own(header, row)] for row in rows]
    signed = [at for at, some in enumerate(texts) if _is_signed(header, rows[at], some)]
    foot: list[Row] = []
    for at, (row, some) in enumerate(zip(rows, texts, strict=True)):
        bare = some[1:] if len(some) == 2 and _ORDINAL.match(some[0]) else some
        unit = unit_in(bare[0]) if len(bare) == 1 else ""
        if any(_is_total(text) for text in some[:3]):
            skipped.append(Skipped(row.line, Cause.TOTAL_ROW, row.line))
        elif (unit and not any(index <= at for index in signed)) or (
            unit and signed and at > signed[-1] + 1
        ):
            headings = _below(unit, headings)
        elif signed or (len(bare) == 1 and _TITLE.match(bare[0])):
            foot.append(row)
        else:
            people.append(Placed(row, headings))
    if foot:
        skipped.append(Skipped(foot[0].line, Cause.FOOT, foot[-1].line))
    return headings


def _is_total(text: str) -> bool:
    """`JUMLAH`, also with blanks between its letters."""
    return bool(_TOTAL.match(text) or _TOTAL.match(text.replace(" ", "")))


def _is_signed(header: Header, row: Row, texts: Iterable[str]) -> bool:
    has_name = header.cell(row, "name").strip() and any(
        header.cell(row, field).strip() for field in ("position", "status", "unit_name")
    )
    return not has_name and any(_SIGNED.search(text) for text in texts)


def _below(unit: str, headings: tuple[str, ...]) -> tuple[str, ...]:
    """A new heading: an office stands alone, a part of one below it."""
    whole = next((name for name in headings if _WHOLE.match(name)), "")
    return (unit,) if _WHOLE.match(unit) or not whole else (unit, whole)
