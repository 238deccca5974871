"""`flask prepare` on an empty machine: the demo region with its past, loaded once."""

import pytest
import sqlalchemy as sa

from app import demo
from app.agencies.models import Person, Unit
from app.audit.queries import count
from app.core import clock
from app.core.db import db as database
from app.reports import queries
from app.reports.queries import Scope, Subject
from tests.databases import empty


@pytest.fixture(scope="module")
def first(built_app):
    """What the first start said. No test of this file may empty the database again."""
    with built_app.app_context():
        empty()
    return built_app.test_cli_runner().invoke(args=["prepare"])


@pytest.fixture
def session(first, built_app):
    with built_app.app_context():
        yield database.session
        database.session.remove()


@pytest.mark.unmeasured
def test_the_demo_region_is_loaded_once_and_says_who_may_enter(session, first, built_app):
    assert first.exit_code == 0, first.output
    assert "memuat daerah demo" in first.output
    assert demo.PASSWORD in first.output
    assert "19940617 201903 2 004" in first.output
    people, deeds = _people(session), count()
    session.rollback()

    second = built_app.test_cli_runner().invoke(args=["prepare"])

    assert second.exit_code == 0
    assert "memuat" not in second.output
    assert (_people(session), count()) == (people, deeds)
    assert people >= 600


def _people(session) -> int:
    return session.scalar(sa.select(sa.func.count(Person.id)))


def test_the_demo_region_gives_reports_something_to_say(session):
    units = session.scalars(sa.select(Unit)).all()
    assert len(units) >= 25
    assert max(unit.path.count("/") - 1 for unit in units) >= 4
    root = min(units, key=lambda unit: len(unit.path))
    report = queries.coverage(Scope((root.path,)), Subject("netralitas-inti", "2026.1", ""))
    total = report.total
    assert 0 < total.signed < total.passed < total.learned < total.people
    assert len({row.tally.signed_percent for row in report.rows}) > 8
    assert clock.now().tzinfo is not None
