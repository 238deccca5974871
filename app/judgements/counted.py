"""What is counted, by what, and when. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from app.agencies.job_kinds import JobKind, job_kind_of
from app.catalog.terms import PersonStatus, Phase


@dataclass(frozen=True, slots=True)
class Window:
    """From a moment up to, not including, another of the same month."""

    since: datetime
    until: datetime
    month: date


class Who(NamedTuple):
    """As much of somebody as is counted by."""

    agency_id: int
    unit_id: int
    position: str
    status: PersonStatus


class Key(NamedTuple):
    """Of what there is one count a month."""

    agency_id: int
    unit_id: int
    job_kind: JobKind
    scenario: str
    phase: Phase


@dataclass(slots=True)
class Count:
    people: int = 0
    right: int = 0
    asked_sure: int = 0
    sure_wrong: int = 0

    def add(self, people: int, right: int, asked_sure: int = 0, sure_wrong: int = 0) -> None:
        self.people += people
        self.right += right
        self.asked_sure += asked_sure
        self.sure_wrong += sure_wrong

    def as_row(self) -> dict[str, int]:
        return {name: getattr(self, name) for name in self.__slots__}


def key_of(who: Who, scenario: str, phase: Phase) -> Key:
    kind = job_kind_of(who.position, who.status)
    return Key(who.agency_id, who.unit_id, kind, scenario, phase)


Judged = tuple[Who, str, Phase, int, int, int, int]


def counts_of(judged: Iterable[Judged]) -> dict[Key, Count]:
    """Counts by their keys; many jabatan are of one kind."""
    found: dict[Key, Count] = {}
    for who, scenario, phase, *counts in judged:
        found.setdefault(key_of(who, scenario, phase), Count()).add(*counts)
    return found
