"""Assignments, the cycles in which they are done, who is exempt, and heads that desks named."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.agencies.models import Agency, Lasting, Person, Unit
from app.agencies.positions import Level
from app.assignments.audience import Audience
from app.assignments.renewal import Last, Why
from app.catalog.terms import PersonStatus, Phase
from app.core import clock
from app.core.db import Base

SEPARATOR = ","


class ExemptionKind(StrEnum):
    UNPAID_LEAVE = "cltn"
    STUDY = "tugas-belajar"
    ILLNESS = "sakit"
    OTHER = "lainnya"


EXEMPTION_LABELS = {
    ExemptionKind.UNPAID_LEAVE: "Cuti di luar tanggungan negara",
    ExemptionKind.STUDY: "Tugas belajar",
    ExemptionKind.ILLNESS: "Sakit",
    ExemptionKind.OTHER: "Sebab lain",
}


class Assignment(Base):
    """A course that a part of the tree must do. Never deleted: it ends, and what was done stays."""

    __tablename__ = "assignments"
    __table_args__ = (
        sa.CheckConstraint("leader_first OR leaders_until IS NULL", "leaders_until_of_switch"),
        sa.CheckConstraint(
            "NOT leader_first OR leaders_until IS NOT NULL", "leader_first_has_fallback"
        ),
        sa.CheckConstraint("renew_months IS NULL OR renew_months > 0", "renewal_is_later"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(sa.ForeignKey("agencies.id"), index=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("units.id"), index=True)
    course: Mapped[str] = mapped_column(sa.String(80))
    #: Values of PersonStatus, Level and words of positions, each list by commas; see `audience`.
    statuses: Mapped[str] = mapped_column(sa.String(120))
    levels: Mapped[str] = mapped_column(sa.String(80), default="")
    words: Mapped[str] = mapped_column(sa.String(160), default="")
    leaders_only: Mapped[bool] = mapped_column(default=False)
    #: The phase of an election that opens a new cycle each time it begins.
    phase: Mapped[Phase | None]
    #: Whether a unit waits for its head; at the latest it opens on `leaders_until`.
    leader_first: Mapped[bool] = mapped_column(default=False)
    leaders_until: Mapped[date | None]
    #: A new cycle opens so many months after the last.
    renew_months: Mapped[int | None]
    #: Whether a new edition of the course opens a new cycle.
    renews_by_edition: Mapped[bool] = mapped_column(default=False)
    #: Who asks, as learners read it: "Sekretaris Daerah".
    asked_by: Mapped[str] = mapped_column(sa.String(160))
    created_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None]

    agency: Mapped[Agency] = relationship()
    unit: Mapped[Unit] = relationship()
    #: In the order in which they opened; never empty.
    cycles: Mapped[list["Cycle"]] = relationship(
        back_populates="assignment", order_by="Cycle.number", lazy="selectin"
    )

    @property
    def audience(self) -> Audience:
        return Audience(
            statuses=frozenset(PersonStatus(one) for one in listed(self.statuses)),
            levels=frozenset(Level(one) for one in listed(self.levels)),
            words=tuple(listed(self.words)),
            leaders_only=self.leaders_only,
        )

    @property
    def is_ended(self) -> bool:
        return self.ended_at is not None

    @property
    def last(self) -> Last:
        """What decides on the next cycle."""
        cycle = self.cycles[-1]
        return Last(
            cycle.opens_on, cycle.due_on, cycle.edition, self.renews_by_edition, self.renew_months
        )

    def cycle_on(self, on: date) -> "Cycle":
        """The cycle that ran on a day: the last one that had opened, or the first to come."""
        opened = [cycle for cycle in self.cycles if cycle.opens_on <= on]
        return opened[-1] if opened else self.cycles[0]


class Cycle(Base):
    """One round of an assignment. A later one leaves it, and all that was done in it, as it is."""

    __tablename__ = "assignment_cycles"
    __table_args__ = (
        sa.UniqueConstraint("assignment_id", "number"),
        sa.CheckConstraint("opens_on <= due_on", "due_after_opening"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(sa.ForeignKey("assignments.id"))
    number: Mapped[int]
    why: Mapped[Why]
    opens_on: Mapped[date]
    due_on: Mapped[date]
    #: Signed on this day or later counts; None: whenever.
    counts_from: Mapped[date | None]
    #: Only this edition counts; None: any.
    edition: Mapped[str | None] = mapped_column(sa.String(40))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    assignment: Mapped[Assignment] = relationship(back_populates="cycles")

    def counts(self, edition: str, signed_on: date) -> bool:
        """Whether a pledge signed on that day is one of this cycle."""
        return self.edition in (None, edition) and (
            self.counts_from is None or signed_on >= self.counts_from
        )


class Exemption(Base):
    """Somebody who need not, and why. Both days belong to it. Never deleted, but withdrawn."""

    __tablename__ = "exemptions"
    __table_args__ = (
        sa.CheckConstraint("until IS NULL OR since <= until", "ends_after_beginning"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), index=True)
    #: None: from every assignment.
    assignment_id: Mapped[int | None] = mapped_column(sa.ForeignKey("assignments.id"), index=True)
    kind: Mapped[ExemptionKind]
    note: Mapped[str] = mapped_column(sa.String(200), default="")
    since: Mapped[date]
    until: Mapped[date | None]
    granted_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    withdrawn_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    assignment: Mapped[Assignment | None] = relationship()

    def excuses(self, assignment: Assignment, on: date) -> bool:
        """Whether it holds on a day for this assignment."""
        return (
            self.withdrawn_at is None
            and self.assignment_id in (None, assignment.id)
            and self.since <= on
            and (self.until is None or on <= self.until)
        )


class UnitHead(Lasting, Base):
    """A head that a desk has named, where the name of the position does not tell."""

    __tablename__ = "unit_heads"
    __table_args__ = (
        sa.UniqueConstraint("unit_id", "person_id", "since"),
        sa.CheckConstraint("until IS NULL OR since <= until", "ends_after_beginning"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("units.id"), index=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), index=True)
    since: Mapped[date]
    #: The first day on which it is no longer so.
    until: Mapped[date | None]
    named_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))

    person: Mapped[Person] = relationship(foreign_keys=[person_id])


def listed(text: str) -> list[str]:
    return [one for one in text.split(SEPARATOR) if one]


def joined(values: frozenset[PersonStatus] | frozenset[Level] | tuple[str, ...]) -> str:
    return SEPARATOR.join(sorted(str(value) for value in values))
