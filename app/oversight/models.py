"""Signed heads of the trail (a copy of each stands in a file, which is the one that proves), and an
index of whom its entries concern.
"""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base


class Checkpoint(Base):
    """Where the chain ended on one day, signed by the seal. Never changed."""

    __tablename__ = "audit_checkpoints"

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(unique=True)
    at: Mapped[datetime]
    last_id: Mapped[int]
    last_hash: Mapped[str] = mapped_column(sa.String(64))
    #: What was signed, to the letter.
    text: Mapped[str] = mapped_column(sa.Text)
    signature: Mapped[str] = mapped_column(sa.String(200))
    certificate: Mapped[str] = mapped_column(sa.Text)


#: Stands for the instansi of entries that are nobody's: every auditor sees those.
NOBODYS = 0


class Reach(Base):
    """That an entry concerns an instansi: made of the entries, and never of anything else."""

    __tablename__ = "audit_reach"
    __table_args__ = (
        sa.Index("ix_audit_reach_agency_id_entry_id", "agency_id", "entry_id"),
        sa.Index("ix_audit_reach_agency_id_action_entry_id", "agency_id", "action", "entry_id"),
    )

    entry_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    #: An agency's id, or NOBODYS.
    agency_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    action: Mapped[str] = mapped_column(sa.String(40))
