"""The same as `stored`, for people: which columns are printed, by which names, in which words."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from app.accounts.models import Role
from app.accounts.roles import LABELS as ROLES
from app.agencies.models import Person
from app.catalog.labels import PERSON_STATUSES
from app.catalog.terms import PersonStatus
from app.config import VERSION
from app.core import clock
from app.core.dates import local_time, long_date, thousands
from app.printing.facts import Kind
from app.printing.record import Record, Section
from app.rights.models import Outcome, Wish
from app.rights.stored import NAMELESS, PARTS, TRAIL, WITHHELD, Row, as_json

#: Rows that are printed of a part; the file has all.
PRINTED = 60
TITLE = "Data saya di Rambu"
TITLES = {part.table.name: part.title for part in PARTS} | TRAIL
#: Columns in the order in which they are printed.
COLUMNS = {
    "at": "Waktu", "action": "Perbuatan", "actor": "Oleh", "subject": "Objek", "data": "Rincian",
    "kind": "Jenis", "wish": "Jenis", "role": "Peran",
    "full_name": "Nama", "front_title": "Gelar depan", "name": "Nama",
    "back_title": "Gelar belakang", "number": "Nomor", "status": "Status", "rank": "Pangkat",
    "position": "Jabatan", "unit": "Unit", "agency": "Instansi", "is_active": "Aktif",
    "restricted_at": "Dibatasi sejak",
    "since": "Sejak", "until": "Sampai", "created_at": "Tercatat",
    "planned_by": "Direncanakan oleh", "planned_at": "Direncanakan",
    "course": "Kursus", "edition": "Edisi", "round": "Putaran", "closed_at": "Diulang sejak",
    "note": "Keterangan", "named_by": "Ditetapkan oleh", "lesson": "Pelajaran", "place": "Tempat",
    "scenario": "Kasus", "phase": "Tahap", "question": "Soal", "choice": "Jawaban Anda",
    "is_right": "Tepat", "started_at": "Mulai", "lessons_completed_at": "Selesai belajar",
    "passed_at": "Lulus", "passed": "Lulus", "score_percent": "Nilai",
    "signed_at": "Ditandatangani",
    "completed_at": "Tuntas", "done_at": "Selesai", "opened_at": "Dibuka", "answered_at": "Dijawab",
    "submitted_at": "Dikirim", "saved_at": "Disimpan", "text": "Permintaan",
    "asked_at": "Diajukan",
    "outcome": "Putusan", "answer": "Jawaban", "answered_by": "Dijawab oleh",
    "activated_at": "Diaktifkan", "password_changed_at": "Kata sandi diganti",
    "device": "Perangkat", "network": "Jaringan", "seen_at": "Terakhir dipakai",
    "proved_at": "Kata sandi dibuktikan", "ended_at": "Berakhir", "issued_at": "Diterbitkan",
    "issued_by": "Diterbitkan oleh", "expires_at": "Berlaku sampai", "used_at": "Dipakai",
    "withdrawn_at": "Dibatalkan", "granted_at": "Diberikan", "granted_by": "Diberikan oleh",
    "reason": "Alasan", "code": "Kode", "source": "Diperoleh dengan", "revoked_at": "Dicabut",
    "revoked_reason": "Alasan pencabutan", "revoked_by": "Dicabut oleh",
    "replaced_at": "Diganti", "sha256": "SHA-256", "size": "Ukuran (bita)",
    "sealed_at": "Disegel", "factor_due_at": "Dua langkah wajib sejak",
    "code_at": "Kode dua langkah dibuktikan", "confirmed_at": "Dipasang",
    "reset_at": "Dilepas", "reset_by": "Dilepas oleh", "state": "Keadaan", "failure": "Sebab gagal",
    "title": "Judul", "body": "Isi", "why": "Sebab dikirim", "address": "Alamat",
    "refuses": "Menolak pengingat", "changed_at": "Diubah", "occasion": "Saat",
    "taken_at": "Diambil", "session": "Webinar", "run": "Pertanyaan", "joined_at": "Ikut sejak",
    "extra_percent": "Waktu menjawab (persen)", "is_sure": "Yakin", "received_at": "Diterima",
    "timing": "Kedatangan", "made_at": "Dibuat", "asked_by": "Diminta oleh",
    "decided_at": "Diputuskan", "decided_by": "Diputuskan oleh", "is_granted": "Disetujui",
}  # fmt: skip
#: Columns that only a machine reads: numbers of rows, and what another column says in words.
UNPRINTED = frozenset({
    "zone",
    "id", "person_id", "account_id", "enrolment_id", "attempt_id", "holder_id", "credential_id",
    "replaced_by_id", "position_on_paper", "revision", "sequence", "year", "facts", "seal_serial",
    "done", "total", "result", "attempts", "asked_by_id", "due_at", "cancel_asked_at", "held_by",
    "held_until", "job_id", "mime", "agency_id", "participant_id", "guest", "guest_code", "slot",
    "seq", "searched", "sort_key", "assignment_id",
})  # fmt: skip
_IN_FULL = "Selengkapnya ada pada berkas JSON."


def as_file(person: Person, stored: dict[str, list[Row]]) -> str:
    """Everything as JSON, with what is left out and why."""
    whole = {
        "judul": TITLE,
        "tentang": person.full_name,
        "dibuat": clock.now(),
        "versi": VERSION,
        "bagian": {name: {"judul": TITLES[name], "baris": rows} for name, rows in stored.items()},
        "tidak_ikut": [{"apa": what, "sebab": why} for what, why in _left_out()],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1, default=as_json)


def as_record(person: Person, stored: dict[str, list[Row]]) -> Record:
    """The same to be printed: of a long part its last rows."""
    zone = person.agency.zone
    return Record(
        title=TITLE,
        about=person.full_name,
        lead="Semua yang disimpan Rambu tentang Anda, menurut jenisnya. Berkas JSON di halaman "
        "yang sama memuat semua baris dan kolom.",
        sections=tuple(_section(TITLES[name], rows, zone) for name, rows in stored.items()),
        left_out=tuple(_left_out()),
        made_at=clock.now(),
        zone=zone,
    )


def _section(title: str, rows: list[Row], zone: str) -> Section:
    count = f"{thousands(len(rows))} baris."
    cut = f" Tercetak: {PRINTED} yang terakhir. {_IN_FULL}" if len(rows) > PRINTED else ""
    printed = (tuple(_printed(row, zone)) for row in rows[-PRINTED:])
    return Section(title, tuple(printed), count + cut if rows else "")


def _printed(row: Row, zone: str) -> Iterable[tuple[str, str]]:
    for name, label in COLUMNS.items():
        if row.get(name) not in (None, "", "{}"):
            yield label, in_words(row[name], zone)


def in_words(value: Any, zone: str) -> str:
    """A value as people read it."""
    match value:
        case bool():
            return "ya" if value else "tidak"
        case datetime():
            return local_time(value, zone)
        case date():
            return long_date(value)
        case PersonStatus():
            return PERSON_STATUSES[value]
        case Role():
            return ROLES[value]
        case Kind() | Wish() | Outcome():
            return value.label
        case StrEnum():
            return value.value
    return str(value)


def _left_out() -> Iterable[tuple[str, str]]:
    yield from WITHHELD.items()
    yield from (("", why) for why in NAMELESS)
