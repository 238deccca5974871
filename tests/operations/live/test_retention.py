"""What a session forgets, after a year or for its owner; what stays is what others rest on."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.agencies import operations as roster
from app.core import clock
from app.jobs import retention as jobs
from app.live.answering import note_presence
from app.live.models import LiveAnswer, LiveParticipant, LivePresence, LiveSession
from app.live.outcomes import outcome_of
from app.live.retention import forget_choices
from app.live.summary import report_of
from app.rights import letting_go
from tests import webinars
from tests.webinars import asked, crowd, in_lobby, joined, order


@pytest.fixture
def ended(db, cast):
    """Seven answered, Sari among them, with extra time; her phone was seen."""
    session = in_lobby(cast, needed=1)
    sari = joined(session, cast.sari, extra_percent=150)
    asked(session, right=crowd(session, cast.clinic, 6), sure_wrong=[sari])
    note_presence([(sari.id, webinars.slot_now())])
    return order(session, "end")


def choices(db) -> int:
    db.rollback()
    return db.scalar(sa.select(sa.func.count(LiveAnswer.choice)))


def seen(db) -> int:
    return db.scalar(sa.select(sa.func.count()).select_from(LivePresence))


def test_after_a_year_nobodys_choice_is_left_and_every_number_is(db, cast, ended, wait):
    before = report_of(ended)
    wait(days=364)
    assert forget_choices(clock.now() - timedelta(days=365), None) == 0
    assert choices(db) == 7  # control: not a day too early
    wait(days=2)
    assert forget_choices(clock.now() - timedelta(days=365), None) == 7 + 1 + 1
    db.commit()
    assert (choices(db), seen(db)) == (0, 0)
    assert set(db.scalars(sa.select(LiveParticipant.extra_percent))) == {100}
    session = db.scalars(sa.select(LiveSession)).one()
    assert session.forgotten_at is not None
    after = report_of(session)
    assert after.asked == before.asked
    assert after.turnout.present == before.turnout.present == 7
    assert forget_choices(clock.now(), None) == 0


def test_a_dry_run_says_how_many_and_forgets_none(app, db, cast, ended, wait):
    wait(days=400)
    db.rollback()
    rules = [rule for rule in app.extensions["jobs.rules"] if rule.name == "choices"]
    assert [count for _, count in jobs.rehearsed(rules)] == [9]
    assert choices(db) == 7


def test_her_own_go_when_she_asks_and_that_she_was_there_stays(db, cast, ended):
    mine = db.scalars(sa.select(LiveParticipant).filter_by(person_id=cast.sari.id)).one()
    assert letting_go.erase(cast.sari, cast.dewi)["choices"] == 3
    db.commit()
    assert choices(db) == 6
    assert outcome_of(ended, mine).is_present
    assert ended.forgotten_at is None


def test_nothing_of_a_session_that_goes_on_is_forgotten(db, cast):
    session = in_lobby(cast)
    asked(session, right=[joined(session, cast.sari)])
    assert forget_choices(clock.now() + timedelta(days=999), None) == 0
    assert letting_go.erase(cast.sari, cast.dewi)["choices"] == 0


def test_what_is_restricted_stays_until_its_owner_ends_that(db, cast, ended, wait):
    roster.restrict(cast.sari, cast.dewi)
    db.commit()
    wait(days=400)
    forget_choices(clock.now(), None)
    db.commit()
    assert (choices(db), seen(db)) == (1, 1)
    roster.end_restriction(cast.sari, cast.sari)
    db.commit()
    assert forget_choices(clock.now(), None) == 3


def test_a_rehearsal_goes_a_day_after_by_the_daily_rule(app, db, cast, wait):
    session = in_lobby(cast)
    session.is_rehearsal = True
    order(session, "end")
    rules = [rule for rule in app.extensions["jobs.rules"] if rule.name == "rehearsals"]
    db.rollback()
    assert [count for _, count in jobs.kept(rules)] == [0]
    wait(days=2)
    assert [count for _, count in jobs.kept(rules)] == [1]
    assert db.scalar(sa.select(sa.func.count()).select_from(LiveSession)) == 0
