r"""How officials write numbers, years and days, whatever the law: the blocks that need no editor.

`pattern` is for the engine's own expressions.
"""

import re
from collections.abc import Mapping


def pattern(text: str) -> re.Pattern[str]:
    """A pattern of any case in which a blank stands for white space and ~ for perhaps some."""
    return re.compile(_spaced(text), re.IGNORECASE)


def _spaced(text: str) -> str:
    return text.replace(" ", r"\s+").replace("~", r"\s*")


#: “Dahulu” in the sense of then, not of first.
THEN = (
    r"(?<!terlebih\s)(?<!lebih\s)(?<!kan\s)(?<!lapor\s)(?<!tanya\s)(?<!cek\s)(?<!baca\s)(?<!lihat\s)"
    r"(?<!izin\s)(?<!hubungi\s)\b(?:dahulu|dulu(?:nya)?)\b(?!\s(?:sebelum|baru|ya|biar|agar|supaya)\b)"
    r"|\b(?:semula|tadinya|pada masa(?:nya)? (?:itu|lalu)|di masa (?:itu|lalu)|pada masanya"
    r"|(?:saat|ketika|waktu|kala|masa|zaman) itu|historis|riwayat\w*|sejarah\w*)\b"
)
#: `Nomor`, `No.`, `No:`, or nothing.
_NUMBER = r"~(?:nomor|nomer|nmr|no)?~[.:]*~"
#: Between a number and a year: `5/2014`, `5 Tahun 2014`, `5 Th. 2014`, `5 (2014)`, `5-2014`.
_YEAR = r"(?:~[/(,-]~| |(?=t))(?:(?:tahun|thn|th)~\.?~)?"
_MONTH = (
    r"(?:jan(?:uari)?|feb(?:ruari)?|mar(?:et)?|apr(?:il)?|mei|juni?|juli?|agu(?:s(?:tus)?)?|sept?"
    r"(?:ember)?|okt(?:ober)?|nov(?:ember)?|des(?:ember)?)\.?"
)
BUILT_IN: Mapping[str, str] = {
    "NOMOR": _spaced(_NUMBER),
    "TAHUN": _spaced(_YEAR),
    #: The number ends here, and no year follows.
    "TANPA_TAHUN": _spaced(rf"(?![\d.]\d|\d|{_YEAR}(?:19|20)\d\d)"),
    "BULAN": _MONTH,
    #: A day of a year that follows: `22 September `, `22-9-`, `22/09/`.
    "TANGGAL": _spaced(rf"(?<!\d)\d{{1,2}}(?: {_MONTH} |~[-/.]~0?\d{{1,2}}~[-/.]~)"),
    "HARI": r"\d{1,2}(?!\d)",
    "ANGKA": r"\d{1,9}",
    "DAHULU": _spaced(f"(?:{THEN})"),
    #: The sentence, or a part of it, ends here.
    "AKHIR": r"(?=\s*(?:[?,.)]|$))",
}
#: Those that see to the blanks around them by themselves.
SPACED = frozenset({"NOMOR", "TAHUN", "TANPA_TAHUN", "TANGGAL", "AKHIR"})
