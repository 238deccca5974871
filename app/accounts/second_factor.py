"""The second factor: an authenticator app, and codes on paper for the day on which it is lost.

The secret is sealed with a key that is not in the database, for its account alone; codes on paper
are kept as keyed digests. A code is spent in the database, by a constraint, so that of two that
race one is refused, and so that a clock that jumps locks nobody out.
"""

import secrets
from datetime import datetime, timedelta

import sqlalchemy as sa

from app.accounts import operations, queries, sealed, throttle, totp
from app.accounts.activation import LENGTH, SEPARATORS, grouped
from app.accounts.models import Account, RecoveryCode, SecondFactor, SignIn, SpentStep
from app.accounts.settings import keyed_digest
from app.agencies.models import Person
from app.audit import trail
from app.audit.actions import Action
from app.core import clock, dates
from app.core.db import at_most_one, db, update_if
from app.core.errors import DomainError
from app.core.ids import READABLE

#: Days from the first use of a desk until it is closed to whoever has no second factor.
GRACE = timedelta(days=7)
#: Codes on paper, each good for one time.
PAPER = 10
#: One account, from wherever: three of a million codes are right, and the password was right too.
CODES = throttle.Limit("kode", free=5, forget=600, longest=300)
_PURPOSE = "second-factor"
#: Spent steps are forgotten after this; a clock that jumps further back is not a clock.
KEPT = timedelta(days=90)


class CodeRefused(DomainError):
    """A code that is wrong, old, or of a phone whose clock is wrong: the server's is shown."""

    def __init__(self, zone: str) -> None:
        now = dates.local(clock.now(), zone)
        label = dates.ZONE_LABELS.get(zone, zone)
        super().__init__(
            "Kode tidak cocok. Tidak ada yang berubah. Jam server sekarang "
            f"{dates.long_date(now.date())} {now:%H.%M.%S} {label}; bila tanggal atau jam ponsel "
            "Anda lain, nyalakan jam otomatis di setelan ponsel, lalu pakai kode yang baru."
        )


class CodeSpent(DomainError):
    message = (
        "Kode ini sudah dipakai, dan setiap kode hanya berlaku satu kali. Tidak ada yang berubah. "
        "Tunggu kode berikutnya di aplikasi, paling lama 30 detik, atau pakai kode cadangan lain."
    )


class NothingToConfirm(DomainError):
    message = (
        "Pemasangan ini sudah selesai atau dibatalkan. Tidak ada yang berubah. Mulai lagi dari "
        "halaman Verifikasi dua langkah."
    )


class Unreadable(DomainError):
    message = (
        "Rahasia verifikasi dua langkah akun ini tidak dapat dibaca, karena kunci server sudah "
        "berganti. Tidak ada yang berubah. Minta pengelola server melepasnya, lalu pasang lagi."
    )


class NeededForRole(DomainError):
    message = (
        "Peran Anda memerlukan verifikasi dua langkah, jadi tidak dapat dilepas. "
        "Tidak ada yang berubah. Pasang ulang bila ponsel Anda berganti."
    )


class NoFactor(DomainError):
    message = "Orang ini tidak memakai verifikasi dua langkah. Tidak ada yang berubah."


class NotYourOwnFactor(DomainError):
    message = (
        "Verifikasi dua langkah Anda sendiri dilepas oleh admin kepegawaian lain atau pengelola "
        "server. Tidak ada yang berubah."
    )


class CodeWanted(DomainError):
    """The password was right; a code is still wanted."""

    message = "Ketik kode dari aplikasi autentikator Anda."

    def __init__(self, account: Account) -> None:
        self.account = account
        super().__init__()


def is_on(account: Account) -> bool:
    """Whether a code is asked for at the door."""
    factor = queries.factor_of(account)
    return factor is not None and factor.secret is not None


def begin(account: Account) -> None:
    """Draw a secret that a code must still confirm; one that is confirmed stays until then."""
    factor = queries.factor_of(account)
    if factor is None:
        factor = SecondFactor(account_id=account.id)
        with at_most_one(NothingToConfirm()):
            db.session.add(factor)
    factor.candidate = seal(account.id, totp.new_secret())
    db.session.flush()


def candidate_of(account: Account) -> str:
    """The secret that waits for its first code. Raises NothingToConfirm."""
    factor = queries.factor_of(account)
    if factor is None or factor.candidate is None:
        raise NothingToConfirm
    return _opened(account.id, factor.candidate)


def confirm(sign_in: SignIn, text: str) -> list[str]:
    """Take the waiting secret into use by its first code, and give the codes for paper.

    Devices that entered without a code are signed out. Raises CodeRefused, CodeSpent.
    """
    account = sign_in.account
    secret, factor = candidate_of(account), queries.factor_of(account)
    assert factor is not None, "it has a candidate"
    step = totp.step_of(secret, text, clock.now())
    if step is None:
        raise CodeRefused(account.person.agency.zone)
    _spend_step(account.id, step)
    factor.secret, factor.candidate, factor.confirmed_at = factor.candidate, None, clock.now()
    sign_in.code_at = clock.now()
    trail.record(Action.FACTOR_ADDED, account, actor=account.person)
    operations.sign_out_everywhere(account, by=account.person, keep=sign_in)
    return _new_paper(account)


def new_paper(account: Account) -> list[str]:
    """Fresh codes for paper; those handed out before are worth nothing."""
    trail.record(Action.RECOVERY_CODES_MADE, account, actor=account.person)
    return _new_paper(account)


def spend(account: Account, text: str) -> int | None:
    """Take a code of the app, or one from paper: then, how many of those are left.

    Ends the transaction so far. Raises CodeRefused, CodeSpent, TooSoon. Commit whatever comes: a
    refusal may have left an entry in the trail, and a code that was right is spent.
    """
    account_id, zone = account.id, account.person.agency.zone
    operations.let_go()
    starts_wait = throttle.spend((CODES, account_id))
    factor = queries.factor_of(account)
    secret = _opened(account_id, factor.secret) if factor and factor.secret else None
    step = totp.step_of(secret, text, clock.now()) if secret else None
    paper = queries.recovery_code_of(account_id, _digest(account_id, text))
    operations.let_go()
    if step is None and paper is None:
        if starts_wait:
            trail.record(Action.CODE_REFUSED, account)
        raise CodeRefused(zone)
    throttle.forgive((CODES, account_id))
    if step is not None:
        _spend_step(account_id, step)
        return None
    assert paper is not None, "one of the two was right"
    if not update_if(paper, RecoveryCode.used_at.is_(None), used_at=clock.now()):
        raise CodeSpent
    left = queries.recovery_codes_left(account)
    trail.record(Action.RECOVERY_CODE_USED, account, actor=account.person, left=left)
    return left


def remove(account: Account) -> None:
    """Do without it again, for somebody who holds no role. Raises NeededForRole."""
    if queries.grants_of(account.person):
        raise NeededForRole
    _clear(account)
    trail.record(Action.FACTOR_REMOVED, account, actor=account.person)


def reset(person: Person, by: Person | None) -> None:
    """Take away what somebody has lost, and end her sessions. `by` None is the operator.

    Grace does not begin anew: whoever has used it up sets up another before the desk opens.
    """
    if by is not None and by.id == person.id:
        raise NotYourOwnFactor
    account = queries.account_of(person)
    factor = queries.factor_of(account) if account else None
    if account is None or factor is None or factor.secret is None:
        raise NoFactor
    _clear(account)
    factor.reset_at, factor.reset_by_id = clock.now(), by.id if by else None
    trail.record(Action.FACTOR_RESET, account, actor=by)
    operations.sign_out_everywhere(account, by=by)


def begin_grace(account: Account) -> datetime:
    """Until when a desk stays open without a second factor: a week from its first use."""
    update_if(account, Account.factor_due_at.is_(None), factor_due_at=clock.now() + GRACE)
    assert account.factor_due_at is not None, "just set, or set before"
    return account.factor_due_at


def extend_grace(account: Account, days: int) -> datetime:
    """The operator's alone: so many days from now."""
    account.factor_due_at = due = clock.now() + timedelta(days=days)
    trail.record(Action.FACTOR_GRACE_EXTENDED, account, days=days)
    return due


def seal(account_id: int, secret: str) -> str:
    """A secret as the database may see it: bound to its account."""
    return sealed.seal(_PURPOSE, f"accounts:{account_id}", secret.encode())


def is_newest_readable() -> bool:
    """Whether this server has the key under which the newest secret was sealed; yes if none was."""
    factor = queries.newest_factor()
    try:
        if factor is not None and factor.secret is not None:
            _opened(factor.account_id, factor.secret)
    except Unreadable:
        return False
    return True


def _opened(account_id: int, secret: str) -> str:
    try:
        return sealed.opened(_PURPOSE, f"accounts:{account_id}", secret).decode()
    except sealed.NotOpened as error:
        raise Unreadable from error


def _spend_step(account_id: int, step: int) -> None:
    """Of two that come with one code the database lets one pass."""
    oldest = step - int(KEPT.total_seconds()) // totp.STEP
    db.session.execute(
        sa.delete(SpentStep).where(SpentStep.account_id == account_id, SpentStep.step < oldest)
    )
    with at_most_one(CodeSpent()):
        db.session.add(SpentStep(account_id=account_id, step=step))


def _new_paper(account: Account) -> list[str]:
    _forget_paper(account)
    codes = ["".join(secrets.choice(READABLE) for _ in range(LENGTH)) for _ in range(PAPER)]
    db.session.add_all(
        RecoveryCode(account_id=account.id, digest=_digest(account.id, code)) for code in codes
    )
    db.session.flush()
    return [grouped(code) for code in codes]


def _digest(account_id: int, text: str) -> str:
    return keyed_digest("recovery", account_id, text.upper().translate(SEPARATORS)).hex()


def _clear(account: Account) -> None:
    factor = queries.factor_of(account)
    if factor is not None:
        factor.secret = factor.candidate = factor.confirmed_at = None
    _forget_paper(account)
    db.session.flush()


def _forget_paper(account: Account) -> None:
    db.session.execute(sa.delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
