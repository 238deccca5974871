"""Accounts, their sessions, their roles, and the brakes on guessing."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.agencies.models import Agency, Person, Unit
from app.core import clock
from app.core.db import Base


class Role(StrEnum):
    """What somebody may do. LEARNER belongs to every account; the others are granted on a unit."""

    LEARNER = "learner"
    UNIT_ADMIN = "unit_admin"
    HR_ADMIN = "hr_admin"
    HOST = "host"
    AUDITOR = "auditor"
    EDITOR = "editor"


class Account(Base):
    """A person who has entered once. Made at activation, so an unused one does not exist."""

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), unique=True)
    password_hash: Mapped[str] = mapped_column(sa.String(160))
    activated_at: Mapped[datetime] = mapped_column(default=clock.now)
    password_changed_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: From when on a desk wants a second factor. None until its first use begins the grace.
    factor_due_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()


class Grant(Base):
    """A role on a node of the tree: it holds for that unit and everything below, for a time.

    It hangs on the person, so that it may be given before activation. One that has run out stays,
    so that whoever it leaves in the middle of a deed can be told why.
    """

    __tablename__ = "grants"
    __table_args__ = (sa.UniqueConstraint("person_id", "role", "unit_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), index=True)
    role: Mapped[Role]
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("units.id"), index=True)
    granted_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: None is the operator.
    granted_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    reason: Mapped[str] = mapped_column(sa.String(200))
    #: From this moment on it opens nothing.
    expires_at: Mapped[datetime]

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    granted_by: Mapped[Person | None] = relationship(foreign_keys=[granted_by_id])
    unit: Mapped[Unit] = relationship()


class SignIn(Base):
    """A session: one device that is signed in. Only the token's SHA-256 is kept."""

    __tablename__ = "sign_ins"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("accounts.id"), index=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    seen_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: When the password was last proved in this session (signing asks for it again).
    proved_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: When a code of the second factor was last accepted in this session.
    code_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    device: Mapped[str] = mapped_column(sa.String(80), default="")
    network: Mapped[str] = mapped_column(sa.String(64), default="")

    account: Mapped[Account] = relationship()


class ActivationCode(Base):
    """Leave to enter for the first time. The code itself is derived, never stored."""

    __tablename__ = "activation_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), index=True)
    issued_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    issued_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    #: None is the operator.
    issued_by: Mapped[Person | None] = relationship(foreign_keys=[issued_by_id])


class SlipOrder(Base):
    """Codes and slips that somebody asked for, for a unit and everything below; the latest of each.

    Whose authority chose the codes is `by`: nobody else is handed these slips.
    """

    __tablename__ = "slip_orders"
    __table_args__ = (sa.UniqueConstraint("unit_id", "by_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("units.id"))
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), index=True)
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: Whether new codes are made, and whether also for those who have one.
    issues: Mapped[bool]
    renews: Mapped[bool]
    #: Where the codes are typed in, as printed.
    address: Mapped[str] = mapped_column(sa.String(200))
    issued: Mapped[int] = mapped_column(default=0)

    unit: Mapped[Unit] = relationship()
    by: Mapped[Person] = relationship()


class SlipFile(Base):
    """Slips of one OPD, or a part of them, to print. The file is sealed, and kept for some days."""

    __tablename__ = "slip_files"
    __table_args__ = (sa.UniqueConstraint("order_id", "place"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(sa.ForeignKey("slip_orders.id"))
    place: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(400))
    slips: Mapped[int]
    pages: Mapped[int]
    content: Mapped[bytes] = mapped_column(deferred=True)
    made_at: Mapped[datetime] = mapped_column(default=clock.now)

    order: Mapped[SlipOrder] = relationship()


class PasswordRequest(Base):
    """Somebody at the door forgot the password. A row for every number that is typed, whether or
    not anybody carries it, so that the door does the same for all; without a person it is nobody's.
    """

    __tablename__ = "password_requests"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Keyed digest of the number: who asks again has one row.
    key: Mapped[str] = mapped_column(sa.String(64), unique=True)
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"), index=True)
    asked_at: Mapped[datetime]
    #: When it was answered, by a code or by being put aside.
    answered_at: Mapped[datetime | None]

    person: Mapped[Person | None] = relationship()


class SecondFactor(Base):
    """An authenticator app of somebody. Secrets are sealed with a key outside the database."""

    __tablename__ = "second_factors"
    __table_args__ = (
        sa.CheckConstraint("(secret IS NULL) = (confirmed_at IS NULL)", "secret_is_confirmed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("accounts.id"), unique=True)
    secret: Mapped[str | None] = mapped_column(sa.String(120))
    #: Shown as a QR, and waiting for its first code.
    candidate: Mapped[str | None] = mapped_column(sa.String(120))
    confirmed_at: Mapped[datetime | None]
    #: When somebody else last took a lost one away, and who; None then is the operator.
    reset_at: Mapped[datetime | None]
    reset_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))

    reset_by: Mapped[Person | None] = relationship()


class RecoveryCode(Base):
    """A code on paper for a lost app: good for one time, kept as a keyed digest."""

    __tablename__ = "recovery_codes"
    __table_args__ = (sa.UniqueConstraint("account_id", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("accounts.id"))
    digest: Mapped[str] = mapped_column(sa.String(64))
    used_at: Mapped[datetime | None]


class SpentStep(Base):
    """Thirty seconds whose code was accepted once, and is not again."""

    __tablename__ = "spent_steps"

    account_id: Mapped[int] = mapped_column(sa.ForeignKey("accounts.id"), primary_key=True)
    step: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class Brake(Base):
    """Failures on one key (a number seen from one network, or a network). Slows, never locks."""

    __tablename__ = "brakes"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(64), unique=True)
    failures: Mapped[int] = mapped_column(default=0)
    until: Mapped[datetime]
    updated_at: Mapped[datetime] = mapped_column(default=clock.now)


class GuestLink(Base):
    """An address by which an office that has no account (Bawaslu, Inspektorat) reads figures of an
    instansi until a day. It opens one page, and nothing else."""

    __tablename__ = "guest_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(sa.ForeignKey("agencies.id"), index=True)
    for_whom: Mapped[str] = mapped_column(sa.String(120))
    until: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    withdrawn_at: Mapped[datetime | None]

    agency: Mapped[Agency] = relationship()
    made_by: Mapped[Person] = relationship()

    @property
    def is_open(self) -> bool:
        return self.withdrawn_at is None and self.until > clock.now()
