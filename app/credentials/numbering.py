"""Official numbers, in the form of regional letters: code/sequence/office/year.

Classification codes of Permendagri 83/2022: 800.1.6.2 Kursus dan Penataran, 800.1.8 Disiplin.
Two series of one code are told apart by letters: PI pakta integritas, KH kehadiran.
"""

import re
from datetime import date

from app.agencies.finding import folded
from app.printing.facts import Kind

#: One pattern a kind for every agency. A constant until an agency asks for its own: the counter
#: below it is per agency already, and a number once printed never changes.
PATTERNS = {
    Kind.CERTIFICATE: "800.1.6.2/{sequence:04d}/{office}/{year}",
    Kind.PLEDGE: "800.1.8/{sequence:04d}/PI-{office}/{year}",
    Kind.ATTENDANCE: "800.1.6.2/{sequence:04d}/KH-{office}/{year}",
}
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def official_number(pattern: str, *, sequence: int, office: str, day: date) -> str:
    """Fill a pattern: `sequence`, `office`, `year`, and `month` as a Roman numeral."""
    return pattern.format(
        sequence=sequence, office=office, year=day.year, month=ROMAN[day.month - 1]
    )


def file_name(holder_number: str, number: str) -> str:
    """`NIP_nomor.pdf`, the name that SIASN uploads expect, safe in a header and on any disk."""
    return f"{_safe(holder_number)}_{_safe(number)}.pdf"


def archived_name(holder_number: str, name: str, number: str) -> str:
    """`NIP_Nama_Nomor.pdf`, for a folder of many people's."""
    short = folded(name.partition(",")[0]).title()
    return f"{_safe(holder_number)}_{_safe(short)}_{_safe(number)}.pdf"


def _safe(text: str) -> str:
    return re.sub(r"[^0-9A-Za-z.]+", "-", text).strip("-.") or "dokumen"
