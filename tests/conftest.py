"""Fixtures every test may ask for.

A test that asks for `app` runs on SQLite and on a real PostgreSQL (tests/databases.py). After each
test the rows go, the schema stays. Every worker of pytest-xdist has databases of its own.
"""

import os
import shutil
import tempfile
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from hypothesis import settings

from app.accounts import passwords, throttle
from app.catalog.web import current
from app.core import clock
from app.core.db import db as database
from app.core.db import start_writing
from app.oversight import checkpoints
from tests import databases, people
from tests.content import sound_content
from tests.deeds import DEEDS

# No test is timed: what is fast enough is the business of tests/benchmarks.
settings.register_profile("rambu", deadline=None)
settings.load_profile("rambu")

#: A folder for all workers of this run, and the name of this one.
SHARED, NAME = pytest.StashKey[Path](), pytest.StashKey[str]()


def pytest_configure(config):
    """The first process makes the folder. It lies where the user postgres can look into it too."""
    if not hasattr(config, "workerinput"):
        config.stash[SHARED], config.stash[NAME] = Path(tempfile.mkdtemp(prefix="rambu-")), "alone"
        config.stash[SHARED].chmod(0o755)
    else:
        config.stash[SHARED] = Path(config.workerinput["shared"])
        config.stash[NAME] = config.workerinput["workerid"]


def pytest_configure_node(node):
    node.workerinput["shared"] = str(node.config.stash[SHARED])


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config):
    """When all workers have gone, so does what they shared."""
    if not hasattr(config, "workerinput"):
        databases.Postgres(config.stash[SHARED]).stop()
        shutil.rmtree(config.stash[SHARED], ignore_errors=True)


@pytest.fixture(scope="session")
def applications(request):
    """`applications("sqlite")` is the application on that database: one a process, kept."""
    shared, name = request.config.stash[SHARED], request.config.stash[NAME]
    built = {}

    def application(kind: str):
        if kind not in built:
            instance = shared / f"{name}-{kind}"
            instance.mkdir()
            databases.lend_bank(shared, instance)
            url = f"sqlite:///{instance / 'rambu.db'}"
            if kind == "postgresql":
                url = databases.Postgres(shared).new_database(f"rambu_{name}")
            built[kind] = databases.build(instance, url)
        return built[kind]

    yield application
    for app in built.values():
        with app.app_context():
            database.engine.dispose()


@pytest.fixture
def content(tmp_path):
    """A small content folder without a mistake, to break one thing in."""
    return sound_content(tmp_path / "content")


@pytest.fixture
def warm_instance(request, tmp_path):
    """`warm_instance("mine")` is the environment of a new installation that has its bank."""

    def environ(name: str = "instance") -> dict[str, str]:
        instance = tmp_path / name
        instance.mkdir()
        databases.lend_bank(request.config.stash[SHARED], instance)
        others = {key: value for key, value in os.environ.items() if not key.startswith("RAMBU_")}
        return others | {"RAMBU_INSTANCE": str(instance), "RAMBU_SECRET_KEY": databases.SECRET}

    return environ


@pytest.fixture(scope="session")
def postgres_url(request):
    """A real PostgreSQL, for tests that need no other database."""
    if "postgresql" not in databases.DATABASES:
        pytest.skip("this run does without PostgreSQL")
    return databases.Postgres(request.config.stash[SHARED]).url


@pytest.fixture(scope="module", params=databases.DATABASES)
def built_app(request, applications):
    """The application on one database, migrated. A file's tests run on one, then on the other."""
    return applications(request.param)


@pytest.fixture(scope="session")
def wired_app(request, tmp_path_factory):
    """The application, for tests that ask no database and so need no second one."""
    instance = tmp_path_factory.mktemp("instance")
    return databases.without_database(request.config.stash[SHARED], instance)


@pytest.fixture(scope="session")
def catalog(wired_app):
    """What ships in content/, checked once a run."""
    with wired_app.app_context():
        return current()


@pytest.fixture(scope="session", autouse=True)
def _cheap_hashes():
    """To hash a password costs 30 ms, on purpose. Here it costs next to nothing."""
    served = passwords._hasher
    passwords._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    passwords._nobody = passwords._hash_of_nothing()
    yield served
    passwords._hasher = served


@pytest.fixture(autouse=True)
def _owes_nothing(monkeypatch):
    """All tests come from one network, which would have to wait for what the others spent. And no
    attempt forgets old rows by chance, in the middle of a test that counts them."""
    throttle.LEDGER.forget()
    monkeypatch.setattr(throttle, "SWEEPS", 0)


@pytest.fixture
def served_hashes(_cheap_hashes, monkeypatch):
    """For tests of what a hash is, and what it costs."""
    monkeypatch.setattr(passwords, "_hasher", _cheap_hashes)
    monkeypatch.setattr(passwords, "_nobody", passwords._hash_of_nothing())


@pytest.fixture
def app(built_app):
    """The application with an empty database."""
    clock.reset()
    with built_app.app_context():
        start_writing()  # a test before may have ended by only reading
        databases.empty()
    shutil.rmtree(Path(built_app.instance_path) / checkpoints.FOLDER, ignore_errors=True)
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
def laras(db, cast):
    """The editor, beside the cast."""
    return people.add_editor(db, cast)


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
def ready(app, cast, sign_in):
    """`ready("signs")` gives a deed of tests/deeds.py, and the browser it is sent from."""

    def make(name):
        deed = DEEDS[name](app, cast)
        return deed, sign_in(deed.who) if deed.who else app.test_client()

    return make


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
