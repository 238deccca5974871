"""The daily round: who has not signed is reminded once an occasion; who has, is not."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.agencies.models import Placement
from app.outbox import operations as outbox
from app.outbox.models import Message
from app.reminders import deeds
from tests import learners
from tests.nudged import waiting_jobs
from tests.operations.assignments.test_assignments import assigned, today


class Work:
    """A job in nobody's hands."""

    subject = "today"

    def advance(self, done, total=None):
        pass


@pytest.fixture
def mail(app, db, cast, monkeypatch):
    config = replace(app.config["RAMBU"], SMTP="smtp://127.0.0.1:9", MAIL_FROM="r@contoh.go.id")
    monkeypatch.setitem(app.config, "RAMBU", config)
    for person in (cast.sari, cast.rina, cast.budi):
        outbox.keep_address(person.id, f"orang{person.id}@contoh.go.id", refuses=False)
    db.commit()
    with waiting_jobs(app):
        yield


def went_round(db) -> list[tuple[int, str]]:
    """Whom the round of today wrote to, and for which occasion, beside what was there."""
    before = set(db.scalars(sa.select(Message.id)))
    deeds._round(Work())
    db.commit()
    found = db.scalars(sa.select(Message).order_by(Message.id))
    return [(one.person_id, one.occasion) for one in found if one.id not in before]


def test_who_has_not_signed_is_reminded_once_an_occasion(app, db, cast, mail, wait):
    learners.signed(app, cast.rina)
    assigned(app, cast.health)
    db.commit()
    first = [one for one in went_round(db) if one[1] == "opening"]
    assert first == [(cast.sari.id, "opening")]
    assert [one for one in went_round(db) if one[1] == "opening"] == []
    wait(days=23)
    assert (cast.sari.id, "t-7") in went_round(db)
    message = db.scalars(sa.select(Message).filter_by(occasion="t-7")).one()
    assert "Puskesmas Melati" in message.why
    assert "7 hari lagi" in message.title


def test_who_waits_for_her_head_is_not_reminded_of_what_she_cannot_do(app, db, cast, mail):
    until = today() + timedelta(days=10)
    mine = sa.update(Placement).where(Placement.person_id == cast.rina.id)
    db.execute(mine.values(position="Kepala Dinas"))
    cast.rina.position = "Kepala Dinas"
    assigned(app, cast.health, leaders_until=until)
    db.commit()
    assert all(person != cast.sari.id for person, _ in went_round(db))


def test_on_mondays_whoever_runs_a_unit_is_told_how_far_it_is(app, db, cast, mail, wait):
    assigned(app, cast.health)
    db.commit()
    wait(days=(7 - today().weekday()) % 7)
    digests = [one for one in went_round(db) if one[1].startswith("20")]
    assert digests == [(cast.rina.id, f"{today():%G-W%V}")]
    body = db.scalars(sa.select(Message.body).filter_by(subject="desk")).one()
    assert "0 dari 2 sudah, 2 belum" in body
    wait(days=1)
    assert [one for one in went_round(db) if one[1].startswith("20")] == []


def test_without_a_mail_server_nobody_is_queued(app, db, cast):
    outbox.keep_address(cast.sari.id, "sari@contoh.go.id", refuses=False)
    assigned(app, cast.health)
    db.commit()
    assert went_round(db) == []
