"""The many ways in which rosters spell a kind of employment."""

import re

from app.catalog.terms import PersonStatus
from app.rosters.words import listed

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


#: What may stand beside a kind of employment without changing it: `PPPK Tahap 2 (Guru) 2024`.
_BESIDE = listed(
    "tahap gelombang formasi tahun angkatan periode i ii iii iv 1 2 3 4 penuh waktu pw guru teknis "
    "nakes tenaga kesehatan fungsional daerah pusat kab kota kabupaten provinsi prov yang bekerja "
    "pada di aktif dpk dpb asn instansi vertikal departemen lpnk lainnya pemkab pemkot pemda dan "
    "golongan murni optimalisasi"
)
_YEAR = re.compile(r"20\d\d")
#: In order: what is narrower stands first.
_CORES = (
    (("pppk", "paruh"), PersonStatus.PPPK_PART_TIME),
    (("p3k", "paruh"), PersonStatus.PPPK_PART_TIME),
    (("pppk",), PersonStatus.PPPK),
    (("p3k",), PersonStatus.PPPK),
    (("cpns",), PersonStatus.CPNS),
    (("pns",), PersonStatus.PNS),
)
_LONG = (
    ("pegawai pemerintah dengan perjanjian kerja", "pppk"),
    ("calon pegawai negeri sipil", "cpns"),
    ("calon pns", "cpns"),
    ("pegawai negeri sipil", "pns"),
)


def read_status(text: str) -> PersonStatus | None:
    """The status that a cell names, or None when it names none that we know."""
    bare = re.sub(r"[^a-z0-9]", "", text.casefold())
    return _SPELLINGS.get(bare) or _with_remarks(text)


def _with_remarks(text: str) -> PersonStatus | None:
    """`PPPK Tahap 2`, `PNS Daerah Kab/Kota yang bekerja pada Kab/Kota`: a kind, and what changes
    nothing. A word that we do not know (`mantan`, `non`) leaves the whole unknown.
    """
    named = " ".join(re.findall(r"[a-z0-9]+", text.casefold()))
    for long, short in _LONG:
        named = named.replace(long, short)
    words = named.split()
    for core, status in _CORES:
        rest = [word for word in words if word not in core]
        if set(core) <= set(words) and all(w in _BESIDE or _YEAR.fullmatch(w) for w in rest):
            return status
    return None
