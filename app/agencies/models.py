"""Instansi, units and people, with where they stood and worked, and the numbers they carried."""

from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.agencies.finding import SEARCHED, SHOWN, SORT_KEY, folds
from app.agencies.unit_kinds import UnitKind
from app.catalog.terms import PersonStatus
from app.core import clock
from app.core.db import Base


def with_titles(front: str, name: str, back: str) -> str:
    """A name as printed: `Dra. Hj. Siti Aminah, M.Si.`"""
    named = f"{front} {name}".strip()
    return f"{named}, {back}" if back else named


def _fold(column: str) -> Callable[[DefaultExecutionContext], str]:
    """A column of a new person that is worked out of the others."""
    return lambda row: folds(row.get_current_parameters())[column]  # type: ignore[no-untyped-call]


class AgencyKind(StrEnum):
    KABUPATEN = "kabupaten"
    KOTA = "kota"
    PROVINSI = "provinsi"


class Lasting:
    """Something that holds from `since` up to, not including, `until`; without one, still."""

    since: Mapped[date]
    until: Mapped[date | None]

    @classmethod
    def holds_on(cls, day: date) -> sa.ColumnElement[bool]:
        return sa.and_(cls.since <= day, sa.or_(cls.until.is_(None), cls.until > day))


class Agency(Base):
    """One regional government. Names are data: the HR office is a BKPSDM here, a BKD there."""

    __tablename__ = "agencies"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(40), unique=True)
    kind: Mapped[AgencyKind]
    name: Mapped[str] = mapped_column(sa.String(160))
    office_name: Mapped[str] = mapped_column(sa.String(160))
    office_short: Mapped[str] = mapped_column(sa.String(40))
    city: Mapped[str] = mapped_column(sa.String(80))
    address: Mapped[str] = mapped_column(sa.String(240))
    zone: Mapped[str] = mapped_column(sa.String(40), default="Asia/Jakarta")
    #: Who signs certificates, as printed.
    official_name: Mapped[str] = mapped_column(sa.String(160))
    official_number: Mapped[str] = mapped_column(sa.String(18))
    official_position: Mapped[str] = mapped_column(sa.String(160))
    #: `Plt.`, or `a.n. Bupati Arunika`: what stands before the position.
    official_prefix: Mapped[str] = mapped_column(sa.String(80), default="")
    official_rank: Mapped[str] = mapped_column(sa.String(80), default="")
    #: Telephone, e-mail and site, as the letterhead has them.
    contact: Mapped[str] = mapped_column(sa.String(160), default="")
    #: Whether a document is withdrawn only when a second admin agrees.
    two_to_revoke: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class Unit(Base):
    """A node of the tree. `path` holds the ids from the root: "/1/4/9/", its own last."""

    __tablename__ = "units"
    __table_args__ = (
        sa.UniqueConstraint("agency_id", "code"),
        # What begins with a path is looked for; in most collations only these operators can.
        sa.Index("ix_units_path", "path", postgresql_ops={"path": "varchar_pattern_ops"}),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(sa.ForeignKey("agencies.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("units.id"), index=True)
    path: Mapped[str] = mapped_column(sa.String(240))
    code: Mapped[str] = mapped_column(sa.String(40))
    name: Mapped[str] = mapped_column(sa.String(160))
    kind: Mapped[UnitKind]
    #: Whether a BKPSDM wants to see it as a row of the report.
    is_reporting: Mapped[bool] = mapped_column(default=False)
    #: The first day without it. Nobody works in a closed unit; the past still points at it.
    closed_on: Mapped[date | None]

    agency: Mapped[Agency] = relationship()
    parent: Mapped["Unit | None"] = relationship(remote_side=[id])

    @property
    def is_root(self) -> bool:
        return self.parent_id is None


class UnitLine(Lasting, Base):
    """What a unit was called and where it stood, from `since` up to, not including, `until`."""

    __tablename__ = "unit_lines"
    __table_args__ = (
        sa.Index(
            "uq_unit_lines_present",
            "unit_id",
            unique=True,
            sqlite_where=sa.text("until IS NULL"),
            postgresql_where=sa.text("until IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(sa.ForeignKey("agencies.id"), index=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("units.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("units.id"))
    path: Mapped[str] = mapped_column(sa.String(240))
    name: Mapped[str] = mapped_column(sa.String(160))
    kind: Mapped[UnitKind]
    is_reporting: Mapped[bool]
    since: Mapped[date]
    until: Mapped[date | None]


class UnitAlias(Base):
    """Another name or code by which lists call a unit: its abbreviation, the name it had."""

    __tablename__ = "unit_aliases"
    __table_args__ = (sa.UniqueConstraint("agency_id", "folded"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(sa.ForeignKey("agencies.id"))
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("units.id"), index=True)
    #: As somebody typed it, and as it is compared (`aliases.folded`).
    text: Mapped[str] = mapped_column(sa.String(160))
    folded: Mapped[str] = mapped_column(sa.String(160))

    unit: Mapped[Unit] = relationship()


class Person(Base):
    """Somebody on the roster. The number may change (NI PPPK does); the person stays."""

    __tablename__ = "people"
    __table_args__ = (sa.Index("ix_people_agency_id_sort_key", "agency_id", "sort_key", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(sa.ForeignKey("agencies.id"), index=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("units.id"), index=True)
    #: NIP or NI PPPK (18 digits), or a participant number (10 digits) for people without one.
    number: Mapped[str] = mapped_column(sa.String(18), unique=True)
    front_title: Mapped[str] = mapped_column(sa.String(40), default="")
    name: Mapped[str] = mapped_column(sa.String(120))
    back_title: Mapped[str] = mapped_column(sa.String(80), default="")
    status: Mapped[PersonStatus] = mapped_column(index=True)
    rank: Mapped[str] = mapped_column(sa.String(80), default="")
    position: Mapped[str] = mapped_column(sa.String(160), default="")
    is_active: Mapped[bool] = mapped_column(default=True, index=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: Since when strangers are shown no name, and nothing is forgotten, because she asked for it.
    restricted_at: Mapped[datetime | None]
    #: What she is found by, and her place in a list (`finding`). The ORM keeps both; whoever
    #: changes people by a statement writes them too.
    searched: Mapped[str] = mapped_column(sa.String(SEARCHED), default=_fold("searched"))
    sort_key: Mapped[str] = mapped_column(
        sa.String(SORT_KEY).with_variant(sa.String(SORT_KEY, collation="C"), "postgresql"),
        default=_fold("sort_key"),
    )

    agency: Mapped[Agency] = relationship()
    unit: Mapped[Unit] = relationship()

    @property
    def full_name(self) -> str:
        """Name with titles, as printed."""
        return with_titles(self.front_title, self.name, self.back_title)


@sa.event.listens_for(Person, "before_update")
def _refold(_mapper: object, _connection: object, person: Person) -> None:
    for name, value in folds({part: getattr(person, part) for part in SHOWN}).items():
        setattr(person, name, value)


class Identifier(Base):
    """A number that a person has carried. Old ones are kept: a new NI PPPK is not a new person."""

    __tablename__ = "identifiers"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), index=True)
    number: Mapped[str] = mapped_column(sa.String(18), unique=True)
    since: Mapped[date]
    until: Mapped[date | None]


class ParticipantSeries(Base):
    """The last participant number given in a year. Held while the next ones are taken."""

    __tablename__ = "participant_series"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


class Placement(Lasting, Base):
    """Where a person worked, as what, and when. `until` is empty for the present placement."""

    __tablename__ = "placements"
    __table_args__ = (
        sa.Index(
            "uq_placements_present",
            "person_id",
            unique=True,
            sqlite_where=sa.text("until IS NULL"),
            postgresql_where=sa.text("until IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), index=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("units.id"), index=True)
    status: Mapped[PersonStatus]
    rank: Mapped[str] = mapped_column(sa.String(80), default="")
    position: Mapped[str] = mapped_column(sa.String(160), default="")
    since: Mapped[date]
    until: Mapped[date | None]

    unit: Mapped[Unit] = relationship()


class PlannedMove(Base):
    """A move that is decided and whose day has not come: one at a time for each person."""

    __tablename__ = "planned_moves"

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("units.id"), index=True)
    position: Mapped[str | None] = mapped_column(sa.String(160))
    since: Mapped[date] = mapped_column(index=True)
    planned_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    planned_at: Mapped[datetime] = mapped_column(default=clock.now)

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    unit: Mapped[Unit] = relationship()
    planned_by: Mapped[Person | None] = relationship(foreign_keys=[planned_by_id])
