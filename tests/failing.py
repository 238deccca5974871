"""Calls to a database that fail, as its driver would say it: for tests of faults."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from app.core.db import db
from tests.browser import let_go

#: What SQLAlchemy asks of a driver, and whether the rest of a transaction depends on it.
CALLS = ("do_execute", "do_execute_no_params", "do_executemany", "do_commit")
SAID = "disk I/O error"


class Fault:
    """The `at`-th call from now on fails, once."""

    def __init__(self, at: int) -> None:
        self.at, self.calls = at, 0
        #: The call that failed, once it did.
        self.met: str | None = None

    def is_due(self, call: str) -> bool:
        self.calls += 1
        if self.calls != self.at:
            return False
        self.met = call
        return True


@contextmanager
def failing(at: int, *, too_late: bool = False) -> Iterator[Fault]:
    """Let the `at`-th statement or commit on this application's database fail.

    `too_late`: what was asked is done, and only the reply is lost on the way.
    """
    dialect, fault = db.engine.dialect, Fault(at)
    error = dialect.loaded_dbapi.OperationalError(SAID)

    def broken(call: str, ordinary: Any) -> Any:
        def called(*arguments: Any) -> Any:
            is_due = fault.is_due(call)
            if is_due and not too_late:
                raise error
            done = ordinary(*arguments)
            if is_due:
                raise error
            return done

        return called

    for call in CALLS:
        setattr(dialect, call, broken(call, getattr(dialect, call)))
    try:
        yield fault
    finally:
        for call in CALLS:
            delattr(dialect, call)


@contextmanager
def killing(at: int) -> Iterator[Fault]:
    """Let the database end the process that serves us just before the `at`-th statement."""
    dialect, fault, url = db.engine.dialect, Fault(at), db.engine.url
    ordinary = dialect.do_execute

    def called(cursor: Any, *arguments: Any) -> Any:
        if fault.is_due("do_execute"):
            killer = sa.create_engine(url, poolclass=sa.NullPool)
            with killer.connect() as connection:
                pid = cursor.connection.info.backend_pid
                connection.execute(sa.select(sa.func.pg_terminate_backend(pid)))
        return ordinary(cursor, *arguments)

    dialect.do_execute = called
    try:
        yield fault
    finally:
        delattr(dialect, "do_execute")


def rows() -> dict[str, list[Any]]:
    """Everything that is stored, but for the brakes: they count although a request is undone."""
    let_go()
    tables = [table for table in db.metadata.sorted_tables if table.name != "brakes"]
    with db.engine.connect() as connection:
        return {table.name: connection.execute(sa.select(table)).all() for table in tables}
