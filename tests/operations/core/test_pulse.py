"""Whether the database answers is known soon, however it fails: gone, empty, locked or silent."""

import socket
import time
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from app.config import sqlite_module
from app.core import pulse
from app.core.db import db as database

#: Far above the half second that was promised: a busy machine may be slow, a hanging wait is not.
SOON = 5


def sqlite(path) -> sa.Engine:
    return sa.create_engine(sa.URL.create("sqlite", database=str(path)), module=sqlite_module())


@contextmanager
def in_time():
    began = time.monotonic()
    yield
    assert time.monotonic() - began < SOON


@pytest.fixture
def file(tmp_path):
    """A SQLite database with a schema."""
    path = tmp_path / "nama?aneh #1%.db"
    connection = sqlite_module().connect(str(path))
    connection.execute("CREATE TABLE alembic_version (version_num)")
    connection.close()
    return path


def test_a_database_that_is_there_answers(app, db):
    assert pulse.answers(database.engine)


def test_a_file_that_is_gone_does_not_answer_and_is_not_made_anew(file):
    assert pulse.answers(sqlite(file))
    engine = sqlite(file.with_name("lain.db"))
    assert not pulse.answers(engine)
    assert not file.with_name("lain.db").exists()


def test_a_file_without_schema_does_not_answer(tmp_path):
    (tmp_path / "rambu.db").touch()
    assert not pulse.answers(sqlite(tmp_path / "rambu.db"))
    (tmp_path / "rambu.db").write_bytes(b"bukan basis data" * 1000)
    assert not pulse.answers(sqlite(tmp_path / "rambu.db"))


def test_a_locked_file_is_not_waited_for(tmp_path):
    path = tmp_path / "rambu.db"
    holder = sqlite_module().connect(str(path), isolation_level=None)
    holder.execute("CREATE TABLE alembic_version (version_num)")
    assert pulse.answers(sqlite(path))
    holder.execute("BEGIN EXCLUSIVE")
    with in_time():
        assert not pulse.answers(sqlite(path))
    holder.close()


def test_a_postgresql_that_hangs_in_the_middle_of_a_question_is_not_waited_for(postgres_url):
    engine = sa.create_engine(postgres_url)
    with engine.connect() as holder:
        holder.execute(sa.text("CREATE TABLE IF NOT EXISTS alembic_version (version_num text)"))
        holder.commit()
        assert pulse.answers(engine)
        holder.execute(sa.text("LOCK TABLE alembic_version IN ACCESS EXCLUSIVE MODE"))
        with in_time():
            assert not pulse.answers(engine)
        holder.rollback()
    assert pulse.answers(engine)
    engine.dispose()


@pytest.mark.parametrize("is_silent", [True, False], ids=["silent", "closed"])
def test_a_server_that_says_nothing_is_not_waited_for(is_silent):
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        if is_silent:
            server.listen()  # takes the call and never says a word
        port = server.getsockname()[1]
        with in_time():
            assert not pulse.answers(_postgresql(port))


def test_a_database_that_does_not_exist_is_no_answer(postgres_url):
    assert not pulse.answers(sa.create_engine(postgres_url.replace("/postgres?", "/tidak-ada?")))


def _postgresql(port: int) -> sa.Engine:
    return sa.create_engine(f"postgresql+psycopg://rambu@127.0.0.1:{port}/rambu")
