"""The menu of each reader: only what they may open."""

from flask import request, url_for
from markupsafe import Markup

from app.accounts.access import Role, current_roles
from app.core.kept import kept

VISITOR = (
    ("Beranda", "home.home"),
    ("Bolehkah?", "asking.ask"),
    ("Verifikasi", "credentials.verification"),
)
LEARNER = (
    ("Beranda", "home.home"),
    ("Kursus", "courses.courses"),
    ("Bolehkah?", "asking.ask"),
    ("Dokumen", "credentials.documents"),
)
#: What a role adds, in the order of the menu.
ADDED = (
    ("Pegawai", "admin.people", {Role.UNIT_ADMIN, Role.HR_ADMIN}),
    ("Penugasan", "admin.assigned", {Role.UNIT_ADMIN, Role.HR_ADMIN}),
    ("Permintaan", "rights.desk", {Role.HR_ADMIN}),
    ("Kalender", "admin.calendars", {Role.HR_ADMIN, Role.AUDITOR}),
    ("Laporan", "reports.table", {Role.UNIT_ADMIN, Role.HR_ADMIN, Role.AUDITOR}),
    ("Webinar", "live_host.sessions", {Role.HOST, Role.HR_ADMIN, Role.UNIT_ADMIN}),
    ("Jejak", "oversight.deeds", {Role.HR_ADMIN, Role.AUDITOR}),
    ("Penyunting", "editing.desk", {Role.EDITOR}),
)


ENDPOINTS = frozenset(end for _, end, *_ in (*VISITOR, *LEARNER, *ADDED))


def pages() -> Markup:
    """The menu as it stands in the frame. It differs by role and by page, not by person."""
    roles = current_roles()
    here = request.endpoint if request.endpoint in ENDPOINTS else None
    return kept("components/_pages.html", roles, here, nav=nav)


def nav() -> list[tuple[str, str, bool]]:
    """(label, address, whether this is its page) for whoever asks."""
    entries, roles = list(VISITOR), current_roles()
    if roles:
        entries = [*LEARNER, *((label, end) for label, end, who in ADDED if who & roles)]
    return [(label, url_for(end), _is_here(end)) for label, end in entries]


def _is_here(endpoint: str) -> bool:
    return request.endpoint == endpoint
