"""When to worry about a unit, why, and what to do: rules on counts, never on a person. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from app.core.dates import long_date
from app.reports.understanding import Cell

#: Percentage points behind plan that are no accident, and days in which nobody is behind yet.
BEHIND, GRACE = 10, 7


class Kind(IntEnum):
    """The most pressing first."""

    HEAD_UNSIGNED = 1
    BEHIND_PLAN = 2
    MASTERY_FALLING = 3


@dataclass(frozen=True)
class Warning:
    kind: Kind
    unit_id: int
    unit: str
    why: str
    what_to_do: str


@dataclass(frozen=True)
class Plan:
    """What everybody is to have signed by a day; evenly from its opening on."""

    title: str
    opens_on: date
    due_on: date

    def expected_percent(self, on: date) -> int:
        days = (self.due_on - self.opens_on).days
        gone = (on - self.opens_on).days
        return 100 if gone >= days else max(0, 100 * gone // days)


def behind_plan(
    unit_id: int, unit: str, plan: Plan, people: int, signed: int, on: date
) -> Warning | None:
    """A unit that has signed less than its plan wants today."""
    expected = plan.expected_percent(on)
    percent = 100 * signed // people if people else 100
    if (on - plan.opens_on).days < GRACE or percent > expected - BEHIND:
        return None
    left = (plan.due_on - on).days
    when = f"tinggal {left} hari" if left > 0 else "batasnya sudah lewat"
    return Warning(
        Kind.BEHIND_PLAN,
        unit_id,
        unit,
        f"Baru {percent}% dari {people} orang menandatangani “{plan.title}”; menurut rencana "
        f"{expected}% hari ini. Batasnya {long_date(plan.due_on)}, {when}.",
        "Buka daftar Belum unit ini, kirim pengingat, dan sediakan waktu mengerjakan di kantor.",
    )


def head_unsigned(unit_id: int, unit: str, plan: Plan, on: date) -> Warning | None:
    """The head of a unit is who the others look at."""
    if on < plan.opens_on:
        return None
    return Warning(
        Kind.HEAD_UNSIGNED,
        unit_id,
        unit,
        f"Pimpinannya belum menandatangani “{plan.title}”, yang dibuka {long_date(plan.opens_on)}.",
        "Sampaikan langsung kepada pimpinannya: bawahan menunggu contoh.",
    )


def mastery_falling(unit_id: int, unit: str, before: Cell, now: Cell) -> Warning | None:
    """First judgements of rules that apply now are worse than they were, beyond chance: the two
    intervals do not meet. Few people are no group."""
    if not (before.is_enough and now.is_enough) or now.interval[0] <= before.interval[1]:
        return None
    return Warning(
        Kind.MASTERY_FALLING,
        unit_id,
        unit,
        f"Aturan yang berlaku sekarang makin sering keliru dijawab: {now.wrong_percent}% sejak "
        f"bulan lalu, {before.wrong_percent}% sebelumnya.",
        "Buat Bahan apel Senin untuk unit ini, dan bahas kasusnya bersama.",
    )


def in_order(found: list[Warning]) -> list[Warning]:
    """The most pressing kind first, then by unit."""
    return sorted(found, key=lambda one: (one.kind, one.unit, one.unit_id))
