"""The many ways in which rosters spell a kind of employment."""

import re

from app.catalog.terms import PersonStatus

#: Spellings without spaces and marks. A bare "honorer" is a non-ASN; a bare "ASN" says too little.
_SPELLINGS = {
    "pns": PersonStatus.PNS,
    "pegawainegerisipil": PersonStatus.PNS,
    "cpns": PersonStatus.CPNS,
    "calonpns": PersonStatus.CPNS,
    "calonpegawainegerisipil": PersonStatus.CPNS,
    "pppk": PersonStatus.PPPK,
    "p3k": PersonStatus.PPPK,
    "pppkpenuhwaktu": PersonStatus.PPPK,
    "p3kpenuhwaktu": PersonStatus.PPPK,
    "pegawaipemerintahdenganperjanjiankerja": PersonStatus.PPPK,
    "pppkparuhwaktu": PersonStatus.PPPK_PART_TIME,
    "p3kparuhwaktu": PersonStatus.PPPK_PART_TIME,
    "pppkpw": PersonStatus.PPPK_PART_TIME,
    "p3kpw": PersonStatus.PPPK_PART_TIME,
    "kepaladesa": PersonStatus.VILLAGE_HEAD,
    "kades": PersonStatus.VILLAGE_HEAD,
    "perangkatdesa": PersonStatus.VILLAGE_OFFICIAL,
    "aparatdesa": PersonStatus.VILLAGE_OFFICIAL,
    "aparaturdesa": PersonStatus.VILLAGE_OFFICIAL,
    "sekretarisdesa": PersonStatus.VILLAGE_OFFICIAL,
    "sekdes": PersonStatus.VILLAGE_OFFICIAL,
    "kaur": PersonStatus.VILLAGE_OFFICIAL,
    "kaurdesa": PersonStatus.VILLAGE_OFFICIAL,
    "kasi": PersonStatus.VILLAGE_OFFICIAL,
    "kasidesa": PersonStatus.VILLAGE_OFFICIAL,
    "kepaladusun": PersonStatus.VILLAGE_OFFICIAL,
    "kadus": PersonStatus.VILLAGE_OFFICIAL,
    "bpd": PersonStatus.VILLAGE_COUNCIL,
    "anggotabpd": PersonStatus.VILLAGE_COUNCIL,
    "ketuabpd": PersonStatus.VILLAGE_COUNCIL,
    "wakilketuabpd": PersonStatus.VILLAGE_COUNCIL,
    "sekretarisbpd": PersonStatus.VILLAGE_COUNCIL,
    "badanpermusyawaratandesa": PersonStatus.VILLAGE_COUNCIL,
    "anggotabadanpermusyawaratandesa": PersonStatus.VILLAGE_COUNCIL,
    "nonasn": PersonStatus.NON_ASN,
    "nonpns": PersonStatus.NON_ASN,
    "pegawainonasn": PersonStatus.NON_ASN,
    "honorer": PersonStatus.NON_ASN,
    "tenagahonorer": PersonStatus.NON_ASN,
    "thl": PersonStatus.NON_ASN,
    "tenagakontrak": PersonStatus.NON_ASN,
}


def read_status(text: str) -> PersonStatus | None:
    """The status that a cell names, or None when it names none that we know."""
    return _SPELLINGS.get(re.sub(r"[^a-z0-9]", "", text.casefold()))
