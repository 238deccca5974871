"""One SQLite and one PostgreSQL database a process, migrated once and emptied after each test.

Neither waits for the disk: what a test wrote need not survive a power cut. The PostgreSQL server
is one for all processes of a run, started by whichever needs it first.
"""

import fcntl
import os
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from flask_migrate import upgrade

from app import create_app
from app.asking.web import finder
from app.audit import refusals
from app.config import PROJECT, Config
from app.core.db import db as database
from tests import watch
from tests.browser import Browser
from tests.nudged import jobs_at_once

#: TEST_DATABASES=sqlite runs the tests on one of them. Workers of pytest-xdist inherit it.
DATABASES = os.environ.get("TEST_DATABASES", "sqlite,postgresql").split(",")
POSTGRES_BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
#: What the instances of a run sign with, so that they may share what they compiled.
SECRET = "only-for-tests-0123456789-abcdefghij"
#: What their trails are marked with.
TRAIL_SECRET = "only-for-tests-0123456789-jihgfedcba"
SETTINGS = "-c max_connections=200 -c fsync=off -c synchronous_commit=off -c full_page_writes=off"


class Postgres:
    """A throw-away server on a unix socket in `folder`, which everybody may look into."""

    def __init__(self, folder: Path, settings: str = SETTINGS) -> None:
        self.settings = settings
        self.folder, self.data = folder / "postgres", folder / "postgres" / "data"
        self.lock = folder / "postgres.lock"
        self.as_owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []

    @property
    def url(self) -> str:
        """The address of the database that every server has. Starts the server if nobody has."""
        with self.lock.open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (self.data / "postmaster.pid").exists():
                self._make()
        return f"postgresql+psycopg://rambu@/postgres?host={self.folder}"

    def new_database(self, name: str) -> str:
        """The address of a database that is empty."""
        url = self.url.replace("/postgres?", f"/{name}?")
        self._run("createdb", "-h", self.folder, "-U", "rambu", name)
        return url

    def stop(self) -> None:
        """Nobody needs its data any more, so a stop that complains is no reason to fail a run."""
        if (self.data / "postmaster.pid").exists():
            self._run("pg_ctl", "-D", self.data, "-m", "immediate", "stop", check=False)

    def _make(self) -> None:
        self.folder.mkdir()
        if self.as_owner:
            shutil.chown(self.folder, "postgres")
        self._run("initdb", "-D", self.data, "-U", "rambu", "-A", "trust", "-E", "UTF8", "-N")
        self.start()

    def start(self) -> None:
        options = f"-k {self.folder} -h '' {self.settings}"
        self._run("pg_ctl", "-D", self.data, "-w", "-o", options, "-l", f"{self.data}/log", "start")

    def _run(self, program: str, *arguments, check: bool = True) -> None:
        if not POSTGRES_BINARIES:
            raise RuntimeError("PostgreSQL is not installed; `make test` installs it")
        command = [*self.as_owner, POSTGRES_BINARIES[-1] / program, *arguments]
        subprocess.run(command, check=check, capture_output=True, cwd="/")


def compile_bank(instance: Path) -> None:
    """Make an instance that signs with SECRET, with the compiled bank of our content in it."""
    instance.mkdir()
    app = create_app(config_of(instance, f"sqlite:///{instance / 'rambu.db'}"))
    with app.app_context():
        finder()


def lend_bank(shared: Path, instance: Path) -> None:
    """Give an instance that signs with SECRET the compiled bank of our content: the one in
    TEST_BANK, which `.ci/check` makes beforehand while a core is free, or one for a whole run, made
    by whichever process needs it first."""
    first = Path(os.environ.get("TEST_BANK", shared / "first"))
    with (shared / "bank.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not first.exists():
            compile_bank(first)
    kept = first / "bank"
    if kept.is_dir():  # it is not where somebody edits meanwhile; then each makes its own
        shutil.copytree(kept, instance / "bank")


def without_database(shared: Path, instance: Path) -> Flask:
    """The application as it is wired, with what ships in content/; its database is never asked."""
    lend_bank(shared, instance)
    return create_app(config_of(instance, f"sqlite:///{instance / 'rambu.db'}"))


def config_of(instance: Path, url: str) -> Config:
    return Config(
        INSTANCE=instance,
        KEYS=instance,
        SECRET_KEY=SECRET,
        TRAIL_KEY=TRAIL_SECRET,
        DATABASE=url,
        PUBLIC_URL="http://127.0.0.1:8000",
        CONTENT=PROJECT / "content",
    )


def build(instance: Path, url: str) -> Flask:
    """The application on a database, migrated and watched."""
    app = create_app(config_of(instance, url))
    app.testing = True
    app.test_client_class = Browser
    app.extensions["examiner"].is_immediate = True
    jobs_at_once(app)
    watch.install(app)
    with app.app_context():
        if database.engine.dialect.name == "sqlite":
            sa.event.listen(database.engine, "connect", _do_not_wait)
            database.engine.dispose()
        upgrade()
    return app


def _do_not_wait(connection, _record) -> None:
    connection.execute("PRAGMA synchronous=OFF")


def empty() -> None:
    """Remove all rows, in spite of the triggers that forbid it, and put the first ones back."""
    refusals.forget()
    with database.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            _empty_postgres(connection)
        else:
            _empty_sqlite(connection)
        first = "INSERT INTO audit_head (id, last_id, last_hash) VALUES (1, 0, :zero)"
        connection.execute(sa.text(first), {"zero": "0" * 64})


def _tables() -> list[str]:
    """Those that are pointed at come last."""
    return [table.name for table in reversed(database.metadata.sorted_tables)]


def _empty_postgres(connection) -> None:
    """One round trip. TRUNCATE of so many tables costs the server fifty times as much."""
    deeds = [
        "SET LOCAL session_replication_role = replica",
        *(f"DELETE FROM {name}" for name in _tables()),
        "SELECT setval(quote_ident(sequencename)::regclass, 1, false) FROM pg_sequences"
        " WHERE last_value IS NOT NULL",
    ]
    connection.exec_driver_sql("; ".join(deeds))


def _empty_sqlite(connection) -> None:
    with _without_triggers(connection):
        for name in _tables():
            connection.exec_driver_sql(f"DELETE FROM {name}")


@contextmanager
def _without_triggers(connection):
    """Triggers off, then on again exactly as they were."""
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    triggers = connection.execute(sa.text(query)).all()
    connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    for name, _ in triggers:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    yield
    for _, sql in triggers:
        connection.exec_driver_sql(sql)
