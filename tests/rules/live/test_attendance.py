"""Who counts as present, and how long a session was: from what is recorded."""

from datetime import UTC, datetime, timedelta

from app.live.attendance import (
    Record,
    jp_of,
    made_up_for,
    minutes_held,
    needed_of,
    slot_of,
    slots_between,
    was_present,
)

AT = datetime(2026, 11, 30, 2, 0, tzinfo=UTC)


def record(answered=0, late=0, replayed=0) -> Record:
    return Record(AT, answered, late, replayed, slots=1)


def test_so_many_answers_make_somebody_present():
    assert was_present(record(answered=6), needed=6)
    assert not was_present(record(answered=5), needed=6)


def test_what_was_missed_can_be_made_up_for_and_is_counted_apart():
    assert made_up_for(record(answered=4, replayed=2), needed=6)
    assert not made_up_for(record(answered=6, replayed=2), needed=6)
    assert not made_up_for(record(answered=4, replayed=1), needed=6)


def test_fewer_answers_are_needed_where_fewer_were_asked():
    assert needed_of(asked=10, wanted=6) == 6
    assert needed_of(asked=4, wanted=6) == 4


def test_a_jp_is_forty_five_whole_minutes_really_held():
    def held(minutes, seconds=0):
        return jp_of(minutes_held(AT, AT + timedelta(minutes=minutes, seconds=seconds)))

    assert (held(44, 59), held(45), held(89, 59), held(90), held(0)) == (0, 1, 1, 2, 0)


def test_ten_minutes_are_a_slot():
    assert slot_of(AT + timedelta(minutes=9, seconds=59)) == slot_of(AT)
    assert slot_of(AT + timedelta(minutes=10)) == slot_of(AT) + 1
    assert slots_between(AT, AT + timedelta(minutes=10)) == 2
