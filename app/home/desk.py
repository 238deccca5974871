"""The first page of whoever runs a unit or the HR office: how many today, who falls behind, what
ends soon, what waits. Figures are those of the report; nothing is counted here anew."""

from dataclasses import dataclass
from datetime import timedelta

from app.accounts import forgotten
from app.accounts.access import Role, current_person, current_roles, current_scope
from app.accounts.models import Grant, PasswordRequest
from app.accounts.queries import codes_ending, grants_ending
from app.accounts.stepping_up import is_fresh
from app.admin.queries import Tally as Entered
from app.admin.queries import entered_in
from app.agencies.scope import Scope
from app.core import clock
from app.core.dates import start_of
from app.jobs.queries import is_worker_alive
from app.reports import queries as reports
from app.reports.asked import first_subject
from app.reports.coverage import Row, furthest_behind
from app.reports.queries import Coverage, Subject
from app.reports.today import signed_since
from app.rights.queries import open_requests_in

DESKS = (Role.UNIT_ADMIN, Role.HR_ADMIN)
#: Rows of those that are furthest behind, and requests, that the page shows.
SHOWN = 6
#: For how long ahead it is said what ends.
AHEAD = timedelta(days=14)


@dataclass(frozen=True)
class Waiting:
    """What waits for this desk."""

    passwords: list[PasswordRequest]
    #: Requests about one's data; of the HR office alone.
    data: int
    #: People with neither account nor code.
    codes: int
    #: Whether somebody works on what is asked for in the background.
    is_worker_alive: bool

    @property
    def is_nothing(self) -> bool:
        return not (self.passwords or self.data or self.codes) and self.is_worker_alive


@dataclass(frozen=True)
class Desk:
    subject: Subject
    report: Coverage
    today: int
    behind: list[Row]
    entered: Entered
    waiting: Waiting
    #: Codes that nobody has used, and roles, that end within a fortnight.
    codes_ending: int
    roles_ending: list[Grant]
    is_proved: bool
    zone: str


def desk() -> Desk | None:
    """The desk of whoever asks; None where no course is there to report on."""
    subject = first_subject()
    if subject is None:
        return None
    scope, person, now = current_scope(*DESKS), current_person(), clock.now()
    zone = person.agency.zone
    report, entered = reports.coverage(scope, subject), entered_in(scope)
    return Desk(
        subject=subject,
        report=report,
        today=signed_since(scope, subject, start_of(clock.today(zone), zone)),
        behind=furthest_behind(report.rows, SHOWN),
        entered=entered,
        waiting=_waiting(scope, entered),
        codes_ending=codes_ending(scope, now + AHEAD),
        roles_ending=grants_ending(scope, now + AHEAD),
        is_proved=is_fresh(),
        zone=zone,
    )


def _waiting(scope: Scope, entered: Entered) -> Waiting:
    is_office = Role.HR_ADMIN in current_roles()
    data = len(open_requests_in(current_scope(Role.HR_ADMIN))) if is_office else 0
    passwords = forgotten.waiting_in(scope, current_person())
    return Waiting(passwords, data, entered.waiting, is_worker_alive())
