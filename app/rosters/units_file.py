"""A file of units, read and held against the tree on record: the tree as it would become. Pure.

A row names its parent by code; an empty parent is the root. The order of rows does not matter.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.agencies.nip import Level
from app.agencies.unit_kinds import UnitKind, read_kind
from app.rosters.cells import Row, UnreadableFile
from app.rosters.columns import UNITS, Header, clean, header_of, require, words_of
from app.rosters.faults import RowFault
from app.rosters.tables import Source

NEEDED = (("code",), ("name",), ("parent",))
#: Deeper trees are a mistake in the file, and their paths would not fit.
DEEPEST = 20
YES = frozenset({"ya", "y", "1", "x", "v", "benar", "true"})
NO = frozenset({"", "tidak", "t", "0", "n", "bukan", "false"})


@dataclass(frozen=True)
class UnitEntry:
    line: int
    code: str
    parent: str
    name: str
    kind: UnitKind
    is_reporting: bool


@dataclass
class UnitFile:
    """The readable rows, and everything that is wrong with the others or with their tree."""

    entries: list[UnitEntry] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)

    def error(self, line: int, sentence: str) -> None:
        self.faults.append(RowFault(line, Level.ERROR, sentence))


def read_units(source: Source, known: Mapping[str, str], root: str) -> UnitFile:
    """Read units. `known` maps codes on record to their parents' codes; `root` is the top's code.

    Raises UnreadableFile when there is no table of units.
    """
    header = _header(source)
    found = UnitFile()
    for row in header.rows(words_of(UNITS)):
        if (entry := _entry(found, header, row)) is not None:
            found.entries.append(entry)
    if not found.entries and not found.faults:
        raise UnreadableFile("Di bawah baris judul belum ada satu pun baris unit.")
    _check_codes(found)
    _check_tree(found, known, root)
    found.faults.sort(key=lambda fault: fault.line)
    return found


def _header(source: Source) -> Header:
    for table in source.tables:
        if (header := header_of(table, UNITS)) is not None:
            require(header, UNITS, NEEDED)
            return header
    raise UnreadableFile(
        "Baris judul tidak ditemukan. Tulis judul: Kode Unit, Kode Induk, Nama Unit, Jenis, "
        "Unit Laporan."
    )


def _entry(found: UnitFile, header: Header, row: Row) -> UnitEntry | None:
    before = len(found.faults)
    texts = {}
    for name, longest in (("code", 40), ("parent", 40), ("name", 160), ("kind", 40)):
        texts[name], wrong = clean(header.cell(row, name), UNITS[name].label, longest)
        if wrong:
            found.error(row.line, wrong)
    for name in ("code", "name"):
        if not texts[name] and len(found.faults) == before:
            found.error(row.line, f"{UNITS[name].label} belum diisi.")
    kind = read_kind(texts.pop("kind"))
    if kind is None:
        kinds = ", ".join(kind.value for kind in UnitKind if kind is not UnitKind.ROOT)
        found.error(row.line, f"Jenis unit tidak dikenal. Pilih salah satu: {kinds}.")
    answer = header.cell(row, "reporting").strip(" .-").casefold()
    if answer not in YES | NO:
        found.error(row.line, f"Kolom Unit Laporan diisi ya atau tidak, bukan “{answer[:20]}”.")
    if kind is None or len(found.faults) > before:
        return None
    return UnitEntry(row.line, kind=kind, is_reporting=answer in YES, **texts)


def _check_codes(found: UnitFile) -> None:
    first: dict[str, int] = {}
    for entry in found.entries:
        line = first.setdefault(entry.code.casefold(), entry.line)
        if line != entry.line:
            found.error(entry.line, f"Kode {entry.code} sudah ada pada baris {line}.")


def _check_tree(found: UnitFile, known: Mapping[str, str], root: str) -> None:
    """Every way up must reach the root: no unknown parent, no circle, no abyss."""
    parents = {code.casefold(): parent.casefold() for code, parent in known.items()}
    top = root.casefold()
    for entry in found.entries:
        if entry.code.casefold() == top:
            if entry.parent:
                found.error(entry.line, f"Unit {root} adalah puncak, jadi Kode Induknya kosong.")
            continue
        parents[entry.code.casefold()] = entry.parent.casefold() or top
    for entry in found.entries:
        sentence = _way_up(entry, parents, top)
        if sentence:
            found.error(entry.line, sentence)


def _way_up(entry: UnitEntry, parents: Mapping[str, str], top: str) -> str | None:
    code, passed = entry.code.casefold(), set()
    if entry.parent and entry.parent.casefold() != top and entry.parent.casefold() not in parents:
        return f"Kode Induk “{entry.parent}” tidak ada, baik di berkas maupun di Rambu."
    while code != top:
        if code in passed:
            return f"Induk unit {entry.code} berputar kembali ke dirinya sendiri."
        passed.add(code)
        if len(passed) > DEEPEST:
            return f"Unit {entry.code} berada lebih dalam dari {DEEPEST} tingkat."
        code = parents.get(code, top)
    return None
