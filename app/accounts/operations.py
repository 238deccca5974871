"""Entering, proving oneself again, leaving; passwords and roles.

Whatever hashes a password first lets go of the database: 25 milliseconds of argon2id must not be
25 milliseconds of SQLite's only write lock.
"""

import hashlib
from datetime import datetime, timedelta

import sqlalchemy as sa

from app.accounts import passwords, queries, throttle
from app.accounts.models import Account, ActivationCode, Grant, Role, SignIn
from app.agencies import operations as roster
from app.agencies.models import Person, Unit
from app.audit import trail
from app.audit.actions import Action
from app.core import clock, ids
from app.core.db import at_most_one, changed, db, update_if
from app.core.errors import DomainError

#: Sessions older than this are forgotten when their owner signs in again (UU 27/2022: keep what
#: is needed). The trail keeps that somebody signed in.
KEPT = timedelta(days=90)


class SignInRefused(DomainError):
    """One sentence for a wrong password, an unknown number, and an account that is not open."""

    message = (
        "NIP atau kata sandi tidak cocok. Periksa keduanya lalu coba lagi. Belum pernah masuk? "
        "Aktifkan akun dahulu dengan kode dari admin unit Anda. Lupa kata sandi? Minta kode baru "
        "kepada admin unit Anda."
    )


class WrongPassword(DomainError):
    message = "Kata sandi tidak cocok. Tidak ada yang berubah. Periksa, lalu ketik sekali lagi."


class RoleHeldAlready(DomainError):
    message = "Peran ini sudah diberikan pada unit itu."


class RoleNotPossible(DomainError):
    message = (
        "Peran hanya dapat diberikan pada unit di instansi orang itu sendiri. "
        "Tidak ada yang berubah."
    )


def sign_in(number: str, password: str, *, device: str, network: str) -> tuple[SignIn, str]:
    """Open a session and give its token. Raises SignInRefused, TooSoon, TooBusy.

    Commit after SignInRefused too: the trail may have gained an entry about it.
    """
    brakes = (throttle.SIGN_IN, number, network), (throttle.NETWORK, network)
    starts_wait = throttle.spend(*brakes)
    known = queries.secret_of(number)
    let_go()
    right = passwords.matches(known.password_hash if known else None, password)
    if known is None or not (right and known.is_open):
        _record_refusal(known, network, starts_wait=starts_wait)
        raise SignInRefused
    throttle.forgive(*brakes)
    renewed = passwords.hashed(password) if passwords.is_outdated(known.password_hash) else None
    account = db.session.get(Account, known.account_id)
    if account is None or account.password_hash != known.password_hash:
        raise SignInRefused  # changed while the password was being checked
    if renewed:
        account.password_hash = renewed
    return open_session(account, device=device, network=network)


def open_session(account: Account, *, device: str, network: str) -> tuple[SignIn, str]:
    """A new session row and the token that only its browser will know."""
    token, now = ids.url_token(), clock.now()
    db.session.execute(
        sa.delete(SignIn)
        .where(SignIn.account_id == account.id, SignIn.created_at < now - KEPT)
        .execution_options(synchronize_session=False)
    )
    opened = SignIn(
        account=account,
        token_hash=digest(token),
        created_at=now,
        seen_at=now,
        proved_at=now,
        device=device,
        network=network,
    )
    db.session.add(opened)
    db.session.flush()
    trail.record(Action.SIGNED_IN, account, actor=account.person, device=device, network=network)
    return opened, token


def digest(token: str) -> str:
    """What is stored of a token. It has 256 random bits, so a plain SHA-256 is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def prove_again(sign_in: SignIn, password: str) -> None:
    """Ask for the password once more, before a deed that must be one's own.

    The same brakes as at the door. Call it before the request has changed anything; it ends the
    transaction so far. Raises WrongPassword, TooSoon.
    """
    verify(sign_in, password)
    sign_in.proved_at = clock.now()
    db.session.flush()


def verify(sign_in: SignIn, password: str) -> None:
    """Raise WrongPassword unless this is the password of the session's owner."""
    number, stored = sign_in.account.person.number, sign_in.account.password_hash
    brakes = (throttle.SIGN_IN, number, sign_in.network), (throttle.NETWORK, sign_in.network)
    let_go()
    throttle.spend(*brakes)
    if not passwords.matches(stored, password):
        raise WrongPassword
    throttle.forgive(*brakes)


def was_proved_within(sign_in: SignIn, minutes: int = 2) -> bool:
    """Whether the password was typed in this session so recently."""
    return clock.now() - sign_in.proved_at <= timedelta(minutes=minutes)


def change_password(sign_in: SignIn, old: str, new: str) -> None:
    """Replace one's own password and end every other session. Raises WrongPassword, WeakPassword.

    Ends the transaction so far, as prove_again does.
    """
    verify(sign_in, old)
    account = sign_in.account
    check_new(account.person, new)
    if normal_equal(old, new):
        raise passwords.WeakPassword("Kata sandi baru sama dengan yang lama.")
    let_go()
    hashed = passwords.hashed(new)
    set_password(account, hashed, actor=account.person, keep=sign_in)


def normal_equal(one: str, other: str) -> bool:
    return passwords.normal(one) == passwords.normal(other)


def check_new(person: Person, password: str) -> None:
    """Raise WeakPassword unless this person may use this password."""
    passwords.check(password, number=person.number, name=person.name, unit=person.unit.name)


def set_password(
    account: Account, hashed: str, *, actor: Person | None, keep: SignIn | None = None
) -> None:
    """Take over a new hash; every session but `keep` ends."""
    account.password_hash = hashed
    account.password_changed_at = clock.now()
    trail.record(Action.PASSWORD_CHANGED, account, actor=actor)
    _end_sessions(account, keep=keep)


def renew(sign_in: SignIn) -> str:
    """Give a session a new token; a copy of the old one is worth nothing from now on."""
    token = ids.url_token()
    sign_in.token_hash = digest(token)
    db.session.flush()
    return token


def sign_out(sign_in: SignIn) -> None:
    """End one session; ending it twice is no harm."""
    if update_if(sign_in, SignIn.ended_at.is_(None), ended_at=clock.now()):
        account = sign_in.account
        trail.record(Action.SIGNED_OUT, account, actor=account.person, device=sign_in.device)


def sign_out_everywhere(account: Account, *, by: Person | None, keep: SignIn | None = None) -> int:
    """End every session but `keep`; how many there were."""
    ended = _end_sessions(account, keep=keep)
    if ended:
        trail.record(Action.SIGNED_OUT_EVERYWHERE, account, actor=by, sessions=ended)
    return ended


def refresh_seen(sign_in_id: int, at: datetime) -> None:
    """Note that a session is in use."""
    db.session.execute(
        sa.update(SignIn)
        .where(SignIn.id == sign_in_id, SignIn.seen_at < at)
        .values(seen_at=at)
        .execution_options(synchronize_session=False)
    )


def grant(person: Person, role: Role, unit: Unit, by: Person | None) -> Grant:
    """Give a role on a unit and everything below it. The person need not have an account yet.

    Codes handed out before lapse: whoever made one for a colleague must not enter as an admin.
    """
    if role is Role.LEARNER or person.agency_id != unit.agency_id:
        raise RoleNotPossible
    given = Grant(person=person, role=role, unit=unit)
    with at_most_one(RoleHeldAlready()):
        db.session.add(given)
    withdraw_codes([person.id])
    trail.record(Action.ROLE_GRANTED, person, actor=by, role=role.value, unit_id=unit.id)
    return given


def withdraw(person: Person, role: Role, unit: Unit, by: Person | None) -> bool:
    """Take a role back; it ends with the next request. False when it was not held."""
    gone = changed(
        sa.delete(Grant).where(
            Grant.person_id == person.id, Grant.role == role, Grant.unit_id == unit.id
        )
    )
    if gone:
        trail.record(Action.ROLE_WITHDRAWN, person, actor=by, role=role.value, unit_id=unit.id)
    return bool(gone)


def let_leave(person: Person, reason: str, by: Person | None) -> None:
    """Take somebody off the active roster, and shut every door for good: what was signed in or
    handed out before is worth nothing when the person comes back."""
    roster.deactivate(person, reason, by)
    _shut(person, by)


def let_return(person: Person, by: Person | None) -> None:
    """Put somebody back on the active roster; the way in is the password or a new code."""
    roster.reactivate(person, by)
    _shut(person, by)  # once more: somebody may have been at the door while it was shut


def _shut(person: Person, by: Person | None) -> None:
    withdraw_codes([person.id])
    account = queries.account_of(person)
    if account is not None:
        sign_out_everywhere(account, by=by)


def hold_people(people: list[Person]) -> None:
    """Keep others from handing codes to these people until this transaction ends."""
    ids = [person.id for person in people]
    query = sa.select(Person.id).where(Person.id.in_(ids)).order_by(Person.id)
    db.session.execute(query.with_for_update())


def withdraw_codes(person_ids: list[int]) -> None:
    """Make every open code of these people void."""
    db.session.execute(
        sa.update(ActivationCode)
        .where(ActivationCode.person_id.in_(person_ids), queries.is_open())
        .values(withdrawn_at=clock.now())
        .execution_options(synchronize_session=False)
    )


def let_go() -> None:
    """End the transaction so far; nothing pending may be lost, so it refuses that."""
    if db.session.new or db.session.dirty or db.session.deleted:
        raise RuntimeError("a password must be checked before anything is changed")
    db.session.rollback()


def _end_sessions(account: Account, *, keep: SignIn | None) -> int:
    return changed(
        sa.update(SignIn)
        .where(
            SignIn.account_id == account.id,
            SignIn.ended_at.is_(None),
            SignIn.id != (keep.id if keep else 0),
        )
        .values(ended_at=clock.now())
    )


def _record_refusal(known: queries.Secret | None, network: str, *, starts_wait: bool) -> None:
    """One entry when guessing begins to be braked, not one a guess: the trail is no sink for spam.

    An unknown number leaves an entry too, without the number: recording only the known ones would
    take longer for them, and the difference could be measured.
    """
    if starts_wait:
        subject = f"accounts:{known.account_id}" if known else "sign_ins:unknown"
        trail.record(Action.SIGN_IN_REFUSED, subject, network=network)
