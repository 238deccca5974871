"""Rows are the truth and nudges only nudge: nothing is lost, nothing is done twice."""

import sqlite3
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.agencies.models import Person
from app.core import clock
from app.core.db import start_writing
from app.core.errors import DomainError
from app.jobs import files, operations, queries, web
from app.jobs.deeds import Deed
from app.jobs.engine import Engine
from app.jobs.models import OPEN, Job, JobFile, State
from tests.browser import let_go
from tests.nudged import waiting_jobs

OTHER = "other-node"


class Broken(DomainError):
    message = "Tidak jadi. Tidak ada yang berubah."


@pytest.fixture
def deeds(app, monkeypatch):
    """Deeds by kind; each is a function of its work. `deeds.done` lists what was done."""

    class Deeds(dict):
        done = []

        def add(self, kind, run, **more):
            self[kind] = Deed(kind, kind, run, **more)

    deeds = Deeds()
    deeds.done = []
    deeds.add("note", lambda work: deeds.done.append(work.subject))
    monkeypatch.setattr(app.extensions["jobs"], "deeds", deeds)
    return deeds


@pytest.fixture
def engine(app, deeds):
    """Nudges wait for whoever delivers them: `huey.immediate` is off."""
    with waiting_jobs(app) as engine:
        yield engine


def deliver(engine):
    """Every nudge that is on its way, and the database let go of, as by a request."""
    let_go()
    while (task := engine.huey.dequeue()) is not None:
        engine.huey.execute(task)


def go_round(engine) -> bool:
    let_go()
    return engine.round()


def perform(engine, id):
    let_go()
    engine.perform(id)


def asked(db, kind="note", subject="a", **more) -> int:
    id = operations.ask(kind, subject, **more).id
    db.commit()
    return id


def job_of(db, id) -> Job:
    db.rollback()
    db.expire_all()
    return db.get(Job, id)


def test_what_is_asked_for_is_done_as_soon_as_it_is_committed(db, deeds):
    job = operations.ask("note", "a", asked_by_id=7)
    assert deeds.done == []  # not yet: it may be rolled back
    db.commit()
    assert deeds.done == ["a"]
    assert job_of(db, job.id).state is State.DONE
    assert [one.id for one in queries.jobs_asked_by(7)] == [job.id]


def test_what_is_rolled_back_is_neither_asked_for_nor_nudged(db, deeds):
    operations.ask("note", "a")
    db.rollback()
    asked(db, subject="b")
    assert deeds.done == ["b"]


def test_asking_again_while_it_is_open_gives_the_same_job(db, engine):
    assert asked(db) == asked(db)
    deliver(engine)
    assert asked(db) > 1  # control: what is done can be asked for anew


def test_a_nudge_that_comes_twice_does_nothing_twice(db, engine, deeds):
    id = asked(db)
    engine.nudge(id)
    deliver(engine)
    perform(engine, id)
    assert deeds.done == ["a"]


def test_a_lost_nudge_is_found_by_the_round(db, engine, deeds, monkeypatch):
    def full(*_):
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(engine.huey.storage, "enqueue", full)
        id = asked(db)
    deliver(engine)
    assert deeds.done == []
    assert go_round(engine)
    deliver(engine)
    assert deeds.done == ["a"]
    assert job_of(db, id).state is State.DONE


def test_of_two_workers_one_gets_a_job(db, engine):
    id = asked(db)
    assert operations.take(id, OTHER).held_by == OTHER
    assert operations.take(id, engine.worker) is None


def test_of_two_workers_one_makes_the_rounds_until_it_falls_silent(db, engine):
    assert not queries.is_worker_alive()
    assert operations.hold_rounds(OTHER)
    db.commit()
    assert queries.is_worker_alive()
    db.rollback()
    assert not go_round(engine)
    clock.shift(operations.ROUNDS_HELD)
    assert not queries.is_worker_alive()
    db.rollback()
    assert go_round(engine)
    assert not operations.hold_rounds(OTHER)
    operations.let_go_of_rounds(engine.worker)
    assert operations.hold_rounds(OTHER)


def test_what_a_dead_worker_left_is_done_by_another_and_the_dead_one_cannot_end_it(
    db, engine, deeds
):
    job = operations.take(asked(db), OTHER)
    db.commit()
    go_round(engine)
    deliver(engine)
    assert deeds.done == []  # it may be alive
    clock.shift(operations.JOB_HELD)
    go_round(engine)
    deliver(engine)
    assert deeds.done == ["a"]
    with pytest.raises(operations.Lost):
        operations.end(job, OTHER, None)
    with pytest.raises(operations.Lost):
        operations.advance(job, OTHER, 1)


def test_what_our_own_dead_worker_left_waits_for_nobody(db, engine, deeds):
    operations.take(asked(db), engine.worker)
    db.commit()
    let_go()
    engine.release_own()
    go_round(engine)
    deliver(engine)
    assert deeds.done == ["a"]


def test_a_job_that_kills_its_worker_three_times_is_given_up(db, engine):
    id = asked(db)
    for _ in range(operations.MOST_ATTEMPTS):
        assert operations.take(id, engine.worker)
        db.commit()
        let_go()
        engine.release_own()
    job = job_of(db, id)
    assert (job.state, job.failure) == (State.FAILED, operations.GAVE_UP)


def test_a_deed_that_breaks_a_rule_fails_with_its_sentence_and_changes_nothing(db, deeds, cast):
    id = cast.sari.id

    def rename(_work):
        start_writing()
        db.get(Person, id).name = "Lain"
        db.flush()
        raise Broken

    deeds.add("rename", rename)
    job = job_of(db, asked(db, "rename"))
    assert (job.state, job.failure, job.attempts) == (State.FAILED, Broken.message, 1)
    assert db.get(Person, id).name != "Lain"


def test_a_deed_that_stumbles_is_tried_again_later_and_then_given_up(db, engine, deeds, caplog):
    def stumble(_work):
        raise RuntimeError("NIP 199001012015052001")

    deeds.add("stumble", stumble)
    id = asked(db, "stumble")
    for pause in (*operations.PAUSES[1:], timedelta()):
        deliver(engine)
        assert job_of(db, id).state is (State.WAITING if pause else State.FAILED)
        perform(engine, id)  # too early
        assert "stumble of a" in caplog.text
        clock.shift(pause)
        db.rollback()
        go_round(engine)
    job = job_of(db, id)
    assert (job.attempts, job.failure) == (3, operations.GAVE_UP)


def test_progress_is_kept_step_by_step_and_the_result_at_the_end(db, deeds):
    seen = []

    def count(work):
        for step in range(1, 4):
            work.advance(step, 3)
            seen.append(db.execute(sa.select(Job.done, Job.total)).one()._tuple())
            db.rollback()
        return {"rows": 3}

    deeds.add("count", count)
    job = job_of(db, asked(db, "count"))
    assert seen == [(1, 3), (2, 3), (3, 3)]
    assert (job.state, job.done, job.total, job.result) == (State.DONE, 3, 3, {"rows": 3})


def test_a_job_that_waits_is_cancelled_at_once_and_one_that_runs_at_its_next_step(
    db, engine, deeds
):
    waiting = db.get(Job, asked(db))
    operations.cancel(waiting)
    db.commit()
    deliver(engine)
    assert (waiting.state, deeds.done) == (State.CANCELLED, [])

    def cancelled_meanwhile(work):
        operations.cancel(db.get(Job, running))
        db.commit()
        work.advance(1, 2)
        deeds.done.append("too far")

    deeds.add("slow", cancelled_meanwhile)
    running = asked(db, "slow")
    deliver(engine)
    assert job_of(db, running).state is State.CANCELLED
    assert deeds.done == []
    operations.cancel(job_of(db, running))
    assert job_of(db, running).state is State.CANCELLED  # what has ended stays as it is


def test_a_daily_deed_is_done_once_a_day_whatever_happens(db, engine, deeds):
    deeds.add("daily", lambda work: deeds.done.append(work.subject), is_daily=True)
    for _ in range(3):
        go_round(engine)
        deliver(engine)
    clock.shift(timedelta(days=1))
    go_round(engine)
    deliver(engine)
    today = clock.today()
    assert deeds.done == [str(today - timedelta(days=1)), str(today)]


def test_every_open_or_ended_job_is_said_in_a_word():
    assert len({state.label for state in State}) == len(State)


def test_workers_of_two_folders_and_of_cloned_machines_have_names_of_their_own(
    tmp_path, monkeypatch
):
    """Of one name, each would take over what the other has in hand."""
    one = web.name_of(tmp_path / "one")
    assert web.name_of(tmp_path / "one") == one
    assert web.name_of(tmp_path / "two") != one
    boot = tmp_path / "boot_id"
    boot.write_text("f9b2c0de-0000-4000-8000-000000000000\n")
    monkeypatch.setattr(web, "BOOT", boot)
    assert web.name_of(tmp_path / "one") != one
    assert len(web.name_of(tmp_path / ("x" * 200))) <= 120


def test_engines_of_two_nodes_share_no_file(app, tmp_path):
    ours = app.extensions["jobs"]
    theirs = Engine(app, OTHER, tmp_path / "huey.db", ())
    assert ours.file != theirs.file


# ---- how long it takes -----------------------------------------------------------------------


def test_only_open_ones_of_the_same_kind_that_were_asked_for_before_are_ahead(db, engine, deeds):
    deeds.add("other", lambda _: None)
    first = asked(db, subject="a")
    for kind, subject in (("other", "b"), ("note", "c"), ("note", "d"), ("note", "e")):
        last = asked(db, kind, subject)
    asked(db, subject="f")
    assert queries.open_before(job_of(db, last)) == 3
    perform(engine, first)
    assert queries.open_before(job_of(db, last)) == 2


def test_the_pace_is_read_from_the_last_that_are_done(db, engine, deeds):
    deeds.add("other", lambda _: clock.shift(timedelta(seconds=9)))
    deeds.add("slow", lambda _: clock.shift(timedelta(seconds=2)))
    for kind, subject in (("slow", "a"), ("other", "b"), ("slow", "c")):
        perform(engine, asked(db, kind, subject))
    asked(db, "slow", "d")
    spans = queries.latest_spans("slow")
    assert [round((ended - begun).total_seconds()) for begun, ended in spans] == [2, 2]


def test_neither_the_open_ones_nor_the_done_ones_are_looked_for_among_all(db, engine):
    """Ended jobs are kept for months: whoever waits for a file must not read them."""
    job = job_of(db, asked(db))
    subject = sa.select(Job.id).where(Job.kind == "note", Job.subject == "a", OPEN)
    for query, index in (
        (subject, "uq_jobs_open"),
        (queries._open_before(job), "uq_jobs_open"),
        (queries._latest_done(), "ix_jobs_state_due_at"),
    ):
        assert index in plan_of(db, query)
    assert "uq_jobs_open" not in plan_of(db, sa.select(Job.id).where(Job.kind == "note"))


def plan_of(db, query) -> str:
    """PostgreSQL reads so small a table whole, unless it is told not to."""
    if db.get_bind().dialect.name == "postgresql":
        db.execute(sa.text("SET LOCAL enable_seqscan = off"))
        explain = "EXPLAIN"
    else:
        explain = "EXPLAIN QUERY PLAN"
    said = query.compile(db.get_bind(), compile_kwargs={"literal_binds": True})
    return str(db.execute(sa.text(f"{explain} {said}".replace(":", "\\:"))).all())


def test_a_file_that_a_job_made_is_for_whoever_asked_and_gone_after_its_time(
    app, db, cast, deeds, sign_in, wait
):
    """Sari's file opens for Sari alone, and only while it is kept; its job is there still."""
    deeds.add("file", lambda work: work.keep("rekap.csv", "text/csv", b"a;b"))
    sari, budi = sign_in(cast.sari), sign_in(cast.budi)
    job = operations.ask("file", "people:1", asked_by_id=cast.sari.id)
    db.commit()
    page = f"/pekerjaan/{job.id}/berkas"
    got = sari.get(page)
    assert (got.data, got.headers["Content-Disposition"]) == (
        b"a;b", 'attachment; filename="rekap.csv"',
    )  # fmt: skip
    assert budi.get(page).status_code == 404
    wait(days=1)
    assert app.test_cli_runner().invoke(args=["jobs", "retention"]).exit_code == 0
    assert sign_in(cast.sari).get(page).status_code == 404
    assert db.get(Job, job.id) is not None


def test_a_file_goes_with_its_job(db, deeds):
    deeds.add("file", lambda work: work.keep("a.csv", "text/csv", b"a"))
    job = operations.ask("file", "a")
    db.commit()
    db.refresh(job)
    assert files.has_file(job)
    start_writing()
    operations.forget_ended(0)
    db.commit()
    assert db.scalar(sa.select(sa.func.count()).select_from(JobFile)) == 0
