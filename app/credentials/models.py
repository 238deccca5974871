"""Credentials, their sealed files, and the counters that number them.

Triggers (migration 0004) freeze what was issued: only revocation and replacement may be written
afterwards, each once, and nothing is ever deleted.
"""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.agencies.models import Agency, Person
from app.core import clock
from app.core.db import Base, Json
from app.core.ids import secret_code
from app.printing.facts import Facts, Kind, from_json

STANDING = sa.text("replaced_at IS NULL")
UNDECIDED = sa.text("decided_at IS NULL")


class Credential(Base):
    """A statement about a person that anyone may check. Issued once; then only withdrawn."""

    __tablename__ = "credentials"
    __table_args__ = (
        sa.UniqueConstraint("agency_id", "kind", "year", "sequence"),
        sa.UniqueConstraint("agency_id", "kind", "number"),
        sa.Index(
            "uq_credentials_standing",
            "holder_id",
            "kind",
            "source",
            unique=True,
            sqlite_where=STANDING,
            postgresql_where=STANDING,
        ),
        sa.CheckConstraint(
            "(revoked_at IS NULL) = (revoked_reason IS NULL)"
            " AND (revoked_at IS NULL) = (revoked_by_id IS NULL)",
            "revoked_has_reason",
        ),
        sa.CheckConstraint("replaced_by_id IS NULL OR replaced_at IS NOT NULL", "replaced_at"),
        sa.CheckConstraint("revoked_at IS NULL OR replaced_at IS NULL", "one_end"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: 130 random bits: what the QR carries and what people type.
    code: Mapped[str] = mapped_column(sa.String(26), unique=True, default=secret_code)
    kind: Mapped[Kind]
    holder_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), index=True)
    agency_id: Mapped[int] = mapped_column(sa.ForeignKey("agencies.id"))
    #: What it was earned by: `netralitas-inti@2026.1`.
    source: Mapped[str] = mapped_column(sa.String(120), index=True)
    number: Mapped[str] = mapped_column(sa.String(120))
    sequence: Mapped[int]
    year: Mapped[int]
    facts: Mapped[Json]
    issued_at: Mapped[datetime] = mapped_column(default=clock.now)
    revoked_at: Mapped[datetime | None]
    revoked_reason: Mapped[str | None] = mapped_column(sa.String(200))
    revoked_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    replaced_at: Mapped[datetime | None]
    replaced_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("credentials.id"))

    holder: Mapped[Person] = relationship(foreign_keys=[holder_id])
    agency: Mapped[Agency] = relationship()
    replaced_by: Mapped["Credential | None"] = relationship(remote_side=[id])

    @property
    def stated(self) -> Facts:
        """The facts as they were frozen."""
        return from_json(self.facts)

    @classmethod
    def stands(cls) -> sa.ColumnElement[bool]:
        """Documents that were neither withdrawn nor replaced."""
        return sa.and_(cls.revoked_at.is_(None), cls.replaced_at.is_(None))

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None

    @property
    def is_replaced(self) -> bool:
        return self.replaced_at is not None


class RevocationRequest(Base):
    """Somebody wants a document withdrawn, and the agency wants a second person to say so, too."""

    __tablename__ = "revocation_requests"
    __table_args__ = (
        sa.Index(
            "uq_revocation_requests_open",
            "credential_id",
            unique=True,
            sqlite_where=UNDECIDED,
            postgresql_where=UNDECIDED,
        ),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decided_by_id IS NULL)"
            " AND (decided_at IS NULL) = (is_granted IS NULL)",
            "decided",
        ),
        sa.CheckConstraint("NOT is_granted OR decided_by_id <> asked_by_id", "two_persons"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    credential_id: Mapped[int] = mapped_column(sa.ForeignKey("credentials.id"), index=True)
    reason: Mapped[str] = mapped_column(sa.String(200))
    asked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"))
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]
    is_granted: Mapped[bool | None]

    credential: Mapped[Credential] = relationship()
    asked_by: Mapped[Person] = relationship(foreign_keys=[asked_by_id])


class CredentialFile(Base):
    """The sealed PDF, to the last byte. Its SHA-256 is the first evidence of authenticity."""

    __tablename__ = "credential_files"

    credential_id: Mapped[int] = mapped_column(sa.ForeignKey("credentials.id"), primary_key=True)
    content: Mapped[bytes] = mapped_column(sa.LargeBinary)
    sha256: Mapped[str] = mapped_column(sa.String(64), unique=True)
    size: Mapped[int]
    #: Serial number (hex) of the certificate that sealed it.
    seal_serial: Mapped[str] = mapped_column(sa.String(40))
    sealed_at: Mapped[datetime]

    credential: Mapped[Credential] = relationship()


class CredentialCounter(Base):
    """The last number given, per agency, kind and year. Held until the number is committed."""

    __tablename__ = "credential_counters"

    agency_id: Mapped[int] = mapped_column(sa.ForeignKey("agencies.id"), primary_key=True)
    kind: Mapped[Kind] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


__all__ = ["Credential", "CredentialCounter", "CredentialFile", "Kind", "RevocationRequest"]
