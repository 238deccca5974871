"""Enrolments, the lessons opened and finished, and the cases answered on the way."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.agencies.models import Person
from app.core import clock
from app.core.db import Base


class Enrolment(Base):
    """One person's round of one edition of a course. Moments fill in from left to right, once each.

    Somebody who must do the same edition again begins another round; the one before is closed, and
    keeps all that it has.
    """

    __tablename__ = "enrolments"
    __table_args__ = (
        sa.UniqueConstraint("course", "edition", "person_id", "round"),
        sa.Index(
            "uq_enrolments_open",
            *("course", "edition", "person_id"),
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        ),
        # All that a report asks, so that the rows themselves, which lie among all others', are not.
        sa.Index(
            "ix_enrolments_report",
            *("agency_id", "course", "edition", "person_id", "lessons_completed_at", "passed_at"),
        ),
        sa.CheckConstraint("(passed_at IS NULL) = (score_percent IS NULL)", "pass_has_score"),
        sa.CheckConstraint("signed_at IS NULL OR passed_at IS NOT NULL", "signed_after_pass"),
        sa.CheckConstraint("(signed_at IS NULL) = (completed_at IS NULL)", "completed_when_signed"),
        sa.CheckConstraint("closed_at IS NULL OR signed_at IS NOT NULL", "closed_after_signing"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), index=True)
    #: Her instansi, as she has it for good. A copy, so that the report of one asks for no other's.
    agency_id: Mapped[int]
    #: The slug of the course; with the edition it names what the catalog taught then.
    course: Mapped[str] = mapped_column(sa.String(80))
    edition: Mapped[str] = mapped_column(sa.String(40))
    round: Mapped[int] = mapped_column(default=1)
    started_at: Mapped[datetime] = mapped_column(default=clock.now)
    lessons_completed_at: Mapped[datetime | None]
    passed_at: Mapped[datetime | None]
    #: The score of the pass; scores of failed attempts stay with their attempts.
    score_percent: Mapped[int | None]
    signed_at: Mapped[datetime | None]
    completed_at: Mapped[datetime | None]
    #: When the next round began.
    closed_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()

    @property
    def source(self) -> str:
        """How credentials name what they were earned with."""
        return f"{self.course}@{self.edition}" + (f"/{self.round}" if self.round > 1 else "")

    @classmethod
    def source_column(cls) -> sa.ColumnElement[str]:
        """The same, for the database."""
        again = sa.case((cls.round > 1, sa.literal("/") + sa.cast(cls.round, sa.String)), else_="")
        return cls.course + sa.literal("@") + cls.edition + again

    @property
    def has_learned(self) -> bool:
        return self.lessons_completed_at is not None

    @property
    def has_passed(self) -> bool:
        return self.passed_at is not None

    @property
    def has_signed(self) -> bool:
        return self.signed_at is not None


class LessonReading(Base):
    """When a lesson that is not done yet was opened first. Gone when it is done: what is kept of
    anybody is that a lesson was read, and not for how long."""

    __tablename__ = "lesson_readings"
    __table_args__ = (sa.UniqueConstraint("enrolment_id", "lesson"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(sa.ForeignKey("enrolments.id"))
    #: The slug of the lesson.
    lesson: Mapped[str] = mapped_column(sa.String(80))
    opened_at: Mapped[datetime] = mapped_column(default=clock.now)


class LessonDone(Base):
    """A lesson that was read to its end, with its cases answered."""

    __tablename__ = "lessons_done"
    __table_args__ = (sa.UniqueConstraint("enrolment_id", "lesson"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(sa.ForeignKey("enrolments.id"))
    #: The slug of the lesson.
    lesson: Mapped[str] = mapped_column(sa.String(80))
    done_at: Mapped[datetime] = mapped_column(default=clock.now)


class CaseAnswer(Base):
    """A judgement on a case, locked once given. A practice turn exists before it is answered."""

    __tablename__ = "case_answers"
    __table_args__ = (
        sa.UniqueConstraint("enrolment_id", "place", "scenario", "phase"),
        sa.CheckConstraint(
            "(choice IS NULL) = (is_right IS NULL) AND (choice IS NULL) = (answered_at IS NULL)",
            "answered_as_a_whole",
        ),
        sa.Index(
            "uq_case_answers_open_turn",
            "enrolment_id",
            unique=True,
            sqlite_where=sa.text("choice IS NULL"),
            postgresql_where=sa.text("choice IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(sa.ForeignKey("enrolments.id"))
    #: Where it was asked: `pelajaran-03`, or `latihan-0007`.
    place: Mapped[str] = mapped_column(sa.String(20))
    scenario: Mapped[str] = mapped_column(sa.String(80))
    phase: Mapped[str] = mapped_column(sa.String(20))
    choice: Mapped[str | None] = mapped_column(sa.String(20))
    is_right: Mapped[bool | None]
    answered_at: Mapped[datetime | None]

    @property
    def is_locked(self) -> bool:
        return self.choice is not None
