"""Kinds of employment, and the many ways in which rosters spell them."""

import re
from enum import StrEnum


class Status(StrEnum):
    """Kind of employment. The first four are pegawai ASN (UU 20/2023; KepmenPANRB 16/2025)."""

    PNS = "pns"
    CPNS = "cpns"
    PPPK = "pppk"
    PPPK_PART_TIME = "pppk-paruh-waktu"
    VILLAGE_HEAD = "kepala-desa"
    VILLAGE_OFFICIAL = "perangkat-desa"
    VILLAGE_COUNCIL = "bpd"
    NON_ASN = "non-asn"

    @property
    def is_asn(self) -> bool:
        return self in _ASN

    @property
    def label(self) -> str:
        return LABELS[self]


_ASN = (Status.PNS, Status.CPNS, Status.PPPK, Status.PPPK_PART_TIME)
LABELS = {
    Status.PNS: "PNS",
    Status.CPNS: "CPNS",
    Status.PPPK: "PPPK",
    Status.PPPK_PART_TIME: "PPPK paruh waktu",
    Status.VILLAGE_HEAD: "Kepala desa",
    Status.VILLAGE_OFFICIAL: "Perangkat desa",
    Status.VILLAGE_COUNCIL: "Anggota BPD",
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
    "kepaladesa": Status.VILLAGE_HEAD,
    "kades": Status.VILLAGE_HEAD,
    "perangkatdesa": Status.VILLAGE_OFFICIAL,
    "aparatdesa": Status.VILLAGE_OFFICIAL,
    "aparaturdesa": Status.VILLAGE_OFFICIAL,
    "sekretarisdesa": Status.VILLAGE_OFFICIAL,
    "sekdes": Status.VILLAGE_OFFICIAL,
    "kaur": Status.VILLAGE_OFFICIAL,
    "kaurdesa": Status.VILLAGE_OFFICIAL,
    "kasi": Status.VILLAGE_OFFICIAL,
    "kasidesa": Status.VILLAGE_OFFICIAL,
    "kepaladusun": Status.VILLAGE_OFFICIAL,
    "kadus": Status.VILLAGE_OFFICIAL,
    "bpd": Status.VILLAGE_COUNCIL,
    "anggotabpd": Status.VILLAGE_COUNCIL,
    "ketuabpd": Status.VILLAGE_COUNCIL,
    "wakilketuabpd": Status.VILLAGE_COUNCIL,
    "sekretarisbpd": Status.VILLAGE_COUNCIL,
    "badanpermusyawaratandesa": Status.VILLAGE_COUNCIL,
    "anggotabadanpermusyawaratandesa": Status.VILLAGE_COUNCIL,
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
