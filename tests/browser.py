"""A browser for tests: it lets go of the test's own transaction before it asks for a page.

On SQLite an open transaction of the test would keep the page from writing (ten seconds, then
"database is locked"), and would hide from the test what the page wrote.
"""

from contextvars import Context

from flask import has_app_context
from flask.testing import FlaskClient

from app.core.db import db


class Browser(FlaskClient):
    def open(self, *args, **kwargs):
        let_go()
        # In a context of its own, as in production: inside the test's application context Flask
        # would reuse it, and with it `g`, the signed-in person and the database session.
        return Context().run(super().open, *args, **kwargs)


def let_go() -> None:
    """End the test's transaction; what it has changed must have been committed."""
    if not has_app_context():
        return
    session = db.session()
    if session.new or session.dirty or session.deleted:
        raise AssertionError("commit what the test has changed before a browser asks for it")
    session.rollback()
