"""Fixtures every test may ask for.

A test that asks for `app` runs on SQLite and on a real PostgreSQL. The schema is built once per
database by the migrations; after each test the rows go, the schema stays. The PostgreSQL server
is the one that RAMBU_TEST_POSTGRES names, or one that this run starts for itself.
"""

import os
import shutil
import subprocess
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask_migrate import upgrade

from app import create_app
from app.config import PROJECT, Config
from app.core import clock
from app.core.db import db as database
from tests import people, watch
from tests.browser import Browser

POSTGRES_BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
DATABASES = os.environ.get("RAMBU_TEST_DATABASES", "sqlite,postgresql").split(",")
os.environ.pop("RAMBU_TEST_DATABASES", None)


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory):
    """A throw-away PostgreSQL on a unix socket; it dies with this run."""
    if not POSTGRES_BINARIES:
        pytest.fail("PostgreSQL is not installed; `make test` installs it")
    folder = tmp_path_factory.mktemp("postgres")
    data, binaries = folder / "data", POSTGRES_BINARIES[-1]
    as_owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_owner:
        for part in (folder, *folder.parents[:2]):
            part.chmod(0o755)
        shutil.chown(folder, "postgres")
    run = lambda *command: subprocess.run([*as_owner, *command], check=True, capture_output=True)  # noqa: E731
    run(f"{binaries}/initdb", "-D", data, "-U", "rambu", "-A", "trust", "-E", "UTF8", "-N")
    options = f"-k {folder} -h '' -c max_connections=200 -c fsync=off"
    run(f"{binaries}/pg_ctl", "-D", data, "-w", "-o", options, "-l", f"{folder}/log", "start")
    yield f"postgresql+psycopg://rambu@/postgres?host={folder}"
    # Nobody needs its data any more, so a stop that complains is no reason to fail a run.
    stop = [*as_owner, f"{binaries}/pg_ctl", "-D", data, "-m", "immediate", "stop"]
    subprocess.run(stop, check=False, capture_output=True)


@pytest.fixture(scope="session", params=DATABASES)
def built_app(request, tmp_path_factory):
    """The application on one database, migrated."""
    instance = tmp_path_factory.mktemp("instance")
    url = f"sqlite:///{instance / 'rambu.db'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_url")
    app = create_app(
        Config(
            INSTANCE=instance,
            SECRET_KEY="only-for-tests-0123456789-abcdefghij",
            DATABASE=url,
            PUBLIC_URL="http://127.0.0.1:8000",
            CONTENT=PROJECT / "content",
        )
    )
    app.testing = True
    app.test_client_class = Browser
    watch.install(app)
    with app.app_context():
        upgrade()
    yield app
    with app.app_context():
        database.engine.dispose()


@pytest.fixture
def app(built_app):
    """The application with an empty database."""
    clock.reset()
    with built_app.app_context():
        _empty()
    yield built_app
    clock.reset()


@pytest.fixture
def db(app):
    """The database session, inside an application context."""
    with app.app_context():
        yield database.session
        database.session.rollback()
        database.session.remove()


@pytest.fixture
def cast(db):
    """Sari, Budi, Rina, Dewi, Yusuf and an auditor, in a small agency, and a stranger elsewhere."""
    return people.enter(db)


@pytest.fixture
def client(app):
    app.config["WTF_CSRF_ENABLED"] = False
    yield app.test_client()
    app.config["WTF_CSRF_ENABLED"] = True


@pytest.fixture
def sign_in(app, cast):
    """`sign_in(cast.sari)` gives a browser in which Sari is signed in."""
    app.config["WTF_CSRF_ENABLED"] = False
    yield lambda person: people.browser_of(app, person)
    app.config["WTF_CSRF_ENABLED"] = True


@pytest.fixture
def wait(app):
    """`wait(minutes=6)` moves the clock on; it stands right again after the test."""
    return lambda **span: clock.shift(timedelta(**span))


@pytest.fixture
def queries_of(app):
    """`with queries_of() as statements:` gathers every SQL statement that runs inside."""

    @contextmanager
    def gather():
        statements: list[str] = []

        def note(_connection, _cursor, statement, *_):
            if not statement.startswith("BEGIN"):
                statements.append(statement)

        with app.app_context():
            engine = database.engine
        sa.event.listen(engine, "before_cursor_execute", note)
        yield statements
        sa.event.remove(engine, "before_cursor_execute", note)

    return gather


def _empty() -> None:
    """Remove all rows, in spite of the triggers that forbid it, and put the first ones back."""
    tables = [table.name for table in database.metadata.sorted_tables]
    with database.engine.begin() as connection, _unguarded(connection):
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY CASCADE"))
        else:
            for name in reversed(tables):
                connection.execute(sa.text(f"DELETE FROM {name}"))
        connection.execute(
            sa.text("INSERT INTO audit_head (id, last_id, last_hash) VALUES (1, 0, :zero)"),
            {"zero": "0" * 64},
        )


@contextmanager
def _unguarded(connection):
    """Let a test database be emptied: triggers off, then on again exactly as they were."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SET session_replication_role = replica"))
        yield
        connection.execute(sa.text("SET session_replication_role = origin"))
        return
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    triggers = connection.execute(sa.text(query)).all()
    connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    for name, _ in triggers:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    yield
    for _, sql in triggers:
        connection.exec_driver_sql(sql)
