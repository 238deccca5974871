"""What readers see for each term. The one place for these words."""

from enum import StrEnum

from app.catalog.cases import Ruling
from app.catalog.misdeeds import Misdeed
from app.catalog.quiz_options import QuizOption
from app.catalog.terms import (
    Confidence,
    Footing,
    Kind,
    PersonStatus,
    Phase,
    Pressure,
    Reader,
    Standing,
    Topic,
    Verdict,
    Violation,
)

PHASES = {
    Phase.BEFORE: "Sebelum penetapan calon",
    Phase.AFTER: "Sesudah penetapan calon",
    Phase.ALWAYS: "Berlaku setiap waktu",
}

VERDICTS = {
    Verdict.ALLOWED: "Boleh",
    Verdict.FORBIDDEN: "Tidak boleh",
    Verdict.DEPENDS: "Bergantung keadaan",
}

VIOLATIONS = {
    Violation.NONE: "Bukan pelanggaran",
    Violation.ETHICS: "Pelanggaran kode etik (sanksi moral)",
    Violation.MODERATE: "Pelanggaran disiplin (hukuman tingkat sedang)",
    Violation.SEVERE: "Pelanggaran disiplin (hukuman tingkat berat)",
    Violation.DISMISSAL: "Pemberhentian tidak dengan hormat (PTDH)",
    Violation.CRIMINAL: "Tindak pidana (proses hukum pidana)",
    Violation.ADMINISTRATIVE: "Pelanggaran administratif (sanksi administratif)",
}

#: For a sentence in which the whole label would not fit.
SHORT_VIOLATIONS = {
    Violation.NONE: "bukan pelanggaran",
    Violation.ETHICS: "kode etik",
    Violation.MODERATE: "disiplin sedang",
    Violation.SEVERE: "disiplin berat",
    Violation.DISMISSAL: "PTDH",
    Violation.CRIMINAL: "pidana",
    Violation.ADMINISTRATIVE: "administratif",
}

TOPICS = {
    Topic.SOCIAL_MEDIA: "Media sosial",
    Topic.PHOTOS: "Foto dan simbol",
    Topic.CAMPAIGNS: "Kampanye dan deklarasi",
    Topic.FAMILY: "Keluarga dan pasangan calon",
    Topic.PARTIES: "Partai politik dan pencalonan diri",
    Topic.FACILITIES: "Fasilitas dan anggaran",
    Topic.DECISIONS: "Keputusan dan mutasi",
    Topic.SERVICE: "Pelayanan publik",
    Topic.VOTING: "Penyelenggara pemilu dan hak pilih",
    Topic.SUPERIORS: "Atasan dan perintah",
    Topic.VILLAGES: "Desa dan non-ASN",
    Topic.REPORTING: "Melapor dan sesudah telanjur",
}

MISDEEDS = {
    Misdeed.SOCIAL_MEDIA: "Media sosial",
    Misdeed.TAKING_SIDES: "Kegiatan dan keputusan yang berpihak",
    Misdeed.PHOTOS: "Foto dan simbol",
    Misdeed.DECLARATIONS: "Kampanye dan deklarasi",
    Misdeed.PARTIES: "Mendekati partai politik",
    Misdeed.VILLAGE: "Khusus desa dan non-ASN",
    Misdeed.OTHER: "Selebihnya (hak pilih, melapor)",
}

PRESSURES = {
    Pressure.FAMILY: "Keluarga",
    Pressure.SUPERIOR: "Atasan",
    Pressure.CAREER: "Karier",
    Pressure.FRIENDS: "Pertemanan",
    Pressure.HABIT: "Kebiasaan",
    Pressure.IGNORANCE: "Ketidaktahuan",
}

PERSON_STATUSES = {
    PersonStatus.PNS: "PNS",
    PersonStatus.CPNS: "CPNS",
    PersonStatus.PPPK: "PPPK",
    PersonStatus.PPPK_PART_TIME: "PPPK paruh waktu",
    PersonStatus.VILLAGE_HEAD: "Kepala desa",
    PersonStatus.VILLAGE_OFFICIAL: "Perangkat desa",
    PersonStatus.VILLAGE_COUNCIL: "Anggota BPD",
    PersonStatus.NON_ASN: "Non-ASN",
}

CONFIDENCES = {
    Confidence.A: "Terverifikasi: isi dan nomornya kami temukan di naskah atau di dua sumber.",
    Confidence.B: "Satu sumber: cocokkan dengan naskah resmi sebelum Anda mengutipnya.",
    Confidence.C: "Belum terverifikasi: jangan dipakai sebagai dasar sebelum dicek ke JDIH.",
}

FOOTINGS = {
    Footing.A: "Bersandar pada aturan yang terverifikasi",
    Footing.B: "Bersandar pada aturan dari satu sumber",
    Footing.SAFE_PRACTICE: "Praktik aman, bukan kutipan aturan",
}

#: In the order of the list of regulations: highest instrument first.
KINDS = {
    Kind.LAW: "Undang-undang",
    Kind.RULING: "Putusan Mahkamah Konstitusi",
    Kind.GOVERNMENT: "Peraturan pemerintah",
    Kind.PRESIDENTIAL: "Peraturan presiden",
    Kind.MINISTERIAL: "Peraturan menteri",
    Kind.AGENCY: "Peraturan badan atau komisi",
    Kind.DECREE: "Keputusan menteri",
    Kind.JOINT: "Keputusan bersama",
    Kind.CIRCULAR: "Surat edaran",
    Kind.OTHER: "Penjelasan dan pedoman lain",
}

STANDINGS = {
    Standing.IN_FORCE: "Berlaku",
    Standing.REPEALED: "Sudah dicabut",
    Standing.DISPUTED: "Ada perbedaan",
    Standing.UNVERIFIED: "Belum terverifikasi",
}

READERS = {
    Reader.LEARNER: "Peserta",
    Reader.UNIT_ADMIN: "Pengelola OPD",
    Reader.HR_ADMIN: "BKDPSDM",
    Reader.HOST: "Pemandu webinar",
    Reader.AUDITOR: "Auditor",
    Reader.EDITOR: "Penyunting isi",
    Reader.OPERATOR: "Operator server",
    Reader.ANYBODY: "Semua orang",
}

QUIZ_OPTIONS = {
    QuizOption.ALLOWED: "Boleh",
    QuizOption.ETHICS: "Tidak boleh: pelanggaran kode etik (sanksi moral)",
    QuizOption.DISCIPLINE: "Tidak boleh: hukuman disiplin atau pemberhentian",
    QuizOption.ADMINISTRATIVE: "Tidak boleh: sanksi administratif atau menurut kontrak",
    QuizOption.DEPENDS: "Bergantung keadaan",
}

_ALL = (
    PHASES,
    VERDICTS,
    VIOLATIONS,
    TOPICS,
    MISDEEDS,
    PRESSURES,
    PERSON_STATUSES,
    CONFIDENCES,
    FOOTINGS,
    KINDS,
    READERS,
    STANDINGS,
    QUIZ_OPTIONS,
)
# Keyed by type as well as by value: StrEnum members of different lists compare equal as text.
_LABELS: dict[tuple[type[StrEnum], StrEnum], str] = {
    (type(term), term): label for terms in _ALL for term, label in terms.items()
}


def label(term: StrEnum) -> str:
    """The reader's words for any term of `terms`."""
    return _LABELS[type(term), term]


def violation_label(violation: Violation) -> str | None:
    """What kind of violation it is; nothing where there is none."""
    return None if violation is Violation.NONE else VIOLATIONS[violation]


def inside(label: str) -> str:
    """A label inside of a sentence; abbreviations keep their capitals."""
    return label if label[:2].isupper() else label[0].lower() + label[1:]


def in_words(ruling: Ruling) -> str:
    """A verdict inside of a sentence: `tidak boleh (kode etik)`."""
    verdict = inside(VERDICTS[ruling.verdict])
    if ruling.verdict is not Verdict.FORBIDDEN:
        return verdict
    return f"{verdict} ({SHORT_VIOLATIONS[ruling.violation]})"
