"""`flask prepare`: the first start makes everything, the second changes nothing."""

import shutil
from dataclasses import replace

import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory

from app import create_app, demo
from app.agencies.models import Person, Unit
from app.audit.queries import count
from app.config import PROJECT
from app.core import clock, migrations
from app.reports import queries
from app.reports.queries import Scope, Subject


@pytest.fixture
def prepare(app):
    """The command, as `make run` calls it."""
    return lambda: app.test_cli_runner().invoke(args=["prepare"])


def test_the_demo_region_is_loaded_once_and_says_who_may_enter(db, prepare):
    db.rollback()
    first = prepare()
    assert first.exit_code == 0, first.output
    assert "memuat daerah demo" in first.output
    assert demo.PASSWORD in first.output
    assert "19940617 201903 2 004" in first.output
    people, deeds = db.scalar(sa.select(sa.func.count(Person.id))), count()
    db.rollback()

    second = prepare()

    assert second.exit_code == 0
    assert "memuat" not in second.output
    assert (db.scalar(sa.select(sa.func.count(Person.id))), count()) == (people, deeds)
    assert people >= 600


def test_the_demo_region_gives_reports_something_to_say(db, prepare):
    db.rollback()
    prepare()
    units = db.scalars(sa.select(Unit)).all()
    assert len(units) >= 25
    assert max(unit.path.count("/") - 1 for unit in units) >= 4
    root = min(units, key=lambda unit: len(unit.path))
    report = queries.coverage(Scope((root.path,)), Subject("netralitas-inti", "2026.1", ""))
    total = report.total
    assert 0 < total.signed < total.passed < total.learned < total.people
    assert len({row.tally.signed_percent for row in report.rows}) > 8
    assert clock.now().tzinfo is not None


def test_lost_sealing_keys_are_named_and_not_replaced(app, db, prepare, monkeypatch):
    db.rollback()
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


def test_alembic_is_called_only_where_there_is_something_to_migrate(app, db, prepare, monkeypatch):
    db.rollback()
    calls = []
    monkeypatch.setattr("flask_migrate.upgrade", lambda: calls.append("upgrade"))
    prepare()
    assert calls == []
    monkeypatch.setattr(migrations, "newest", lambda _folder: "9999")
    answer = prepare()
    assert calls == ["upgrade"]
    assert "Memutakhirkan basis data …" in answer.output


def test_an_empty_database_is_not_current(app, tmp_path):
    """Nobody has asked Alembic for its table yet."""
    empty = create_app(
        replace(
            app.config["RAMBU"],
            INSTANCE=tmp_path,
            DATABASE=f"sqlite:///{tmp_path / 'empty.db'}",
        )
    )
    with app.app_context():
        assert migrations.is_current(app)
    with empty.app_context():
        assert not migrations.is_current(empty)
