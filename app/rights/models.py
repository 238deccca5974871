"""Requests about one's own data, and their answers."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.agencies.models import Person
from app.core import clock
from app.core.db import Base

#: Characters of what is asked, and of the answer.
LONGEST = 500


class Wish(StrEnum):
    """What is asked for."""

    CORRECTION = "correction"
    ERASURE = "erasure"
    RESTRICTION = "restriction"

    @property
    def label(self) -> str:
        return WISHES[self]


WISHES = {
    Wish.CORRECTION: "Perbaikan data",
    Wish.ERASURE: "Penghapusan",
    Wish.RESTRICTION: "Pembatasan",
}


class Outcome(StrEnum):
    GRANTED = "granted"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        return OUTCOMES[self]


OUTCOMES = {Outcome.GRANTED: "Dikabulkan", Outcome.REFUSED: "Ditolak"}


class DataCopy(Base):
    """The last printed copy of somebody's data: what it says is in other rows."""

    __tablename__ = "data_copies"

    person_id: Mapped[int] = mapped_column(
        sa.ForeignKey("people.id"), primary_key=True, autoincrement=False
    )
    content: Mapped[bytes] = mapped_column(sa.LargeBinary)
    made_at: Mapped[datetime] = mapped_column(default=clock.now)


class DataRequest(Base):
    """Asked once, answered once. Of one kind, a person has one open request at most."""

    __tablename__ = "data_requests"
    __table_args__ = (
        sa.Index(
            "uq_data_requests_open",
            "person_id",
            "wish",
            unique=True,
            sqlite_where=sa.text("answered_at IS NULL"),
            postgresql_where=sa.text("answered_at IS NULL"),
        ),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (outcome IS NULL) AND (outcome IS NULL) = (answer IS NULL)",
            "answered_as_a_whole",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), index=True)
    wish: Mapped[Wish]
    text: Mapped[str] = mapped_column(sa.String(LONGEST))
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    outcome: Mapped[Outcome | None]
    answer: Mapped[str | None] = mapped_column(sa.String(LONGEST))
    answered_at: Mapped[datetime | None]
    #: None, once answered, is the operator.
    answered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    answered_by: Mapped[Person | None] = relationship(foreign_keys=[answered_by_id])

    @property
    def is_open(self) -> bool:
        return self.answered_at is None
