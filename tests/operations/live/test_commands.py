"""A host's commands: one a version, in the scenes that allow them, and all of them recorded."""

import json
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.audit.models import AuditEntry
from app.catalog.terms import Phase
from app.core import clock
from app.core.errors import NotFound
from app.live import arranging, hosts, operations, queries, tallies
from app.live.answering import keep
from app.live.hosts import LastHost
from app.live.models import LiveEvent, LiveRun
from app.live.operations import Moved, NothingLeft, NotNow, Orders, StillTime
from app.live.timeline import LEAD, Scene, scene_of
from tests.webinars import RIGHT, WRONG, in_lobby, joined, open_now, order, prepared, sent


def scene(session):
    run = queries.latest_run(session.id)
    return scene_of(session.times, run.times if run else None, clock.now())


def test_a_session_from_its_lobby_to_its_end(db, cast, wait):
    session = prepared(cast, count=1)
    seen = [scene(session)]
    order(session, "lobby")
    seen.append(scene(session))
    order(session, "open")
    seen.append(scene(session))
    wait(seconds=LEAD.total_seconds())
    seen.append(scene(session))
    wait(seconds=61)
    seen.append(scene(session))
    order(session, "reveal")
    seen.append(scene(session))
    order(session, "end")
    assert [*seen, scene(session)] == [
        Scene.DRAFT,
        Scene.LOBBY,
        Scene.READY,
        Scene.OPEN,
        Scene.CLOSED,
        Scene.REVEALED,
        Scene.ENDED,
    ]
    commands = db.scalars(sa.select(LiveEvent.command).order_by(LiveEvent.version)).all()
    assert commands == ["lobby", "open", "reveal", "end"]
    assert session.version == 1 + len(commands)


def test_a_command_on_an_older_version_changes_nothing_and_says_so(db, cast):
    session = in_lobby(cast)
    page = session.version
    operations.command(session, "open", page, cast.yusuf)
    with pytest.raises(Moved):
        operations.command(session, "open", page, cast.yusuf)
    assert db.scalar(sa.select(sa.func.count(LiveRun.id))) == 1


@pytest.mark.parametrize(
    "name", ["open", "again", "other", "extend", "close", "reveal", "void", "skip", "resume", "end"]
)
def test_what_a_scene_does_not_allow_is_refused(db, cast, name):
    session = prepared(cast)
    with pytest.raises(NotNow):
        operations.command(session, name, session.version, cast.yusuf)
    db.rollback()
    assert session.version == 1


def test_a_command_that_nobody_knows_is_an_error(db, cast):
    with pytest.raises(KeyError):
        operations.command(prepared(cast), "explode", 1, cast.yusuf)


def test_questions_come_in_their_order_and_skipped_ones_do_not(db, cast, wait):
    session = in_lobby(cast, count=3)
    order(session, "skip")
    first = open_now(session)
    wait(seconds=61)
    order(session, "reveal")
    second = open_now(session)
    assert [first.question.place, second.question.place] == [2, 3]
    wait(seconds=61)
    order(session, "reveal")
    with pytest.raises(NothingLeft):
        order(session, "open")
    db.rollback()
    skipped = queries.questions_of(session.id)[0]
    assert open_now(session, question_id=skipped.id).question.place == 1


def test_a_question_of_another_session_does_not_exist(db, cast):
    session, other = in_lobby(cast), in_lobby(cast)
    with pytest.raises(NotFound):
        order(session, "open", question_id=queries.questions_of(other.id)[0].id)


def test_the_same_question_again_is_a_second_round_and_in_the_other_phase_a_first(db, cast, wait):
    session = in_lobby(cast)
    open_now(session)
    wait(seconds=61)
    order(session, "again")  # reveals the first round, too
    wait(seconds=70)
    order(session, "reveal")
    order(session, "other")
    runs = queries.runs_of(session.id)
    assert [(run.phase, run.round) for run in runs] == [
        (Phase.BEFORE, 1),
        (Phase.BEFORE, 2),
        (Phase.AFTER, 1),
    ]
    assert runs[0].revealed_at is not None


def test_an_extension_moves_the_close_and_a_close_brings_it_forward(db, cast, wait):
    session = in_lobby(cast)
    run = open_now(session)
    before = run.closes_at
    order(session, "extend")
    assert run.closes_at - before == operations.EXTENSION
    wait(seconds=3)
    order(session, "close")
    assert scene(session) is Scene.CLOSED
    assert run.closes_at <= clock.now()


def test_a_void_run_is_kept_and_its_question_can_be_asked_again(db, cast):
    session = in_lobby(cast)
    run = open_now(session)
    order(session, "void")
    assert scene(session) is Scene.LOBBY
    again = open_now(session)
    assert again.question_id == run.question_id
    assert again.round == 2
    assert [one.id for one in queries.runs_of(session.id)] == [again.id]


def test_a_pause_takes_nobodys_time(db, cast, wait):
    session = in_lobby(cast)
    run = open_now(session)
    wait(seconds=20)
    left = run.closes_at - clock.now()
    order(session, "pause")
    wait(minutes=10)
    order(session, "resume")
    gone = run.closes_at - clock.now()
    assert abs(gone - left) < timedelta(seconds=1)


def test_a_reveal_waits_for_extra_time_unless_it_is_meant(db, cast, wait):
    session = in_lobby(cast)
    joined(session, cast.sari, extra_percent=150)
    open_now(session)
    wait(seconds=61)
    with pytest.raises(StillTime):
        order(session, "reveal")
    db.rollback()
    order(session, "reveal", is_meant=True)
    assert scene(session) is Scene.REVEALED


def test_the_end_counts_closes_and_proves_what_was_answered(db, cast, wait):
    session = in_lobby(cast)
    sari, budi = joined(session, cast.sari), joined(session, cast.budi)
    run = open_now(session)
    keep([sent(run, sari, RIGHT), sent(run, budi, WRONG)])
    db.commit()
    order(session, "end")
    assert run.revealed_at is not None
    assert run.tally["counts"] == {"boleh": 1, "tidak-boleh": 1, "bergantung": 0}
    entry = db.scalars(sa.select(AuditEntry).where(AuditEntry.action == "live.ended")).one()
    said = json.loads(entry.data)
    assert said["joined"] == 2
    assert said["runs"] == {str(run.id): run.tally["counts"]}
    assert said["digest"] == session.digest == tallies.digest_of(session.id)


def test_a_changed_answer_no_longer_has_the_digest(db, cast):
    """Control of the digest."""
    session = in_lobby(cast)
    run = open_now(session)
    keep([sent(run, joined(session, cast.sari))])
    order(session, "end")
    db.execute(sa.text("UPDATE live_answers SET choice = 'boleh'"))
    assert tallies.digest_of(session.id) != session.digest


def test_what_had_not_opened_at_the_end_counts_for_nothing(db, cast):
    session = order(in_lobby(cast), "open")
    order(session, "end")
    assert queries.runs_of(session.id) == []
    with pytest.raises(NotNow):
        order(session, "open")


def test_opening_and_ending_are_entries_of_the_trail_and_nothing_else_is(db, cast, wait):
    session = in_lobby(cast)
    run = open_now(session)
    keep([sent(run, joined(session, cast.sari))])
    wait(seconds=61)
    order(session, "reveal")
    order(session, "end")
    actions = db.scalars(sa.select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert actions == ["live.opened", "live.ended", "live.given"]


def test_a_desk_takes_over_visibly_and_commands_from_then_on(db, cast):
    session = in_lobby(cast)
    hosts.take_over(session, cast.dewi)
    db.commit()
    assert queries.is_host(session.id, cast.dewi.id)
    order(session, "open", by=cast.dewi)
    entry = db.scalars(sa.select(AuditEntry).order_by(AuditEntry.id)).all()[-1]
    assert (entry.action, entry.actor_id) == ("live.taken_over", cast.dewi.id)
    version = session.version
    hosts.take_over(session, cast.dewi)
    assert session.version == version


def test_hosts_come_and_go_visibly_and_one_stays(db, cast):
    session = in_lobby(cast)
    with pytest.raises(LastHost):
        hosts.remove_host(session, cast.yusuf.id, cast.yusuf)
    for _ in range(2):
        hosts.add_host(session, cast.dewi, cast.yusuf)
    with pytest.raises(NotFound):
        hosts.remove_host(session, cast.sari.id, cast.yusuf)
    assert hosts.remove_host(session, cast.yusuf.id, cast.dewi) is cast.yusuf
    db.commit()
    assert queries.hosts_of(session.id) == [cast.dewi]
    entries = db.scalars(sa.select(AuditEntry).order_by(AuditEntry.id)).all()[-2:]
    assert [(one.action, one.actor_id, json.loads(one.data)["host"]) for one in entries] == [
        ("live.host_added", cast.yusuf.id, cast.dewi.id),
        ("live.host_removed", cast.dewi.id, cast.yusuf.id),
    ]
    commands = db.scalars(sa.select(LiveEvent.command).order_by(LiveEvent.version)).all()
    assert commands[-2:] == ["add_host", "remove_host"]


def test_a_draft_that_is_deleted_leaves_its_title_in_the_trail(db, cast):
    session = prepared(cast)
    arranging.delete(session, cast.dewi)
    db.commit()
    entry = db.scalars(sa.select(AuditEntry).order_by(AuditEntry.id)).all()[-1]
    assert (entry.action, entry.actor_id) == ("live.deleted", cast.dewi.id)
    assert (entry.subject, json.loads(entry.data)) == (
        f"units:{cast.root.id}",
        {"title": "Netralitas di gawai"},
    )


@pytest.mark.parametrize("seconds", [9, 601])
def test_a_time_to_answer_is_within_bounds(db, cast, seconds):
    with pytest.raises(NotNow):
        order(in_lobby(cast), "open", seconds=seconds)


def test_a_session_has_questions_and_not_too_many(db, cast):
    with pytest.raises(arranging.TooManyQuestions):
        prepared(cast, count=0)
    with pytest.raises(arranging.TooManyQuestions):
        prepared(cast, count=arranging.MOST_QUESTIONS + 1)


def test_orders_are_empty_unless_said():
    assert Orders() == Orders(None, None, None, is_meant=False)


def test_a_session_that_nobody_ends_is_ended_overnight_and_no_sooner(db, cast, wait):
    session = in_lobby(cast)
    run = open_now(session)
    keep([sent(run, joined(session, cast.sari))])
    db.commit()
    wait(hours=8)  # two hours were planned, an hour from now on
    assert operations.end_forgotten() == 0
    wait(hours=2)
    assert operations.end_forgotten() == 1
    db.commit()
    assert session.has_ended
    assert run.tally["counts"][RIGHT] == 1
    event = db.scalars(sa.select(LiveEvent).order_by(LiveEvent.version)).all()[-1]
    assert (event.command, event.actor_id) == ("end", None)
    assert operations.end_forgotten() == 0


def test_a_session_that_goes_on_is_not_forgotten(db, cast, wait):
    """Control: it began late, and a question has just closed; and what was never opened stays."""
    session = in_lobby(cast)
    prepared(cast)
    wait(hours=10)
    open_now(session)
    assert operations.end_forgotten() == 0
