"""The cell of a number as lists hold it: `NIP. 1999…`, `="1999…"`, damaged, a NIK. Pure."""

import re

from app.agencies import nip
from app.rosters.cells import Filled, Formula, Number, Withheld
from app.rosters.faults import Cause
from app.rosters.words import listed

FORMULA = (
    "Kolom {label} berisi rumus tanpa hasil. Salin kolom itu, lalu tempel sebagai nilai dengan "
    "format Teks."
)
MERGED = "Sel {label} digabung (merge) dengan baris di atasnya. Pisahkan selnya, lalu isi lagi."
NIK = (
    "16 angka adalah NIK, dan Rambu tidak memakai NIK. Isi NIP atau NI PPPK (18 angka); kosongkan "
    "bagi yang bukan ASN."
)
_PREFIX = re.compile(
    r"^[\s'’`]*(?:(?:nomor|no\.?)\s+)?(?:nip\s*/?\s*ni\s*pppk|ni\s*pppk|nip\s*pppk|nipppk|nip|nippk)\b"
    r"[\s.:;/\-]*",
    re.IGNORECASE,
)
_AS_FORMULA = re.compile(r'^\s*=\s*"([^"]*)"\s*$')
#: A text of digits with a naught behind. No number of a spreadsheet has it, unless a step of its
#: own: between 2^57 and 2^58 those are multiples of 32.
_WHOLE = re.compile(r"^\s*(\d{18})\.0+\s*$")
_STEP = 32
_NONE = listed("tidakada belumada belum tidak na nihil tdkada kosong nonnip 0 tanpanip")
_IN_CELL = re.compile(r"(?<!\d)(?:\d[ .\u00a0]?){17}\d(?!\d)")


def written(cell: str) -> str:
    """A number without what lists put around it."""
    if match := _AS_FORMULA.match(cell):
        cell = match[1]
    bare = _PREFIX.sub("", cell)
    if (whole := _WHOLE.match(bare)) and int(whole[1]) % _STEP:
        bare = whole[1]
    letters = re.sub(r"[^a-z0-9]", "", bare.casefold()) if len(bare) < 20 else ""
    return "" if letters in _NONE else bare


def damage(cell: str) -> tuple[Cause, str] | None:
    """What the sheet itself has done to a number."""
    if isinstance(cell, Formula) and not cell.strip():
        return Cause.CELL_FORMULA, FORMULA.format(label="NIP")
    if isinstance(cell, Filled):
        return Cause.CELL_MERGED, MERGED.format(label="NIP")
    if isinstance(cell, Withheld):
        return Cause.NUMBER_WRONG, NIK
    if isinstance(cell, Number) and not (cell.isdigit() and len(cell) <= nip.PARTICIPANT_LENGTH):
        return Cause.NUMBER_DAMAGED, nip.AS_TEXT
    return None


def part_cell(cell: str) -> tuple[str, str, str]:
    """Name, number and rank of a cell that holds them all, on lines or behind one another."""
    match = _IN_CELL.search(cell)
    if match is None:
        name, _, rest = cell.strip().partition("\n")
        return name.strip(" /,;-"), rest.strip(), ""
    label = re.search(r"(?:ni\s*pppk|nip)\b[\s.:]*$", cell[: match.start()], re.IGNORECASE)
    before = cell[: label.start() if label else match.start()]
    return before.strip(" \n/,;-(:"), match[0], cell[match.end() :].strip(" \n/,;-)")
