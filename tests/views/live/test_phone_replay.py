"""For whoever missed it: the questions afterwards, one by one, counted apart."""

import pytest

from app.core import clock
from app.core.db import db as database
from app.learning import queries as learning
from app.live import answering
from app.live.attended import turnout_of
from app.live.models import LiveAnswer
from app.live.outcomes import attendees_of, held_of
from app.live.queries import latest_run
from app.live.timeline import Timing
from tests import learners
from tests.webinars import RIGHT, WRONG, in_lobby, joined, open_now, order, sent


@pytest.fixture
def over(app, db, cast, wait):
    """Two questions, the first in two rounds; Budi answered all of them. It may be made up for
    until tomorrow."""
    until = clock.today()
    gives = {"gives": "lessons", "course": learners.SLUG}
    session = in_lobby(cast, needed=2, replay_until=until, **gives)
    budi = joined(session, cast.budi)
    for name in ("open", "again", "open"):
        run = open_now(session) if name == "open" else again(session)
        answering.keep([sent(run, budi)])
        database.session.commit()
        wait(seconds=61)
        order(session, "reveal")
    return order(session, "end")


def again(session):
    order(session, "again")
    run = latest_run(session.id)
    clock.shift(run.opens_at - clock.now())
    return run


def text(answer) -> str:
    return answer.get_data(as_text=True)


def test_sari_who_never_joined_answers_one_by_one_and_is_counted_apart(
    app, db, cast, sign_in, over
):
    phone, here = sign_in(cast.sari), f"/webinar/{over.code}"
    assert "Ikut sesi susulan" in text(phone.get(here))
    task = phone.get(f"{here}/ulang")
    for number in (1, 2):
        address = text(task).rpartition('button--primary" href="')[2].partition('"')[0]
        asked = text(phone.get(address))
        assert f"{number} dari 2" in asked
        assert "KENARI" not in asked
        task = phone.post(address, data={"choice": RIGHT}, follow_redirects=True)
        assert "KENARI-ALASAN" in text(task)
        assert "Jawaban Anda: <strong>Tidak boleh</strong>. Tepat." in text(task)
    assert "Sesi susulan Anda tercatat." in text(phone.get(f"{here}/ulang"))
    assert "Sesi susulan Anda tercatat." in text(phone.get(here))
    assert learning.progress_of(cast.sari, learners.course_of(app)).has_learned
    rows = database.session.query(LiveAnswer).filter_by(timing=Timing.REPLAY).all()
    assert len(rows) == 2, "two rounds of a question are one"
    turnout = turnout_of(held_of(over), attendees_of(over.id))
    assert (turnout.joined, turnout.made_up) == (1, 1), "who only repeats has not come"


def test_each_is_answered_once_and_what_was_answered_in_the_session_stays(
    app, db, cast, sign_in, over
):
    phone = sign_in(cast.sari)
    run_id = database.session.query(LiveAnswer).order_by(LiveAnswer.run_id).first().run_id
    address = f"/webinar/{over.code}/ulang/{run_id}"
    assert "Pilih satu jawaban" in text(phone.post(address, follow_redirects=True))
    for choice in (WRONG, RIGHT):
        phone.post(address, data={"choice": choice})
    rows = database.session.query(LiveAnswer).filter_by(run_id=run_id, timing=Timing.REPLAY)
    assert [row.choice for row in rows] == [WRONG]
    sign_in(cast.budi).post(address, data={"choice": WRONG})
    rows = database.session.query(LiveAnswer).filter_by(run_id=run_id, timing=Timing.ON_TIME)
    assert [row.choice for row in rows] == [RIGHT]


def test_it_is_open_until_its_date_and_to_its_own_people(app, db, cast, sign_in, over, wait):
    address = f"/webinar/{over.code}/ulang"
    told = text(sign_in(cast.stranger).get(address, follow_redirects=True))
    assert "diadakan instansi lain" in told
    phone = sign_in(cast.sari)
    assert phone.get(f"{address}/99999").status_code == 404
    wait(days=2)
    late = sign_in(cast.sari)
    assert "sudah ditutup" in text(late.get(address, follow_redirects=True))
    run_id = database.session.query(LiveAnswer).first().run_id
    late.post(f"{address}/{run_id}", data={"choice": RIGHT})
    assert database.session.query(LiveAnswer).filter_by(timing=Timing.REPLAY).count() == 0


def test_before_the_end_there_is_nothing_to_repeat(app, db, cast, sign_in):
    session = in_lobby(cast, replay_until=clock.today())
    told = sign_in(cast.sari).get(f"/webinar/{session.code}/ulang", follow_redirects=True)
    assert "belum dibuka" in text(told)
