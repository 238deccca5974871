"""Sessions by place: how many were held, who spoke and how many came, by kecamatan, by kelurahan
or desa, and by OPD. A session counts where it belongs to, and in what that is part of."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.accounts.reader import Reader
from app.agencies.models import Person, Unit
from app.agencies.queries import units_in
from app.agencies.scope import Scope
from app.agencies.unit_kinds import UnitKind
from app.core.db import db
from app.live import attendance
from app.live.models import (
    LiveAnswer,
    LiveParticipant,
    LiveRun,
    LiveSession,
    LiveSpeaker,
)
from app.live.queries import DESKS, NAMES, at_desk
from app.live.timeline import Timing


class Came(NamedTuple):
    """How many joined a session, and how many of them were present; guests apart."""

    people: int = 0
    present: int = 0
    guests: int = 0


@dataclass(frozen=True, slots=True)
class Held:
    """One session that was held, its speakers, and how many came."""

    session: LiveSession
    speakers: tuple[str, ...]
    came: Came


@dataclass(frozen=True, slots=True)
class Place:
    """A unit with the sessions held in it and below it."""

    name: str
    held: tuple[Held, ...]

    @property
    def sessions(self) -> int:
        return len(self.held)

    @property
    def people(self) -> int:
        return sum(one.came.people for one in self.held)

    @property
    def present(self) -> int:
        return sum(one.came.present for one in self.held)

    @property
    def guests(self) -> int:
        return sum(one.came.guests for one in self.held)

    @property
    def speakers(self) -> tuple[str, ...]:
        """Each once, in the order in which they spoke."""
        return tuple(dict.fromkeys(name for one in self.held for name in one.speakers))


@dataclass(frozen=True, slots=True)
class Level:
    """Every unit of one level that the reader may see, those without a session too."""

    title: str
    column: str
    places: tuple[Place, ...]

    @property
    def busy(self) -> tuple[Place, ...]:
        return tuple(place for place in self.places if place.held)


#: (title, column, which units are meant).
LEVELS: tuple[tuple[str, str, Callable[[Unit], bool]], ...] = (
    ("Per kecamatan", "Kecamatan", lambda unit: unit.kind is UnitKind.DISTRICT),
    (
        "Per kelurahan dan desa",
        "Kelurahan atau desa",
        lambda unit: unit.kind in (UnitKind.WARD, UnitKind.VILLAGE),
    ),
    ("Per OPD", "OPD", lambda unit: unit.is_reporting),
)


def held_in(reader: Reader, since: datetime, until: datetime) -> list[Held]:
    """Sessions that began in that time and have ended, the earliest first; no rehearsals."""
    return _held(at_desk(reader), since, until)


def held_above(reader: Reader, since: datetime, until: datetime) -> list[Held]:
    """Those held above the reader's part of the tree, with how many came of her own people."""
    scope = reader.scope(*NAMES)
    return _held(LiveSession.unit_id.in_(scope.above()), since, until, scope)


def _held(
    which: sa.ColumnElement[bool], since: datetime, until: datetime, scope: Scope | None = None
) -> list[Held]:
    query = (
        sa.select(LiveSession)
        .join(LiveSession.unit)
        .where(
            which,
            LiveSession.is_rehearsal.is_(False),
            LiveSession.ended_at.is_not(None),
            LiveSession.started_at >= since,
            LiveSession.started_at < until,
        )
        .options(joinedload(LiveSession.unit))
        .order_by(LiveSession.started_at, LiveSession.id)
    )
    sessions = list(db.session.scalars(query))
    came, speakers = _came(sessions, scope), _speakers(sessions)
    return [Held(one, speakers.get(one.id, ()), came.get(one.id, Came())) for one in sessions]


def levels_of(reader: Reader, held: Sequence[Held]) -> list[Level]:
    """The same by place. A level of which the reader sees no unit is left out."""
    units = units_in(reader.scope(*DESKS))
    levels = [
        Level(title, column, tuple(_place(unit, held) for unit in units if is_meant(unit)))
        for title, column, is_meant in LEVELS
    ]
    return [level for level in levels if level.places]


def _place(unit: Unit, held: Sequence[Held]) -> Place:
    return Place(
        unit.name, tuple(one for one in held if one.session.unit.path.startswith(unit.path))
    )


def _speakers(sessions: Iterable[LiveSession]) -> dict[int, tuple[str, ...]]:
    ids = [session.id for session in sessions]
    found: dict[int, tuple[str, ...]] = {}
    query = sa.select(LiveSpeaker).where(LiveSpeaker.session_id.in_(ids)).order_by(LiveSpeaker.id)
    for speaker in db.session.scalars(query):
        found[speaker.session_id] = (*found.get(speaker.session_id, ()), speaker.named)
    return found


def _came(sessions: Sequence[LiveSession], scope: Scope | None) -> dict[int, Came]:
    """One query for how many answered how many questions, and one for how many were asked; of
    everybody, or of the people in a scope."""
    ids = [session.id for session in sessions]
    asked = {row.session_id: row.asked for row in db.session.execute(_asked(ids))}
    needed = {one.id: attendance.needed_of(asked.get(one.id, 0), one.needed) for one in sessions}
    found: dict[int, Came] = {}
    for session_id, is_guest, answered, count in db.session.execute(_answered(ids, scope)):
        before = found.get(session_id, Came())
        if is_guest:
            found[session_id] = before._replace(guests=before.guests + count)
            continue
        present = count if answered >= needed[session_id] else 0
        found[session_id] = Came(before.people + count, before.present + present, before.guests)
    return found


def _asked(ids: Sequence[int]) -> sa.Select[tuple[int, int]]:
    asked = sa.func.count(sa.distinct(LiveRun.question_id)).label("asked")
    counts = (LiveRun.session_id.in_(ids), LiveRun.voided_at.is_(None))
    return sa.select(LiveRun.session_id, asked).where(*counts).group_by(LiveRun.session_id)


def _answered(ids: Sequence[int], scope: Scope | None) -> sa.Select[tuple[int, bool, int, int]]:
    live = sa.case((LiveAnswer.timing != Timing.REPLAY, LiveRun.question_id))
    is_guest = LiveParticipant.person_id.is_(None).label("is_guest")
    who: sa.ColumnElement[bool] = sa.true()
    if scope is not None:
        home = sa.select(Person.id).join(Unit, Unit.id == Person.unit_id).where(scope.people())
        who = LiveParticipant.person_id.in_(home)
    each = (
        sa.select(
            LiveParticipant.session_id, is_guest, sa.func.count(sa.distinct(live)).label("answered")
        )
        .outerjoin(LiveAnswer, LiveAnswer.participant_id == LiveParticipant.id)
        .outerjoin(LiveRun, sa.and_(LiveRun.id == LiveAnswer.run_id, LiveRun.voided_at.is_(None)))
        .where(LiveParticipant.session_id.in_(ids), LiveParticipant.joined_at.is_not(None), who)
        .group_by(LiveParticipant.id)
        .subquery()
    )
    key = (each.c.session_id, each.c.is_guest, each.c.answered)
    return sa.select(*key, sa.func.count()).group_by(*key)
