"""A roster file, read into entries: shape and sense of each row, nothing of what is on record yet.

Every bad row is reported with its line and every reason; a file with one bad row gives entries for
the others, but nobody imports them (all or nothing).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.agencies import nip
from app.agencies.nip import BadNumber, Level
from app.catalog.labels import PERSON_STATUSES
from app.catalog.terms import PersonStatus
from app.rosters import ranks
from app.rosters.cells import Filled, Formula, Number, Row, UnreadableFile
from app.rosters.columns import PEOPLE, Header, clean, header_of, require, words_of
from app.rosters.faults import RowFault
from app.rosters.matching import NOTHING, Matching, Reading
from app.rosters.positions import Answer, Position
from app.rosters.statuses import read_status
from app.rosters.tables import Source

UNIT_FIELDS = ("unit_code", "unit_name", "parent_name")
NEEDED = (("name",), ("status",), UNIT_FIELDS)
LONGEST = {"name": 120, "front_title": 40, "back_title": 80, "position": 160}

FORMULA = "Kolom NIP berisi rumus. Salin kolom itu, lalu tempel sebagai nilai dengan format Teks."
MERGED = "Sel {label} digabung (merge) dengan baris di atasnya. Pisahkan selnya, lalu isi lagi."


@dataclass(frozen=True)
class Entry:
    """What one row says about one person. `number` is None for people who have none."""

    line: int
    number: str | None
    name: str
    status: PersonStatus
    front_title: str = ""
    back_title: str = ""
    rank: str = ""
    position: str = ""
    unit_code: str = ""
    unit_name: str = ""
    parent_name: str = ""
    #: Empty for a file of one table; `line` is that sheet's own.
    sheet: str = ""
    #: Read only where the file was read `with_email`; lower case, or empty.
    email: str = ""
    #: JENIS JABATAN and ESELON (`II.a`) where the file has them; nothing stores them yet.
    position_kind: str = ""
    echelon: str = ""
    #: KEDUDUKAN HUKUM as written, when it does not plainly say that the person works here.
    legal_position: str = ""

    @property
    def place(self) -> tuple[str, int]:
        return self.sheet, self.line

    @property
    def unit_text(self) -> str:
        """The unit as the row names it: what is mapped by hand, and what a fault is about."""
        names = [name for name in (self.parent_name, self.unit_name) if name]
        return " / ".join(names) or self.unit_code


@dataclass(frozen=True)
class Question:
    """The people of one legal position, and what has been answered about them, if anything."""

    #: As the file writes it; the key of its answer is `positions.words_of(text)`.
    text: str
    position: Position
    entries: list[Entry] = field(default_factory=list)
    answer: Answer | None = None


@dataclass(frozen=True)
class Roster:
    """A file's readable entries and everything that is wrong with the rest."""

    file: str
    sha256: str
    #: People to be taken in: without those whom a question is about, unless it said to count them.
    entries: list[Entry]
    faults: list[RowFault]
    rows: int
    #: The sheets that were read, and those that were not although they hold something.
    sheet: str = ""
    unread_sheets: tuple[str, ...] = ()
    #: Which column was taken as what, sheet by sheet.
    reading: Reading = field(default_factory=Reading)
    #: People who may no longer work here. Each without an answer is an error of all its rows.
    questions: tuple[Question, ...] = ()

    @property
    def left_out(self) -> list[Entry]:
        """People of the file who are not to be counted: leavers, with `legal_position` for why."""
        gone = [q for q in self.questions if q.answer is Answer.LEAVE_OUT]
        return [entry for question in gone for entry in question.entries]


def read_roster(source: Source, today: date, matching: Matching = NOTHING) -> Roster:
    """Read the first sheet that has a header we know. Raises UnreadableFile when none has."""
    header = _header(source)
    reader = _Reader(header, today)
    rows = list(header.rows(words_of(PEOPLE)))
    entries = [entry for row in rows if (entry := reader.entry(row)) is not None]
    if not rows:
        raise UnreadableFile("Di bawah baris judul belum ada satu pun baris pegawai.")
    faults = reader.faults + _rounded(reader.numbers)
    return Roster(
        file=source.name,
        sha256=source.sha256,
        entries=entries,
        faults=sorted(faults, key=lambda fault: fault.line),
        rows=len(rows),
        sheet=header.table.name,
        unread_sheets=tuple(t.name for t in source.tables if t is not header.table and t.rows),
    )


def _header(source: Source) -> Header:
    for table in source.tables:
        if (header := header_of(table, PEOPLE)) is not None:
            require(header, PEOPLE, NEEDED)
            return header
    raise UnreadableFile(
        "Baris judul kolom tidak ditemukan pada baris-baris atas. Tulis judul seperti NIP, Nama, "
        "Status, Jabatan, dan Kode Unit; lihat contoh berkas Rambu."
    )


@dataclass
class _Reader:
    """Reads rows one by one, gathering every fault of each."""

    header: Header
    today: date
    faults: list[RowFault] = field(default_factory=list)
    errors: int = 0
    #: Every readable number and its first line, whatever else is wrong with the row.
    numbers: dict[str, int] = field(default_factory=dict)
    names: dict[tuple[str, ...], int] = field(default_factory=dict)

    def entry(self, row: Row) -> Entry | None:
        """The row's entry, or None when an error keeps it from being one."""
        before = self.errors
        texts = {name: self._text(row, name, LONGEST[name]) for name in LONGEST}
        units = {name: self._text(row, name, 160) for name in UNIT_FIELDS}
        number = self._number(row)
        status = self._status(row, number)
        rank = self._rank(row, status)
        self._check_name(row, texts["name"])
        if not any(units.values()):
            self._error(row, "Unit kerja belum diisi. Isi Kode Unit atau Unit Kerja.")
        if not self._has_number(row):
            self._check_namesake(row, texts["name"], *units.values())
        if status is None or self.errors > before:
            return None
        return Entry(line=row.line, number=number, status=status, rank=rank, **texts, **units)

    def _text(self, row: Row, name: str, longest: int) -> str:
        text, wrong = clean(self.header.cell(row, name), PEOPLE[name].label, longest)
        if wrong:
            self._error(row, wrong)
        return text.strip(" ,")

    def _number(self, row: Row) -> str | None:
        cell = self.header.cell(row, "number")
        text, wrong = clean(cell, PEOPLE["number"].label, 60)
        if wrong := wrong or _damage(cell):
            self._error(row, wrong)
        if wrong or not text:
            return None
        try:
            number = nip.read_identity(text)
        except BadNumber as error:
            self._error(row, f"{error.message}{_swapped(text)}")
            return None
        if (line := self.numbers.setdefault(number, row.line)) != row.line:
            self._error(row, f"NIP {nip.grouped(number)} sudah ada pada baris {line}.")
        return number

    def _status(self, row: Row, number: str | None) -> PersonStatus | None:
        text, wrong = clean(self.header.cell(row, "status"), "Status", 60)
        status = read_status(text)
        if wrong:
            self._error(row, wrong)
        elif text and status is None:
            known = ", ".join(PERSON_STATUSES.values())
            self._error(row, f"Status “{text}” tidak dikenal. Pilih salah satu: {known}.")
        elif number is not None and not nip.is_participant(number):
            for fault in nip.faults(number, status, self.today):
                self._add(row, fault.level, fault.sentence)
        elif status is None:
            self._error(row, "Status kepegawaian belum diisi.")
        elif status.is_asn and (number or not self._has_number(row)):
            self._error(
                row, f"Status {PERSON_STATUSES[status]} memerlukan NIP / NI PPPK (18 angka)."
            )
        return status

    def _has_number(self, row: Row) -> bool:
        return bool(self.header.cell(row, "number").strip(" -–—"))

    def _rank(self, row: Row, status: PersonStatus | None) -> str:
        pieces = []
        for name in ("rank", "pangkat", "golongan"):
            pieces.append(self._text(row, name, 80))
        typed = ", ".join(piece for piece in pieces if piece)[:80]
        if status is None:
            return typed
        rank, is_known = ranks.normalise(typed, status)
        if not is_known:
            self._warn(row, f"Pangkat/golongan “{typed}” tidak dikenal dan disimpan apa adanya.")
        return rank

    def _check_name(self, row: Row, name: str) -> None:
        cell = self.header.cell(row, "name")
        if isinstance(cell, Filled):
            self._error(row, MERGED.format(label="Nama"))
        elif not name and not cell.strip() and not self._has_number(row):
            self._error(row, "Tidak ada NIP maupun nama. Hapus baris ini bila bukan pegawai.")
        elif not name and not cell.strip(" -–—"):
            self._error(row, "Nama belum diisi.")
        elif name and not any(letter.isalpha() for letter in name):
            self._error(row, f"Nama “{name}” tidak memuat huruf; mungkin kolomnya tertukar.")
        elif name.startswith(("=", "+", "@")):
            self._error(row, f"Nama “{name[:40]}” diawali tanda yang tidak lazim.")
        elif any(letter.isdigit() for letter in name):
            self._warn(row, f"Nama “{name}” memuat angka; periksa lagi.")

    def _check_namesake(self, row: Row, name: str, *unit: str) -> None:
        """Without numbers, two of one name in one unit cannot be told apart."""
        line = self.names.setdefault((name.casefold(), *unit), row.line)
        if name and line != row.line:
            self._error(row, f"Nama “{name}” tanpa NIP sudah ada pada baris {line} di unit itu.")

    def _error(self, row: Row, sentence: str) -> None:
        self._add(row, Level.ERROR, sentence)

    def _warn(self, row: Row, sentence: str) -> None:
        self._add(row, Level.WARNING, sentence)

    def _add(self, row: Row, level: Level, sentence: str) -> None:
        self.errors += level is Level.ERROR
        self.faults.append(RowFault(row.line, level, sentence))


def _damage(cell: str) -> str | None:
    """What the sheet itself has done to a number."""
    if isinstance(cell, Formula):
        return FORMULA
    if isinstance(cell, Filled):
        return MERGED.format(label="NIP")
    if isinstance(cell, Number) and not (cell.isdigit() and len(cell) <= nip.PARTICIPANT_LENGTH):
        return nip.AS_TEXT
    return None


def _swapped(text: str) -> str:
    letters = sum(letter.isalpha() for letter in text)
    return " Mungkin kolom NIP tertukar dengan kolom lain." if letters > len(text) // 2 else ""


def _rounded(numbers: Mapping[str, int]) -> list[RowFault]:
    """One number ending in 000 is odd; several in one file are Excel's doing, and are refused."""
    lines = [line for number, line in numbers.items() if _ends_rounded(number)]
    if len(lines) < 2:
        return []
    sentence = f"NIP ini berakhir 000, seperti {len(lines) - 1} baris lain. {nip.AS_TEXT}"
    return [RowFault(line, Level.ERROR, sentence) for line in lines]


def _ends_rounded(number: str) -> bool:
    return number.endswith("000") and not nip.is_participant(number)
