"""/pegawai/impor: a roster file checked, then taken in: all rows or none."""

from app.accounts.access import Role, current_person, current_scope, open_to
from app.accounts.operations import let_go
from app.admin.desk import bp
from app.admin.forms import RosterForm
from app.agencies.queries import root_of
from app.core import clock
from app.core.db import db, reading
from app.core.errors import DomainError, NotFound
from app.core.forms import form_page, saying
from app.core.spreadsheets import XLSX
from app.rosters.blank import PEOPLE, workbook_of
from app.rosters.cells import MAX_BYTES
from app.rosters.intake import ImportReport, import_roster
from app.rosters.roster import Roster, read_roster
from app.rosters.tables import read_tables

#: Lines of a report that a page shows; the rest is counted.
SHOWN = 1_000


class OtherFile(DomainError):
    message = (
        "Ini bukan berkas yang tadi diperiksa. Tidak ada yang disimpan; tekan Periksa dulu untuk "
        "berkas ini."
    )


@bp.route("/pegawai/impor", methods=["GET", "POST"])
@open_to(Role.HR_ADMIN)
def import_people() -> tuple[str, int]:
    _must_reach_all()
    form, report = RosterForm(), None
    if form.validate_on_submit():
        with saying(form):
            report = _take_in(form)
            form.checked.data = report.sha256
    page, status = form_page("admin/import.html", form, report=report, shown=SHOWN)
    return page, 200 if report and not report.errors else status


def _must_reach_all() -> None:
    """A file may move and rename anybody, so it is for whoever administers the whole agency."""
    if not current_scope(Role.HR_ADMIN).covers(root_of(current_person().agency)):
        raise NotFound


def _take_in(form: RosterForm) -> ImportReport:
    """Check the file, and save it when that was asked for and nothing is wrong.

    The database is let go of while the file is read: SQLite has only one write lock.
    """
    let_go()
    roster = _read(form)
    if form.is_dry_run:
        reading()
    elif (form.checked.data or roster.sha256) != roster.sha256:
        raise OtherFile
    report = import_roster(
        current_person().agency,
        roster,
        current_person(),
        scope=current_scope(Role.HR_ADMIN),
        is_dry_run=form.is_dry_run,
    )
    db.session.commit() if report.is_saved else db.session.rollback()
    return report


def _read(form: RosterForm) -> Roster:
    upload = form.file.data
    name = "".join(letter for letter in upload.filename[-100:] if letter.isprintable())
    return read_roster(read_tables(upload.stream.read(MAX_BYTES + 1), name), clock.today())


@bp.get("/pegawai/impor/contoh.xlsx")
@open_to(Role.HR_ADMIN)
def template() -> tuple[bytes, dict[str, str]]:
    return (
        workbook_of(PEOPLE),
        {"Content-Type": XLSX, "Content-Disposition": 'attachment; filename="pegawai.xlsx"'},
    )
