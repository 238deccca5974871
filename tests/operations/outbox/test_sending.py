"""Each message leaves once at most, by a real mail server, in nobody's night."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from app.core import clock
from app.jobs.models import Job
from app.outbox import deeds, operations, queries
from app.outbox.models import Message, State
from app.outbox.operations import BadAddress, Letter
from tests.browser import let_go
from tests.nudged import waiting_jobs
from tests.post_office import post_office

#: Ten in the morning in Jakarta, and nine in the evening.
DAY, NIGHT = datetime(2026, 11, 30, 3, tzinfo=UTC), datetime(2026, 11, 30, 14, tzinfo=UTC)


@pytest.fixture
def office(app, monkeypatch, at):
    at(DAY)
    with post_office() as office:
        config = replace(app.config["RAMBU"], SMTP=office.url, MAIL_FROM="rambu@contoh.go.id")
        monkeypatch.setitem(app.config, "RAMBU", config)
        yield office


@pytest.fixture
def at(monkeypatch):
    """`at(NIGHT)`: what time it is."""

    def stand(moment):
        monkeypatch.setattr(clock, "now", lambda: moment)

    return stand


@pytest.fixture
def engine(app):
    with waiting_jobs(app) as engine:
        yield engine


def letter(person, occasion="opening", **more) -> Letter:
    plain = {
        "person_id": person.id,
        "subject": "assignment_cycles:1",
        "occasion": occasion,
        "title": "Netralitas ASN: 7 hari lagi",
        "body": "Yth. Sari,\nmohon diselesaikan. Café.",
        "why": "Anda terdaftar di Puskesmas Melati.",
        "zone": "Asia/Jakarta",
    }
    return Letter(**plain | more)


def queued(db, *letters) -> int:
    new = operations.queue(list(letters))
    db.commit()
    return new


def reachable(db, *people):
    for number, person in enumerate(people):
        operations.keep_address(person.id, f"orang{number}@contoh.go.id", refuses=False)
    db.commit()


def deliver(db, engine):
    """Whatever jobs are due, until there are none."""
    for _ in range(5):
        db.rollback()
        due = sa.select(Job.id).where(Job.state == "waiting", Job.due_at <= clock.now())
        ids = list(db.scalars(due))
        let_go()
        for id in ids:
            engine.perform(id)
    db.rollback()
    db.expire_all()


def states(db) -> list[State]:
    return list(db.scalars(sa.select(Message.state).order_by(Message.id)))


def test_a_message_is_sent_with_its_reason_and_its_way_out(db, cast, office, engine):
    reachable(db, cast.sari)
    assert queued(db, letter(cast.sari)) == 1
    deliver(db, engine)
    (mail,) = office.taken
    assert (mail["To"], mail["From"]) == ("orang0@contoh.go.id", "rambu@contoh.go.id")
    assert mail["Subject"] == "Netralitas ASN: 7 hari lagi"
    body = mail.get_content()
    assert "Café." in body
    assert "Anda terdaftar di Puskesmas Melati." in body
    assert "/akun/pengingat" in body
    assert states(db) == [State.SENT]


def test_nobody_gets_two_for_one_thing(db, cast, office, engine):
    reachable(db, cast.sari, cast.budi)
    assert queued(db, letter(cast.sari), letter(cast.budi), letter(cast.sari)) == 2
    deliver(db, engine)
    assert queued(db, letter(cast.sari)) == 0
    assert queued(db, letter(cast.sari, "t-7")) == 1  # control: another occasion
    deliver(db, engine)
    assert len(office.taken) == 3


def test_who_gave_no_address_or_wants_none_is_not_written_to(db, cast, office, engine):
    reachable(db, cast.sari)
    queued(db, letter(cast.sari))
    operations.keep_address(cast.sari.id, "sari@contoh.go.id", refuses=True)
    db.commit()
    assert queued(db, letter(cast.sari, "t-7"), letter(cast.budi)) == 0
    deliver(db, engine)
    assert office.taken == []


def test_at_night_it_waits_for_seven_in_the_morning(db, cast, office, engine, at):
    at(NIGHT)
    reachable(db, cast.sari)
    queued(db, letter(cast.sari))
    deliver(db, engine)
    assert office.taken == []
    at(datetime(2026, 12, 1, 0, 1, tzinfo=UTC))
    deliver(db, engine)
    assert len(office.taken) == 1


def test_a_server_that_is_busy_is_tried_again_and_one_that_refuses_is_not(
    db, cast, office, engine, at
):
    reachable(db, cast.sari)
    office.says["RCPT"] = "450 kotak surat sibuk"
    queued(db, letter(cast.sari))
    deliver(db, engine)
    assert states(db) == [State.WAITING]
    office.says["RCPT"] = "550 tidak ada orangnya"
    at(DAY.replace(minute=6))
    deliver(db, engine)
    assert states(db) == [State.FAILED]
    assert office.taken == []


def test_a_server_that_takes_it_and_then_fails_is_not_sent_it_twice(db, cast, office, engine, at):
    """It hung up after it said yes: sent. It hung up before it said anything: nobody knows."""
    reachable(db, cast.sari, cast.budi)
    office.drops = {"AFTER", "QUIT"}
    queued(db, letter(cast.sari))
    deliver(db, engine)
    assert states(db) == [State.SENT]
    office.drops = {"BODY"}
    queued(db, letter(cast.budi))
    deliver(db, engine)
    assert states(db) == [State.SENT, State.DOUBTFUL]
    office.drops = set()
    at(DAY.replace(hour=9))
    deliver(db, engine)
    assert len(office.taken) == 1


def test_a_server_that_is_away_is_tried_six_times_and_then_no_more(db, cast, office, engine, at):
    reachable(db, cast.sari)
    office.drops = {"EHLO", "HELO"}
    queued(db, letter(cast.sari))
    for _ in range(8):
        deliver(db, engine)
        waiting = queries.next_waiting()
        if waiting is not None:
            at(waiting.due_at)
    deliver(db, engine)
    assert states(db) == [State.FAILED]
    assert db.scalars(sa.select(Message.attempts)).one() == 6


def test_what_a_worker_had_in_hand_when_it_died_is_in_doubt(db, cast, office, engine, at):
    reachable(db, cast.sari)
    queued(db, letter(cast.sari))
    operations.take(db.scalars(sa.select(Message)).one())
    db.commit()
    at(DAY.replace(minute=30))
    deliver(db, engine)
    assert states(db) == [State.DOUBTFUL]
    assert office.taken == []


def test_without_a_server_nothing_is_sent_and_nothing_lost(app, db, cast, engine, at):
    at(DAY)
    reachable(db, cast.sari)
    queued(db, letter(cast.sari))
    with app.app_context():
        assert deeds.server() is None
    deliver(db, engine)
    assert states(db) == [State.WAITING]


@pytest.mark.parametrize(
    "address", ["sari", "a@b", "a b@contoh.go.id", "a@contoh.go.id\nBcc: x@y.id"]
)
def test_an_address_that_is_none_is_refused(db, cast, address):
    with pytest.raises(BadAddress):
        operations.keep_address(cast.sari.id, address, refuses=False)
