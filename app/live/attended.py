"""How many came, whose they were, and who: numbers for every desk of a session, names only for a
desk that may see those people anyway."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from app.agencies.models import Person, Unit
from app.agencies.paths import way_of
from app.agencies.scope import Scope
from app.core.db import db
from app.credentials.models import Credential, Kind
from app.live import attendance
from app.live.documents import Held
from app.live.models import LiveParticipant, LiveSession
from app.live.outcomes import Attendee, source_of


@dataclass(frozen=True, slots=True)
class Part:
    """A direct sub-unit of what was invited, with all below it."""

    name: str
    invited: int
    joined: int
    present: int


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many came. Guests are nobody of the roster, and counted apart."""

    invited: int
    joined: int
    present: int
    made_up: int
    guests: int
    guests_present: int
    #: Of those who joined: people who are not below the unit that was invited.
    outside: int
    #: Seen for at least half of the time, by ten minutes.
    half_time: int
    parts: tuple[Part, ...]

    @property
    def attended(self) -> int:
        return self.present + self.made_up

    @property
    def percent(self) -> int:
        """Present, of those who were invited; people from elsewhere may make it more."""
        return round(100 * self.present / self.invited) if self.invited else 0


class Present(NamedTuple):
    """Somebody who attended, for a desk that may see her. Never what she answered."""

    number: str
    full_name: str
    position: str
    unit: str
    joined_at: datetime
    answered: int
    how: str
    certificate: str | None


def turnout_of(held: Held, attendees: Sequence[Attendee]) -> Turnout:
    """The numbers of a session."""
    session = held.session
    paths = _paths_of(session.id)
    every = [one for one in attendees if one.person_id is not None]
    people = [one for one in every if _came(held, one)]
    guests = [one for one in attendees if one.person_id is None]
    present = [one for one in people if attendance.was_present(one.record, held.needed)]
    invited = _invited(session.unit)
    home = session.unit.path
    return Turnout(
        invited=sum(invited.values()),
        joined=len(people),
        present=len(present),
        made_up=sum(attendance.made_up_for(one.record, held.needed) for one in every),
        guests=len(guests),
        guests_present=sum(attendance.was_present(one.record, held.needed) for one in guests),
        outside=sum(not _path(paths, one).startswith(home) for one in people),
        half_time=_half_time(held, people),
        parts=_parts(session.unit, invited, _by_path(paths, people), _by_path(paths, present)),
    )


def present_in(scope: Scope, held: Held, attendees: Sequence[Attendee]) -> list[Present]:
    """Who attended, of the people whom the reader may see anyway; by unit and name."""
    by_id = {
        one.person_id: one.record
        for one in attendees
        if one.person_id is not None and held.is_attended(one.record)
    }
    query = (
        sa.select(Person, Unit.name, Credential.number)
        .join(Unit, Unit.id == Person.unit_id)
        .join(LiveParticipant, LiveParticipant.person_id == Person.id)
        .outerjoin(
            Credential, sa.and_(Credential.holder_id == Person.id, _certificate(held.session))
        )
        .where(LiveParticipant.session_id == held.session.id, scope.people())
        .order_by(Unit.path, Person.sort_key, Person.id)
    )
    found = []
    for person, unit, certificate in db.session.execute(query):
        if (record := by_id.get(person.id)) is None:
            continue
        is_present = attendance.was_present(record, held.needed)
        found.append(
            Present(
                person.number,
                person.full_name,
                person.position,
                unit,
                record.joined_at,
                record.answered + record.replayed,
                "Hadir" if is_present else "Menyusul",
                certificate,
            )
        )
    return found


def certificates_of(session: LiveSession) -> int:
    """How many certificates of attendance stand for a session."""
    query = sa.select(sa.func.count(Credential.id)).where(_certificate(session))
    return db.session.execute(query).scalar_one()


def _certificate(session: LiveSession) -> sa.ColumnElement[bool]:
    """Whether a document is one of attendance at this session, and stands."""
    return sa.and_(
        Credential.source == source_of(session),
        Credential.kind == Kind.ATTENDANCE,
        Credential.stands(),
    )


def _paths_of(session_id: int) -> dict[int, str]:
    """The path of the unit of everybody in a session who is on the roster."""
    query = (
        sa.select(LiveParticipant.person_id, Unit.path)
        .join(Person, Person.id == LiveParticipant.person_id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(LiveParticipant.session_id == session_id)
    )
    return {row.person_id: row.path for row in db.session.execute(query)}


def _invited(unit: Unit) -> Counter[str]:
    """Active people below a unit, by the path of the unit they sit in."""
    scope = Scope((unit.path,))
    query = (
        sa.select(Unit.path, sa.func.count(Person.id).label("count_"))
        .join(Person, Person.unit_id == Unit.id)
        .where(scope.people(), Person.is_active)
        .group_by(Unit.path)
    )
    return Counter({row.path: row.count_ for row in db.session.execute(query)})


def _parts(
    unit: Unit, invited: Counter[str], joined: Counter[str], present: Counter[str]
) -> tuple[Part, ...]:
    """The direct sub-units that have anybody, in the order of the tree; who sits in the unit
    itself comes first."""
    children = db.session.scalars(sa.select(Unit).where(Unit.parent_id == unit.id))
    every = (invited, joined, present)
    own = Part(f"{unit.name} (langsung)", *(one[unit.path] for one in every))
    parts = [Part(c.name, *(_below(c, one) for one in every)) for c in sorted(children, key=_place)]
    return tuple(part for part in (own, *parts) if part.invited or part.joined)


def _below(unit: Unit, counts: Counter[str]) -> int:
    return sum(n for path, n in counts.items() if path.startswith(unit.path))


def _place(unit: Unit) -> list[int]:
    return way_of(unit.path)


def _by_path(paths: Mapping[int, str], some: Sequence[Attendee]) -> Counter[str]:
    return Counter(_path(paths, one) for one in some)


def _path(paths: Mapping[int, str], one: Attendee) -> str:
    return paths[one.person_id] if one.person_id is not None else ""


def _came(held: Held, one: Attendee) -> bool:
    """Whether somebody joined while it went on, and not only for the questions afterwards."""
    ended_at = held.session.ended_at
    return ended_at is None or one.record.joined_at <= ended_at


def _half_time(held: Held, people: Sequence[Attendee]) -> int:
    if held.session.started_at is None:
        return 0
    every = attendance.slots_between(held.session.started_at, held.until)
    return sum(2 * one.record.slots >= every for one in people)
