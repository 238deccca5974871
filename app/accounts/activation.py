"""Leave to enter: codes that an admin hands out, once, on paper or in a message.

A code is derived from its row and the secret key, so nobody who reads the database can use one.
The same road serves the first entry and a forgotten password: an account that exists gets a new
password and loses every session. No admin ever knows anybody's password.

A GET never spends a code: WhatsApp opens every link that it carries.
"""

import hmac
from collections.abc import Iterable

from app.accounts import operations, passwords, queries, throttle
from app.accounts.models import Account, ActivationCode, Grant, Role
from app.accounts.queries import open_codes_in
from app.accounts.settings import current as settings
from app.accounts.settings import keyed_digest
from app.agencies.models import Person
from app.audit import refusals, trail
from app.audit.actions import Action
from app.audit.refusals import Refused
from app.core import clock
from app.core.db import at_most_one, db, update_if
from app.core.errors import DomainError
from app.core.ids import READABLE

#: 25 letters to the tenth power are 46 bits; five tries and then a growing wait protect them.
LENGTH = 10
#: What people put between the groups, or what a phone puts there for them.
SEPARATORS = str.maketrans("", "", " -.\u00a0\u2010\u2011\u2013\u200b\r\n\t")


class ActivationRefused(DomainError):
    """One sentence for a wrong number, a wrong code, and a code that is used, old or withdrawn."""

    message = (
        "Nomor dan kode tidak cocok, atau kodenya sudah dipakai, diganti, atau lewat masa "
        "berlakunya. Tidak ada yang berubah. Periksa keduanya; bila tetap tidak bisa, minta kode "
        "baru kepada admin unit Anda."
    )


class MayNotIssue(DomainError):
    message = (
        "Orang ini memegang peran pengelola atau sudah tidak aktif, jadi kodenya tidak dapat "
        "dibuat di sini. Mintakan kepada admin kepegawaian instansi atau pengelola server."
    )


def issue_codes(people: Iterable[Person], by: Person | None) -> list[ActivationCode]:
    """A fresh code for each of `people` who is active and has no account; older ones lapse.

    Somebody with a role is passed over unless `by` (None: the operator) administers that role:
    whoever hands out a code could use it. Whether `by` may see these people is the caller's check.
    """
    active = [person for person in people if person.is_active]
    entered, roles = queries.with_account(active), queries.with_roles(active)
    fresh = [
        person
        for person in active
        if person.id not in entered and may_hand_to(by, roles.get(person.id, []))
    ]
    return _issue(fresh, by, is_reset=False)


def issue_reset(person: Person, by: Person | None) -> ActivationCode:
    """A code with which somebody who forgot the password makes a new one. Raises MayNotIssue.

    For somebody without an account it is an ordinary activation code.
    """
    roles = queries.grants_of(person)
    if not person.is_active or not may_hand_to(by, roles):
        raise MayNotIssue
    return _issue([person], by, is_reset=bool(queries.with_account([person])))[0]


def may_hand_to(by: Person | None, roles: list[Grant]) -> bool:
    """Whether `by` may hand a code to somebody who holds `roles`. None is the operator."""
    if by is None or not roles:
        return True
    paths = [held.unit.path for held in queries.grants_of(by) if held.role is Role.HR_ADMIN]
    return all(any(held.unit.path.startswith(path) for path in paths) for held in roles)


def code_text(code: ActivationCode) -> str:
    """The code as it is handed out: `K7QD-9MXA-4T`."""
    return grouped(_letters(code.id, code.person_id))


def code_text_of(code_id: int, person_id: int) -> str:
    """The same from plain values, for many at once."""
    return grouped(_letters(code_id, person_id))


def grouped(letters: str) -> str:
    """A code as people read and type it."""
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"


def activate(number: str, text: str, password: str, *, network: str) -> Account:
    """Spend a code: make the account, or give it a new password and end its sessions.

    Raises ActivationRefused, TooSoon, and WeakPassword (which spends neither code nor try: it is
    only said to somebody who has the code). Ends the transaction so far.
    """
    brakes = (throttle.ACTIVATE, number, network), (throttle.ACTIVATE_NETWORK, network)
    operations.let_go()
    throttle.spend(*brakes)
    found = queries.open_code_of(number)
    operations.let_go()
    right = _is_right(found, text)
    if found is None or not right:
        refusals.note(Refused.ACTIVATION, network)
        raise ActivationRefused
    throttle.forgive(*brakes)
    code = db.session.get_one(ActivationCode, found.id)
    operations.check_new(code.person, password)
    operations.let_go()
    hashed = passwords.hashed(password)
    return _spend(code, hashed)


def _spend(code: ActivationCode, hashed: str) -> Account:
    now = clock.now()
    if not update_if(code, queries.is_open(), used_at=now):
        raise ActivationRefused
    operations.withdraw_codes([code.person_id])
    account = queries.account_of(code.person)
    if account is not None:
        operations.set_password(account, hashed, actor=code.person)
        return account
    account = Account(
        person=code.person, password_hash=hashed, activated_at=now, password_changed_at=now
    )
    with at_most_one(ActivationRefused()):
        db.session.add(account)
    trail.record(Action.ACCOUNT_ACTIVATED, account, actor=code.person)
    return account


def _issue(people: list[Person], by: Person | None, *, is_reset: bool) -> list[ActivationCode]:
    now = clock.now()
    operations.hold_people(people)  # who issues at the same moment sees this code, and voids it
    operations.withdraw_codes([person.id for person in people])
    operations.close_requests([person.id for person in people])
    codes = [
        ActivationCode(
            person=person,
            issued_by_id=by.id if by else None,
            issued_at=now,
            expires_at=now + settings().code_life,
        )
        for person in people
    ]
    db.session.add_all(codes)
    db.session.flush()
    for code in codes:
        trail.record(Action.ACTIVATION_ISSUED, code.person, actor=by, is_reset=is_reset)
    return codes


def _letters(code_id: int, person_id: int) -> str:
    digest = keyed_digest("activation", code_id, person_id)
    number, letters = int.from_bytes(digest), []
    for _ in range(LENGTH):
        number, place = divmod(number, len(READABLE))
        letters.append(READABLE[place])
    return "".join(letters)


def _is_right(code: queries.OpenCode | None, text: str) -> bool:
    """Compared in constant time, also when there is no code to compare with."""
    given = text.upper().translate(SEPARATORS).encode("ascii", "replace")
    wanted = _letters(code.id, code.person_id) if code is not None else "?" * LENGTH
    return hmac.compare_digest(wanted.encode(), given) and code is not None


__all__ = [
    "ActivationRefused",
    "MayNotIssue",
    "activate",
    "code_text",
    "issue_codes",
    "issue_reset",
    "may_hand_to",
    "open_codes_in",
]
