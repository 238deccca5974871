"""Kinds of units in a regional government (PP 18/2016), and how lists spell them."""

import re
from enum import StrEnum


class UnitKind(StrEnum):
    ROOT = "instansi"
    SECRETARIAT = "sekretariat"
    INSPECTORATE = "inspektorat"
    DEPARTMENT = "dinas"
    OFFICE = "badan"
    SECTION = "bagian"
    FIELD_UNIT = "uptd"
    HEALTH_CENTRE = "puskesmas"
    HOSPITAL = "rsud"
    SCHOOL = "sekolah"
    DISTRICT = "kecamatan"
    WARD = "kelurahan"
    VILLAGE = "desa"
    OTHER = "lainnya"


_SPELLINGS = {
    "": UnitKind.OTHER,
    "asisten": UnitKind.SECTION,
    "bidang": UnitKind.SECTION,
    "subbagian": UnitKind.SECTION,
    "upt": UnitKind.FIELD_UNIT,
    "rumahsakit": UnitKind.HOSPITAL,
    "satuanpendidikan": UnitKind.SCHOOL,
    "tk": UnitKind.SCHOOL,
    "sd": UnitKind.SCHOOL,
    "smp": UnitKind.SCHOOL,
    "sma": UnitKind.SCHOOL,
    "smk": UnitKind.SCHOOL,
    "kemantren": UnitKind.DISTRICT,
    "distrik": UnitKind.DISTRICT,
    "nagari": UnitKind.VILLAGE,
    "kampung": UnitKind.VILLAGE,
    "gampong": UnitKind.VILLAGE,
}


def read_kind(text: str) -> UnitKind | None:
    """The kind that a cell names (an empty one: OTHER), or None when we know none like it."""
    word = re.sub(r"[^a-z]", "", text.casefold())
    if word in _SPELLINGS and (word or not text):
        return _SPELLINGS[word]
    return UnitKind(word) if word in {kind.value for kind in UnitKind} else None
