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
