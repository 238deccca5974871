"""The menu of each reader: only what they may open."""

from flask import request, url_for
from flask_login import current_user

from app.accounts.access import Role, current_roles

VISITOR = (("Beranda", "home.home"), ("Verifikasi", "credentials.verification"))
LEARNER = (
    ("Beranda", "home.home"),
    ("Kursus", "quizzes.courses"),
    ("Dokumen", "credentials.documents"),
)
#: What a role adds, in the order of the menu.
ADDED = (
    ("Pegawai", "admin.people", {Role.UNIT_ADMIN, Role.HR_ADMIN}),
    ("Laporan", "reports.table", {Role.UNIT_ADMIN, Role.HR_ADMIN, Role.AUDITOR}),
    ("Jejak", "reports.deeds", {Role.HR_ADMIN, Role.AUDITOR}),
)


def nav() -> list[tuple[str, str, bool]]:
    """(label, address, whether this is its page) for whoever asks."""
    entries = list(VISITOR)
    if current_user.is_authenticated:
        roles = current_roles()
        entries = [*LEARNER, *((label, end) for label, end, who in ADDED if who & roles)]
    return [(label, url_for(end), _is_here(end)) for label, end in entries]


def _is_here(endpoint: str) -> bool:
    return request.endpoint == endpoint
