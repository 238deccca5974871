"""Attempts with their frozen papers, the answers given, and chances granted by an admin."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.agencies.models import Person
from app.core import clock
from app.core.db import Base, Json
from app.learning.models import Enrolment


class Attempt(Base):
    """One sitting of the quiz. Its paper never changes; it is submitted and scored once."""

    __tablename__ = "attempts"
    __table_args__ = (
        sa.UniqueConstraint("enrolment_id", "number"),
        sa.Index(
            "uq_attempts_open",
            "enrolment_id",
            unique=True,
            sqlite_where=sa.text("submitted_at IS NULL"),
            postgresql_where=sa.text("submitted_at IS NULL"),
        ),
        sa.Index("ix_attempts_submitted_at", "submitted_at"),
        sa.CheckConstraint(
            "(submitted_at IS NULL) = (score_percent IS NULL)"
            " AND (submitted_at IS NULL) = (passed IS NULL)",
            "submitted_as_a_whole",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(sa.ForeignKey("enrolments.id"))
    number: Mapped[int]
    #: What `Paper.freeze` made, key and explanations included. Never sent as it is.
    paper: Mapped[Json]
    started_at: Mapped[datetime] = mapped_column(default=clock.now)
    submitted_at: Mapped[datetime | None]
    score_percent: Mapped[int | None]
    passed: Mapped[bool | None]

    enrolment: Mapped[Enrolment] = relationship()

    @property
    def is_open(self) -> bool:
        return self.submitted_at is None


class AttemptAnswer(Base):
    """The answer to one question of a paper. Made empty with the attempt, so that saving is one
    guarded UPDATE; what is not on the paper has no row to land in."""

    __tablename__ = "attempt_answers"
    __table_args__ = (
        sa.UniqueConstraint("attempt_id", "question"),
        sa.UniqueConstraint("attempt_id", "position"),
        sa.CheckConstraint("(choice IS NULL) = (saved_at IS NULL)", "saved_as_a_whole"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(sa.ForeignKey("attempts.id"))
    #: The random id that the question has on this paper.
    question: Mapped[str] = mapped_column(sa.String(16))
    #: Its place on the paper, from 1.
    position: Mapped[int]
    choice: Mapped[str | None] = mapped_column(sa.String(20))
    saved_at: Mapped[datetime | None]
    #: Counts saves, so that an answer replayed by a phone that was offline never beats a newer one.
    revision: Mapped[int] = mapped_column(default=0)


class ExtraChance(Base):
    """One more attempt than the course allows, granted by an admin who says why."""

    __tablename__ = "extra_chances"

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(sa.ForeignKey("enrolments.id"), index=True)
    granted_by_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"))
    reason: Mapped[str] = mapped_column(sa.String(200))
    granted_at: Mapped[datetime] = mapped_column(default=clock.now)

    granted_by: Mapped[Person] = relationship()
