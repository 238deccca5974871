"""The closed lists that content is written in: what editors type. `labels` has what readers see."""

from enum import StrEnum


class Phase(StrEnum):
    """When a deed is done. The day KPU fixes the candidates divides ethics from discipline."""

    BEFORE = "sebelum-penetapan"
    AFTER = "sesudah-penetapan"
    ALWAYS = "semua"


class Verdict(StrEnum):
    ALLOWED = "boleh"
    FORBIDDEN = "tidak-boleh"
    DEPENDS = "bergantung"


class Violation(StrEnum):
    NONE = "none"
    ETHICS = "kode-etik"
    MODERATE = "disiplin-sedang"
    SEVERE = "disiplin-berat"
    DISMISSAL = "ptdh"
    CRIMINAL = "pidana"
    ADMINISTRATIVE = "administratif"


class Topic(StrEnum):
    SOCIAL_MEDIA = "media-sosial"
    PHOTOS = "foto-simbol"
    CAMPAIGNS = "kampanye-deklarasi"
    FAMILY = "keluarga-pasangan"
    PARTIES = "parpol-pencalonan"
    FACILITIES = "fasilitas-anggaran"
    DECISIONS = "keputusan-mutasi"
    SERVICE = "pelayanan"
    VOTING = "penyelenggara-hak-pilih"
    SUPERIORS = "atasan-perintah"
    VILLAGES = "desa-non-asn"
    REPORTING = "melapor-terlanjur"


class Pressure(StrEnum):
    """What tempts the person in a scenario."""

    FAMILY = "keluarga"
    SUPERIOR = "atasan"
    CAREER = "karier"
    FRIENDS = "pertemanan"
    HABIT = "kebiasaan"
    IGNORANCE = "ketidaktahuan"


class ValueKind(StrEnum):
    """What a fact of law may turn on, and a sentence may have swapped."""

    ARTICLE = "pasal"
    NUMBER = "nomor"
    SUM = "rupiah"
    TERM = "lama"
    DAY = "tanggal"
    YEAR = "tahun"
    COUNT = "jumlah"
    NAME = "nama"


class Facet(StrEnum):
    """What tells two cases next door to each other apart, when a question fits both."""

    DOER = "pelaku"
    DIRECTION = "arah"
    TIME = "waktu"
    PERMIT = "izin"
    ORDER = "perintah"
    SIDE = "pihak"
    MEANS = "cara"


class PersonStatus(StrEnum):
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
        return self in ASN


#: Every kind of pegawai ASN, so that a list of four may be one word.
ASN = frozenset(
    {PersonStatus.PNS, PersonStatus.CPNS, PersonStatus.PPPK, PersonStatus.PPPK_PART_TIME}
)


class Confidence(StrEnum):
    """How sure we are of a statement of law; C is never shown as a rule.

    A: seen in the instrument, or two independent sources agree. B: one source. C: unverified.
    """

    A = "A"
    B = "B"
    C = "C"


class Footing(StrEnum):
    """What a scenario stands on: provisions of confidence A or B, or no rule at all."""

    A = "A"
    B = "B"
    SAFE_PRACTICE = "praktik-aman"


class Reader(StrEnum):
    """Whom a guide is written for. Anybody may read it all the same."""

    ANYBODY = "publik"
    LEARNER = "learner"
    UNIT_ADMIN = "unit-admin"
    HR_ADMIN = "hr-admin"
    HOST = "host"
    AUDITOR = "auditor"
    EDITOR = "editor"
    OPERATOR = "operator"


class Kind(StrEnum):
    """Kinds of legal instrument."""

    LAW = "uu"
    GOVERNMENT = "pp"
    PRESIDENTIAL = "perpres"
    MINISTERIAL = "permen"
    AGENCY = "perka"
    JOINT = "skb"
    CIRCULAR = "se"
    RULING = "putusan-mk"
    DECREE = "kepmen"
    OTHER = "lainnya"


class Standing(StrEnum):
    """How an instrument stands, as a list of them is filtered."""

    IN_FORCE = "berlaku"
    REPEALED = "dicabut"
    DISPUTED = "diperdebatkan"
    UNVERIFIED = "belum-terverifikasi"


class Status(StrEnum):
    PUBLISHED = "terbit"
    DRAFT = "draf"
