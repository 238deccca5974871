"""Two mistakes that no assertion of a page would show: a forgotten commit, and a GET that writes.

Every request of every test is watched. A request that ends with changes nobody committed fails,
and so does a GET that changed a table it is not known to change.
"""

import re

import sqlalchemy as sa
from flask import Flask, g, has_request_context, request

from app.core.db import db
from app.core.web import SAFE

#: What a GET may write, and why.
READING_MAY_WRITE: dict[str | None, frozenset[str]] = {
    # Any page: that a session is in use, every five minutes; that somebody is guessing; that a
    # desk is used for the first time, which begins a week of grace.
    None: frozenset({"sign_ins", "brakes", "accounts"}),
    # The sealed file is asked for at the first download; the worker makes it.
    "credentials.download": frozenset({"jobs"}),
    # That a lesson was opened, at the first look: it cannot be done at once.
    "learning.lesson": frozenset({"lesson_readings"}),
    # Who took a list of names: a log line, not a change of what was asked for.
    "reports.csv": frozenset({"audit_entries", "audit_head"}),
    "reports.people_csv": frozenset({"audit_entries", "audit_head"}),
    # Who looked at whose codes and names, likewise.
    "admin.people": frozenset({"audit_entries", "audit_head"}),
    # Who took whose documents, likewise; and the file is asked for as by its holder.
    "admin.document_file": frozenset({"audit_entries", "audit_head", "jobs"}),
    "admin.archive_file": frozenset({"audit_entries", "audit_head"}),
    "admin.slips": frozenset({"audit_entries", "audit_head"}),
    "admin.slip_file": frozenset({"audit_entries", "audit_head"}),
    "admin.code": frozenset({"audit_entries", "audit_head"}),
    "reports.assignment_unit": frozenset({"audit_entries", "audit_head"}),
    "admin.exemptions": frozenset({"audit_entries", "audit_head"}),
    "reports.unit": frozenset({"audit_entries", "audit_head"}),
    "reports.pending": frozenset({"audit_entries", "audit_head"}),
    "oversight.download": frozenset({"audit_entries", "audit_head"}),
    "live_report.workbook": frozenset({"audit_entries", "audit_head"}),
    "live_report.page": frozenset({"audit_entries", "audit_head"}),
    "live_report.people": frozenset({"audit_entries", "audit_head"}),
    "live_report.places_workbook": frozenset({"audit_entries", "audit_head"}),
    # Who took her own data, likewise.
    "rights.as_json": frozenset({"audit_entries", "audit_head"}),
    "rights.as_pdf": frozenset({"audit_entries", "audit_head", "jobs"}),
    # Who took the phrasings, likewise.
    "editing.download": frozenset({"audit_entries", "audit_head"}),
}

_WRITE = re.compile(r"\s*(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+\"?(\w+)", re.IGNORECASE)
_OPEN = "changed, not committed"


class ForgottenCommit(AssertionError):
    """A request changed something and ended without commit or rollback."""


class ReadingThatWrites(AssertionError):
    """A GET changed a table; a link preview would do so too."""


def install(app: Flask) -> None:
    """Watch the requests of an application under test."""
    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", _note)
    sa.event.listen(engine, "commit", _settle)
    sa.event.listen(engine, "rollback", _settle)
    app.teardown_request(_judge)


def _note(connection, _cursor, statement, _parameters, _context, _executemany) -> None:
    written = _WRITE.match(statement)
    if written and has_request_context():
        connection.info[_OPEN] = written[1]
        g.setdefault("written", set()).add(written[1])


def _settle(connection) -> None:
    if not connection.invalidated:  # its database has died
        connection.info.pop(_OPEN, None)


def _judge(error: BaseException | None) -> None:
    if error is not None:
        return
    if table := _uncommitted():
        db.session.rollback()
        raise ForgottenCommit(f"{request.method} {request.path} left {table} uncommitted")
    may = READING_MAY_WRITE[None] | READING_MAY_WRITE.get(request.endpoint, frozenset())
    if request.method in SAFE and (wrong := g.get("written", set()) - may):
        raise ReadingThatWrites(f"{request.method} {request.path} wrote {sorted(wrong)}")


def _uncommitted() -> str | None:
    session = db.session()
    for row in (*session.new, *session.deleted, *session.dirty):
        if row in session.new or row in session.deleted or session.is_modified(row):
            return row.__tablename__
    if not session.in_transaction():
        return None
    return session.connection().info.get(_OPEN)
