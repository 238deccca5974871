"""Pangkat and golongan, brought to one spelling: `Penata Tingkat I (III/d)`, `Golongan IX`.

A PNS has a pangkat with a golongan I/a to IV/e; a PPPK has a golongan I to XVII and no pangkat.
What cannot be read for certain is kept as typed.
"""

import re

from app.catalog.terms import PersonStatus

PANGKAT = {
    "I/a": "Juru Muda",
    "I/b": "Juru Muda Tingkat I",
    "I/c": "Juru",
    "I/d": "Juru Tingkat I",
    "II/a": "Pengatur Muda",
    "II/b": "Pengatur Muda Tingkat I",
    "II/c": "Pengatur",
    "II/d": "Pengatur Tingkat I",
    "III/a": "Penata Muda",
    "III/b": "Penata Muda Tingkat I",
    "III/c": "Penata",
    "III/d": "Penata Tingkat I",
    "IV/a": "Pembina",
    "IV/b": "Pembina Tingkat I",
    "IV/c": "Pembina Utama Muda",
    "IV/d": "Pembina Utama Madya",
    "IV/e": "Pembina Utama",
}
ROMAN = (
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX",
    "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII",
)  # fmt: skip

_BY_NAME = {name.casefold(): code for code, name in PANGKAT.items()}
#: `III/d`, `IIId`, `III d`, `3/d`, `3d`, and SIASN's `34`.
_CODE = re.compile(r"\b(I{1,3}|IV|[1-4])\s*[/.\-]?\s*([a-e]|[1-5])\b(?!\s*[/.])", re.IGNORECASE)
_LEVEL = re.compile(r"\b(tingkat|tk\.?|tkt\.?)\s*(1|i|satu)\b", re.IGNORECASE)
_PPPK = re.compile(r"(?:golongan|gol\.?)?[\s:]*([ivx]+|\d{1,2})", re.IGNORECASE)
_WORDS = re.compile(r"[^a-z ]")


def normalise(text: str, status: PersonStatus) -> tuple[str, bool]:
    """The rank in its one spelling, and whether it was understood. Kept as typed if it was not."""
    typed = " ".join(text.split())
    if typed.strip("-–—. ") == "":
        return "", True
    if status in (PersonStatus.PPPK, PersonStatus.PPPK_PART_TIME):
        read = _pppk(typed)
    elif status in (PersonStatus.PNS, PersonStatus.CPNS):
        read = _pns(typed)
    else:
        return typed, True
    return (read, True) if read else (typed, False)


def _pppk(typed: str) -> str | None:
    match = _PPPK.fullmatch(typed)
    if match is None:
        return None
    value = match[1].upper()
    if value.isdigit():
        value = ROMAN[int(value) - 1] if 1 <= int(value) <= len(ROMAN) else ""
    return f"Golongan {value}" if value in ROMAN else None


def _pns(typed: str) -> str | None:
    """Name and code may both be given: they must then agree."""
    level = _LEVEL.sub("tingkat i", typed)
    match = _CODE.search(level)
    code = _code_of(match) if match else None
    words = _name_words(level[: match.start()] + " " + level[match.end() :] if match else level)
    named = _BY_NAME.get(words)
    if (match and not code) or (words and not named) or (code and named and code != named):
        return None
    found = code or named
    return f"{PANGKAT[found]} ({found})" if found else None


def _code_of(match: re.Match[str]) -> str | None:
    group, letter = match[1].upper(), match[2].lower()
    roman = ROMAN[int(group) - 1] if group.isdigit() else group
    if letter.isdigit():
        letter = "abcde"[int(letter) - 1]
    code = f"{roman}/{letter}"
    return code if code in PANGKAT else None


def _name_words(text: str) -> str:
    """What is left beside the code, without the words that only announce it."""
    words = _WORDS.sub(" ", text.casefold()).split()
    return " ".join(word for word in words if word not in ("golongan", "gol", "ruang", "pangkat"))
