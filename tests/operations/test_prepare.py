"""`flask prepare`: the first start makes everything, the second changes nothing."""

import shutil

import pytest
import sqlalchemy as sa

from app import demo
from app.agencies.models import Person, Unit
from app.audit.queries import count
from app.core import clock
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
