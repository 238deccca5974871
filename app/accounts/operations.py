"""Sessions opened and ended, passwords set; who leaves is shut out.

The ways in are files beside this one: `signing_in`, `activation`; roles are given in `roles`.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from app.accounts import passwords, queries
from app.accounts.models import Account, ActivationCode, PasswordRequest, SignIn
from app.agencies import operations as roster
from app.agencies.models import Person
from app.audit import trail
from app.audit.actions import Action
from app.core import clock, ids
from app.core.db import changed, db, in_bulk, portions, update_if

#: How long a password made with a code is named as that of whoever issued the code.
NAMED_FOR = timedelta(days=1)


def open_session(account: Account, *, device: str, network: str) -> tuple[SignIn, str]:
    """A new session row and the token that only its browser will know."""
    token, now = ids.url_token(), clock.now()
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
    named = _named(queries.reset_on(account, now - NAMED_FOR))
    trail.record(
        Action.SIGNED_IN, account, actor=account.person, device=device, network=network, **named
    )
    return opened, token


def code_issuer(person: Person) -> dict[str, int | None]:
    """For the trail: whose code made the password, while it is a day old at most. Whoever hands out
    a code could use it, so what is done with that password is named as hers."""
    return _named(queries.reset_of(person, clock.now() - NAMED_FOR))


def _named(reset: queries.Reset | None) -> dict[str, int | None]:
    return {} if reset is None else {"code_issued_by": reset.by_id}


def digest(token: str) -> str:
    """What is stored of a token. It has 256 random bits, so a plain SHA-256 is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


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
    trail.record(Action.PASSWORD_CHANGED, account, actor=actor, **code_issuer(account.person))
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
    seen = sa.update(SignIn).where(SignIn.id == sign_in_id, SignIn.seen_at < at)
    in_bulk(seen.values(seen_at=at))


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


def shut_out(person_ids: Sequence[int]) -> None:
    """The same for very many at once, who have left by an import: its entry says who they are."""
    for some in portions(person_ids):
        withdraw_codes(list(some))
        accounts = sa.select(Account.id).where(Account.person_id.in_(some))
        ended = sa.update(SignIn).where(SignIn.account_id.in_(accounts), SignIn.ended_at.is_(None))
        in_bulk(ended.values(ended_at=clock.now()))


def hold_people(people: list[Person]) -> None:
    """Keep others from handing codes to these people until this transaction ends."""
    ids = [person.id for person in people]
    query = sa.select(Person.id).where(Person.id.in_(ids)).order_by(Person.id)
    db.session.execute(query.with_for_update())


def withdraw_codes(person_ids: list[int]) -> None:
    """Make every open code of these people void."""
    theirs = ActivationCode.person_id.in_(person_ids)
    void = sa.update(ActivationCode).where(theirs, queries.is_open())
    in_bulk(void.values(withdrawn_at=clock.now()))


def close_requests(person_ids: list[int]) -> int:
    """Whoever asked for a new password waits no more. Gives how many did."""
    theirs = PasswordRequest.person_id.in_(person_ids)
    answered = sa.update(PasswordRequest).where(theirs, queries.is_request_open())
    return in_bulk(answered.values(answered_at=clock.now()))


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
