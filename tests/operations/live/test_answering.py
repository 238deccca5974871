"""Answers: each exactly once, the later tap stays, nothing late overwrites what was in time."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.catalog.terms import Verdict
from app.core import clock
from app.live.answering import AHEAD, held_by, keep, milliseconds, note_presence
from app.live.models import LiveAnswer, LivePresence
from app.live.queries import latest_run
from app.live.timeline import GRACE, Refusal, Timing
from tests.webinars import RIGHT, WRONG, in_lobby, joined, open_now, order, sent


@pytest.fixture
def session(db, cast):
    return in_lobby(cast)


@pytest.fixture
def run(session):
    return open_now(session)


@pytest.fixture
def sari(session, cast):
    return joined(session, cast.sari)


def only(db) -> LiveAnswer:
    return db.scalars(sa.select(LiveAnswer)).one()


def test_what_is_sent_twice_is_stored_once(db, run, sari):
    answer = sent(run, sari)
    first, again = keep([answer])[0], keep([answer])[0]
    assert first.stored == again.stored
    assert first.refusal is again.refusal is None
    assert only(db).choice == RIGHT


def test_twice_in_one_batch_is_once_and_the_later_tap_stays(db, run, sari):
    early, late = sent(run, sari, WRONG), sent(run, sari, RIGHT)
    late = replace(late, seq=early.seq + 1)
    for batch in ([early, late, early], [late, early]):
        assert {reply.stored.choice for reply in keep(batch)} == {RIGHT}
    assert only(db).choice == RIGHT


def test_an_older_tap_that_comes_later_changes_nothing_and_hears_what_stands(db, run, sari):
    answer = sent(run, sari)
    keep([answer])
    reply = keep([replace(answer, choice=WRONG, seq=answer.seq - 1)])[0]
    assert reply.stored.choice == RIGHT
    assert reply.refusal is None


def test_an_answer_can_be_changed_until_the_close(db, run, sari, wait):
    keep([sent(run, sari, WRONG)])
    wait(seconds=30)
    assert keep([sent(run, sari, RIGHT)])[0].stored.choice == RIGHT


def test_what_comes_after_the_grace_never_overwrites(db, run, sari, wait):
    keep([sent(run, sari, RIGHT)])
    wait(seconds=60 + GRACE.total_seconds() + 1)
    assert keep([sent(run, sari, WRONG)])[0].stored.choice == RIGHT


def test_a_late_first_answer_counts_as_late(db, session, cast, run, wait):
    budi = joined(session, cast.budi)
    wait(seconds=60 + GRACE.total_seconds() + 1)
    assert keep([sent(run, budi)])[0].stored.timing is Timing.NETWORK_LATE


def test_after_the_reveal_it_is_kept_by_the_phones_word_or_refused(db, session, cast, run, wait):
    sari, budi = joined(session, cast.sari), joined(session, cast.budi)
    tapped = clock.now()
    wait(seconds=61)
    order(session, "reveal")
    kept = keep([sent(run, sari, claimed_at=tapped), sent(run, budi)])
    assert kept[0].stored.timing is Timing.LATE
    assert (kept[1].stored, kept[1].refusal) == (None, Refusal.REVEALED)


def test_what_is_not_open_void_or_unknown_is_refused_by_name(db, session, cast, sari):
    order(session, "open")
    run = latest_run(session.id)
    assert keep([sent(run, sari)])[0].refusal is Refusal.NOT_OPEN
    order(session, "void")
    assert keep([sent(run, sari)])[0].refusal is Refusal.VOID
    assert keep([sent(run, sari, run_id=run.id + 1000)])[0].refusal is Refusal.UNKNOWN
    assert db.scalar(sa.select(sa.func.count()).select_from(LiveAnswer)) == 0


def test_a_choice_that_does_not_exist_is_refused(db, run, sari):
    assert keep([sent(run, sari, "mungkin")])[0].refusal is Refusal.BAD_CHOICE
    for verdict in Verdict:
        assert keep([sent(run, sari, verdict.value)])[0].refusal is None


def test_a_ticket_of_another_session_answers_nothing_here(db, session, cast, run, sari):
    other = in_lobby(cast)
    theirs = joined(other, cast.budi)
    assert keep([sent(run, theirs)])[0].refusal is Refusal.UNKNOWN
    forged = sent(run, theirs, session_id=other.id)
    assert keep([forged])[0].refusal is Refusal.UNKNOWN
    mixed = sent(run, sari, session_id=other.id)
    assert keep([mixed])[0].refusal is Refusal.UNKNOWN


def test_a_clock_that_is_wrong_by_a_day_freezes_nothing(db, run, sari, wait):
    tomorrow = milliseconds(clock.now() + timedelta(days=1))
    keep([sent(run, sari, WRONG, seq=tomorrow)])
    assert only(db).seq <= milliseconds(clock.now() + AHEAD)
    wait(seconds=6)
    assert keep([sent(run, sari, RIGHT)])[0].stored.choice == RIGHT


def test_many_in_one_batch_each_hear_of_themselves(db, session, cast, run):
    sari, budi = joined(session, cast.sari), joined(session, cast.budi)
    replies = keep([sent(run, sari, RIGHT), sent(run, budi, WRONG)])
    assert [reply.stored.choice for reply in replies] == [RIGHT, WRONG]
    assert keep([]) == []


def test_how_sure_somebody_was_is_kept(db, run, sari):
    keep([sent(run, sari, is_sure=True)])
    assert only(db).is_sure is True


def test_presence_is_noted_once_a_slot_and_only_of_people(db, sari):
    note_presence([(sari.id, 7), (sari.id, 7), (sari.id + 1000, 7)])
    note_presence([(sari.id, 7), (sari.id, 8)])
    slots = db.execute(sa.select(LivePresence.participant_id, LivePresence.slot)).all()
    assert sorted(slots) == [(sari.id, 7), (sari.id, 8)]


def test_what_is_held_is_told_to_whom_it_belongs(db, session, cast, run, sari):
    budi = joined(session, cast.budi)
    keep([sent(run, sari), sent(run, budi, WRONG)])
    held = held_by({(run.id, budi.id)})
    assert held[run.id, budi.id].choice == WRONG
    assert held_by(set()) == {}
