"""KEDUDUKAN HUKUM: whether somebody on the list still works here. Who may not is asked about. Pure.

Only what plainly says "active" is taken as such; every other text is a question that a person
answers once for all its rows, and that is remembered.
"""

import re
from enum import StrEnum


class Answer(StrEnum):
    """What is to happen with the people of a question."""

    COUNT = "hitung"
    LEAVE_OUT = "keluarkan"


class Position(StrEnum):
    """What a text about somebody's legal position speaks of. The value is what Dewi reads."""

    RETIRED = "Pensiun"
    DEAD = "Meninggal dunia"
    DISMISSED = "Diberhentikan"
    SUSPENDED = "Diberhentikan sementara"
    UNPAID_LEAVE = "Cuti di luar tanggungan negara"
    MOVED = "Pindah instansi"
    STUDYING = "Tugas belajar"
    SECONDED = "Diperbantukan atau dipekerjakan di tempat lain"
    MISSING = "Dinyatakan hilang"
    OTHER = "Kedudukan lain"

    @property
    def suggestion(self) -> Answer:
        """Only ever a suggestion: who studies or is punished stays a civil servant of here."""
        stays = (Position.STUDYING, Position.OTHER, Position.SECONDED)
        return Answer.COUNT if self in stays else Answer.LEAVE_OUT


_ACTIVE = frozenset(
    {"", "aktif", "pns aktif", "cpns aktif", "pppk aktif", "asn aktif", "aktif bekerja", "aktip",
     "masih aktif", "pegawai aktif", "pppk paruh waktu aktif", "pppk pw aktif", "01", "1", "71"}
)  # fmt: skip
#: In order: the first that fits names the position.
_TOLD = (
    (Position.UNPAID_LEAVE, r"cltn|luar tanggungan"),
    (Position.STUDYING, r"tugas belajar|tubel"),
    (Position.SUSPENDED, r"sementara|uang tunggu|skors"),
    (Position.DEAD, r"meninggal|wafat|tewas|almarhum|\balm\b"),
    (Position.MISSING, r"hilang"),
    (Position.RETIRED, r"pensiun|\bbup\b|\bmpp\b|purna|batas usia"),
    (Position.DISMISSED, r"henti|pecat|\bptdh\b|undurkan|resign|putus|(?:tidak|non) ?aktif|keluar"),
    (Position.SECONDED, r"diperbantukan|dipekerjakan|\bdpk\b|\bdpb\b|titipan|penugasan"),
    (Position.MOVED, r"pindah|mutasi"),
)  # fmt: skip
_PATTERNS = tuple((position, re.compile(pattern)) for position, pattern in _TOLD)


def words_of(text: str) -> str:
    """A text by which answers are remembered: `Pensiun - BUP ` and `PENSIUN BUP` are one."""
    return " ".join(re.findall(r"[a-z0-9]+", text.casefold()))


def read_position(text: str) -> Position | None:
    """What a cell of KEDUDUKAN HUKUM asks us about; None for people who plainly work here."""
    words = words_of(text)
    if words in _ACTIVE:
        return None
    return _told(words) or Position.OTHER


def read_note(text: str) -> Position | None:
    """What a remark (KETERANGAN) asks us about. Most remarks are about something else."""
    return _told(words_of(text))


def _told(words: str) -> Position | None:
    return next((position for position, pattern in _PATTERNS if pattern.search(words)), None)
