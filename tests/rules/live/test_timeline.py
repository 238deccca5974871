"""What is seen when, and how an answer stands by its moment: every edge, by a clock that stands."""

from datetime import UTC, datetime, timedelta

import pytest

from app.live.timeline import (
    GRACE,
    STILL_KEPT,
    Refusal,
    RunTimes,
    Scene,
    SessionTimes,
    Timing,
    next_turn,
    scene_of,
    timing_of,
)

NOW = datetime(2026, 11, 30, 2, 0, tzinfo=UTC)
OPENS, CLOSES = NOW, NOW + timedelta(seconds=60)
RUN = RunTimes(OPENS, CLOSES)
SESSION = SessionTimes(lobby_at=NOW, paused_at=None, ended_at=None)
TICK = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("session", "run", "at", "scene"),
    [
        (SessionTimes(None, None, None), None, NOW, Scene.DRAFT),
        (SESSION, None, NOW, Scene.LOBBY),
        (SESSION, RUN, OPENS - TICK, Scene.READY),
        (SESSION, RUN, OPENS, Scene.OPEN),
        (SESSION, RUN, CLOSES - TICK, Scene.OPEN),
        (SESSION, RUN, CLOSES, Scene.CLOSED),
        (SESSION, RUN, CLOSES + timedelta(hours=9), Scene.CLOSED),
        (SESSION, RunTimes(OPENS, CLOSES, revealed_at=CLOSES), OPENS, Scene.REVEALED),
        (SESSION, RunTimes(OPENS, CLOSES, voided_at=OPENS), OPENS, Scene.LOBBY),
        (SessionTimes(NOW, NOW, None), RUN, OPENS, Scene.PAUSED),
        (SessionTimes(NOW, None, NOW), RUN, OPENS, Scene.ENDED),
        (SessionTimes(NOW, NOW, NOW), RUN, OPENS, Scene.ENDED),
    ],
)
def test_the_scene_follows_from_columns_and_the_time(session, run, at, scene):
    assert scene_of(session, run, at) is scene


@pytest.mark.parametrize(
    ("at", "turn"),
    [(OPENS - TICK, OPENS), (OPENS, CLOSES), (CLOSES - TICK, CLOSES), (CLOSES, None)],
)
def test_the_next_turn_comes_by_itself(at, turn):
    assert next_turn(RUN, at) == turn


def test_what_is_revealed_or_void_turns_no_more():
    assert next_turn(RunTimes(OPENS, CLOSES, revealed_at=OPENS), OPENS - TICK) is None
    assert next_turn(RunTimes(OPENS, CLOSES, voided_at=OPENS), OPENS - TICK) is None
    assert next_turn(None, NOW) is None


@pytest.mark.parametrize(
    ("at", "stands"),
    [
        (OPENS - TICK, Refusal.NOT_OPEN),
        (OPENS, Timing.ON_TIME),
        (CLOSES, Timing.ON_TIME),
        (CLOSES + GRACE, Timing.ON_TIME),
        (CLOSES + GRACE + TICK, Timing.NETWORK_LATE),
        (CLOSES + timedelta(days=1), Timing.NETWORK_LATE),
    ],
)
def test_an_answer_stands_by_when_it_came(at, stands):
    assert timing_of(RUN, at, at) is stands


def test_extra_time_is_counted_from_the_opening():
    late = OPENS + timedelta(seconds=90) + GRACE
    assert timing_of(RUN, late, late, extra_percent=150) is Timing.ON_TIME
    assert timing_of(RUN, late + TICK, late, extra_percent=150) is Timing.NETWORK_LATE
    assert timing_of(RUN, late, late) is Timing.NETWORK_LATE


def test_after_the_reveal_only_what_was_given_before_the_close_is_kept_and_not_for_long():
    revealed = RunTimes(OPENS, CLOSES, revealed_at=CLOSES + timedelta(seconds=20))
    came = revealed.revealed_at + timedelta(minutes=1)
    assert timing_of(revealed, came, CLOSES) is Timing.LATE
    assert timing_of(revealed, came, CLOSES + TICK) is Refusal.REVEALED
    assert timing_of(revealed, came, OPENS - TICK) is Refusal.REVEALED
    end = revealed.revealed_at + STILL_KEPT
    assert timing_of(revealed, end, CLOSES) is Timing.LATE
    assert timing_of(revealed, end + TICK, CLOSES) is Refusal.REVEALED


def test_a_void_run_keeps_nothing():
    void = RunTimes(OPENS, CLOSES, voided_at=OPENS)
    assert timing_of(void, OPENS, OPENS) is Refusal.VOID


def test_while_a_session_rests_no_answer_is_late():
    at = CLOSES + timedelta(minutes=5)
    assert timing_of(RUN, at, at, paused_at=CLOSES - TICK) is Timing.ON_TIME
    assert timing_of(RUN, at, at, paused_at=CLOSES) is Timing.NETWORK_LATE
