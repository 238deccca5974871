"""What sessions are asked: which ones, their questions and runs, who takes part."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.accounts.models import Role
from app.accounts.reader import Reader
from app.agencies.models import Person, Unit
from app.catalog.terms import Phase
from app.core.db import db
from app.core.errors import NotFound
from app.live.codes import meant
from app.live.models import (
    LiveHost,
    LiveParticipant,
    LiveQuestion,
    LiveRun,
    LiveSession,
    LiveSpeaker,
)

#: Roles whose part of the tree a session may belong to; of them only a host prepares one.
DESKS = (Role.HOST, Role.HR_ADMIN, Role.UNIT_ADMIN)


#: Of them those that may see who works in their part of the tree.
NAMES = (Role.UNIT_ADMIN, Role.HR_ADMIN)


class NoSuchCode(NotFound):
    message = (
        "Tidak ada sesi dengan kode itu. Periksa enam huruf dan angkanya di layar atau pada pesan "
        "undangan; huruf O dibaca sebagai angka nol."
    )


def session_by_code(code: str) -> LiveSession:
    """The session that somebody means by a code. Raises NoSuchCode."""
    session = db.session.scalar(
        sa.select(LiveSession)
        .where(LiveSession.code == meant(code))
        .options(joinedload(LiveSession.agency), joinedload(LiveSession.unit))
    )
    if session is None:
        raise NoSuchCode
    return session


def session_at_desk(reader: Reader, session_id: int) -> LiveSession:
    """A session that the reader hosts, or that belongs to her part of the tree."""
    session = db.session.scalar(
        sa.select(LiveSession)
        .join(LiveSession.unit)
        .where(LiveSession.id == session_id, at_desk(reader))
        .options(joinedload(LiveSession.agency), joinedload(LiveSession.unit))
    )
    if session is None:
        raise NotFound
    return session


def session_attended(reader: Reader, session_id: int) -> LiveSession:
    """A session at the reader's desk, or one above it, to which her people were invited."""
    session = db.session.get(LiveSession, session_id)
    if session is not None and session.unit_id in reader.scope(*NAMES).above():
        return session
    return session_at_desk(reader, session_id)


def sessions_at_desk(reader: Reader) -> list[LiveSession]:
    """All of them, the latest first; rehearsals too."""
    query = (
        sa.select(LiveSession)
        .join(LiveSession.unit)
        .where(at_desk(reader))
        .options(joinedload(LiveSession.unit))
        .order_by(LiveSession.starts_at.desc(), LiveSession.id.desc())
    )
    return list(db.session.scalars(query))


def at_desk(reader: Reader) -> sa.ColumnElement[bool]:
    """Sessions, joined with their units, that the reader hosts or that are in her part."""
    hosted = sa.select(LiveHost.session_id).where(LiveHost.person_id == reader.id)
    scope = reader.scope(*DESKS).condition()
    here = sa.and_(scope, LiveSession.agency_id == reader.agency.id)
    return sa.or_(here, LiveSession.id.in_(hosted))


def is_host(session_id: int, person_id: int) -> bool:
    return db.session.get(LiveHost, (session_id, person_id)) is not None


def hosts_of(session_id: int) -> list[Person]:
    """Who may command, in the order in which they came."""
    query = (
        sa.select(Person)
        .join(LiveHost, LiveHost.person_id == Person.id)
        .where(LiveHost.session_id == session_id)
        .order_by(LiveHost.since, Person.id)
    )
    return list(db.session.scalars(query))


def speakers_of(session_id: int) -> list[LiveSpeaker]:
    query = sa.select(LiveSpeaker).where(LiveSpeaker.session_id == session_id)
    return list(db.session.scalars(query.order_by(LiveSpeaker.id)))


def questions_of(session_id: int) -> list[LiveQuestion]:
    """In the order in which they are to be asked."""
    query = sa.select(LiveQuestion).where(LiveQuestion.session_id == session_id)
    return list(db.session.scalars(query.order_by(LiveQuestion.place)))


def questions_count(session_id: int) -> int:
    """How many are to be asked: those that are not skipped."""
    query = sa.select(sa.func.count(LiveQuestion.id)).where(
        LiveQuestion.session_id == session_id, LiveQuestion.skipped_at.is_(None)
    )
    return db.session.execute(query).scalar_one()


def question_of(session_id: int, question_id: int) -> LiveQuestion:
    """One question of a session. Raises NotFound."""
    question = db.session.get(LiveQuestion, question_id)
    if question is None or question.session_id != session_id:
        raise NotFound
    return question


def question_to_open(session_id: int, question_id: int | None = None) -> LiveQuestion | None:
    """The one that is named, or the first that was neither opened nor skipped; None if none is."""
    if question_id is not None:
        return question_of(session_id, question_id)
    opened = sa.select(LiveRun.question_id).where(
        LiveRun.session_id == session_id, LiveRun.voided_at.is_(None)
    )
    query = sa.select(LiveQuestion).where(
        LiveQuestion.session_id == session_id,
        LiveQuestion.skipped_at.is_(None),
        LiveQuestion.id.not_in(opened),
    )
    return db.session.scalar(query.order_by(LiveQuestion.place).limit(1))


def rounds_of(question_id: int, phase: Phase) -> int:
    """How often a question was opened in a phase, by mistake too."""
    query = sa.select(sa.func.count(LiveRun.id)).where(
        LiveRun.question_id == question_id, LiveRun.phase == phase
    )
    return db.session.execute(query).scalar_one()


def latest_run(session_id: int) -> LiveRun | None:
    """The opening that is on, or was last; None before the first."""
    return db.session.scalar(
        sa.select(LiveRun)
        .where(LiveRun.session_id == session_id)
        .options(joinedload(LiveRun.question))
        .order_by(LiveRun.id.desc())
        .limit(1)
    )


def runs_of(session_id: int) -> list[LiveRun]:
    """Every opening that counts, in order, with its question."""
    query = (
        sa.select(LiveRun)
        .where(LiveRun.session_id == session_id, LiveRun.voided_at.is_(None))
        .options(joinedload(LiveRun.question))
        .order_by(LiveRun.id)
    )
    return list(db.session.scalars(query))


def run_of(session_id: int, run_id: int) -> LiveRun:
    """One opening of a session. Raises NotFound."""
    run = db.session.get(LiveRun, run_id, options=[joinedload(LiveRun.question)])
    if run is None or run.session_id != session_id:
        raise NotFound
    return run


def participant_of(session_id: int, person_id: int) -> LiveParticipant | None:
    return db.session.scalar(
        sa.select(LiveParticipant).where(
            LiveParticipant.session_id == session_id, LiveParticipant.person_id == person_id
        )
    )


def participant(session_id: int, participant_id: int) -> LiveParticipant | None:
    """Who a ticket was given to, with the person; None once she has left the roster."""
    query = (
        sa.select(LiveParticipant)
        .outerjoin(Person, Person.id == LiveParticipant.person_id)
        .where(
            LiveParticipant.id == participant_id,
            LiveParticipant.session_id == session_id,
            LiveParticipant.joined_at.is_not(None),
            sa.or_(LiveParticipant.person_id.is_(None), Person.is_active),
        )
        .options(joinedload(LiveParticipant.person))
    )
    return db.session.scalar(query)


def guests_of(session_id: int) -> Sequence[LiveParticipant]:
    """The numbers that the host may hand out, used or not."""
    query = sa.select(LiveParticipant).where(
        LiveParticipant.session_id == session_id, LiveParticipant.guest.is_not(None)
    )
    return list(db.session.scalars(query.order_by(LiveParticipant.guest)))


def longest_extra(session_id: int) -> int:
    """The most time that anybody in the session has, in percent."""
    query = sa.select(sa.func.max(LiveParticipant.extra_percent)).where(
        LiveParticipant.session_id == session_id, LiveParticipant.joined_at.is_not(None)
    )
    return db.session.scalar(query) or 100


def units_for(reader: Reader) -> list[Unit]:
    """Where the reader may hold a session, in the order of the tree."""
    scope = reader.scope(Role.HOST)
    query = sa.select(Unit).where(
        scope.condition(), Unit.agency_id == reader.agency.id, Unit.closed_on.is_(None)
    )
    return list(db.session.scalars(query.order_by(Unit.path)))


def session_named(name: str) -> LiveSession:
    """The session that a job is about: `live_sessions:17`."""
    return db.session.get_one(LiveSession, int(name.rpartition(":")[2]))


def left_open(since: datetime) -> list[LiveSession]:
    """Sessions that were opened and not ended, of which nothing has happened since: neither their
    planned end nor the close of a question."""
    closed = sa.select(LiveRun.session_id).where(LiveRun.closes_at >= since)
    query = sa.select(LiveSession).where(
        LiveSession.lobby_at < since,
        LiveSession.ended_at.is_(None),
        LiveSession.ends_at < since,
        LiveSession.id.not_in(closed),
    )
    return list(db.session.scalars(query.order_by(LiveSession.id)))
