"""The card of a course says what is asked of her, and the most pressing of several."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from app.assignments.waiting import Waiting
from app.courses.asked import asked_in
from app.learning.progress import Progress

TODAY = date(2026, 12, 1)
AT = datetime(2026, 11, 1, tzinfo=UTC)
NEW = Progress("inti", "2026.1", 0, 8)
SIGNED = Progress("inti", "2026.1", 8, 8, AT, AT, AT, AT, 90)


@dataclass(frozen=True)
class Duty:
    due_on: date
    is_open: bool = True
    waiting: Waiting | None = None
    course: str = "inti"

    def is_late(self, today):
        return self.is_open and self.due_on < today

    def line(self, today):
        return f"sampai {self.due_on:%d-%m}"


def test_a_course_that_nobody_asks_for_says_nothing():
    asked = asked_in(NEW, [Duty(TODAY, course="medsos")], TODAY)
    assert (asked.line, asked.is_open) == ("", False)


def test_the_open_duty_that_is_due_first_speaks():
    done, near = Duty(date(2026, 11, 1), is_open=False), Duty(date(2026, 12, 5))
    asked = asked_in(NEW, [done, Duty(date(2026, 12, 9)), near], TODAY)
    assert (asked.line, asked.is_open, asked.is_late) == ("sampai 05-12", True, False)
    assert asked_in(NEW, [Duty(date(2026, 11, 30))], TODAY).is_late


def test_who_waits_is_told_so_unless_she_has_begun_and_one_open_door_is_enough():
    held = Duty(date(2026, 12, 5), waiting=Waiting(date(2026, 12, 3)))
    assert asked_in(NEW, [held], TODAY).waiting == "Dibuka 3 Desember 2026."
    begun = Progress("inti", "2026.1", 2, 8, AT)
    assert asked_in(begun, [held], TODAY).waiting == ""
    assert asked_in(NEW, [held, Duty(date(2026, 12, 9))], TODAY).waiting == ""


def test_who_has_signed_does_it_again_when_a_cycle_asks_and_is_open():
    assert asked_in(SIGNED, [Duty(TODAY)], TODAY).is_again
    held = asked_in(SIGNED, [Duty(TODAY, waiting=Waiting(TODAY))], TODAY)
    assert (held.is_again, bool(held.waiting)) == (False, True)
    assert not asked_in(SIGNED, [Duty(TODAY, is_open=False)], TODAY).is_again
