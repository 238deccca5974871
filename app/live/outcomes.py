"""Who was there: what is recorded of each participant, and what it came to for one of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa

from app.core import clock
from app.core.db import db
from app.credentials import queries as credentials
from app.credentials.models import Credential, Kind
from app.live import attendance, queries
from app.live.attendance import Record
from app.live.documents import Held
from app.live.models import LiveAnswer, LiveParticipant, LivePresence, LiveRun, LiveSession
from app.live.timeline import STILL_KEPT, Timing

#: How long after the end late answers may still come; a minute more, and nothing changes any more.
SETTLED = STILL_KEPT + timedelta(minutes=1)
_answer, _run = LiveAnswer.__table__, LiveRun.__table__
_participant, _presence = LiveParticipant.__table__, LivePresence.__table__


class Attendee(NamedTuple):
    """A participant who joined, and what is recorded of her. A guest is no person."""

    participant_id: int
    person_id: int | None
    record: Record


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a session came to for one participant."""

    #: Whether the session has ended; and whether late answers are all in.
    has_ended: bool
    is_settled: bool
    is_present: bool
    #: Missed, and answered afterwards.
    is_made_up: bool
    #: Questions answered during the session, and those answered afterwards only.
    answered: int
    replayed: int
    asked: int
    needed: int
    #: The certificate of attendance, once it is issued.
    credential: Credential | None

    @property
    def is_attended(self) -> bool:
        return self.is_present or self.is_made_up

    @property
    def code(self) -> str | None:
        return self.credential.code if self.credential else None


def source_of(session: LiveSession) -> str:
    """How credentials and lessons name what they were earned with."""
    return f"webinar:{session.id}"


def held_of(session: LiveSession) -> Held:
    """The session as it really went; as it stands where it goes on."""
    query = sa.select(
        sa.func.count(sa.distinct(_run.c.question_id)), sa.func.max(_run.c.closes_at)
    ).where(_run.c.session_id == session.id, _run.c.voided_at.is_(None))
    asked, last_close = db.session.execute(query).one()
    ended_at = session.ended_at or clock.now()
    return Held(
        session=session,
        speakers=queries.speakers_of(session.id),
        until=attendance.held_until(ended_at, session.ends_at, last_close),
        asked=asked,
        needed=attendance.needed_of(asked, session.needed),
    )


def attendees_of(session_id: int, participant_id: int | None = None) -> list[Attendee]:
    """Everybody who joined, by id; or the one who is named."""
    whose = [_participant.c.session_id == session_id, _participant.c.joined_at.is_not(None)]
    if participant_id is not None:
        whose.append(_participant.c.id == participant_id)
    slots = _slots(whose)
    found = []
    for one_id, person_id, joined_at, answered, late, every in db.session.execute(_counts(whose)):
        record = Record(joined_at, answered, late, every - answered, slots.get(one_id, 0))
        found.append(Attendee(one_id, person_id, record))
    return found


def outcome_of(session: LiveSession, participant: LiveParticipant) -> Outcome:
    """What the session came to for somebody who has joined it."""
    held, now = held_of(session), clock.now()
    record = attendees_of(session.id, participant.id)[0].record
    credential = None
    if participant.person is not None:
        credential = credentials.standing_credential(
            participant.person, Kind.ATTENDANCE, source_of(session)
        )
    return Outcome(
        has_ended=session.has_ended,
        is_settled=session.ended_at is not None and now >= settles_at(session.ended_at),
        is_present=attendance.was_present(record, held.needed),
        is_made_up=attendance.made_up_for(record, held.needed),
        answered=record.answered,
        replayed=record.replayed,
        asked=held.asked,
        needed=held.needed,
        credential=credential,
    )


def settles_at(ended_at: datetime) -> datetime:
    """From when on no late answer comes any more."""
    return ended_at + SETTLED


#: Who, since when, and the counts of `_counts`.
_Row = tuple[int, int | None, datetime, int, int, int]


def _counts(whose: list[sa.ColumnElement[bool]]) -> sa.Select[_Row]:
    """Questions, not answers: a second round of one is no second question."""
    live = sa.case((_answer.c.timing != Timing.REPLAY, _run.c.question_id))
    late = sa.case((_answer.c.timing == Timing.LATE, _run.c.question_id))
    kept = sa.and_(_run.c.id == _answer.c.run_id, _run.c.voided_at.is_(None))
    key = (_participant.c.id, _participant.c.person_id, _participant.c.joined_at)
    asked = (live, late, _run.c.question_id)
    return (
        sa.select(*key, *(sa.func.count(sa.distinct(one)) for one in asked))
        .select_from(_participant)
        .outerjoin(_answer, _answer.c.participant_id == _participant.c.id)
        .outerjoin(_run, kept)
        .where(*whose)
        .group_by(*key)
        .order_by(_participant.c.id)
    )


def _slots(whose: list[sa.ColumnElement[bool]]) -> Mapping[int, int]:
    query = (
        sa.select(_presence.c.participant_id, sa.func.count().label("slots"))
        .join(_participant, _participant.c.id == _presence.c.participant_id)
        .where(*whose)
        .group_by(_presence.c.participant_id)
    )
    return {row.participant_id: row.slots for row in db.session.execute(query)}
