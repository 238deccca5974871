"""A roster file, read into entries: every sheet that looks like one, each row with its reasons.

Every bad row is reported with its line and every reason; a file with one bad row gives entries for
the others, but nobody imports them (all or nothing). What is wrong with a whole file is said once.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from app.agencies import nip
from app.agencies.nip import Level
from app.rosters import layout, positions
from app.rosters.cell_reader import Gathered
from app.rosters.cells import MAX_ROWS, TOO_MANY_ROWS, Table, UnreadableFile
from app.rosters.columns import PEOPLE, Header, doubled, header_of, missing
from app.rosters.entry import Entry, Question
from app.rosters.faults import Cause, RowFault
from app.rosters.matching import NOTHING, Column, Matching, Reading, Sheet
from app.rosters.positions import Answer
from app.rosters.private import is_private
from app.rosters.row_reader import UNIT_FIELDS, RowReader
from app.rosters.status_reader import STATUS_FIELDS
from app.rosters.statuses import read_status
from app.rosters.tables import Source
from app.rosters.words import listed, simple

__all__ = ["Entry", "Question", "Roster", "RowFault", "read_roster"]

NAMES = (("name", "name_number"),)
NUMBERS = (("number", "name_number"),)
UNITS = (UNIT_FIELDS,)
#: Cells of each column that the page shows beside its title.
SAMPLES = 3
#: Our own list of people says how far somebody is, not what she is.
_OURS = frozenset({"nomor pakta", "tanggal pakta", "nomor sertifikat"})
_MARRIED = listed("kawin belum menikah lajang janda duda cerai hidup mati tk k0 k1 k2 k3")
#: Sheets that show how a list is filled in.
_GUIDE = re.compile(r"petunjuk|contoh|panduan|referensi|keterangan|master|info", re.IGNORECASE)
NO_HEADER = (
    "Baris judul kolom tidak ditemukan pada baris-baris atas. Tulis judul seperti NIP, Nama, "
    "Status, Jabatan, dan Kode Unit; lihat contoh berkas Rambu."
)


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
    """Read every sheet that looks like a roster. Raises UnreadableFile when none does.

    Columns that are missing are one fault of their sheet, which `Matching` can mend.
    """
    headers = _headers(source, matching)
    reading = _reading(source, headers, matching)
    gathered = Gathered()
    several = len(headers) > 1
    entries: list[Entry] = []
    counts: dict[str, int] = {}
    for header in headers:
        reader = _reader(header, today, gathered, matching, several=several)
        people, skipped = layout.rows_of(header)
        if (wrong := _wrong_columns(header, people, reader)) is not None:
            place = (header.row.line, Level.ERROR, wrong, Cause.COLUMNS)
            gathered.faults.append(RowFault(*place, sheet=reader.sheet))
            counts[header.table.name] = 0
            continue
        gathered.faults += [_skipped(one, reader.sheet) for one in skipped]
        entries += [entry for placed in people if (entry := reader.entry(placed)) is not None]
        counts[header.table.name] = len(people)
        if sum(counts.values()) > MAX_ROWS:
            raise UnreadableFile(TOO_MANY_ROWS)
    if not sum(counts.values()) and not gathered.faults:
        raise UnreadableFile("Di bawah baris judul belum ada satu pun baris pegawai.")
    counted, questions = _asked(entries, matching, gathered)
    faults = gathered.faults + _rounded(gathered)
    reading = _counted(reading, counts)
    return Roster(
        file=source.name,
        sha256=source.sha256,
        entries=counted,
        faults=sorted(faults, key=lambda fault: fault.place),
        rows=sum(counts.values()),
        sheet=", ".join(sheet.name for sheet in reading.sheets if sheet.is_read),
        unread_sheets=tuple(sheet.name for sheet in reading.sheets if not sheet.is_read),
        reading=reading,
        questions=questions,
    )


# Sheets ------------------------------------------------------------------------------------------


def _headers(source: Source, matching: Matching) -> list[Header]:
    """The header of every sheet of people. Raises UnreadableFile when there is none."""
    found = []
    for table in source.tables:
        header = header_of(table, PEOPLE, matching.columns)
        if header is None or table.name in matching.left_sheets or _GUIDE.match(table.name):
            continue
        if _of_people(header):
            found.append(_sensible(header))
    if found:
        return found
    known = [h for t in source.tables if (h := header_of(t, PEOPLE, matching.columns))]
    if not known:
        raise UnreadableFile(NO_HEADER)
    return known[:1]


def _of_people(header: Header) -> bool:
    """Whether a table lists people: it names them, and says more than a recap does."""
    places = header.places
    has_name = "name" in places or "name_number" in places
    return has_name and len(places) >= 2


def _sensible(header: Header) -> Header:
    """Without a column `Status` that speaks of something else than employment."""
    if "status" not in header.places or header.places["status"] in header.by_hand:
        return header
    places = dict(header.places)
    texts = {text for row in header.below() if (text := header.cell(row, "status").strip())}
    if {simple(title) for title in header.titles} & _OURS:
        places.pop("status")
    elif _are_words(texts) and not any(read_status(text) for text in texts):
        if all(set(simple(text).split()) <= _MARRIED for text in texts):
            places.pop("status")
        elif "legal" not in places and all(
            positions.read_position(text) is None or positions.read_note(text) for text in texts
        ):
            places["legal"] = places.pop("status")
    return Header(
        header.table,
        header.row,
        places,
        header.titles,
        header.bottom,
        header.doubled,
        header.by_hand,
    )


def _are_words(texts: set[str]) -> bool:
    return 0 < len(texts) < 100 and all(simple(text) for text in texts)


def _reader(
    header: Header, today: date, gathered: Gathered, matching: Matching, *, several: bool
) -> RowReader:
    sheet = layout.unit_of_sheet(header.table.name)
    above = tuple(dict.fromkeys(layout.titles_above(header)))
    states = any(name in header.places for name in STATUS_FIELDS)
    return RowReader(
        header=header,
        today=today,
        gathered=gathered,
        sheet=header.table.name if several else "",
        unit=next(
            (name for name in (*(above[::-1] if not several else ()), sheet, *above) if name), ""
        ),
        hints=tuple(name for name in (sheet, *above) if name),
        status=None if states else matching.status,
    )


def _wrong_columns(header: Header, people: list[layout.Placed], reader: RowReader) -> str | None:
    """What is wrong with the columns themselves is said once, not of every row."""
    if (sentence := doubled(header, PEOPLE)) is not None:
        return sentence
    needed: tuple[tuple[str, ...], ...] = NAMES
    if not reader.unit and not any(placed.headings for placed in people):
        needed = (*needed, *UNITS)
    if not _need_no_numbers(header, people):
        needed = (*needed, *NUMBERS)
    return missing(header, PEOPLE, needed)


def _need_no_numbers(header: Header, people: list[layout.Placed]) -> bool:
    """Whether a list without numbers is one of people who have none: villages, non-ASN."""
    if any(name in header.places for name in ("number", "name_number")):
        return True
    statuses = [read_status(header.cell(placed.row, "status")) for placed in people]
    stated = [status for status in statuses if status is not None]
    if stated:
        return not any(status.is_asn for status in stated)
    return any(
        "desa" in header.cell(placed.row, "position").casefold() for placed in people
    ) or any(simple(title) in ("desa", "nama desa") for title in header.titles)


def _skipped(one: layout.Skipped, sheet: str) -> RowFault:
    if one.cause is Cause.TOTAL_ROW:
        sentence = "Baris JUMLAH bukan pegawai, jadi dilewati."
    elif one.last > one.line:
        sentence = f"Baris {one.line}–{one.last} judul atau tanda tangan, jadi dilewati."
    else:
        sentence = "Baris ini judul atau tanda tangan, jadi dilewati."
    return RowFault(one.line, Level.WARNING, sentence, one.cause, sheet=sheet)


# Questions ---------------------------------------------------------------------------------------


def _asked(
    entries: list[Entry], matching: Matching, gathered: Gathered
) -> tuple[list[Entry], tuple[Question, ...]]:
    """Who is counted, and the questions about the others."""
    answers = {positions.words_of(text): answer for text, answer in matching.positions.items()}
    counted: list[Entry] = []
    questions: dict[str, Question] = {}
    for entry in entries:
        if not entry.legal_position:
            counted.append(entry)
            continue
        key = positions.words_of(entry.legal_position)
        kind = positions.read_position(entry.legal_position)
        question = questions.setdefault(
            key,
            Question(entry.legal_position, kind or positions.Position.OTHER, [], answers.get(key)),
        )
        question.entries.append(entry)
        if question.answer is Answer.COUNT:
            counted.append(entry)
        elif question.answer is None:
            gathered.faults.append(_unanswered(entry, question))
    return counted, tuple(questions.values())


def _unanswered(entry: Entry, question: Question) -> RowFault:
    return RowFault(
        entry.line,
        Level.ERROR,
        f"Kedudukan “{question.text}”: putuskan dahulu, dihitung atau dikeluarkan.",
        Cause.POSITION_ASKED,
        question.text,
        entry.sheet,
    )


# What was read as what ---------------------------------------------------------------------------


def _reading(source: Source, headers: Iterable[Header], matching: Matching) -> Reading:
    by_table = {id(header.table): header for header in headers}
    sheets = tuple(
        _sheet(table, by_table.get(id(table)), matching) for table in source.tables if table.rows
    )
    places = Counter(name for header in by_table.values() for name in header.places)
    asked = ("number", "status") if by_table else ()
    alike = {"number": ("number", "name_number"), "status": STATUS_FIELDS}
    absent = tuple(name for name in asked if not any(places[one] for one in alike[name]))
    return Reading(sheets, absent)


def _sheet(table: Table, header: Header | None, matching: Matching) -> Sheet:
    if header is None:
        left = table.name in matching.left_sheets
        why = "Tidak dipilih untuk dibaca." if left else "Bukan daftar pegawai."
        return Sheet(table.name, unread=why, filled=len(table.rows))
    fields = {column: name for name, column in header.places.items()}
    below = [row for _, row in zip(range(40), header.below(), strict=False)]
    columns = tuple(
        Column(
            title,
            fields.get(at, ""),
            tuple(text for row in below if (text := row.cell(at).strip()[:60]))[:SAMPLES],
            is_private(title),
            at in header.by_hand,
        )
        for at, title in enumerate(header.titles)
        if title.strip()
    )
    return Sheet(table.name, 0, header.row.line, columns, filled=len(table.rows))


def _counted(reading: Reading, counts: dict[str, int]) -> Reading:
    sheets = tuple(
        Sheet(s.name, counts.get(s.name, 0), s.header_line, s.columns, s.unread, s.filled)
        for s in reading.sheets
    )
    return Reading(sheets, reading.missing)


def _rounded(gathered: Gathered) -> list[RowFault]:
    """One number ending in 000 is odd; several in one file are Excel's doing, and are refused."""
    places = [place for number, (place, _) in gathered.numbers.items() if _ends_rounded(number)]
    if len(places) < 2:
        return []
    sentence = f"NIP ini berakhir 000, seperti {len(places) - 1} baris lain. {nip.AS_TEXT}"
    return [
        RowFault(line, Level.ERROR, sentence, Cause.NUMBER_DAMAGED, sheet=sheet)
        for sheet, line in places
    ]


def _ends_rounded(number: str) -> bool:
    return number.endswith("000") and not nip.is_participant(number)
