r"""What can be swapped in a sentence of law: articles, numbers, sums, terms, days, counts, names.

Each kind knows how Indonesians write it, in figures and in words, and what it comes to; not one
right value stands here. A value is a row of parts, of which a part that was not said is None.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.catalog.staleness import Value
from app.catalog.terms import ValueKind

_ONES = ("satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_DIGITS = {word: i + 1 for i, word in enumerate(_ONES)}
_TENS = {"sepuluh": 10, "sebelas": 11, "seratus": 100, "seribu": 1000}
_IN_WORDS = (
    rf"(?:{'|'.join((*_ONES, *_TENS))})"
    rf"(?: (?:{'|'.join((*_ONES, *_TENS, 'belas', 'puluh', 'ratus', 'ribu'))})){{0,7}}"
)
_FIGURES = r"\d{1,3}(?:\.\d{3}){1,4}(?!\d)|\d{1,9}(?:,\d{1,2})?"
_NUMBER = rf"(?<![\w.,/-])(?:{_FIGURES}|{_IN_WORDS}(?!\w))"
_MONTHS = ("jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des")
_MONTH = (
    r"(?:jan(?:uari)?|feb(?:ruari)?|mar(?:et)?|apr(?:il)?|mei|juni?|juli?|agu(?:s(?:tus)?)?|sept?"
    r"(?:ember)?|okt(?:ober)?|nov(?:ember)?|des(?:ember)?)\b\.?"
)
_SCALES = {"ribu": 10**3, "rb": 10**3, "juta": 10**6, "jt": 10**6, "miliar": 10**9, "m": 10**9}
_UNITS = {"hari": "hari", "pekan": "minggu", "minggu": "minggu", "bulan": "bulan", "tahun": "tahun"}
#: Behind a bare number that is no article.
_COUNTED = (
    r"(?! ?(?:juta|jt|ribu|rb|miliar|persen|hari|bulan|tahun|orang|kali|desa|kasus|laporan|pegawai"
    r"|warga|ASN|PNS)|[\d./%-]\d|\d|%)"
)


def number(said: str) -> int:
    """Of figures or words: `1.000`, `dua puluh satu`."""
    if said[0].isdigit():
        return round(float(said.replace(".", "").replace(",", ".")))
    total = hundreds = tens = ones = 0
    for word in said.casefold().split():
        if word in _DIGITS:
            ones = _DIGITS[word]
        elif word in ("belas", "puluh", "ratus"):
            tens, hundreds, ones = _raised(word, hundreds, tens, ones)
        elif word == "ribu":
            total, hundreds, tens, ones = (hundreds + tens + ones) * 1000, 0, 0, 0
        else:
            tens += _TENS[word]
    return total + hundreds + tens + ones


def _raised(word: str, hundreds: int, tens: int, ones: int) -> tuple[int, int, int]:
    if word == "ratus":
        return tens, ones * 100, 0
    return (tens + 10, hundreds, ones) if word == "belas" else (tens + ones * 10, hundreds, 0)


@dataclass(frozen=True, slots=True)
class Kind:
    """How a value is written, and what a match of that comes to; None where it is none."""

    text: str
    value: Callable[[re.Match[str]], Value | None]


def _article(match: re.Match[str]) -> Value:
    said = match["article"] or match["bare"]
    letter = said[-1].upper() if said[0].isdigit() and said[-1].isalpha() else ""
    return (f"{number(said[:-1].rstrip() if letter else said)}{letter}",)


def _numbered(match: re.Match[str]) -> Value:
    return ((match["numbered"] or match["after"]).rstrip(".-"),)


def _sum(match: re.Match[str]) -> Value | None:
    if not (match["rupiah"] or match["scale"]):
        return None
    said = match["sum"]
    whole = said if not said[0].isdigit() else said.replace(".", "").replace(",", ".")
    amount = float(whole) if said[0].isdigit() else number(said)
    return (round(amount * _SCALES.get((match["scale"] or "").casefold(), 1)),)


def _term(match: re.Match[str]) -> Value:
    if match["one"]:
        return _in_best_unit(1, match["one"].casefold())
    return _in_best_unit(number(match["term"]), match["unit"].casefold())


def _in_best_unit(count: int, unit: str) -> Value:
    unit = _UNITS[unit]
    if unit == "bulan" and count % 12 == 0:
        return count // 12, "tahun"
    return (count * 7, "hari") if unit == "minggu" else (count, unit)


def _day(match: re.Match[str]) -> Value | None:
    if match["d2"]:
        return _year(match["y2"]), int(match["m2"]), int(match["d2"])
    day = number(match["d1"]) if match["d1"] else None
    month = _MONTHS.index(match["m1"][:3].casefold()) + 1
    return (_year(match["y1"]) if match["y1"] else None), month, day


def _year(said: str) -> int:
    year = number(said)
    return year if year > 99 else 2000 + year


def _calendar_year(match: re.Match[str]) -> Value:
    return (_year(match["year"]),)


def _count(match: re.Match[str]) -> Value:
    return (number(match["count"]),)


_YEAR_SAID = rf"(?:(?:19|20)\d\d|dua ribu(?: {_IN_WORDS})?)(?![\d/])"
KINDS: Mapping[ValueKind, Kind] = {
    ValueKind.ARTICLE: Kind(
        rf"\b(?:pasal|psl|ps)\.? (?:nomor )?(?P<article>\d{{1,3}}[A-D]?(?![\d.]\d|\d)|{_IN_WORDS})"
        r"|(?<![\d./-])(?<!nomor )(?<!no )(?<!no\. )(?<!Rp)(?<!UU )(?<!PP )(?<!MK )(?<!tahun )"
        rf"\b(?P<bare>\d{{3}}[A-D]?){_COUNTED}(?!\w)",
        _article,
    ),
    ValueKind.NUMBER: Kind(
        r"(?<![\w./-])(?P<numbered>\d[\d.-]{0,9})(?=(?:/[A-Z]| tahun (?:19|20)\d\d|/(?:19|20)\d\d))"
        r"|(?<=nomor )(?P<after>\d[\d.-]{0,9})(?![\w/])",
        _numbered,
    ),
    ValueKind.SUM: Kind(
        rf"(?P<rupiah>Rp\.? ?)?(?:(?<=Rp)|(?<=Rp )|(?<=Rp\.)|(?<![\w.,/-]))"
        rf"(?P<sum>{_FIGURES}|{_IN_WORDS}(?!\w))(?: ?(?P<scale>juta|jt|ribu|rb|miliar|M)\b)?",
        _sum,
    ),
    ValueKind.TERM: Kind(
        rf"(?P<term>{_NUMBER})(?: ?\((?:\w+ ?){{1,4}}\))? ?(?P<unit>hari|pekan|minggu|bulan|tahun)"
        r"(?! (?:19|20)\d\d)\b|\bse(?P<one>hari|pekan|minggu|bulan|tahun)\b",
        _term,
    ),
    ValueKind.DAY: Kind(
        rf"(?:(?<![\d/.-])(?P<d1>\d{{1,2}}|{_IN_WORDS}) )?"
        rf"\b(?P<m1>{_MONTH})(?: (?P<y1>{_YEAR_SAID}))?"
        r"|(?<![\d/.-])(?P<d2>\d{1,2}) ?[-/.] ?(?P<m2>[01]?\d) ?[-/.] ?(?P<y2>(?:20)?\d\d)"
        r"(?![\d/])",
        _day,
    ),
    ValueKind.YEAR: Kind(rf"(?<![\w./-])(?P<year>{_YEAR_SAID})", _calendar_year),
    ValueKind.COUNT: Kind(rf"(?P<count>{_NUMBER})(?: ?\((?:\w+ ?){{1,4}}\))?", _count),
}


def value_of(kind: ValueKind, match: re.Match[str]) -> Value | None:
    """What a match of the values of a kind comes to; None where it is none after all."""
    if kind is ValueKind.NAME:
        return (match.lastgroup,)
    return KINDS[kind].value(match)


def agrees(said: Value, right: Value) -> bool:
    """Whether what was said is not wrong, as far as it goes."""
    return all(one is None or one == other for one, other in zip(said, right, strict=True))


def values_in(kind: ValueKind, pattern: re.Pattern[str], text: str) -> tuple[Value, ...]:
    """All values that stand in a text, in their order."""
    found = (value_of(kind, match) for match in pattern.finditer(text))
    return tuple(value for value in found if value)
