"""Messages, one a person, subject and occasion; and where people want to be written to."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Base


class State(StrEnum):
    WAITING = "waiting"
    #: In the hands of a worker; one that dies then leaves it so, and it is never sent again.
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    #: It was handed over, and the server did not say whether it took it.
    DOUBTFUL = "doubtful"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    State.WAITING: "menunggu dikirim",
    State.SENDING: "sedang dikirim",
    State.SENT: "terkirim",
    State.FAILED: "tidak terkirim",
    State.DOUBTFUL: "mungkin terkirim",
}


class Message(Base):
    """One thing to tell one person. The constraint is why she never gets two for one thing."""

    __tablename__ = "messages"
    __table_args__ = (
        sa.UniqueConstraint("person_id", "subject", "occasion"),
        sa.Index("ix_messages_state_due_at", "state", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"))
    #: What it is about (`assignment_cycles:17`), and which word about that (`opening`).
    subject: Mapped[str] = mapped_column(sa.String(80))
    occasion: Mapped[str] = mapped_column(sa.String(40))
    title: Mapped[str] = mapped_column(sa.String(200))
    body: Mapped[str] = mapped_column(sa.Text)
    #: Why she gets it, as she reads it.
    why: Mapped[str] = mapped_column(sa.String(300))
    #: In whose hours it may go out.
    zone: Mapped[str] = mapped_column(sa.String(40))
    state: Mapped[State] = mapped_column(default=State.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    due_at: Mapped[datetime]
    #: When it was taken in hand, and when it ended, either way.
    taken_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class MailAddress(Base):
    """Where somebody is written to, and whether she wants no reminders."""

    __tablename__ = "mail_addresses"

    person_id: Mapped[int] = mapped_column(
        sa.ForeignKey("people.id"), primary_key=True, autoincrement=False
    )
    address: Mapped[str] = mapped_column(sa.String(254), default="")
    refuses: Mapped[bool] = mapped_column(default=False)
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)
