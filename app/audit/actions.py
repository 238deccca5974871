"""Every deed that is recorded: a closed list. Add a new deed here, with its Indonesian label."""

from enum import StrEnum


class Action(StrEnum):
    AGENCY_CREATED = "agency.created"
    AGENCY_CHANGED = "agency.changed"
    DEMO_REMOVED = "demo.removed"
    UNITS_IMPORTED = "units.imported"
    UNIT_ADDED = "unit.added"
    UNIT_CHANGED = "unit.changed"
    UNIT_MOVED = "unit.moved"
    UNIT_MERGED = "unit.merged"
    UNIT_CLOSED = "unit.closed"
    UNIT_ALIAS_ADDED = "unit.alias_added"
    UNIT_ALIAS_REMOVED = "unit.alias_removed"
    ROSTER_IMPORTED = "roster.imported"
    ROSTER_UNDONE = "roster.undone"
    PERSON_ADDED = "person.added"
    PERSON_CHANGED = "person.changed"
    PERSON_MOVED = "person.moved"
    MOVE_PLANNED = "person.move_planned"
    MOVE_DROPPED = "person.move_dropped"
    PERSON_RENUMBERED = "person.renumbered"
    PERSON_LEFT = "person.left"
    PERSON_RETURNED = "person.returned"
    CALENDAR_ADDED = "calendar.added"
    CALENDAR_CHANGED = "calendar.changed"
    CALENDAR_DELETED = "calendar.deleted"
    ACTIVATION_ISSUED = "activation.issued"
    SLIPS_ORDERED = "slips.ordered"
    SLIPS_PRINTED = "slips.printed"
    PASSWORD_REQUEST_CLOSED = "password_request.closed"  # noqa: S105
    ACCOUNT_ACTIVATED = "account.activated"
    SIGNED_IN = "account.signed_in"
    SIGN_IN_REFUSED = "account.sign_in_refused"  # until 0.2; now REFUSED counts them
    SIGNED_OUT = "account.signed_out"
    SIGNED_OUT_EVERYWHERE = "account.signed_out_everywhere"
    PASSWORD_CHANGED = "account.password_changed"  # noqa: S105
    FACTOR_ADDED = "factor.added"
    FACTOR_REMOVED = "factor.removed"
    FACTOR_RESET = "factor.reset"
    FACTOR_GRACE_EXTENDED = "factor.grace_extended"
    RECOVERY_CODES_MADE = "factor.recovery_codes_made"
    RECOVERY_CODE_USED = "factor.recovery_code_used"
    CODE_REFUSED = "factor.code_refused"
    ROLE_GRANTED = "role.granted"
    ROLE_WITHDRAWN = "role.withdrawn"
    COURSE_STARTED = "course.started"
    LESSON_FINISHED = "lesson.finished"
    LESSONS_COMPLETED = "lessons.completed"
    ATTEMPT_STARTED = "attempt.started"
    ATTEMPT_SUBMITTED = "attempt.submitted"
    EXTRA_ATTEMPT_GRANTED = "attempt.extra_granted"
    COURSE_PASSED = "course.passed"
    PLEDGE_SIGNED = "pledge.signed"
    COURSE_COMPLETED = "course.completed"
    CREDENTIAL_ISSUED = "credential.issued"
    CREDENTIAL_SEALED = "credential.sealed"
    CREDENTIAL_REVOKED = "credential.revoked"
    CREDENTIAL_REPLACED = "credential.replaced"
    ASSIGNMENT_MADE = "assignment.made"
    ASSIGNMENT_CHANGED = "assignment.changed"
    ASSIGNMENT_ENDED = "assignment.ended"
    CYCLE_OPENED = "assignment.cycle_opened"
    EXEMPTION_GRANTED = "exemption.granted"
    EXEMPTION_WITHDRAWN = "exemption.withdrawn"
    HEAD_NAMED = "unit.head_named"
    REVOCATION_ASKED = "credential.revocation_asked"
    REVOCATION_DECLINED = "credential.revocation_declined"
    DOCUMENTS_TAKEN = "credential.taken"
    REPORT_EXPORTED = "report.exported"
    DATA_EXPORTED = "data.exported"
    DATA_REQUESTED = "data.requested"
    DATA_ANSWERED = "data.answered"
    DATA_ERASED = "data.erased"
    DATA_FORGOTTEN = "data.forgotten"
    PERSON_RESTRICTED = "person.restricted"
    RESTRICTION_ENDED = "person.restriction_ended"
    QUESTION_ATTACHED = "question.attached"
    QUESTION_WANTED = "question.wanted"
    QUESTION_RELEASED = "question.released"
    QUESTION_DISCARDED = "question.discarded"
    PHRASINGS_EXPORTED = "phrasings.exported"
    LIST_VIEWED = "list.viewed"
    SLIPS_VIEWED = "slips.viewed"
    CODE_VIEWED = "code.viewed"
    SEAL_RENEWED = "seal.renewed"
    BACKUP_MADE = "backup.made"
    BACKUP_CHECKED = "backup.checked"
    BACKUP_RESTORED = "backup.restored"
    TRAIL_EXPORTED = "trail.exported"
    LIVE_OPENED = "live.opened"
    LIVE_TAKEN_OVER = "live.taken_over"
    LIVE_HOST_ADDED = "live.host_added"
    LIVE_HOST_REMOVED = "live.host_removed"
    LIVE_DELETED = "live.deleted"
    LIVE_ENDED = "live.ended"
    LIVE_GIVEN = "live.given"
    GUEST_LINK_MADE = "guest_link.made"
    GUEST_LINK_WITHDRAWN = "guest_link.withdrawn"
    REFUSED = "network.refused"
    TRAIL_KEYED = "trail.keyed"


LABELS: dict[Action, str] = {
    Action.AGENCY_CREATED: "Instansi dibuat",
    Action.AGENCY_CHANGED: "Pengaturan instansi diubah",
    Action.DEMO_REMOVED: "Daerah demo dihapus",
    Action.UNITS_IMPORTED: "Daftar unit diimpor",
    Action.UNIT_ADDED: "Unit ditambahkan",
    Action.UNIT_CHANGED: "Unit diubah",
    Action.UNIT_MOVED: "Unit dipindahkan",
    Action.UNIT_MERGED: "Unit digabungkan",
    Action.UNIT_CLOSED: "Unit ditutup",
    Action.UNIT_ALIAS_ADDED: "Nama lain unit ditambahkan",
    Action.UNIT_ALIAS_REMOVED: "Nama lain unit dihapus",
    Action.ROSTER_IMPORTED: "Daftar pegawai diimpor",
    Action.ROSTER_UNDONE: "Impor daftar pegawai diurungkan",
    Action.PERSON_ADDED: "Pegawai ditambahkan",
    Action.PERSON_CHANGED: "Data pegawai diperbarui",
    Action.PERSON_MOVED: "Pegawai pindah unit",
    Action.MOVE_PLANNED: "Pindah unit direncanakan",
    Action.MOVE_DROPPED: "Rencana pindah unit batal",
    Action.PERSON_RENUMBERED: "Nomor pegawai diganti",
    Action.PERSON_LEFT: "Pegawai dinonaktifkan",
    Action.PERSON_RETURNED: "Pegawai diaktifkan kembali",
    Action.CALENDAR_ADDED: "Kalender pemilihan ditambahkan",
    Action.CALENDAR_CHANGED: "Kalender pemilihan diperbarui",
    Action.CALENDAR_DELETED: "Kalender pemilihan dihapus",
    Action.ACTIVATION_ISSUED: "Kode aktivasi diterbitkan",
    Action.SLIPS_ORDERED: "Kode dan slip dipesan",
    Action.SLIPS_PRINTED: "Slip kode diunduh",
    Action.PASSWORD_REQUEST_CLOSED: "Permintaan kata sandi baru ditutup",
    Action.ACCOUNT_ACTIVATED: "Akun diaktifkan",
    Action.SIGNED_IN: "Masuk",
    Action.SIGN_IN_REFUSED: "Percobaan masuk ditolak",
    Action.SIGNED_OUT: "Keluar",
    Action.SIGNED_OUT_EVERYWHERE: "Keluar dari semua perangkat",
    Action.PASSWORD_CHANGED: "Kata sandi diganti",
    Action.FACTOR_ADDED: "Verifikasi dua langkah dipasang",
    Action.FACTOR_REMOVED: "Verifikasi dua langkah dilepas pemiliknya",
    Action.FACTOR_RESET: "Verifikasi dua langkah yang hilang dilepas",
    Action.FACTOR_GRACE_EXTENDED: "Tenggang verifikasi dua langkah diperpanjang",
    Action.RECOVERY_CODES_MADE: "Kode cadangan dibuat ulang",
    Action.RECOVERY_CODE_USED: "Kode cadangan dipakai",
    Action.CODE_REFUSED: "Kode verifikasi dua langkah ditolak",
    Action.ROLE_GRANTED: "Peran diberikan",
    Action.ROLE_WITHDRAWN: "Peran dicabut",
    Action.COURSE_STARTED: "Kursus dimulai",
    Action.LESSON_FINISHED: "Pelajaran selesai",
    Action.LESSONS_COMPLETED: "Semua pelajaran selesai",
    Action.ATTEMPT_STARTED: "Kuis dimulai",
    Action.ATTEMPT_SUBMITTED: "Kuis dikirim",
    Action.EXTRA_ATTEMPT_GRANTED: "Kesempatan kuis ditambah",
    Action.COURSE_PASSED: "Lulus kuis",
    Action.PLEDGE_SIGNED: "Pakta ditandatangani",
    Action.COURSE_COMPLETED: "Kursus tuntas",
    Action.CREDENTIAL_ISSUED: "Dokumen diterbitkan",
    Action.CREDENTIAL_SEALED: "Dokumen disegel",
    Action.CREDENTIAL_REVOKED: "Dokumen dicabut",
    Action.CREDENTIAL_REPLACED: "Dokumen diganti",
    Action.ASSIGNMENT_MADE: "Penugasan dibuat",
    Action.ASSIGNMENT_CHANGED: "Penugasan diubah",
    Action.ASSIGNMENT_ENDED: "Penugasan diakhiri",
    Action.CYCLE_OPENED: "Siklus penugasan dibuka",
    Action.EXEMPTION_GRANTED: "Pengecualian dicatat",
    Action.EXEMPTION_WITHDRAWN: "Pengecualian dicabut",
    Action.HEAD_NAMED: "Pimpinan unit ditetapkan",
    Action.REVOCATION_ASKED: "Pencabutan dokumen diminta",
    Action.REVOCATION_DECLINED: "Pencabutan dokumen tidak disetujui",
    Action.DOCUMENTS_TAKEN: "Dokumen orang lain diunduh",
    Action.REPORT_EXPORTED: "Laporan diunduh",
    Action.DATA_EXPORTED: "Data sendiri diunduh",
    Action.DATA_REQUESTED: "Permintaan data diajukan",
    Action.DATA_ANSWERED: "Permintaan data dijawab",
    Action.DATA_ERASED: "Data dihapus atas permintaan",
    Action.DATA_FORGOTTEN: "Data lewat masa simpan dihapus",
    Action.PERSON_RESTRICTED: "Data dibatasi atas permintaan",
    Action.RESTRICTION_ENDED: "Pembatasan data diakhiri",
    Action.QUESTION_ATTACHED: "Pertanyaan dilampirkan pada kasus",
    Action.QUESTION_WANTED: "Pertanyaan ditandai dicari",
    Action.QUESTION_RELEASED: "Pertanyaan dikembalikan ke antrean",
    Action.QUESTION_DISCARDED: "Pertanyaan dihapus",
    Action.PHRASINGS_EXPORTED: "Tambalan cara bertanya diunduh",
    Action.LIST_VIEWED: "Daftar orang dibuka",
    Action.SLIPS_VIEWED: "Slip kode dibuka",
    Action.CODE_VIEWED: "Kode seseorang dibuka",
    Action.SEAL_RENEWED: "Segel diperbarui",
    Action.BACKUP_MADE: "Cadangan dibuat",
    Action.BACKUP_CHECKED: "Cadangan diperiksa",
    Action.BACKUP_RESTORED: "Cadangan dipulihkan",
    Action.TRAIL_EXPORTED: "Jejak audit diunduh",
    Action.LIVE_OPENED: "Lobi webinar dibuka",
    Action.LIVE_TAKEN_OVER: "Webinar diambil alih",
    Action.LIVE_HOST_ADDED: "Pemandu webinar ditambah",
    Action.LIVE_HOST_REMOVED: "Pemandu webinar dikeluarkan",
    Action.LIVE_DELETED: "Rancangan webinar dihapus",
    Action.LIVE_ENDED: "Webinar diakhiri",
    Action.LIVE_GIVEN: "Hasil webinar diberikan",
    Action.GUEST_LINK_MADE: "Tautan laporan bagi lembaga lain dibuat",
    Action.GUEST_LINK_WITHDRAWN: "Tautan laporan bagi lembaga lain dicabut",
    Action.REFUSED: "Permintaan ditolak",
    Action.TRAIL_KEYED: "Jejak mulai ditandai kunci",
}
