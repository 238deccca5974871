"""Everything that is stored about one person, table by table.

A table is a part of it by the column that refers to her, directly or over another part. A new
column comes along by itself; what is withheld stands here with its reason, which the person reads
too. tests/operations/rights walks every table and fails where one is neither here nor there.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from markupsafe import Markup

from app.accounts.models import (
    Account,
    ActivationCode,
    Grant,
    PasswordRequest,
    RecoveryCode,
    SecondFactor,
    SignIn,
)
from app.agencies.models import Agency, Identifier, Person, Placement, PlannedMove, Unit
from app.assignments.models import Exemption, UnitHead
from app.audit.actions import LABELS, Action
from app.audit.models import AuditEntry, AuditPart
from app.core.db import Base, db
from app.credentials.models import Credential, CredentialFile, RevocationRequest
from app.jobs.models import Job, JobFile
from app.learning.models import CaseAnswer, Enrolment, LessonDone, LessonReading
from app.live.models import (
    LiveAnswer,
    LiveHost,
    LiveParticipant,
    LivePresence,
    LiveRun,
    LiveSession,
)
from app.outbox.models import MailAddress, Message
from app.quizzes.models import Attempt, AttemptAnswer, ExtraChance
from app.quizzes.paper import thaw
from app.rights.models import DataRequest

#: A row as people get it: values that JSON knows, by column.
Row = dict[str, Any]


@dataclass(frozen=True)
class Part:
    """One table. `via` is the column that says whose a row is."""

    model: type[Base]
    via: str
    title: str

    @property
    def table(self) -> sa.Table:
        table = self.model.__table__
        assert isinstance(table, sa.Table)
        return table


PARTS = (
    Part(Person, "id", "Data kepegawaian"),
    Part(Identifier, "person_id", "Nomor yang pernah dipakai"),
    Part(Placement, "person_id", "Riwayat penempatan"),
    Part(PlannedMove, "person_id", "Pindah unit yang direncanakan"),
    Part(Account, "person_id", "Akun"),
    Part(SignIn, "account_id", "Perangkat yang pernah masuk"),
    Part(SecondFactor, "account_id", "Verifikasi dua langkah"),
    Part(RecoveryCode, "account_id", "Kode cadangan"),
    Part(ActivationCode, "person_id", "Kode aktivasi"),
    Part(PasswordRequest, "person_id", "Permintaan kata sandi baru"),
    Part(Grant, "person_id", "Peran"),
    Part(Exemption, "person_id", "Pengecualian dari penugasan"),
    Part(UnitHead, "person_id", "Unit yang Anda pimpin"),
    Part(Enrolment, "person_id", "Kursus yang diikuti"),
    Part(LessonReading, "enrolment_id", "Pelajaran yang sedang dibaca"),
    Part(LessonDone, "enrolment_id", "Pelajaran yang selesai"),
    Part(CaseAnswer, "enrolment_id", "Jawaban kasus dan latihan"),
    Part(Attempt, "enrolment_id", "Percobaan kuis"),
    Part(AttemptAnswer, "attempt_id", "Jawaban kuis"),
    Part(ExtraChance, "enrolment_id", "Kesempatan kuis tambahan"),
    Part(Credential, "holder_id", "Pakta dan sertifikat"),
    Part(CredentialFile, "credential_id", "Berkas bersegel"),
    Part(RevocationRequest, "credential_id", "Permintaan pencabutan dokumen"),
    Part(LiveParticipant, "person_id", "Webinar yang Anda ikuti"),
    Part(LivePresence, "participant_id", "Kehadiran webinar, per sepuluh menit"),
    Part(LiveAnswer, "participant_id", "Jawaban webinar"),
    Part(LiveHost, "person_id", "Webinar yang Anda pandu"),
    Part(Job, "asked_by_id", "Pekerjaan latar yang Anda minta"),
    Part(JobFile, "job_id", "Berkas yang dibuat pekerjaan latar"),
    Part(DataRequest, "person_id", "Permintaan tentang data"),
    Part(MailAddress, "person_id", "Alamat surel"),
    Part(Message, "person_id", "Pengingat"),
)
#: Titles of what comes last.
TRAIL = {
    "audit_parts": "Rincian jejak audit tentang Anda",
    "audit_entries": "Jejak audit tentang Anda dan oleh Anda",
}

_ENTERING = "rahasia untuk masuk; siapa pun yang membacanya dapat menyamar sebagai Anda"
_CHAIN = "pengaman rantai jejak; tidak memuat apa pun tentang Anda"
#: Columns of the parts that are not handed over.
WITHHELD = {
    "accounts.password_hash": _ENTERING,
    "sign_ins.token_hash": _ENTERING,
    "second_factors.secret": _ENTERING,
    "second_factors.candidate": _ENTERING,
    "recovery_codes.digest": _ENTERING,
    "password_requests.key": "sidik nomor Anda, yang ada pada Data kepegawaian",
    "attempts.paper": "naskah soal dengan kuncinya; soal yang Anda jawab ada pada Jawaban kuis",
    "credential_files.content": "berkas PDF itu sendiri; unduh di halaman Dokumen",
    "job_files.content": "berkas itu sendiri; unduh di halaman pekerjaannya selagi disimpan",
    "audit_entries.previous_hash": _CHAIN,
    "audit_entries.hash": _CHAIN,
    "audit_entries.mark": _CHAIN,
}
_DEED = "perbuatan Anda terhadap orang lain; tercatat pada jejak audit tanpa data orang itu"
#: References to people that make no row theirs.
ELSEWHERE = {
    "grants.granted_by_id": _DEED,
    "planned_moves.planned_by_id": _DEED,
    "roster_uploads.by_id": _DEED,
    "guest_links.made_by_id": _DEED,
    "live_sessions.created_by_id": "lihat bagian Webinar yang Anda pandu",
    "live_events.actor_id": "perintah Anda atas webinar yang Anda pandu",
    "activation_codes.issued_by_id": _DEED,
    "slip_orders.by_id": _DEED,
    "extra_chances.granted_by_id": _DEED,
    "assignments.created_by_id": _DEED,
    "exemptions.granted_by_id": _DEED,
    "unit_heads.named_by_id": _DEED,
    "credentials.revoked_by_id": _DEED,
    "revocation_requests.asked_by_id": _DEED,
    "revocation_requests.decided_by_id": _DEED,
    "second_factors.reset_by_id": _DEED,
    "spent_steps.account_id": "penanda supaya kode dua langkah tidak berlaku dua kali",
    "credentials.replaced_by_id": "dokumen pengganti; tersendiri pada Pakta dan sertifikat",
    "data_requests.answered_by_id": _DEED,
    "data_copies.person_id": "salinan PDF dari halaman ini; isinya sama, dan hilang dalam sehari",
    "audit_entries.actor_id": "lihat bagian jejak audit",
    "audit_entries.subject": "lihat bagian jejak audit",
    "audit_parts.subject": "lihat bagian rincian jejak audit",
    "messages.subject": "yang diingatkan, bukan orangnya; lihat bagian Pengingat",
    "jobs.subject": "pekerjaan atas dokumen Anda; isinya tercatat pada dokumennya",
    "refusals.account_id": "hitungan seperempat jam, yang lalu menjadi catatan jejak audit",
}
#: What is kept without a name: nobody could find one person's in it.
NAMELESS = (
    "Pertanyaan yang dikirim lewat Bolehkah? dan hitungan Apakah ini menjawab? disimpan tanpa "
    "pengirim, jadi tidak dapat dicari sebagai milik siapa pun.",
    "Hitungan jawaban pertama per unit, jenis jabatan, dan bulan dibuat tanpa nama; jawaban "
    "seseorang tidak dapat dicari dari sana. Data yang dibatasi tidak ikut dihitung.",
    "Rem percobaan masuk hanya menyimpan sidik acak, yang hilang paling lambat sesudah beberapa "
    "hari.",
)
_BY_TABLE = {part.table.name: part for part in PARTS}


def stored_about(person: Person) -> dict[str, list[Row]]:
    """Rows by the name of their table; the two of the trail come last."""
    found = {part.table.name: _rows(part, person) for part in PARTS}
    _tell_questions(found)
    _tell_names(found)
    hers = {f"{table}:{row['id']}" for table, rows in found.items() for row in rows if "id" in row}
    return found | {
        AuditPart.__tablename__: _trail_parts(hers),
        AuditEntry.__tablename__: _trail_of(person, hers),
    }


def _rows(part: Part, person: Person) -> list[Row]:
    table = part.table
    shown = [c for c in table.c if f"{table.name}.{c.name}" not in WITHHELD]
    query = sa.select(*shown).where(_is_about(table, person.id)).order_by(*table.primary_key)
    return [dict(row._mapping) for row in db.session.execute(query)]


def _is_about(table: sa.Table, person_id: int) -> sa.ColumnElement[bool]:
    """The way from a table to the person, over the parts between."""
    column = table.c[_BY_TABLE[table.name].via]
    if table is Person.__table__:
        return column == person_id
    target = next((key.column for key in column.foreign_keys), None)
    if target is None or target.table is Person.__table__:
        return column == person_id
    return column.in_(sa.select(target).where(_is_about(target.table, person_id)))


def _tell_questions(found: Mapping[str, list[Row]]) -> None:
    """Beside each answer the question as it stood on the paper: its id alone says nothing."""
    ids = [row["id"] for row in found["attempts"]]
    papers = db.session.execute(sa.select(Attempt.id, Attempt.paper).where(Attempt.id.in_(ids)))
    asked = {
        (attempt_id, question.id): _plain(f"{question.situation_html} {question.question}")
        for attempt_id, paper in papers
        for question in thaw(paper).questions
    }
    for row in found["attempt_answers"]:
        row["question"] = asked.get((row["attempt_id"], row["question"]), row["question"])


def _plain(html: str) -> str:
    return Markup(html).striptags()  # noqa: S704  our own content, and its tags go


def _tell_names(found: Mapping[str, list[Row]]) -> None:
    """Units, instansi and people who did something to her by their names."""
    for model, name_of in _NAMED:
        columns = {
            (part.table.name, column.name)
            for part in PARTS
            for column in part.table.c
            if column.references(model.__table__.c.id) and column.name != part.via
        }
        ids = {row[name] for table, name in columns for row in found[table]} - {None}
        query = sa.select(model).where(model.id.in_(ids))
        names = {one.id: name_of(one) for one in db.session.scalars(query)} if ids else {}
        for table, name in columns:
            for row in found[table]:
                row[name.removesuffix("_id")] = names.get(row.pop(name))


_NAMED: tuple[tuple[type[Any], Callable[[Any], str]], ...] = (
    (Agency, lambda agency: agency.name),
    (Unit, lambda unit: unit.name),
    (Person, lambda person: person.full_name),
    (LiveSession, lambda session: session.title),
    (LiveRun, lambda run: run.question.paper["question"]),
)


def _trail_of(person: Person, hers: Collection[str]) -> list[Row]:
    """Entries about her rows, whole; and what she did to others, without what it was about."""
    query = (
        sa.select(AuditEntry)
        .where(sa.or_(AuditEntry.actor_id == person.id, AuditEntry.subject.in_(hers)))
        .order_by(AuditEntry.id)
    )
    return [_entry(entry, person, hers) for entry in db.session.scalars(query)]


def _trail_parts(hers: Collection[str]) -> list[Row]:
    """What entries about many did to her rows."""
    query = sa.select(AuditPart).where(AuditPart.subject.in_(hers)).order_by(AuditPart.id)
    return [
        {"action": LABELS[Action(part.action)], "subject": part.subject, "data": part.data}
        for part in db.session.scalars(query)
    ]


def _entry(entry: AuditEntry, person: Person, hers: Collection[str]) -> Row:
    by = "pegawai lain" if entry.actor_id else "sistem atau pengelola server"
    return {
        "id": entry.id,
        "at": entry.at,
        "action": LABELS[Action(entry.action)],
        "actor": "Anda" if entry.actor_id == person.id else by,
        "subject": entry.subject if entry.subject in hers else "data orang lain atau umum",
        "data": entry.data if entry.subject in hers else None,
    }


def as_json(value: Any) -> Any:
    """What a value is in JSON, for whatever JSON has no word for."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    raise TypeError(type(value).__name__)
