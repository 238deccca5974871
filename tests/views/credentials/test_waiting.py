"""A file that is not there yet is made by the worker; the request waits a moment, never renders."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core import clock
from app.credentials import deeds, operations, waiting
from app.credentials.press import SealUnavailable
from app.jobs import operations as jobs
from app.jobs.models import Job, State
from app.printing.facts import Kind
from tests.browser import let_go
from tests.nudged import waiting_jobs
from tests.operations.credentials.test_credentials import SOURCE, facts_for


@pytest.fixture
def pledge(db, cast):
    credential = operations.issue(cast.sari, SOURCE, facts_for(cast.sari, Kind.PLEDGE))
    db.commit()
    return credential


@pytest.fixture
def engine(app, monkeypatch):
    """The worker is slow: nothing is done before a test says so."""
    monkeypatch.setattr(waiting, "PATIENCE", 0)
    with waiting_jobs(app) as engine:
        yield engine


def job(db) -> Job:
    db.rollback()
    db.expire_all()
    return db.scalars(sa.select(Job)).one()


def alive(db, engine) -> None:
    jobs.hold_rounds(engine.worker)
    db.commit()


def test_who_asks_too_early_sees_that_it_is_being_made_and_then_gets_it(
    db, sign_in, cast, pledge, engine, monkeypatch
):
    browser, path = sign_in(cast.sari), f"/dokumen/{pledge.code}.pdf"
    alive(db, engine)
    with monkeypatch.context() as forbidden:
        forbidden.setattr(engine.app.extensions["press"], "produce", None)  # never in a request
        early = [browser.get(path) for _ in range(3)]
    assert {(page.status_code, page.headers["Refresh"]) for page in early} == {(202, "2")}
    assert "Berkas Anda ke-1 dalam antrean, beberapa detik lagi." in early[0].text
    id = job(db).id  # asked three times, one job
    let_go()
    engine.perform(id)
    late = browser.get(path)
    assert (late.status_code, late.mimetype) == (200, "application/pdf")
    assert job(db).asked_by_id == cast.sari.id


def test_without_a_worker_the_page_says_so_and_what_was_asked_waits(
    db, sign_in, cast, pledge, engine
):
    browser, path = sign_in(cast.sari), f"/dokumen/{pledge.code}.pdf"
    page = browser.get(path)
    assert (page.status_code, page.headers["Refresh"]) == (202, "30")
    assert "Penyiapan berkas di server sedang berhenti" in page.text
    assert "sudah tercatat dan aman" in page.text
    engine.close()
    engine.file.unlink()  # and the nudge is lost
    assert engine.round()
    deliver(engine)
    assert browser.get(path).status_code == 200


def test_keys_that_are_broken_are_told_and_the_next_question_tries_again(
    db, app, sign_in, cast, pledge, monkeypatch
):
    def broken(_credential):
        raise SealUnavailable

    browser, path = sign_in(cast.sari), f"/dokumen/{pledge.code}.pdf"
    with monkeypatch.context() as context:
        context.setattr(app.extensions["press"], "produce", broken)
        page = browser.get(path)
    assert page.status_code == 503
    assert SealUnavailable.message in page.text
    assert job(db).state is State.FAILED
    assert browser.get(path).status_code == 200


def test_only_one_thread_of_a_process_waits(db, sign_in, cast, pledge, engine, monkeypatch):
    """So many who ask at once take nobody's pages from them."""
    monkeypatch.setattr(waiting, "PATIENCE", 600)
    with waiting._ONE_WAITS:  # somebody waits already
        assert sign_in(cast.sari).get(f"/dokumen/{pledge.code}.pdf").status_code == 202


def test_a_request_that_waits_gets_what_comes_meanwhile(
    db, sign_in, cast, pledge, engine, monkeypatch
):
    monkeypatch.setattr(waiting, "PATIENCE", 600)
    monkeypatch.setattr(waiting.time, "sleep", lambda _: engine.round() and deliver(engine))
    assert sign_in(cast.sari).get(f"/dokumen/{pledge.code}.pdf").status_code == 200


def deliver(engine) -> None:
    while (task := engine.huey.dequeue()) is not None:
        engine.huey.execute(task)


# ---- a long queue ----------------------------------------------------------------------------


def queue(db, count, kind=deeds.KIND) -> None:
    """Others have asked before."""
    rows = [{"kind": kind, "subject": f"credentials:{10**6 + n}"} for n in range(count)]
    db.execute(sa.insert(Job), rows)
    db.commit()


def has_made(db, count, seconds) -> None:
    """Files were made one after the other, so many seconds each."""
    ends = [clock.now() + timedelta(seconds=seconds * n) for n in range(count)]
    rows = [
        {
            "kind": deeds.KIND,
            "subject": f"credentials:{10**7 + n}",
            "state": State.DONE,
            "started_at": end - timedelta(seconds=seconds),
            "ended_at": end,
        }
        for n, end in enumerate(ends)
    ]
    db.execute(sa.insert(Job), rows)
    db.commit()


def test_behind_a_long_queue_nobody_waits_and_everybody_hears_for_how_long(
    db, sign_in, cast, pledge, engine, monkeypatch
):
    monkeypatch.setattr(waiting, "PATIENCE", 1.6)
    monkeypatch.setattr(waiting.time, "sleep", None)  # whoever waits falls over it
    alive(db, engine)
    queue(db, 399)
    queue(db, 7, kind="another.kind")
    page = sign_in(cast.sari).get(f"/dokumen/{pledge.code}.pdf")
    assert (page.status_code, page.headers["Refresh"]) == (202, "30")
    assert "Berkas Anda ke-400 dalam antrean, kira-kira 2 menit lagi." in page.text


def test_what_is_being_made_is_asked_for_again_soon(db, sign_in, cast, pledge, engine):
    """Whatever hangs before it: of two workers one may be slow."""
    browser, path = sign_in(cast.sari), f"/dokumen/{pledge.code}.pdf"
    queue(db, 399)
    assert browser.get(path).headers["Refresh"] == "30"
    alive(db, engine)
    jobs.take(pledges_job(db), "a worker")
    db.commit()
    page = browser.get(path)
    assert page.headers["Refresh"] == "2"
    assert "Berkas PDF: sedang dikerjakan." in page.text


class Waits(Exception):
    """Somebody slept."""


def test_a_short_queue_is_waited_for(db, sign_in, cast, pledge, engine, monkeypatch):
    """The control: behind four others it takes a second and a half."""

    def sleep(_):
        raise Waits

    monkeypatch.setattr(waiting, "PATIENCE", 1.6)
    monkeypatch.setattr(waiting.time, "sleep", sleep)
    queue(db, 4)
    with pytest.raises(Waits):
        sign_in(cast.sari).get(f"/dokumen/{pledge.code}.pdf")


def pledges_job(db) -> int:
    return db.scalar(sa.select(sa.func.max(Job.id)))


def test_the_time_is_what_the_last_files_took(db, sign_in, cast, pledge, engine):
    alive(db, engine)
    has_made(db, 5, seconds=4)
    queue(db, 2)
    page = sign_in(cast.sari).get(f"/dokumen/{pledge.code}.pdf")
    assert page.headers["Refresh"] == "12"
    assert "Berkas Anda ke-3 dalam antrean, kira-kira 20 detik lagi." in page.text


def test_whoever_comes_again_writes_nothing_and_nudges_nobody(
    db, sign_in, cast, pledge, engine, monkeypatch
):
    browser, path = sign_in(cast.sari), f"/dokumen/{pledge.code}.pdf"
    browser.get(path)
    monkeypatch.setattr(waiting, "start_writing", None)
    assert [browser.get(path).status_code for _ in range(3)] == [202, 202, 202]
    assert engine.huey.pending_count() == 1


def test_a_document_withdrawn_meanwhile_is_not_waited_for(db, sign_in, cast, pledge, engine):
    browser, path = sign_in(cast.sari), f"/dokumen/{pledge.code}.pdf"
    assert browser.get(path).status_code == 202
    operations.revoke(db.get(type(pledge), pledge.id), "Data keliru", cast.dewi)
    db.commit()
    assert browser.get(path).status_code == operations.NeverSealed.status
