"""The way in by number and password, and the same proof once more before something that binds.

Whatever hashes a password first lets go of the database: 25 milliseconds of argon2id must not be
25 milliseconds of SQLite's only write lock.
"""

from datetime import timedelta

from app.accounts import operations, passwords, queries, second_factor, throttle
from app.accounts.familiar import Device
from app.accounts.models import Account, SignIn
from app.accounts.second_factor import CodeWanted
from app.audit import refusals
from app.audit.refusals import Refused
from app.core import clock
from app.core.db import db
from app.core.errors import DomainError


class SignInRefused(DomainError):
    """One sentence for a wrong password, an unknown number, and an account that is not open."""

    message = (
        "NIP atau kata sandi tidak cocok. Periksa keduanya lalu coba lagi. Belum pernah masuk? "
        "Aktifkan akun dahulu dengan kode dari admin unit Anda. Lupa kata sandi? Minta kode baru "
        "kepada admin unit Anda."
    )


class WrongPassword(DomainError):
    message = "Kata sandi tidak cocok. Tidak ada yang berubah. Periksa, lalu ketik sekali lagi."


def sign_in(
    number: str, password: str, *, device: str, network: str, familiar: Device | None = None
) -> tuple[SignIn, str]:
    """Open a session and give its token. Raises SignInRefused, TooSoon, TooBusy; and CodeWanted
    where the password was right and a second step is to come.

    A `familiar` device is braked by itself.
    """
    brakes = _brakes(number, network, familiar)
    throttle.spend(*brakes)
    known = queries.secret_of(number)
    operations.let_go()
    right = passwords.matches(known.password_hash if known else None, password)
    if known is None or not (right and known.is_open):
        refusals.note(Refused.SIGN_IN, network, known.account_id if known else 0)
        raise SignInRefused
    throttle.forgive(*brakes)
    renewed = passwords.hashed(password) if passwords.is_outdated(known.password_hash) else None
    account = db.session.get(Account, known.account_id)
    if account is None or account.password_hash != known.password_hash:
        raise SignInRefused  # changed while the password was being checked
    if renewed:
        account.password_hash = renewed
    if second_factor.is_on(account):
        raise CodeWanted(account)
    return operations.open_session(account, device=device, network=network)


def _brakes(number: str, network: str, device: Device | None) -> tuple[throttle.Key, ...]:
    if device is not None and device.knows(number):
        return ((throttle.DEVICE, number, device.name),)
    return (throttle.SIGN_IN, number, network), (throttle.NETWORK, network)


def prove_again(sign_in: SignIn, password: str) -> None:
    """Ask for the password once more, before a deed that must be one's own.

    Its brake is one that only the owner of a session can spend. Call it before the request has
    changed anything; it ends the transaction so far. Raises WrongPassword, TooSoon.
    """
    verify(sign_in, password)
    sign_in.proved_at = clock.now()
    db.session.flush()


def verify(sign_in: SignIn, password: str) -> None:
    """Raise WrongPassword unless this is the password of the session's owner."""
    stored, network = sign_in.account.password_hash, sign_in.network
    account_id = sign_in.account_id
    brake = (throttle.PROVE, account_id)
    operations.let_go()
    throttle.spend(brake)
    if not passwords.matches(stored, password):
        refusals.note(Refused.PASSWORD, network, account_id)
        raise WrongPassword
    throttle.forgive(brake)


def was_proved_within(sign_in: SignIn, minutes: int = 2) -> bool:
    """Whether the password was typed in this session so recently."""
    return -clock.LEEWAY <= clock.now() - sign_in.proved_at <= timedelta(minutes=minutes)


def change_password(sign_in: SignIn, old: str, new: str) -> None:
    """Replace one's own password and end every other session. Raises WrongPassword, WeakPassword.

    Ends the transaction so far, as prove_again does.
    """
    verify(sign_in, old)
    account = sign_in.account
    operations.check_new(account.person, new)
    if operations.normal_equal(old, new):
        raise passwords.WeakPassword("Kata sandi baru sama dengan yang lama.")
    operations.let_go()
    hashed = passwords.hashed(new)
    operations.set_password(account, hashed, actor=account.person, keep=sign_in)
