"""What a position is, told from its name as lists write it: its level, and a unit to lead. Pure.

Levels are the managerial positions of UU 20/2023 as PP 18/2016 spreads them over a kabupaten or
kota, with the eselon that people still say. The names are data: `NAMES`, first match wins. What
nobody can tell from a name (the eselon of a hospital's director) is not guessed: such people are
heads, without an eselon.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from app.catalog.terms import PersonStatus


class Level(StrEnum):
    TOP = "pimpinan-tinggi"
    ADMINISTRATOR = "administrator"
    SUPERVISOR = "pengawas"
    HEAD = "kepala-satuan"


LABELS = {
    Level.TOP: "Pimpinan tinggi (eselon II)",
    Level.ADMINISTRATOR: "Administrator (eselon III)",
    Level.SUPERVISOR: "Pengawas (eselon IV)",
    Level.HEAD: "Kepala satuan tanpa eselon (sekolah, puskesmas, RSUD, desa)",
}


@dataclass(frozen=True)
class Position:
    """`level` is None for everybody who leads nobody: fungsional, pelaksana."""

    level: Level | None = None
    #: Whether the unit in which somebody holds it is hers to lead.
    is_head: bool = False


_NOBODY = Position()
#: Before the name of a position that somebody holds for a while.
_FOR_A_WHILE = re.compile(r"^(?:plt|plh|pj|pjs|pgs)\b[. ]*")
_SHORT = {
    "sekda": "sekretaris daerah",
    "kadis": "kepala dinas",
    "kadin": "kepala dinas",
    "kaban": "kepala badan",
    "kabag": "kepala bagian",
    "kabid": "kepala bidang",
    "kasubbag": "kepala subbagian",
    "kasubag": "kepala subbagian",
    "kasubbid": "kepala subbidang",
    "kasubid": "kepala subbidang",
    "kasi": "kepala seksi",
    "kapus": "kepala puskesmas",
    "kepsek": "kepala sekolah",
    "kades": "kepala desa",
    "sekdis": "sekretaris dinas",
    "sekban": "sekretaris badan",
    "sekcam": "sekretaris camat",
    "seklur": "sekretaris lurah",
    "sekwan": "sekretaris dprd",
    "irban": "inspektur pembantu",
    "kasatpol": "kepala satuan polisi",
}
_SCHOOLS = r"(?:sekolah|sdn?|smpn?|sman?|smkn?|slbn?|tk|paud|skb|madrasah)"
_AREA = r"(?:$| daerah| inspektorat| kabupaten| kota| provinsi)"
#: How the name begins, what that is, and whether it leads the unit it stands in.
NAMES: tuple[tuple[str, Level, bool], ...] = (
    (r"sekretaris daerah", Level.TOP, True),
    (r"asisten (?:i{1,3}\b|sekretaris|pemerintahan|perekonomian|ekonomi|administrasi|pembangunan"
     r"|kesejahteraan|bidang|umum)", Level.TOP, False),
    (r"staf ahli (?:bupati|wali ?kota|gubernur|bidang|pemerintahan)", Level.TOP, False),
    (r"sekretaris (?:dprd|dewan)", Level.TOP, True),
    (rf"inspektur{_AREA}", Level.TOP, True),
    (r"kepala (?:dinas|badan|pelaksana|satuan)\b", Level.TOP, True),
    (r"(?:direktur|kepala)(?: utama)?(?: uptd?)? (?:rsud?|rumah sakit)\b", Level.HEAD, True),
    (rf"kepala (?:uptd? |upt )?(?:puskesmas|{_SCHOOLS})\b", Level.HEAD, True),
    (r"kepala (?:bagian|bidang|kantor|biro)\b", Level.ADMINISTRATOR, True),
    (r"camat\b", Level.ADMINISTRATOR, True),
    (r"inspektur pembantu\b", Level.ADMINISTRATOR, False),
    (r"wakil direktur\b", Level.ADMINISTRATOR, False),
    (r"sekretaris (?:dinas|badan|inspektorat|satuan|satpol|kecamatan|camat)\b",
     Level.ADMINISTRATOR, False),
    (r"lurah\b", Level.SUPERVISOR, True),
    (r"sekretaris (?:kelurahan|lurah)\b", Level.SUPERVISOR, False),
    (r"kepala (?:sub ?-?bag(?:ian)?|sub ?-?bid(?:ang)?|seksi|upt[db]?|unit pelaksana)\b",
     Level.SUPERVISOR, True),
)  # fmt: skip
_NAMES = tuple((re.compile(name), Position(level, head)) for name, level, head in NAMES)
#: Villages have sections too, whose heads hold no position of the civil service.
_IN_VILLAGES = ((re.compile(r"kepala desa\b"), Position(Level.HEAD, is_head=True)),)


@lru_cache(maxsize=16_384)
def position_of(name: str, status: PersonStatus) -> Position:
    """What somebody of this status holds by a position of this name."""
    tidy = _FOR_A_WHILE.sub("", " ".join(name.casefold().split()))
    first, _, rest = tidy.partition(" ")
    tidy = f"{_SHORT.get(first.rstrip('.'), first)} {rest}".strip()
    names = _NAMES if status.is_asn else _IN_VILLAGES
    return next((found for pattern, found in names if pattern.match(tidy)), _NOBODY)
