"""The numbers that people carry: NIP, NI PPPK, and the participant numbers that Rambu gives.

A NIP reads YYYYMMDD (birth) YYYYMM (start) 1|2 (sex) NNN (sequence, from 001). A NI PPPK has the
same shape, but its digits 13 and 14 count work agreements and are no month. There is no check
digit. Nothing is inferred silently: what the digits suggest is proposed, and a person decides.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.catalog.labels import PERSON_STATUSES
from app.catalog.terms import PersonStatus
from app.core.errors import DomainError

LENGTH = 18
#: Year and six digits of sequence.
PARTICIPANT_LENGTH = 10
#: What people put between digits, seen or unseen: dots, spaces of every width, direction marks.
SEPARATORS = ". \t\u00a0\u2007\u2009\u200b\u200e\u200f\u202f\u2060\ufeff"
#: Excel and phones put one of these in front to say "this is text".
APOSTROPHES = "'\u2019`"
MONTHS = range(1, 13)
AGREEMENTS = range(21, 30)
AGES = range(17, 76)

_SCIENTIFIC = re.compile(r"\d+([.,]\d+)?E\+?\d+", re.IGNORECASE)
_DECIMAL = re.compile(r"\d{17,19}[.,]0+")
_DROP = str.maketrans("", "", SEPARATORS)

AS_TEXT = (
    "Kolom NIP harus bertipe Teks. Excel hanya menyimpan 15 angka, jadi nomor ini sudah rusak: "
    "ubah format kolom menjadi Teks, lalu isi ulang dari sumber aslinya."
)


class BadNumber(DomainError):
    """What was typed cannot be a number of ours; the sentence says why."""


class Level(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Fault:
    """What is wrong (it blocks) or odd (somebody should look) about a number."""

    level: Level
    sentence: str


def read_number(text: str) -> str:
    """The 18 digits of a NIP or NI PPPK as people write them. Raises BadNumber."""
    digits = _digits(text)
    if len(digits) == LENGTH:
        return digits
    raise BadNumber(_wrong_length(digits))


def read_identity(text: str) -> str:
    """A NIP, a NI PPPK, or a participant number: what somebody signs in with. Raises BadNumber."""
    digits = _digits(text)
    if len(digits) in (LENGTH, PARTICIPANT_LENGTH):
        return digits
    raise BadNumber(_wrong_length(digits))


def is_participant(number: str) -> bool:
    """Whether Rambu gave this number to somebody who has no NIP."""
    return len(number) == PARTICIPANT_LENGTH


def label(number: str, status: PersonStatus) -> str:
    """What the number is called on paper."""
    if is_participant(number):
        return "Nomor peserta"
    return "NI PPPK" if status in (PersonStatus.PPPK, PersonStatus.PPPK_PART_TIME) else "NIP"


def participant_number(year: int, sequence: int) -> str:
    """`2026000012` for the twelfth of 2026."""
    return f"{year:04d}{sequence:06d}"


def faults(number: str, status: PersonStatus | None, today: date) -> list[Fault]:
    """Everything wrong or odd about 18 digits for somebody of this status."""
    found = [*_birth_faults(number, today), *_status_faults(number, status)]
    if number[14] not in ("1", "2"):
        found.append(_error("Angka ke-15 harus 1 (laki-laki) atau 2 (perempuan)."))
    if number.endswith("000"):
        found.append(
            _warning(
                "Nomor urut di akhir tidak mungkin 000. Ini tanda khas nomor yang pernah "
                "dibulatkan oleh Excel; periksa pada sumber aslinya."
            )
        )
    return found


def proposal(number: str) -> PersonStatus | None:
    """What digits 13 and 14 suggest. Only ever a proposal: a person decides."""
    code = int(number[12:14])
    if code in MONTHS:
        return PersonStatus.PNS
    return PersonStatus.PPPK if code in AGREEMENTS else None


def grouped(number: str) -> str:
    """As printed: `19860926 201505 1 001`; a participant number `2026 000012`."""
    if is_participant(number):
        return f"{number[:4]} {number[4:]}"
    return f"{number[:8]} {number[8:14]} {number[14]} {number[15:]}"


def masked(number: str) -> str:
    """For public pages: `1986•••• •••••• • •01`. A full number would tell the birth date."""
    hidden = f"{number[:4]}{'•' * (len(number) - 6)}{number[-2:]}"
    return grouped(hidden)


def _digits(text: str) -> str:
    """The digits alone, or BadNumber when there is anything else."""
    bare = text.strip(SEPARATORS + "\r\n").lstrip(APOSTROPHES).strip(SEPARATORS)
    if not bare:
        raise BadNumber("Nomor belum diisi.")
    if _SCIENTIFIC.fullmatch(bare) or _DECIMAL.fullmatch(bare):
        raise BadNumber(AS_TEXT)
    digits = bare.translate(_DROP)
    if digits.isascii() and digits.isdigit():
        return digits
    if digits.isdigit():
        raise BadNumber("Tulis nomor dengan angka biasa 0 sampai 9, bukan angka jenis lain.")
    raise BadNumber(f"Nomor hanya boleh berisi angka, sedangkan isinya “{_short(bare)}”.")


def _wrong_length(digits: str) -> str:
    if len(digits) == 16:
        return (
            "16 angka adalah NIK, dan Rambu tidak memakai NIK. Isi NIP atau NI PPPK (18 angka); "
            "kosongkan bagi yang bukan ASN."
        )
    if len(digits) == 9:
        return "Ini NIP lama (9 angka). Isi NIP atau NI PPPK yang berlaku sekarang (18 angka)."
    return f"NIP / NI PPPK terdiri atas 18 angka, sedangkan ini {len(digits)} angka."


def _birth_faults(number: str, today: date) -> list[Fault]:
    try:
        born = date(int(number[:4]), int(number[4:6]), int(number[6:8]))
    except ValueError:
        return [_error("Delapan angka pertama bukan tanggal lahir yang ada di kalender.")]
    found = []
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    if age not in AGES:
        found.append(_warning(f"Menurut nomornya, umur pegawai ini {age} tahun; periksa lagi."))
    if not born.year + AGES.start <= int(number[8:12]) <= today.year + 1:
        found.append(_warning("Tahun pengangkatan (angka ke-9 sampai ke-12) tidak lazim."))
    return found


def _status_faults(number: str, status: PersonStatus | None) -> list[Fault]:
    """Digits 13 and 14 against the status that somebody stated."""
    likely = proposal(number)
    if status is None:
        guess = f" Dari nomornya, kemungkinan {PERSON_STATUSES[likely]}." if likely else ""
        return [_error(f"Status kepegawaian belum diisi.{guess} Tulis statusnya.")]
    if not status.is_asn:
        return [
            _warning(f"{PERSON_STATUSES[status]} lazimnya tanpa NIP; pastikan statusnya benar.")
        ]
    if likely is None:
        return [
            _warning(
                f"Angka ke-13 dan ke-14 ({number[12:14]}) tidak lazim: bulan 01–12 untuk PNS, "
                "21–29 untuk PPPK."
            )
        ]
    if (likely is PersonStatus.PNS) != (status in (PersonStatus.PNS, PersonStatus.CPNS)):
        return [
            _warning(
                f"Statusnya {PERSON_STATUSES[status]}, tetapi angka ke-13 dan ke-14 "
                f"({number[12:14]}) lazimnya milik {PERSON_STATUSES[likely]}."
            )
        ]
    return []


def _short(text: str) -> str:
    return text if len(text) <= 24 else f"{text[:23]}…"


def _error(sentence: str) -> Fault:
    return Fault(Level.ERROR, sentence)


def _warning(sentence: str) -> Fault:
    return Fault(Level.WARNING, sentence)
