"""Signed heads of the trail. A copy of each stands in a file, which is the one that proves."""

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
