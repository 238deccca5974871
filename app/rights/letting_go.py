"""What may go: after so many days by itself, or at once when its owner asks for it. What carries a
signed document stays, and so does whatever is under a restriction.

A kind of row is deleted by the room that owns it, by one function for both: `(before, owner)`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from app.accounts import retention as accounts
from app.accounts.notices import TOLD_FOR
from app.agencies.models import Person
from app.audit import trail
from app.audit.actions import Action
from app.config import Config
from app.core import clock
from app.core.dates import thousands
from app.jobs.retention import Rule
from app.learning import retention as learning
from app.live import retention as live
from app.quizzes import retention as quizzes
from app.rights import copies, retention

Forget = Callable[[datetime, Person | None], int]


@dataclass(frozen=True)
class Kind:
    """Rows that are over at some time. `setting` names the days in `Config`."""

    name: str
    label: str
    setting: str
    forget: Forget
    #: How old such rows must be when their owner asks; None where they stay in spite of her.
    asked_after: timedelta | None = timedelta(0)


KINDS = (
    Kind("sessions", "perangkat yang sudah keluar", "KEEP_SESSIONS", accounts.forget_sessions),
    Kind(
        "codes",
        "kode aktivasi yang sudah tidak berlaku",
        "KEEP_CODES",
        accounts.forget_codes,
        TOLD_FOR,  # for so long, its owner is told who issued it
    ),
    Kind("roles", "peran yang sudah berakhir", "KEEP_ROLES", accounts.forget_roles, None),
    Kind(
        "cases",
        "jawaban kasus pelajaran dan latihan dari kursus yang tuntas",
        "KEEP_ANSWERS",
        learning.forget_cases,
    ),
    Kind(
        "answers",
        "jawaban kuis yang tidak lulus dari kursus yang tuntas",
        "KEEP_ANSWERS",
        quizzes.forget_answers,
    ),
    Kind(
        "password_requests",
        "permintaan kata sandi baru",
        "KEEP_PASSWORD_REQUESTS",
        accounts.forget_password_requests,
    ),
    Kind("copies", "salinan PDF data sendiri", "KEEP_COPIES", copies.forget_copies),
    Kind(
        "choices",
        "pilihan pada webinar yang sudah selesai",
        "KEEP_CHOICES",
        live.forget_choices,
    ),
    Kind(
        "requests",
        "permintaan data yang sudah dijawab",
        "KEEP_REQUESTS",
        retention.forget_requests,
        None,
    ),
)


def rules(config: Config) -> list[Rule]:
    """The rules of this installation."""
    return [_rule(kind, days_of(kind, config)) for kind in KINDS]


def days_of(kind: Kind, config: Config) -> int:
    days: int = getattr(config, kind.setting)
    return days


def _rule(kind: Kind, days: int) -> Rule:
    label = f"{kind.label} ({thousands(days)} hari)"
    return Rule(kind.name, label, partial(_keep, kind, timedelta(days=days)))


def _keep(kind: Kind, age: timedelta) -> int:
    gone = kind.forget(clock.now() - age, None)
    if gone:
        trail.record(Action.DATA_FORGOTTEN, f"retention:{kind.name}", rows=gone, days=age.days)
    return gone


def erase(person: Person, by: Person | None) -> Mapping[str, int]:
    """Let go of what its owner asked to be rid of. Gives how many rows of each kind went."""
    now = clock.now()
    gone = {
        kind.name: kind.forget(now - kind.asked_after, person)
        for kind in KINDS
        if kind.asked_after is not None
    }
    trail.record(Action.DATA_ERASED, person, actor=by, **gone)
    return gone
