"""How lists spell the titles of their columns. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True)
class Field:
    """A column that we understand: its name for people, and the words that announce it."""

    label: str
    words: tuple[str, ...]


#: Columns of a list of people, and how lists spell them; in simple form (see `simple`).
PEOPLE: Mapping[str, Field] = {
    "number": Field(
        "NIP / NI PPPK",
        (
            "nip", "nip ni pppk", "nip nippppk", "nip nipppk", "nip pppk", "ni pppk", "nipppk",
            "nip baru", "nip pegawai", "nip ni pppk nomor peserta", "nip nik pppk", "no nip",
            "nomor induk pegawai", "nip nomor peserta", "nomor peserta", "nip nik", "nip nipt",
            "nomor induk pegawai nip", "nip 18 digit", "nip 18 angka", "nomor nip", "nip asn",
            "nip nip3k", "nip nrp", "nip ni p3k", "nip no peserta",
        ),
    ),
    "name": Field(
        "Nama",
        (
            "nama", "nama pegawai", "nama lengkap", "nama asn", "nama pns", "nama tanpa gelar",
            "nama lengkap dan gelar", "nama dan gelar", "nama beserta gelar", "nama dengan gelar",
            "nama lengkap beserta gelar", "nama lengkap dengan gelar", "nama gelar", "nama pppk",
            "nama perangkat desa", "nama aparatur", "nama aparatur desa", "nama guru",
            "nama pejabat",
            "nama karyawan", "nama lengkap gelar", "nama pegawai dan gelar",
        ),
    ),
    "name_number": Field(
        "Nama dan NIP",
        (
            "nama nip", "nip nama", "nama dan nip", "nama lengkap nip", "nama pegawai nip",
            "nama nip pangkat", "nama nip pangkat gol", "nama nip pangkat golongan",
            "nama nip pangkat gol ruang", "nama nip pangkat golongan ruang", "nama nip gol",
            "nama nip ni pppk", "nama dan nip ni pppk", "nama serta nip", "nip dan nama",
        ),
    ),
    "front_title": Field("Gelar Depan", ("gelar depan", "gelar di depan", "gelar dpn")),
    "back_title": Field(
        "Gelar Belakang",
        ("gelar belakang", "gelar di belakang", "gelar blk", "gelar akhir", "gelar blkg"),
    ),
    "status": Field(
        "Status",
        (
            "status", "status kepegawaian", "status pegawai", "status asn", "status pns pppk",
            "pns pppk", "pns cpns pppk",
        ),
    ),
    "kind": Field(
        "Jenis Pegawai",
        (
            "jenis pegawai", "jenis asn", "jenis kepegawaian", "jenis pegawai nama",
            "kategori pegawai", "status jenis pegawai",
        ),
    ),
    "cpns_pns": Field("Status CPNS/PNS", ("status cpns pns", "cpns pns")),
    "legal": Field(
        "Kedudukan Hukum",
        (
            "kedudukan hukum nama", "kedudukan hukum", "kedudukan pegawai", "status aktif",
            "status kedudukan hukum", "keaktifan", "status keaktifan", "kedudukan",
            "kedudukan hukum pns",
            "status keaktifan pegawai", "aktif tidak aktif",
        ),
    ),
    "note": Field("Keterangan", ("ket", "keterangan", "catatan")),
    "rank": Field(
        "Pangkat/Golongan",
        (
            "pangkat golongan", "pangkat gol", "pangkat gol ruang", "pangkat golongan ruang",
            "pangkat dan golongan", "pangkat dan gol ruang", "pangkat golru", "pangkat terakhir",
            "golongan pangkat", "gol pangkat", "pangkat golongan terakhir",
        ),
    ),
    "pangkat": Field("Pangkat", ("pangkat", "nama pangkat")),
    "golongan": Field(
        "Golongan",
        (
            "golongan", "gol", "gol ruang", "golongan ruang", "gol akhir nama", "golru",
            "golongan akhir", "golongan terakhir", "gol akhir",
        ),
    ),
    "position": Field(
        "Jabatan",
        (
            "jabatan", "nama jabatan", "jabatan nama", "jabatan terakhir", "jabatan saat ini",
            "jabatan sekarang", "nama jabatan saat ini", "jabatan pekerjaan", "uraian jabatan",
            "jabatan dalam dinas", "jabatan tugas",
        ),
    ),
    "position_kind": Field("Jenis Jabatan", ("jenis jabatan nama", "jenis jabatan")),
    "echelon": Field("Eselon", ("eselon nama", "eselon", "esl", "eselonering")),
    "unit_code": Field(
        "Kode Unit",
        (
            "kode unit", "kode unit kerja", "kode opd", "kode unor", "kode satker", "kode skpd",
            "kode unit organisasi",
        ),
    ),
    "unit_name": Field(
        "Unit Kerja",
        (
            "unit kerja", "unit", "nama unit", "nama unit kerja", "unor nama", "unit organisasi",
            "opd unit kerja", "unit kerja opd", "tempat tugas", "tempat kerja", "satuan kerja",
            "satker", "unit kerja saat ini", "unor", "sub unit kerja", "unit kerja penempatan",
            "nama unor", "nama satuan kerja", "unit penempatan", "penempatan",
            "instansi unit kerja",
            "tempat bertugas", "bidang bagian", "sub unit", "desa", "nama desa",
            "satuan pendidikan",
        ),
    ),
    "parent_name": Field(
        "OPD",
        (
            "opd", "nama opd", "perangkat daerah", "skpd", "unor induk nama", "unit induk",
            "nama skpd", "unor induk", "nama perangkat daerah", "dinas badan", "unit kerja induk",
            "opd induk", "organisasi perangkat daerah", "kecamatan", "nama kecamatan",
        ),
    ),
    "email": Field("E-mail", ("email", "e mail", "surel", "pos el", "alamat email")),
}  # fmt: skip
#: Columns of a list of units.
UNITS: Mapping[str, Field] = {
    "code": Field("Kode Unit", ("kode", "kode unit", "kode unit kerja", "kode opd")),
    "parent": Field(
        "Kode Induk", ("kode induk", "induk", "kode unit induk", "kode atasan", "unit induk")
    ),
    "name": Field("Nama Unit", ("nama", "nama unit", "nama unit kerja", "unit kerja", "unit")),
    "kind": Field("Jenis", ("jenis", "jenis unit", "tipe")),
    "reporting": Field("Unit Laporan", ("unit laporan", "laporan", "baris laporan", "lapor")),
}


def listed(words: str) -> frozenset[str]:
    """Words that stand in a line with blanks between."""
    return frozenset(words.split())


#: Words of a header that say nothing of its meaning.
_NOISE = listed(
    "saat ini terakhir sekarang wajib diisi isi terkini sesuai sk kolom teks text format "
    "yang nama2 tahun 2024 2025 2026 2027 kab kabupaten kota pemda"
)
_EMAIL_WORDS = frozenset(PEOPLE["email"].words)


def simple(text: str) -> str:
    """`NIP /\\nNI PPPK*` becomes `nip ni pppk`, and `N I P` becomes `nip`."""
    words = re.findall(r"[a-z0-9]+", text[:80].casefold())
    if len(words) > 1 and all(len(word) == 1 for word in words):
        return "".join(words)
    return " ".join(words)


@cache
def people_words() -> dict[str, str]:
    """Announcing words of a list of people, and the field that each announces."""
    return words_of(PEOPLE)


@cache
def known_words() -> frozenset[str]:
    return frozenset(people_words()) - _EMAIL_WORDS


def words_of(fields: Mapping[str, Field]) -> dict[str, str]:
    """Announcing words, in their simple form, and the field that each announces."""
    return {word: name for name, field in fields.items() for word in field.words}


def meaning(header: str, words: Mapping[str, str]) -> str:
    """The field that a header announces, or an empty string."""
    text = simple(header)
    if text in words:
        return words[text]
    bare = " ".join(word for word in text.split() if word not in _NOISE)
    return words.get(bare, "") if bare else ""
