"""`flask prepare`: the first start makes everything, the second changes nothing."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory

from app import create_app
from app.config import PROJECT
from app.core import migrations
from app.oversight import checkpoints
from app.sealing import pki


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


def test_a_node_that_has_another_seal_or_none_is_refused_and_makes_no_keys(
    app, db, prepare, tmp_path, monkeypatch
):
    """The first node has signed the trail; the second was given an empty folder, or a wrong one."""
    press = app.extensions["press"]
    checkpoints.make(press.keys(), press.public_url)
    db.commit()
    for folder, sentence in (("empty", "tidak ada, padahal"), ("wrong", "memuat segel lain")):
        with monkeypatch.context() as other:
            other.setattr(press, "folder", tmp_path / folder)
            if folder == "wrong":
                pki.make(press.folder)
            answer = prepare()
            assert (answer.exit_code, sentence in answer.output) == (1, True), answer.output
            assert pki.exist(press.folder) == (folder == "wrong")
    assert prepare().exit_code == 0  # control


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
    empty = create_app(
        replace(app.config["RAMBU"], INSTANCE=folder, KEYS=folder, DATABASE=database)
    )
    with app.app_context():
        assert migrations.is_current(app)
    with empty.app_context():
        assert not migrations.is_current(empty)
