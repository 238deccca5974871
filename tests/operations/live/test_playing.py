"""A session that plays by itself, for whoever wants to see a projector: by the same operations."""

from datetime import timedelta

import sqlalchemy as sa

from app.core import clock
from app.live import queries
from app.live.models import LiveAnswer, LiveParticipant, LiveSession
from app.live.playing import Play
from tests.webinars import prepared


def test_it_is_played_to_its_end_and_everybody_has_answered(db, cast):
    session_id = prepared(cast, count=2).id
    people = [cast.sari.id, cast.budi.id, cast.rina.id]
    said = []
    play = Play(
        session_id,
        cast.yusuf.id,
        seconds=10,
        say=said.append,
        wait=lambda seconds: clock.shift(timedelta(seconds=seconds)),
    )
    play.whole(people, questions=2)
    session = db.get_one(LiveSession, session_id)
    runs = queries.runs_of(session_id)
    assert session.has_ended
    assert [run.question.place for run in runs] == [1, 2]
    assert [sum(run.tally["counts"].values()) for run in runs] == [3, 3]
    assert db.scalar(sa.select(sa.func.count(LiveParticipant.id))) == 3
    assert db.scalar(sa.select(sa.func.count()).select_from(LiveAnswer)) == 6
    assert said[0].startswith("Lobi")
    assert said[-1] == "Sesi selesai."


def test_the_command_plays_a_rehearsal_for_people_of_the_instansi(app, db, cast, monkeypatch):
    played = []
    monkeypatch.setattr(Play, "whole", lambda self, hall, count: played.append((self, hall, count)))
    done = app.test_cli_runner().invoke(
        args=["live", "demo", "--agency", "arunika", "--people", "5", "--questions", "3"]
    )
    assert done.exit_code == 0, done.output
    assert "Layar proyektor: http://127.0.0.1:8000/layar/" in done.output
    ((play, hall, count),) = played
    session = db.get_one(LiveSession, play.session_id)
    assert session.is_rehearsal
    assert session.code[:3] in done.output
    assert (len(hall), count, len(queries.questions_of(session.id))) == (5, 3, 3)
    assert play.host_id == cast.yusuf.id
