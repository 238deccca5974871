"""Roles given and taken: by whom, on which unit, for how long, and why.

The operator may give any role; whoever administers personnel gives those below, on units of hers,
and nothing to herself. A role ends by itself after a year at most: somebody has to say again that
it is still wanted.
"""

from datetime import date, datetime, timedelta

import sqlalchemy as sa

from app.accounts import operations, queries
from app.accounts.models import Grant, Role
from app.agencies.models import Person, Unit
from app.audit import trail
from app.audit.actions import Action
from app.core import clock, dates
from app.core.db import at_most_one, changed, db, update_if
from app.core.errors import DomainError

LABELS = {
    Role.UNIT_ADMIN: "Admin unit",
    Role.HR_ADMIN: "Admin kepegawaian",
    Role.HOST: "Pemandu",
    Role.AUDITOR: "Auditor",
    Role.EDITOR: "Penyunting isi",
}
#: What an HR admin gives and takes. An auditor watches her, and an editor works for every instansi
#: of the installation: those two are the operator's.
OF_HR = (Role.UNIT_ADMIN, Role.HR_ADMIN, Role.HOST)
#: Days after which a role ends at the latest.
LONGEST = 365
REASON_LENGTH = 200


class RoleHeldAlready(DomainError):
    message = (
        "Peran ini sudah diberikan pada unit itu sampai hari itu atau lebih lama. "
        "Tidak ada yang berubah."
    )


class RoleNotPossible(DomainError):
    message = (
        "Peran hanya dapat diberikan pada unit di instansi orang itu sendiri. "
        "Tidak ada yang berubah."
    )


class RoleNotYours(DomainError):
    message = (
        "Anda memberi dan mencabut peran admin unit, admin kepegawaian, dan pemandu pada unit yang "
        "Anda kelola. Peran lain diurus pengelola server. Tidak ada yang berubah."
    )


class NotYourOwnRole(DomainError):
    message = (
        "Peran Anda sendiri diberikan, diperpanjang, dan dicabut oleh orang lain. "
        "Tidak ada yang berubah."
    )


class BadTerm(DomainError):
    message = (
        f"Peran berlaku paling lama {LONGEST} hari, dan hari terakhirnya tidak boleh sudah lewat. "
        "Tidak ada yang berubah."
    )


class ReasonMissing(DomainError):
    message = (
        f"Tulis mengapa orang ini memerlukan peran itu, paling panjang {REASON_LENGTH} huruf. "
        "Tidak ada yang berubah."
    )


class RoleLapsed(DomainError):
    """Somebody asks for what a role of hers opened until it ran out."""

    status = 403

    def __init__(self, role: Role, since: datetime, zone: str) -> None:
        super().__init__(
            f"Peran Anda sebagai {LABELS[role].lower()} berakhir {dates.local_time(since, zone)}. "
            "Yang baru Anda minta tidak dikerjakan dan tidak ada yang berubah. Bila peran itu "
            "masih Anda perlukan, mintalah perpanjangan kepada admin kepegawaian instansi atau "
            "pengelola server."
        )


def grant(
    person: Person,
    role: Role,
    unit: Unit,
    by: Person | None,
    *,
    reason: str,
    until: date | None = None,
) -> Grant:
    """Give a role on a unit and everything below it, to the end of the day `until` (None: as long
    as may be); or prolong one that is held. The person need not have an account yet.

    `by` None is the operator. Codes handed out before lapse: whoever made one for a colleague must
    not enter as an admin.
    """
    if role is Role.LEARNER or person.agency_id != unit.agency_id:
        raise RoleNotPossible
    _must_be_theirs(by, person, role, unit)
    given = {
        "expires_at": end_of(until, person.agency.zone),
        "reason": _checked(reason),
        "granted_by_id": by.id if by else None,
        "granted_at": clock.now(),
    }
    held = queries.grant_of(person, role, unit)
    if held is None:
        held = Grant(person=person, role=role, unit=unit, **given)
        with at_most_one(RoleHeldAlready()):
            db.session.add(held)
    elif not update_if(held, Grant.expires_at < given["expires_at"], **given):
        raise RoleHeldAlready
    operations.withdraw_codes([person.id])
    trail.record(
        Action.ROLE_GRANTED,
        person,
        actor=by,
        role=role.value,
        unit_id=unit.id,
        until=last_day(held).isoformat(),
        reason=held.reason,
    )
    return held


def withdraw(person: Person, role: Role, unit: Unit, by: Person | None) -> bool:
    """Take a role back; it ends with the next request. False when it was not held."""
    _must_be_theirs(by, person, role, unit)
    gone = changed(
        sa.delete(Grant).where(
            Grant.person_id == person.id,
            Grant.role == role,
            Grant.unit_id == unit.id,
            Grant.expires_at > clock.now(),
        )
    )
    if gone:
        trail.record(Action.ROLE_WITHDRAWN, person, actor=by, role=role.value, unit_id=unit.id)
    return bool(gone)


def may_be_given(by: Person, role: Role, unit: Unit) -> bool:
    """Whether `by` gives and takes this role on this unit."""
    held = [one for one in queries.grants_of(by) if one.role is Role.HR_ADMIN]
    return role in OF_HR and any(unit.path.startswith(one.unit.path) for one in held)


def last_day(held: Grant) -> date:
    """The last day on which a role holds, where its unit is."""
    return dates.local(held.expires_at - timedelta(microseconds=1), held.unit.agency.zone).date()


def _must_be_theirs(by: Person | None, person: Person, role: Role, unit: Unit) -> None:
    if by is None:
        return
    if by.id == person.id:
        raise NotYourOwnRole
    if not may_be_given(by, role, unit):
        raise RoleNotYours


def end_of(until: date | None, zone: str) -> datetime:
    """The moment after the day on which a role holds for the last time."""
    today = clock.today(zone)
    longest = today + timedelta(days=LONGEST)
    last = until or longest
    if not today <= last <= longest:
        raise BadTerm
    return dates.start_of(last + timedelta(days=1), zone)


def _checked(reason: str) -> str:
    reason = " ".join(reason.split())
    if not 0 < len(reason) <= REASON_LENGTH:
        raise ReasonMissing
    return reason


__all__ = ["LABELS", "LONGEST", "OF_HR", "grant", "last_day", "may_be_given", "withdraw"]
