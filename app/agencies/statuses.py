"""Kinds of employment, and the many ways in which rosters spell them."""

import re
from enum import StrEnum


class Status(StrEnum):
    """Kind of employment. The first four are pegawai ASN (UU 20/2023; KepmenPANRB 16/2025)."""

    PNS = "pns"
    CPNS = "cpns"
    PPPK = "pppk"
    PPPK_PART_TIME = "pppk-paruh-waktu"
    VILLAGE_OFFICIAL = "perangkat-desa"
    NON_ASN = "non-asn"

    @property
    def is_asn(self) -> bool:
        return self not in (Status.VILLAGE_OFFICIAL, Status.NON_ASN)

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    Status.PNS: "PNS",
    Status.CPNS: "CPNS",
    Status.PPPK: "PPPK",
    Status.PPPK_PART_TIME: "PPPK paruh waktu",
    Status.VILLAGE_OFFICIAL: "Perangkat desa",
    Status.NON_ASN: "Non-ASN",
}

#: Spellings without spaces and marks. A bare "honorer" is a non-ASN; a bare "ASN" says too little.
_SPELLINGS = {
    "pns": Status.PNS,
    "pegawainegerisipil": Status.PNS,
    "cpns": Status.CPNS,
    "calonpns": Status.CPNS,
    "calonpegawainegerisipil": Status.CPNS,
    "pppk": Status.PPPK,
    "p3k": Status.PPPK,
    "pppkpenuhwaktu": Status.PPPK,
    "p3kpenuhwaktu": Status.PPPK,
    "pegawaipemerintahdenganperjanjiankerja": Status.PPPK,
    "pppkparuhwaktu": Status.PPPK_PART_TIME,
    "p3kparuhwaktu": Status.PPPK_PART_TIME,
    "pppkpw": Status.PPPK_PART_TIME,
    "p3kpw": Status.PPPK_PART_TIME,
    "perangkatdesa": Status.VILLAGE_OFFICIAL,
    "aparatdesa": Status.VILLAGE_OFFICIAL,
    "aparaturdesa": Status.VILLAGE_OFFICIAL,
    "kepaladesa": Status.VILLAGE_OFFICIAL,
    "nonasn": Status.NON_ASN,
    "nonpns": Status.NON_ASN,
    "pegawainonasn": Status.NON_ASN,
    "honorer": Status.NON_ASN,
    "tenagahonorer": Status.NON_ASN,
    "thl": Status.NON_ASN,
    "tenagakontrak": Status.NON_ASN,
}


def read_status(text: str) -> Status | None:
    """The status that a cell names, or None when it names none that we know."""
    return _SPELLINGS.get(re.sub(r"[^a-z0-9]", "", text.casefold()))
