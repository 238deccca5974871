"""Files of people that were brought to the browser, and how an instansi reads its lists."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.agencies.models import Agency, Person
from app.core import clock
from app.core.db import Base, Json


class RosterUpload(Base):
    """A file from its upload to the undoing of what it did. Its bytes are gone once it is applied,
    dropped or a day old: lists of HR offices hold what nobody here needs to know."""

    __tablename__ = "roster_uploads"
    __table_args__ = (sa.Index("ix_roster_uploads_agency_id_id", "agency_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(sa.ForeignKey("agencies.id"))
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    sha256: Mapped[str] = mapped_column(sa.String(64))
    #: Sealed by whoever brought it in.
    content: Mapped[bytes | None] = mapped_column(sa.LargeBinary, deferred=True)
    uploaded_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: What was decided about this file by hand (`decisions`).
    decided: Mapped[Json]
    #: What would happen (`preview`); None until somebody has looked.
    seen: Mapped[Json | None]
    #: Ids of people on record whom the file does not name, and why the file thinks that they left.
    unnamed: Mapped[Json | None] = mapped_column(deferred=True)
    #: Who is to leave the active roster with it: `ids`, `reason`, `on`.
    leaving: Mapped[Json | None] = mapped_column(deferred=True)
    #: SHA-256 of the plan that was looked at: only that one is carried out.
    plan: Mapped[str | None] = mapped_column(sa.String(64))
    applied_at: Mapped[datetime | None]
    #: The rows of the trail that say what it did, which is what an undoing goes by.
    batch: Mapped[str | None] = mapped_column(sa.String(16))
    dropped_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]

    agency: Mapped[Agency] = relationship()
    by: Mapped[Person] = relationship()

    @property
    def is_open(self) -> bool:
        """Whether it may still be applied."""
        return self.applied_at is None and self.dropped_at is None


class RosterHabits(Base):
    """How the lists of an instansi were read last: its headers, its names of units, its words for
    legal positions. The next file begins with it."""

    __tablename__ = "roster_habits"

    agency_id: Mapped[int] = mapped_column(
        sa.ForeignKey("agencies.id"), primary_key=True, autoincrement=False
    )
    decided: Mapped[Json]
