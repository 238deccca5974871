"""What strangers send: kept without them, dealt with by editors, and gone in time."""

import json
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from app.audit.models import AuditEntry
from app.catalog import current
from app.core import clock
from app.core.errors import NotFound
from app.editing import operations, queries
from app.editing.models import AnswerCount, Fate, SentQuestion

ASKED = "bolehkah ikut jalan sehat yang diadakan calon"


@pytest.fixture
def case(app, db):
    return current().shown("suka-unggahan-akun-pemenangan")


def texts(db) -> list[str]:
    return list(db.scalars(sa.select(SentQuestion.text)))


def test_a_question_is_kept_with_its_day_and_nothing_else(db):
    operations.send(ASKED)
    row = db.execute(sa.select(SentQuestion.__table__)).one()._asdict()
    assert row.pop("id") > 0
    assert row == {
        "text": ASKED,
        "sent_on": clock.today(),
        "fate": Fate.OPEN,
        "scenario_id": None,
        "phrasing": None,
    }


def test_no_column_could_hold_a_person_a_device_a_network_or_a_moment():
    """Control: what the tables cannot hold, nobody can put there by mistake."""
    kinds = {
        (column.name, type(column.type).__name__)
        for table in (SentQuestion.__table__, AnswerCount.__table__)
        for column in table.columns
    }
    assert kinds == {
        ("id", "Integer"), ("text", "String"), ("sent_on", "Date"), ("fate", "Enum"),
        ("scenario_id", "String"), ("phrasing", "String"),
        ("counted_on", "Date"), ("answered", "Integer"), ("unanswered", "Integer"),
    }  # fmt: skip
    assert not any(table.foreign_keys for table in (SentQuestion.__table__, AnswerCount.__table__))


def test_sending_and_counting_leave_no_entry_in_the_trail(db, case):
    """An entry keeps its moment for ever."""
    operations.send(ASKED)
    operations.count_answer(case, is_answered=False)
    db.commit()
    assert db.scalar(sa.select(sa.func.count(AuditEntry.id))) == 0


def test_ids_do_not_tell_the_order_in_which_questions_came(db):
    ids = [operations.send(f"{ASKED} nomor {chr(97 + n)}").id for n in range(12)]
    assert ids != sorted(ids)


def test_only_what_was_shown_is_kept(db):
    with pytest.raises(operations.NotYetShown):
        operations.send("boleh tidak, hubungi 081234567890")
    assert texts(db) == []


@pytest.mark.parametrize("typed", ["", "   ", "123", "12 34 56 78", "👍👍👍", "***", "a?", "\x00"])
def test_what_asks_nothing_is_not_kept(db, typed):
    with pytest.raises(operations.NothingAsked):
        operations.send(typed)


def test_a_question_is_600_characters_at_most(db):
    assert operations.send("boleh " * 99 + "tidak?").text
    assert operations.send("\U0001f642\U00020000" * 297 + "boleh").text  # four bytes each
    with pytest.raises(operations.TooLong, match=r"600 karakter.+ 10\.000\."):
        operations.send("a" * 10_000)


def test_the_same_question_on_the_same_day_is_one(db, wait):
    operations.send(ASKED)
    with pytest.raises(operations.AlreadySent):
        operations.send(ASKED)
    wait(days=1)
    operations.send(ASKED)
    assert texts(db) == [ASKED, ASKED]


def test_who_floods_the_box_fills_no_disk(db, monkeypatch):
    monkeypatch.setattr(operations, "MOST_WAITING", 2)
    operations.send("bolehkah satu")
    operations.send("bolehkah dua")
    with pytest.raises(operations.BoxFull):
        operations.send("bolehkah tiga")


def test_answers_are_counted_by_case_and_day(db, case, wait):
    for is_answered in (True, False, False):
        operations.count_answer(case, is_answered=is_answered)
    wait(days=1)
    operations.count_answer(case, is_answered=False)
    assert db.scalar(sa.select(sa.func.count(AnswerCount.id))) == 2
    assert queries.tallies() == [(case.id, 1, 3)]


def test_a_case_that_answers_everybody_is_in_no_list(db, case):
    operations.count_answer(case, is_answered=True)
    assert queries.tallies() == []


def test_after_180_days_everything_is_gone(db, case, laras, wait):
    for fate in ("open", "wanted", "attached"):
        question = operations.send(f"{ASKED} {fate}")
        if fate == "wanted":
            operations.want(question, laras)
        elif fate == "attached":
            operations.attach(question, case, "lari pagi bareng calon", laras)
    operations.count_answer(case, is_answered=False)
    db.commit()
    wait(days=179)
    assert operations.forget_old() == 0
    assert len(queries.questions(*Fate)) == 3
    wait(days=1)
    assert queries.questions(*Fate) == []
    assert queries.tallies() == []
    assert operations.forget_old() == 3
    assert texts(db) == []
    assert db.scalar(sa.select(sa.func.count(AnswerCount.id))) == 0


def test_every_question_that_is_sent_sweeps_up_the_old_ones(db, wait):
    operations.send(ASKED)
    db.commit()
    wait(days=180)
    operations.send("bolehkah yang baru")
    assert texts(db) == ["bolehkah yang baru"]


def entries(db) -> list[tuple]:
    query = sa.select(AuditEntry.action, AuditEntry.actor_id, AuditEntry.data)
    return [tuple(row) for row in db.execute(query.order_by(AuditEntry.id))]


def test_editors_deeds_are_recorded_without_the_question(db, case, laras):
    question, other = operations.send(ASKED), operations.send("bolehkah yang lain")
    operations.want(question, laras)
    db.flush()
    db.refresh(question)
    operations.attach(question, case, "lari pagi bareng calon", laras)
    db.refresh(question)
    operations.release(question, laras)
    assert operations.discard([question, other], laras) == 2
    db.commit()
    assert entries(db) == [
        ("question.wanted", laras.id, "{}"),
        ("question.attached", laras.id, json.dumps({"case": case.id}, separators=(",", ":"))),
        ("question.released", laras.id, "{}"),
        ("question.discarded", laras.id, "{}"),
        ("question.discarded", laras.id, "{}"),
    ]
    assert texts(db) == []


def test_of_two_editors_one_deals_with_a_question(db, case, laras):
    question = operations.send(ASKED)
    db.commit()
    db.refresh(question)
    table = SentQuestion.__table__
    db.execute(sa.update(table).values(fate="wanted"))
    with pytest.raises(operations.AlreadyDealtWith):
        operations.attach(question, case, "lari pagi bareng calon", laras)


def test_what_somebody_discarded_is_discarded_once(db, laras):
    question = operations.send(ASKED)
    db.execute(sa.delete(SentQuestion.__table__))
    assert operations.discard([question], laras) == 0


@pytest.mark.parametrize(
    "phrasing", ["", "x" * 161, "hubungi 0812345678", "hubungi ***", "a@b.co boleh", "12"]
)
def test_a_phrasing_is_short_and_hides_nothing(db, case, laras, phrasing):
    with pytest.raises(operations.PhrasingUnfit):
        operations.attach(operations.send(ASKED), case, phrasing, laras)


def test_a_phrasing_that_the_case_knows_is_no_news(db, case, laras):
    known = case.asked_like[0].upper()
    with pytest.raises(operations.AlreadyAsked):
        operations.attach(operations.send(ASKED), case, known, laras)


def test_what_content_has_taken_over_is_gone(db, case, laras):
    question, waiting = operations.send(ASKED), operations.send("bolehkah yang lain")
    operations.attach(question, case, "lari pagi bareng calon", laras)
    operations.attach(waiting, case, "jalan pagi bareng calon", laras)
    db.execute(
        sa.update(SentQuestion.__table__)
        .where(SentQuestion.__table__.c.id == question.id)
        .values(phrasing=case.asked_like[0])
    )
    db.commit()
    assert operations.forget_installed(current()) == 1
    assert texts(db) == ["bolehkah yang lain"]
    assert operations.forget_installed(current()) == 0


def test_a_question_that_is_gone_is_no_page(db):
    with pytest.raises(NotFound):
        queries.question_by(1)


@pytest.mark.parametrize(
    "columns",
    [{"fate": "attached"}, {"scenario_id": "a", "phrasing": "b"}, {"phrasing": "b"}],
)
def test_the_database_knows_that_a_phrasing_belongs_to_a_case(db, columns):
    row = {"id": 1, "text": "a", "sent_on": clock.today(), "fate": "open", **columns}
    with pytest.raises(IntegrityError), db.begin_nested():
        db.execute(sa.insert(SentQuestion.__table__).values(**row))


def test_days_are_days_here_and_not_in_greenwich(db, monkeypatch):
    """Half past midnight in Jakarta is another day than in UTC."""
    now = clock.now().replace(hour=17, minute=30)
    clock.shift(now - clock.now())
    assert operations.send(ASKED).sent_on == (now + timedelta(hours=7)).date()
