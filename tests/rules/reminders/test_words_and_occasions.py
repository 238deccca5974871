"""On which days somebody is reminded, and how a long list is cut."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.reminders.occasions import occasion
from app.reminders.words import pieces

OPENS, DUE = date(2026, 11, 1), date(2026, 11, 30)
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


def named(day: date) -> str | None:
    found = occasion(OPENS, DUE, day)
    return found.name if found and found.on == day else None


def test_the_days_of_a_duty_of_a_month():
    told = {OPENS + timedelta(days=n): named(OPENS + timedelta(days=n)) for n in range(-3, 45)}
    assert {day.isoformat(): name for day, name in told.items() if name} == {
        "2026-11-01": "opening",
        "2026-11-23": "t-7",
        "2026-11-29": "t-1",
        "2026-11-30": "due",
        "2026-12-07": "late-1",
        "2026-12-14": "late-2",
    }


def test_a_server_that_slept_two_days_still_reminds_and_one_that_slept_four_does_not():
    assert occasion(OPENS, DUE, date(2026, 11, 25)).name == "t-7"
    assert occasion(OPENS, DUE, date(2026, 11, 27)) is None


@given(DAYS, st.integers(0, 60), st.integers(0, 200))
def test_an_occasion_never_lies_ahead_nor_before_the_opening(opens, length, after):
    today = opens + timedelta(days=after)
    found = occasion(opens, opens + timedelta(days=length), today)
    assert found is None or opens <= found.on <= today


LINES = st.lists(st.text("abc ", max_size=60).map(str.strip))


@given(LINES, st.integers(150, 900))
def test_every_name_is_in_one_piece_and_no_piece_is_too_long(lines, most):
    named = [f"{n}. {line}".strip() for n, line in enumerate(lines)]
    found = pieces("Belum:", named, "Terima kasih.", most)
    assert all(len(one) <= most for one in found)
    told = [line for one in found for line in one.splitlines()]
    assert [line for line in told if line in named] == named


def test_pieces_say_which_they_are_of_how_many():
    found = pieces("Belum:", [f"{n}. Orang" for n in range(40)], "Terima kasih.", 200)
    assert [one.splitlines()[1] for one in found] == [
        f"({n}/{len(found)})" for n in range(1, len(found) + 1)
    ]
    assert sum(one.count("Orang") for one in found) == 40
    assert found[-1].endswith("Terima kasih.")
    assert pieces("Belum:", ["1. Sari"], "") == ["Belum:\n\n1. Sari"]  # control: one needs no mark
