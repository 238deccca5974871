"""Jobs, and the one row that says which worker makes the rounds."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Base, Json

OPEN = sa.text("state IN ('waiting', 'running')")


class State(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        """What people read."""
        return LABELS[self]


LABELS = {
    State.WAITING: "menunggu giliran",
    State.RUNNING: "sedang dikerjakan",
    State.DONE: "selesai",
    State.FAILED: "gagal",
    State.CANCELLED: "dibatalkan",
}


class Job(Base):
    """Something to do, on one subject (`credentials:17`, or a day). Of one kind and subject only
    one is open; asking again gives the same."""

    __tablename__ = "jobs"
    __table_args__ = (
        sa.Index(
            "uq_jobs_open",
            "kind",
            "subject",
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
        sa.Index("ix_jobs_state_due_at", "state", "due_at"),
        sa.CheckConstraint("(state = 'running') = (held_by IS NOT NULL)", "running_is_held"),
        sa.CheckConstraint("(state = 'running') = (held_until IS NOT NULL)", "held_until"),
        sa.CheckConstraint("(state = 'failed') = (failure IS NOT NULL)", "failed_says_why"),
        sa.CheckConstraint(
            "(state IN ('waiting', 'running')) = (ended_at IS NULL)", "ended_or_open"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(40))
    subject: Mapped[str] = mapped_column(sa.String(80))
    state: Mapped[State] = mapped_column(default=State.WAITING)
    #: Of how many steps how many are done; no total, no bar.
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int | None]
    #: What came of it, for whoever asked.
    result: Mapped[Json | None]
    #: Why nothing came of it, in one sentence that its owner may read.
    failure: Mapped[str | None] = mapped_column(sa.Text)
    attempts: Mapped[int] = mapped_column(default=0)
    #: Who asked; None for the house itself. An id, since people are nothing that jobs know.
    asked_by_id: Mapped[int | None] = mapped_column(index=True)
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    due_at: Mapped[datetime] = mapped_column(default=clock.now)
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    cancel_asked_at: Mapped[datetime | None]
    #: Which worker has it, and until when it counts as alive without another word.
    held_by: Mapped[str | None] = mapped_column(sa.String(120))
    held_until: Mapped[datetime | None]

    @property
    def is_open(self) -> bool:
        return self.ended_at is None


class JobFile(Base):
    """The file that a job made. Forgotten within days: it is made anew from the rows."""

    __tablename__ = "job_files"

    job_id: Mapped[int] = mapped_column(
        sa.ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    name: Mapped[str] = mapped_column(sa.String(160))
    mime: Mapped[str] = mapped_column(sa.String(100))
    content: Mapped[bytes] = mapped_column(sa.LargeBinary)
    size: Mapped[int]
    made_at: Mapped[datetime]


class JobLease(Base):
    """The single row that says which worker of which node sweeps, and until when."""

    __tablename__ = "job_lease"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    holder: Mapped[str] = mapped_column(sa.String(120))
    until: Mapped[datetime]
