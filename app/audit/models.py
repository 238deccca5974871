"""The chain and its head."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base


class AuditEntry(Base):
    """One deed. Its hash covers its content and the hash before it. Triggers refuse changes."""

    __tablename__ = "audit_entries"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    action: Mapped[str] = mapped_column(sa.String(40), index=True)
    actor_id: Mapped[int | None] = mapped_column(index=True)
    subject: Mapped[str] = mapped_column(sa.String(80), index=True)
    #: Canonical JSON, kept as text: its exact bytes are what was hashed.
    data: Mapped[str] = mapped_column(sa.Text)
    previous_hash: Mapped[str] = mapped_column(sa.String(64))
    hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    #: The key's mark on the hash. Entries older than the key have none.
    mark: Mapped[str | None] = mapped_column(sa.String(64))


class AuditHead(Base):
    """The single row that says where the chain ends. Held while entries are appended."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last_id: Mapped[int]
    last_hash: Mapped[str] = mapped_column(sa.String(64))
    #: Which key marks the entries now (`keys.Key.id`); None until one does.
    key_id: Mapped[str | None] = mapped_column(sa.String(16))


class Refusal(Base):
    """How often a network was refused something in a quarter of an hour that is not yet closed."""

    __tablename__ = "refusals"

    quarter_at: Mapped[datetime] = mapped_column(primary_key=True)
    network: Mapped[str] = mapped_column(sa.String(50), primary_key=True)
    what: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    #: Whose account was tried; 0 where that is unknown or nobody's.
    account_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    count: Mapped[int]


class AuditPart(Base):
    """What one entry did to one subject of many. Triggers refuse changes, as they do of entries."""

    __tablename__ = "audit_parts"
    __table_args__ = (sa.UniqueConstraint("batch", "place"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    #: The entry's own name for its rows: `batch` in its data.
    batch: Mapped[str] = mapped_column(sa.String(16))
    place: Mapped[int]
    action: Mapped[str] = mapped_column(sa.String(40))
    subject: Mapped[str] = mapped_column(sa.String(80), index=True)
    data: Mapped[str] = mapped_column(sa.Text)
