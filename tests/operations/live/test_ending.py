"""What a session gives: to everybody who was there, once each, however often it is tried."""

import json
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.audit.models import AuditEntry
from app.core import clock
from app.core.db import start_writing
from app.credentials.models import Credential, CredentialFile, Kind
from app.jobs.models import Job, State
from app.learning.models import Enrolment, LessonDone
from app.live import deeds, ending
from app.live.answering import keep
from app.live.models import Gives, LiveAnswer, LiveParticipant
from app.live.outcomes import SETTLED, outcome_of
from app.live.timeline import Timing
from tests import learners
from tests.browser import let_go
from tests.nudged import waiting_jobs
from tests.webinars import in_lobby, joined, open_now, order, sent


@pytest.fixture(autouse=True)
def engine(app):
    """Jobs wait until a test does them: nobody renders a document here."""
    with waiting_jobs(app) as engine:
        yield engine


def held(cast, *answers: tuple, count: int = 3, minutes: int = 100, **other):
    """A session with so many questions, each answered by whoever is named for it; not ended yet.
    Gives the session and the participants by name."""
    session = in_lobby(cast, count, **other)
    names = sorted({name for some in answers for name in some} | {"sari", "budi"})
    who = {name: joined(session, getattr(cast, name)) for name in names}
    for some in answers:
        run = open_now(session)
        keep([sent(run, who[name]) for name in some])
        clock.shift(timedelta(minutes=minutes / len(answers)))
        order(session, "reveal")
    return session, who


def perform(engine, db, kind):
    """Do the open job of a kind, as the worker does. Gives it."""
    id = db.scalar(sa.select(Job.id).where(Job.kind == kind, Job.ended_at.is_(None)))
    let_go()
    engine.perform(id)
    db.rollback()
    db.expire_all()
    return db.get(Job, id)


def given(db, kind=Kind.ATTENDANCE) -> dict[str, Credential]:
    found = db.scalars(sa.select(Credential).where(Credential.kind == kind))
    return {one.holder.name.split()[0].lower(): one for one in found}


def entries(db, action) -> list[dict]:
    query = sa.select(AuditEntry.data).where(AuditEntry.action == action).order_by(AuditEntry.id)
    return [json.loads(data) for data in db.scalars(query)]


def test_who_was_there_gets_one_certificate_that_says_what_was_held(db, cast, engine):
    session, who = held(cast, ("sari", "budi"), ("sari",), gives=Gives.CERTIFICATE, place="Aula")
    guest = LiveParticipant(
        session_id=session.id, guest=1, guest_code="ABCD", joined_at=clock.now()
    )
    db.add(guest)
    db.commit()
    order(session, "end")
    job = perform(engine, db, "live.give")
    assert job.state is State.DONE
    assert job.result == {"joined": 2, "present": 1, "made_up": 0, "guests": 1, "given": 1}
    facts = given(db).pop("sari").stated
    assert (facts.title, facts.event_kind, facts.place) == (session.title, "Seminar", "Aula")
    assert (facts.minutes, facts.jp, facts.session) == (100, 2, session.code)
    assert (facts.answered, facts.asked) == (2, 2)
    assert facts.rule == "Menjawab paling sedikit 2 dari 2 soal."
    assert entries(db, "live.given") == [{"gives": "certificate", **job.result}]
    mine = outcome_of(session, who["sari"])
    assert (mine.is_present, mine.code) == (True, given(db)["sari"].code)
    other = outcome_of(session, who["budi"])
    assert (other.is_attended, other.code, other.answered, other.asked) == (False, None, 1, 2)


def test_fewer_questions_than_planned_ask_for_fewer_answers_and_rounds_count_once(db, cast, engine):
    session, who = held(cast, ("sari",), gives=Gives.CERTIFICATE, needed=3)
    again = order(session, "again")
    clock.shift(timedelta(seconds=6))
    keep([sent(run, who["budi"]) for run in [_latest(again)]])
    db.commit()
    order(session, "end")
    perform(engine, db, "live.give")
    assert set(given(db)) == {"sari", "budi"}  # one question, in whichever round
    assert {one.stated.asked for one in given(db).values()} == {1}


def _latest(session):
    from app.live.queries import latest_run

    return latest_run(session.id)


def test_what_was_void_counts_for_nobody(db, cast, engine):
    session, who = held(cast, ("sari",), gives=Gives.CERTIFICATE)
    run = open_now(session)
    keep([sent(run, who["budi"])])
    order(session, "void")
    order(session, "end")
    perform(engine, db, "live.give")
    assert set(given(db)) == {"sari"}


def test_late_answers_are_counted_by_the_second_pass_and_nothing_twice(db, cast, engine, wait):
    session, who = held(cast, ("sari",), gives=Gives.CERTIFICATE)
    run, before = _latest(session), clock.now() - timedelta(minutes=100)
    order(session, "end")
    perform(engine, db, "live.give")
    first = given(db)["sari"].code
    late = sent(run, who["budi"], claimed_at=before)
    assert keep([late])[0].stored.timing is Timing.LATE
    db.commit()
    assert not outcome_of(session, who["budi"]).is_settled
    assert perform(engine, db, "live.give_late").state is State.WAITING  # it is not due yet
    wait(seconds=SETTLED.total_seconds())
    db.rollback()
    assert perform(engine, db, "live.give_late").result["given"] == 1
    assert set(given(db)) == {"sari", "budi"}
    assert given(db)["sari"].code == first
    assert outcome_of(session, who["budi"]).is_settled
    assert [one["given"] for one in entries(db, "live.given")] == [1, 1]


def test_a_worker_killed_between_two_portions_gives_nothing_twice(db, cast, engine, monkeypatch):
    """Killed after a commit: what it did stays, and what it had not done is done."""
    monkeypatch.setattr(ending, "CHUNK", 1)
    session, _ = held(cast, ("sari", "budi"), ("sari", "budi"), gives=Gives.CERTIFICATE)
    order(session, "end")
    job = db.scalar(sa.select(Job).where(Job.kind == "live.give"))

    class Killed(BaseException):
        pass

    def advance(_done, _total):
        db.commit()
        raise Killed

    with pytest.raises(Killed):
        ending.give(session, advance)
    db.rollback()
    assert len(given(db)) == 1  # control: it was in the middle
    survivor = next(iter(given(db).values())).code
    assert perform(engine, db, "live.give").result["given"] == 1
    assert len(given(db)) == 2
    assert survivor in {one.code for one in given(db).values()}
    assert sorted(one.sequence for one in given(db).values()) == [1, 2]
    assert job.id


def test_a_rehearsal_gives_nothing_and_attendance_alone_no_document(db, cast, engine):
    session, _ = held(cast, ("sari",), gives=Gives.CERTIFICATE)
    session.is_rehearsal = True
    order(session, "end")
    assert db.scalar(sa.select(sa.func.count(Job.id))) == 0
    plain, _ = held(cast, ("sari",), ("sari",))
    order(plain, "end")
    assert perform(engine, db, "live.give").result["present"] == 1
    assert given(db) == {}


def test_lessons_are_counted_as_done_and_the_paper_stays_hers_to_do(app, db, cast, engine):
    course = learners.course_of(app)
    session, _ = held(cast, ("sari",), ("sari",), gives=Gives.LESSONS, course=course.slug)
    order(session, "end")
    assert perform(engine, db, "live.give").result["given"] == 1
    enrolment = db.scalars(sa.select(Enrolment)).one()
    assert (enrolment.person_id, enrolment.has_learned) == (cast.sari.id, True)
    assert not enrolment.has_passed
    done = set(db.scalars(sa.select(LessonDone.lesson)))
    assert done == {lesson.slug for lesson in course.lessons}
    (told,) = entries(db, "lessons.completed")
    assert (told["source"], set(told["lessons"])) == (f"webinar:{session.id}", done)
    assert perform(engine, db, "live.give_late") is not None
    let_go()
    start_writing()
    assert ending.give(session, lambda *_: None)["given"] == 0  # again, and nothing twice


def test_lessons_of_a_course_that_is_gone_fail_with_a_sentence(db, cast, engine):
    session, _ = held(cast, ("sari",), ("sari",), gives=Gives.LESSONS, course="tidak-ada")
    order(session, "end")
    job = perform(engine, db, "live.give")
    assert (job.state, job.failure) == (State.FAILED, ending.CourseGone.message)


def test_who_answers_afterwards_is_given_it_at_once(db, cast, engine):
    session, who = held(cast, ("sari",), ("sari",), gives=Gives.CERTIFICATE)
    run = _latest(session)
    assert not ending.give_to(who["budi"], session)  # it goes on
    order(session, "end")
    perform(engine, db, "live.give")
    assert not ending.give_to(who["budi"], session)
    for one in {run.id, run.id - 1}:
        row = {"run_id": one, "participant_id": who["budi"].id, "choice": "boleh", "seq": 1}
        db.add(LiveAnswer(**row, received_at=clock.now(), timing=Timing.REPLAY))
    db.commit()
    assert ending.give_to(who["budi"], session)
    assert not ending.give_to(who["budi"], session)
    facts = given(db)["budi"].stated
    assert facts.rule.endswith("yang terlewat dijawab sendiri sesudah kegiatan.")
    assert (outcome_of(session, who["budi"]).is_made_up, facts.answered) == (True, 2)


def test_a_session_that_nobody_ended_lasted_as_planned(db, cast, engine, wait):
    session, _ = held(cast, ("sari",), ("sari",), gives=Gives.CERTIFICATE)
    wait(hours=14)
    order(session, "end")
    perform(engine, db, "live.give")
    assert given(db)["sari"].stated.ends_at == session.ends_at


def test_files_are_asked_for_in_portions(db, cast, engine, monkeypatch):
    monkeypatch.setattr(deeds, "PORTION", 1)
    made = []

    def noted(credential, _press):
        made.append(credential.id)
        if len(made) == 1:
            raise deeds.TooMuch  # one that cannot be made keeps none of the others

    monkeypatch.setattr(deeds.credentials, "file_of", noted)
    session, _ = held(cast, ("sari", "budi"), ("sari", "budi"), gives=Gives.CERTIFICATE)
    order(session, "end")
    perform(engine, db, "live.give")
    asked = []
    while job := db.scalar(sa.select(Job).where(Job.kind == "live.print", Job.ended_at.is_(None))):
        asked.append(job.subject)
        perform(engine, db, "live.print")
    assert made == sorted(one.id for one in given(db).values())
    name = f"live_sessions:{session.id}"
    assert asked == [f"{name}>0", *(f"{name}>{id}" for id in made)]
    assert db.scalar(sa.select(sa.func.count()).select_from(CredentialFile)) == 0
