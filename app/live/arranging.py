"""A session is prepared, and changed until its first question is opened; copied and deleted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from app.agencies.models import Person, Unit
from app.audit import trail
from app.audit.actions import Action
from app.core import clock
from app.core.db import at_most_one, db, hold, in_bulk
from app.core.errors import DomainError
from app.live import queries
from app.live.models import (
    EventKind,
    Gives,
    LiveAnswer,
    LiveEvent,
    LiveHost,
    LiveParticipant,
    LivePresence,
    LiveQuestion,
    LiveRun,
    LiveSession,
    LiveSpeaker,
)
from app.live.paper import Paper, thaw

#: Questions of one session.
MOST_QUESTIONS = 40
#: How long a rehearsal takes at most, and how long it is kept.
REHEARSAL, REHEARSAL_KEPT = timedelta(hours=2), timedelta(days=1)


class TooManyQuestions(DomainError):
    message = f"Pilih 1 sampai {MOST_QUESTIONS} pertanyaan. Tidak ada yang berubah."


class TooLate(DomainError):
    message = (
        "Pertanyaan pertama sudah dibuka, jadi susunan sesi ini tidak dapat diubah lagi. "
        "Tidak ada yang berubah."
    )
    status = 409


class AlreadyAsked(DomainError):
    message = "Kasus itu sudah ada dalam susunan. Tidak ada yang berubah."


class OneIsLeast(DomainError):
    message = (
        "Sesi membutuhkan sedikitnya satu pertanyaan. Tambahkan yang lain dahulu, lalu keluarkan "
        "yang ini."
    )


class Opened(DomainError):
    message = (
        "Lobi sesi ini sudah dibuka, jadi sesinya tidak dapat dihapus. Akhiri saja bila tidak jadi."
    )
    status = 409


@dataclass(frozen=True, slots=True)
class Said:
    """A session as its host describes it."""

    unit: Unit
    title: str
    starts_at: datetime
    ends_at: datetime
    kind: EventKind = EventKind.SEMINAR
    place: str = ""
    seconds: int = 60
    gives: Gives = Gives.ATTENDANCE
    needed: int = 1
    course: str | None = None
    allows_guests: bool = False
    asks_sure: bool = False
    replay_until: date | None = None
    speakers: tuple[tuple[str, str], ...] = ()


def prepare(
    said: Said, papers: Sequence[Paper], host: Person, *, is_rehearsal: bool = False
) -> LiveSession:
    """A session with its questions, in a lobby that is not open yet. Raises TooManyQuestions."""
    if not 1 <= len(papers) <= MOST_QUESTIONS:
        raise TooManyQuestions
    given = {
        name: getattr(said, name) for name in Said.__slots__ if name not in ("unit", "speakers")
    }
    session = LiveSession(
        **given,
        unit=said.unit,
        agency_id=said.unit.agency_id,
        created_by=host,
        is_rehearsal=is_rehearsal,
    )
    with at_most_one(DomainError("Kode sesi berbenturan. Coba sekali lagi.")):
        db.session.add(session)
    db.session.add(LiveHost(session_id=session.id, person_id=host.id))
    db.session.add_all(_question(session, place, paper) for place, paper in enumerate(papers, 1))
    db.session.add_all(_speaker(session, pair) for pair in said.speakers)
    db.session.flush()
    return session


def change(session: LiveSession, said: Said) -> None:
    """Describe a session anew. Speakers who stay keep their links. Raises TooLate."""
    _must_be_early(session)
    for name in Said.__slots__:
        if name != "speakers":
            setattr(session, name, getattr(said, name))
    session.agency_id = said.unit.agency_id
    known = {(one.name, one.affiliation): one for one in queries.speakers_of(session.id)}
    for pair in said.speakers:
        if known.pop(pair, None) is None:
            db.session.add(_speaker(session, pair))
    for gone in known.values():
        db.session.delete(gone)
    db.session.flush()


def add_question(session: LiveSession, paper: Paper) -> LiveQuestion:
    """Ask one more, at the end. Raises TooLate, AlreadyAsked, TooManyQuestions."""
    _must_be_early(session)
    there = queries.questions_of(session.id)
    if any(one.scenario == paper.scenario for one in there):
        raise AlreadyAsked
    if len(there) >= MOST_QUESTIONS:
        raise TooManyQuestions
    new = _question(session, len(there) + 1, paper)
    db.session.add(new)
    db.session.flush()
    return new


def remove_question(session: LiveSession, question: LiveQuestion) -> None:
    """Take a question out; whoever asked for more answers than are left asks for all of them.
    Raises TooLate, OneIsLeast."""
    _must_be_early(session)
    left = [one for one in queries.questions_of(session.id) if one is not question]
    if not left:
        raise OneIsLeast
    db.session.delete(question)
    db.session.flush()
    _put_in_order(left)
    session.needed = min(session.needed, len(left))
    db.session.flush()


def move_question(session: LiveSession, question: LiveQuestion, by: int) -> None:
    """Ask it so many places later; beyond the ends it stays. Raises TooLate."""
    _must_be_early(session)
    order = queries.questions_of(session.id)
    here = order.index(question)
    there = min(max(here + by, 0), len(order) - 1)
    order.insert(there, order.pop(here))
    _put_in_order(order)


def rehearse(session: LiveSession, host: Person) -> LiveSession:
    """The same session to be played through now: it gives nothing, and is gone after a day."""
    now = clock.now()
    said = Said(
        unit=session.unit,
        title=session.title,
        starts_at=now,
        ends_at=now + REHEARSAL,
        kind=EventKind(session.kind),
        place=session.place,
        seconds=session.seconds,
        needed=session.needed,
        allows_guests=session.allows_guests,
        asks_sure=session.asks_sure,
        speakers=tuple((one.name, one.affiliation) for one in queries.speakers_of(session.id)),
    )
    original = queries.questions_of(session.id)
    copy = prepare(said, [thaw(one.paper) for one in original], host, is_rehearsal=True)
    for one, other in zip(original, queries.questions_of(copy.id), strict=True):
        other.notes = one.notes
    db.session.flush()
    return copy


def delete(session: LiveSession, by: Person) -> None:
    """Forget a session that never began, or a rehearsal. Raises Opened."""
    hold(session)
    if session.lobby_at is not None and not session.is_rehearsal:
        raise Opened
    if not session.is_rehearsal:
        # On its unit: the session itself is nothing that the trail could name any more.
        trail.record(Action.LIVE_DELETED, session.unit, actor=by, title=session.title)
    _forget([session.id])


def forget_rehearsals() -> int:
    """Delete rehearsals that are over, for the daily deed; gives how many."""
    over = clock.now() - REHEARSAL_KEPT
    query = sa.select(LiveSession.id).where(LiveSession.is_rehearsal, LiveSession.created_at < over)
    ids = list(db.session.scalars(query))
    _forget(ids)
    return len(ids)


def make_link(speaker: LiveSpeaker, until: datetime) -> None:
    """Let a speaker open her page until then; an earlier link of hers is none any more."""
    speaker.link_until = until.replace(microsecond=0)
    db.session.flush()


def withdraw_link(speaker: LiveSpeaker) -> None:
    speaker.link_until = None
    db.session.flush()


def _question(session: LiveSession, place: int, paper: Paper) -> LiveQuestion:
    return LiveQuestion(
        session_id=session.id, place=place, scenario=paper.scenario, paper=paper.freeze()
    )


def _speaker(session: LiveSession, named: tuple[str, str]) -> LiveSpeaker:
    name, affiliation = named
    return LiveSpeaker(session_id=session.id, name=name, affiliation=affiliation)


def _must_be_early(session: LiveSession) -> None:
    hold(session)
    if session.started_at is not None or session.has_ended:
        raise TooLate


def _put_in_order(questions: Sequence[LiveQuestion]) -> None:
    """Places from 1. By a detour below zero, since no two may have one, not even for a moment."""
    for sign in (-1, 1):
        for place, question in enumerate(questions, start=1):
            question.place = sign * place
        db.session.flush()


def _forget(session_ids: Sequence[int]) -> None:
    """Everything of these sessions, from the leaves up."""
    runs = sa.select(LiveRun.id).where(LiveRun.session_id.in_(session_ids))
    who = sa.select(LiveParticipant.id).where(LiveParticipant.session_id.in_(session_ids))
    for statement in (
        sa.delete(LiveAnswer).where(LiveAnswer.run_id.in_(runs)),
        sa.delete(LivePresence).where(LivePresence.participant_id.in_(who)),
        *(
            sa.delete(model).where(model.session_id.in_(session_ids))
            for model in (LiveParticipant, LiveEvent, LiveRun, LiveQuestion, LiveSpeaker, LiveHost)
        ),
        sa.delete(LiveSession).where(LiveSession.id.in_(session_ids)),
    ):
        in_bulk(statement)


def note(question: LiveQuestion, text: str) -> None:
    """What the host wants to say at this question."""
    question.notes = text
    db.session.flush()
