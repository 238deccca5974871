"""`flask prepare` on an empty machine: the demo region with its past, loaded once."""

from itertools import groupby

import pytest
import sqlalchemy as sa

from app import demo
from app.agencies.models import Person, Unit
from app.audit.queries import count
from app.core import clock
from app.core.db import db as database
from app.learning.models import Enrolment, LessonDone
from app.learning.pace import Read, earliest_end
from app.quizzes.chances import may_send_at
from app.quizzes.models import Attempt
from app.reports import queries
from app.reports.queries import Scope, Subject
from tests import learners
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


def test_nobody_in_it_has_read_faster_than_the_rule_allows(session, built_app):
    lessons = {one.slug: one for one in learners.course_of(built_app).lessons}
    began = dict(session.execute(sa.select(Enrolment.id, Enrolment.started_at)).all())
    rows = session.scalars(sa.select(LessonDone).order_by(LessonDone.done_at)).all()
    for enrolment_id, done in groupby(sorted(rows, key=_whose), key=_whose):
        read: list[Read] = []
        for one in done:
            minutes = lessons[one.lesson].minutes
            assert one.done_at >= earliest_end(minutes, began[enrolment_id], read)
            read.append(Read(minutes, one.done_at))
    assert len(rows) > 1000


def _whose(done: LessonDone) -> int:
    return done.enrolment_id


def test_nor_sent_a_paper_sooner(session):
    for attempt in session.scalars(sa.select(Attempt)):
        questions = len(attempt.paper["questions"])
        assert may_send_at(attempt.started_at, questions, attempt.submitted_at) is None
