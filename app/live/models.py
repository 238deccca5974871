"""Sessions, their questions and openings, who took part, and what was answered."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.agencies.models import Agency, Person, Unit
from app.catalog.terms import Phase
from app.core import clock
from app.core.db import Base, Json
from app.live.codes import new_code
from app.live.timeline import RunTimes, SessionTimes, Timing


class EventKind(StrEnum):
    """What the certificate calls it: `jenis` in a record of training."""

    SEMINAR = "seminar"
    SOCIALISATION = "sosialisasi"


class Gives(StrEnum):
    """What taking part is good for, chosen beforehand and said in the lobby."""

    ATTENDANCE = "attendance"
    CERTIFICATE = "certificate"
    LESSONS = "lessons"


class LiveSession(Base):
    """One webinar or briefing, for a part of the tree. `version` counts the host's commands."""

    __tablename__ = "live_sessions"
    __table_args__ = (
        sa.CheckConstraint("starts_at < ends_at", "ends_after_start"),
        sa.CheckConstraint("started_at IS NULL OR lobby_at IS NOT NULL", "lobby_first"),
        sa.CheckConstraint("(gives = 'lessons') = (course IS NOT NULL)", "lessons_of_a_course"),
        sa.Index("ix_live_sessions_agency_id_starts_at", "agency_id", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(sa.ForeignKey("agencies.id"))
    #: The part of the tree that is invited.
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("units.id"), index=True)
    code: Mapped[str] = mapped_column(sa.String(8), unique=True, default=lambda: new_code())
    title: Mapped[str] = mapped_column(sa.String(120))
    kind: Mapped[EventKind] = mapped_column(default=EventKind.SEMINAR)
    #: A hall, or "" where everybody watches from somewhere else.
    place: Mapped[str] = mapped_column(sa.String(120), default="")
    #: As planned.
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    #: For how long a question is open unless the host says otherwise.
    seconds: Mapped[int] = mapped_column(default=60)
    gives: Mapped[Gives] = mapped_column(default=Gives.ATTENDANCE)
    #: Answers that make somebody count as present.
    needed: Mapped[int] = mapped_column(default=1)
    #: The slug of the course whose lessons count as done.
    course: Mapped[str | None] = mapped_column(sa.String(80))
    allows_guests: Mapped[bool] = mapped_column(default=False)
    asks_sure: Mapped[bool] = mapped_column(default=False)
    is_rehearsal: Mapped[bool] = mapped_column(default=False)
    #: The last day on which those who missed it may answer for themselves.
    replay_until: Mapped[date | None]
    created_by_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    version: Mapped[int] = mapped_column(default=1)
    lobby_at: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    paused_at: Mapped[datetime | None]
    #: Since when those who have passed are invited to sign.
    signing_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    #: SHA-256 over all answers as they stood at the end; the trail has it too.
    digest: Mapped[str | None] = mapped_column(sa.String(64))
    #: When the choices were forgotten; counts stay.
    forgotten_at: Mapped[datetime | None]

    agency: Mapped[Agency] = relationship()
    unit: Mapped[Unit] = relationship()
    created_by: Mapped[Person] = relationship()

    @property
    def times(self) -> SessionTimes:
        return SessionTimes(self.lobby_at, self.paused_at, self.ended_at)

    @property
    def has_ended(self) -> bool:
        return self.ended_at is not None


class LiveHost(Base):
    """Who may command a session."""

    __tablename__ = "live_hosts"

    session_id: Mapped[int] = mapped_column(sa.ForeignKey("live_sessions.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), primary_key=True, index=True)
    since: Mapped[datetime] = mapped_column(default=clock.now)

    person: Mapped[Person] = relationship()


class LiveSpeaker(Base):
    """Who speaks, perhaps from Bawaslu or KPU, with a link of her own to notes and totals."""

    __tablename__ = "live_speakers"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(sa.ForeignKey("live_sessions.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    affiliation: Mapped[str] = mapped_column(sa.String(120), default="")
    #: Until when the link opens; None where there is none.
    link_until: Mapped[datetime | None]

    @property
    def named(self) -> str:
        """`Dr. Rina Hapsari (Bawaslu)`."""
        return f"{self.name} ({self.affiliation})" if self.affiliation else self.name


class LiveQuestion(Base):
    """A case in its place, frozen as it read when the session was prepared."""

    __tablename__ = "live_questions"
    __table_args__ = (sa.UniqueConstraint("session_id", "place"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(sa.ForeignKey("live_sessions.id"))
    #: From 1.
    place: Mapped[int]
    scenario: Mapped[str] = mapped_column(sa.String(80))
    #: What `paper.freeze` made, with the key of each phase. Never sent as it is.
    paper: Mapped[Json]
    #: What the host wants to say or to ask the room.
    notes: Mapped[str] = mapped_column(sa.String(1000), default="")
    skipped_at: Mapped[datetime | None]


class LiveRun(Base):
    """One opening of a question: a round, in one phase. It closes by itself."""

    __tablename__ = "live_runs"
    __table_args__ = (
        sa.UniqueConstraint("question_id", "phase", "round"),
        sa.CheckConstraint("opens_at < closes_at", "closes_after_opening"),
        sa.CheckConstraint("revealed_at IS NULL OR tally IS NOT NULL", "revealed_with_tally"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(sa.ForeignKey("live_sessions.id"), index=True)
    question_id: Mapped[int] = mapped_column(sa.ForeignKey("live_questions.id"))
    phase: Mapped[Phase]
    round: Mapped[int]
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    revealed_at: Mapped[datetime | None]
    #: Opened by mistake: kept, and counted for nothing.
    voided_at: Mapped[datetime | None]
    #: Counts by choice as they were revealed; they outlive the choices.
    tally: Mapped[Json | None]

    question: Mapped[LiveQuestion] = relationship()

    @property
    def times(self) -> RunTimes:
        return RunTimes(self.opens_at, self.closes_at, self.revealed_at, self.voided_at)


class LiveParticipant(Base):
    """Somebody in a session: a person of the roster, or a guest under a number from the host."""

    __tablename__ = "live_participants"
    __table_args__ = (
        sa.UniqueConstraint("session_id", "person_id"),
        sa.UniqueConstraint("session_id", "guest"),
        sa.CheckConstraint("(person_id IS NULL) = (guest IS NOT NULL)", "person_or_guest"),
        sa.CheckConstraint("(guest IS NULL) = (guest_code IS NULL)", "guest_has_code"),
        sa.CheckConstraint("extra_percent BETWEEN 100 AND 300", "extra_percent"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(sa.ForeignKey("live_sessions.id"))
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"), index=True)
    guest: Mapped[int | None]
    guest_code: Mapped[str | None] = mapped_column(sa.String(8))
    #: None for a guest's number that nobody has used yet.
    joined_at: Mapped[datetime | None]
    #: Time to answer, in percent of what everybody has. Hers to choose, and nobody else's to see.
    extra_percent: Mapped[int] = mapped_column(default=100)

    person: Mapped[Person | None] = relationship()


class LiveAnswer(Base):
    """What one participant answered in one run: one row by its key, however often it is sent."""

    __tablename__ = "live_answers"
    __table_args__ = (sa.Index("ix_live_answers_participant_id", "participant_id"),)

    run_id: Mapped[int] = mapped_column(
        sa.ForeignKey("live_runs.id"), primary_key=True, autoincrement=False
    )
    participant_id: Mapped[int] = mapped_column(
        sa.ForeignKey("live_participants.id"), primary_key=True, autoincrement=False
    )
    #: A catalog verdict; None once choices are forgotten.
    choice: Mapped[str | None] = mapped_column(sa.String(20))
    is_sure: Mapped[bool | None]
    #: Grows with every tap of the phone (milliseconds): an older one never overwrites a newer.
    seq: Mapped[int] = mapped_column(sa.BigInteger)
    received_at: Mapped[datetime]
    timing: Mapped[Timing]


class LivePresence(Base):
    """A phone that was there, by ten minutes of the session (`attendance.SLOT`)."""

    __tablename__ = "live_presence"

    participant_id: Mapped[int] = mapped_column(
        sa.ForeignKey("live_participants.id"), primary_key=True, autoincrement=False
    )
    slot: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class LiveEvent(Base):
    """One command of a host: which version it made, of whom, and what it was."""

    __tablename__ = "live_events"

    session_id: Mapped[int] = mapped_column(
        sa.ForeignKey("live_sessions.id"), primary_key=True, autoincrement=False
    )
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    actor_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    command: Mapped[str] = mapped_column(sa.String(20))
    data: Mapped[Json]
