"""What is wrong with rows of a file, told by cause first, then row by row. Pure.

A cause is the kind of trouble; its subject is what the trouble is about ("Disdikbud"): mended once,
it is mended for every row of the group.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from app.agencies.nip import Level

#: Rows of a group that are named; the rest are counted.
SAMPLES = 5


class Cause(StrEnum):
    """Why a row cannot be taken in, or wants a look. The value is what Dewi reads."""

    COLUMNS = "Kolom belum cocok"
    NUMBER_DAMAGED = "Nomor dirusak Excel"
    NUMBER_WRONG = "NIP / NI PPPK tidak benar"
    NUMBER_MISSING = "NIP / NI PPPK belum diisi"
    NUMBER_TWICE = "Nomor yang sama lebih dari sekali"
    NUMBER_ODD = "NIP / NI PPPK tidak lazim"
    NAME_WRONG = "Nama tidak terbaca"
    NAME_ODD = "Nama perlu dilihat"
    TITLES_GLUED = "Gelar menempel pada nama"
    TITLE_TWICE = "Gelar tertulis dua kali"
    NAMESAKE = "Nama sama tanpa NIP"
    STATUS_MISSING = "Status belum diisi"
    STATUS_UNKNOWN = "Status tidak dikenal"
    STATUS_PROPOSED = "Status disimpulkan dari kolom lain"
    STATUS_ODD = "Status tidak cocok dengan NIP"
    RANK_UNKNOWN = "Pangkat/golongan tidak dikenal"
    POSITION_ASKED = "Kedudukan hukum belum diputuskan"
    POSITION_EMPTY = "Kedudukan hukum kosong"
    UNIT_MISSING = "Unit kerja belum diisi"
    UNIT_UNKNOWN = "Unit tidak dikenal"
    UNIT_AMBIGUOUS = "Unit bernama sama"
    UNIT_GUESSED = "Unit dikenali dari singkatan atau ejaan lain"
    UNIT_CONTRADICTS = "Kode dan nama unit berbeda"
    CODE_AS_NUMBER = "Kode unit disimpan sebagai angka"
    CELL_WRONG = "Isi sel tidak dapat dibaca"
    CELL_MERGED = "Sel digabung"
    CELL_FORMULA = "Sel berisi rumus"
    TOTAL_ROW = "Baris jumlah dilewati"
    FOOT = "Kaki daftar dilewati"
    OUT_OF_REACH = "Di luar kewenangan pengimpor"
    OTHER_NAME = "Nama berbeda dari catatan"
    OTHER_NUMBER = "Nomor berbeda dari catatan"
    GONE = "Tercatat nonaktif"
    SAME_PERSON = "Mungkin orang yang sama"
    OTHER = "Keterangan lain"


@dataclass(frozen=True, slots=True)
class RowFault:
    """Something wrong with a row (an error), or something to look at (a warning).

    `sheet` is empty for a file of one table; `line` is that sheet's own.
    """

    line: int
    level: Level
    sentence: str
    cause: Cause = Cause.OTHER
    subject: str = ""
    sheet: str = ""

    @property
    def is_error(self) -> bool:
        return self.level is Level.ERROR

    @property
    def place(self) -> tuple[str, int]:
        return self.sheet, self.line


@dataclass
class FaultGroup:
    """All rows with one trouble: `Unit tidak dikenal · Disdikbud: 4.210 baris`."""

    cause: Cause
    level: Level
    subject: str
    #: The sentence of the first row: what has happened and what to do.
    sentence: str
    rows: int = 0
    #: The first few rows, by sheet and line.
    samples: list[tuple[str, int]] = field(default_factory=list)

    @property
    def is_error(self) -> bool:
        return self.level is Level.ERROR


def by_cause(faults: Iterable[RowFault]) -> list[FaultGroup]:
    """Faults told by cause and subject: errors first, then the groups with the most rows."""
    groups: dict[tuple[Level, Cause, str], FaultGroup] = {}
    counted = set()
    for fault in faults:
        key = (fault.level, fault.cause, fault.subject)
        if (key, fault.place) in counted:
            continue
        counted.add((key, fault.place))
        group = groups.setdefault(
            key, FaultGroup(fault.cause, fault.level, fault.subject, fault.sentence)
        )
        group.rows += 1
        if len(group.samples) < SAMPLES:
            group.samples.append(fault.place)
    return sorted(groups.values(), key=lambda group: (not group.is_error, -group.rows))
