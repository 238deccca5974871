"""A webinar over real HTTP, small: whatever a phone was told is kept is there, also when a worker
dies in the middle. `make bench NAME=live` plays it with thousands."""

from datetime import timedelta

from app.live import operations
from tests.hall import Hall
from tests.herd import Habits
from tests.servers import workers_of

PHONES = 40


def test_a_worker_dies_amid_a_question_and_no_answer_is_lost_or_doubled(
    warm_instance, tmp_path, monkeypatch
):
    monkeypatch.setattr(operations, "LEAD", timedelta(seconds=1))
    folder = tmp_path / "hall"
    warm_instance("hall")
    hall = Hall(folder, f"sqlite:///{folder / 'hall.db'}", PHONES, questions=1)
    with hall.served() as server:
        before = workers_of(server.process)
        habits = Habits(think=(0.2, 1.5), ramp=0.2, deaf=0.2)
        outcome = server.play(habits, seconds=8, mishap=server.kill_a_worker, lag=1.0)
        assert workers_of(server.process) != before
    assert len(outcome.seen.told) == len(outcome.stored) == PHONES
    assert (outcome.lost, outcome.unsaid) == (0, 0)
    assert outcome.seen.unheard > 0, "some replies were lost on purpose"
