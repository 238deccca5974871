"""`flask prepare`: the first start makes everything, the second changes nothing."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory

from app import create_app
from app.config import PROJECT
from app.core import migrations


@pytest.fixture
def prepare(app, db):
    """The command, as `make run` calls it, with nobody else in the database."""

    def run():
        db.remove()
        return app.test_cli_runner().invoke(args=["prepare"])

    return run


def test_lost_sealing_keys_are_named_and_not_replaced(app, prepare, monkeypatch):
    press = app.extensions["press"]
    press.keys()
    monkeypatch.setattr("app.credentials.press.queries.any_sealed", lambda: True)
    moved = press.folder.with_name("segel-moved")
    shutil.move(press.folder, moved)
    try:
        answer = prepare()
    finally:
        shutil.move(moved, press.folder)
    assert answer.exit_code == 1
    assert "pulihkan dari cadangan" in answer.output
    assert "Traceback" not in answer.output


def test_the_newest_migration_is_the_one_that_alembic_would_go_to():
    folder = PROJECT / "migrations"
    assert migrations.newest(folder) == ScriptDirectory(str(folder)).get_current_head()


def test_alembic_is_called_only_where_there_is_something_to_migrate(
    app, cast, prepare, monkeypatch
):
    calls = []
    monkeypatch.setattr("flask_migrate.upgrade", lambda: calls.append("upgrade"))
    prepare()
    assert calls == []
    monkeypatch.setattr(migrations, "newest", lambda _folder: "9999")
    answer = prepare()
    assert calls == ["upgrade"]
    assert "Memutakhirkan basis data …" in answer.output


def test_an_empty_database_is_not_current(app, warm_instance):
    """Nobody has asked Alembic for its table yet."""
    folder = Path(warm_instance("empty")["RAMBU_INSTANCE"])
    database = f"sqlite:///{folder / 'empty.db'}"
    empty = create_app(replace(app.config["RAMBU"], INSTANCE=folder, DATABASE=database))
    with app.app_context():
        assert migrations.is_current(app)
    with empty.app_context():
        assert not migrations.is_current(empty)
