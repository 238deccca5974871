"""What an entry says, in words for people. Pure: names of units and people come from outside.

A key that has no label here fails a test, so nothing of an entry stays unseen.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

Data = Mapping[str, object]
Pairs = list[tuple[str, str]]

LABELS = {
    "name": "Nama",
    "front_title": "Gelar depan",
    "back_title": "Gelar belakang",
    "position": "Jabatan",
    "rank": "Pangkat",
    "status": "Status",
    "code": "Kode",
    "people": "Jumlah orang",
    "unit_id": "Unit",
    "alias": "Nama lain",
    "is_reporting": "Baris laporan",
    "from_unit": "Dari unit",
    "to_unit": "Ke unit",
    "old": "Nomor lama",
    "new": "Nomor baru",
    "reason": "Alasan",
    "device": "Perangkat",
    "network": "Jaringan",
    "sessions": "Sesi yang diakhiri",
    "role": "Peran",
    "is_reset": "Untuk kata sandi baru",
    "course": "Kursus",
    "lesson": "Pelajaran",
    "lessons": "Jumlah pelajaran",
    "number": "Nomor",
    "score": "Nilai",
    "passed": "Lulus",
    "edition": "Edisi pakta",
    "text_sha256": "Sidik teks pakta",
    "kind": "Jenis",
    "source": "Sumber",
    "holder": "Pemegang",
    "host": "Pemandu",
    "code_issued_by": "Kata sandi dari kode",
    "sha256": "Sidik berkas",
    "seal_serial": "Nomor segel",
    "by": "Digantikan oleh",
    "file": "Berkas",
    "rows": "Baris",
    "added": "Ditambahkan",
    "changed": "Diperbarui",
    "moved": "Pindah unit",
    "unchanged": "Tetap",
    "warnings": "Peringatan",
    "parts": "Rincian",
    "parts_sha256": "Sidik rincian",
    "batch": "Nama rincian",
    "case": "Kasus",
    "content": "Sidik isi",
    "phrasings": "Cara bertanya",
    "entries": "Catatan jejak lama",
    "last_hash": "Sidik ujung jejak lama",
    "election": "Pemilihan",
    "opens_on": "Dibuka",
    "due_on": "Tenggat",
    "why": "Sebab",
    "assignment_id": "Penugasan",
    "candidates_fixed_on": "Penetapan calon",
    "campaign_from": "Kampanye mulai",
    "campaign_until": "Kampanye selesai",
    "voting_on": "Pemungutan suara",
    "closes_on": "Tahapan ditutup",
    "since": "Sejak",
    "until": "Sampai",
    "counts": "Jumlah penolakan",
    "accounts": "Akun yang dicoba",
    "networks": "Jumlah jaringan",
    "key": "Kunci",
    "old_key": "Kunci lama",
    "before": "Catatan sebelumnya",
    "left": "Kode cadangan tersisa",
    "days": "Hari",
    "what": "Yang dibuka",
    "for_whom": "Untuk",
    "wish": "Yang diminta",
    "codes": "Jumlah kode",
    "place": "Berkas ke",
    "is_new": "Kode baru",
    "is_renewed": "Kode lama diganti",
    "searched": "Dengan kata cari",
    "per": "Keadaan per tanggal",
    "filters": "Saringan",
    "title": "Judul",
    "joined": "Yang ikut",
    "gives": "Yang diberikan",
    "runs": "Jawaban per pembukaan soal",
    "digest": "Sidik semua jawaban",
    "size": "Bita",
    "made_at": "Dibuat",
    "restored_at": "Dipulihkan",
    "version": "Versi Rambu",
}
WORDS = {
    "sign_in": "masuk",
    "activation": "aktivasi",
    "password": "kata sandi ulang",
    "brake": "diminta menunggu",
    "form": "formulir tanpa token",
    "page": "halaman tanpa hak",
}
UNITS = frozenset({"unit_id", "from_unit", "to_unit"})
PEOPLE = frozenset({"holder", "code_issued_by", "host"})
#: Who did what nobody signed in for.
OPERATOR = "Pengelola server"
#: Nobody reads these in a table; they stand in the CSV.
UNREAD = frozenset({"batch", "parts_sha256"})


@dataclass(frozen=True)
class Names:
    """What ids stand for, as far as the reader may know."""

    people: Mapping[int, str] = field(default_factory=dict)
    accounts: Mapping[int, str] = field(default_factory=dict)
    units: Mapping[int, str] = field(default_factory=dict)


def said(data: Data, names: Names) -> Pairs:
    """Label and text of everything that an entry says."""
    return [
        (LABELS.get(key, key), _text(key, value, names))
        for key, value in data.items()
        if key == "code_issued_by" or (key not in UNREAD and value not in (None, "", {}, []))
    ]


def _text(key: str, value: object, names: Names) -> str:
    match value:
        case bool():
            return "ya" if value else "tidak"
        case int() if key in UNITS:
            return names.units.get(value, f"unit {value}")
        case int() if key in PEOPLE:
            return names.people.get(value, f"orang {value}")
        case None:
            return OPERATOR  # of a code alone: nobody's that was signed in
        case Mapping() if key == "accounts":
            return _accounts(value, names)
        case Mapping():
            return "; ".join(_pair(str(name), one) for name, one in value.items())
        case _:
            return str(value)


def _accounts(tried: Mapping[object, object], names: Names) -> str:
    """Those that the reader may know by name; the others by their number of tries."""
    own = {int(str(id)): count for id, count in tried.items()}
    known = [f"{names.accounts[id]} {count}" for id, count in own.items() if id in names.accounts]
    others = len(own) - len(known)
    return "; ".join([*known, *([f"{others} akun lain"] if others else [])])


def _pair(name: str, value: object) -> str:
    label = WORDS.get(name) or LABELS.get(name, name)
    if isinstance(value, list) and len(value) == 2:
        return f"{label}: {value[0] or '–'} → {value[1] or '–'}"
    if isinstance(value, Mapping):
        return f"{label}: " + ", ".join(f"{one} {count}" for one, count in value.items())
    return f"{label} {value}"
