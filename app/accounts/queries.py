"""What accounts are asked: whose session, whose password, whose roles, which codes are open."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from app.accounts.models import (
    Account,
    ActivationCode,
    Grant,
    PasswordRequest,
    RecoveryCode,
    Role,
    SecondFactor,
    SignIn,
)
from app.accounts.reader import Office, Reader
from app.accounts.settings import current as settings
from app.agencies.models import Agency, Identifier, Person, Unit, with_titles
from app.agencies.scope import Scope
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound
from app.core.prepared import Prepared

#: Who did what nobody did who is on the roster.
OPERATOR = "pengelola server"
#: For how long a request for a new password waits; then whoever still needs one asks again.
REQUEST_WAITS = timedelta(days=7)


def owner_of_session(token_hash: str) -> int | None:
    """Whose a session is or was, by the id of a person."""
    owner = sa.select(Account.person_id).join(SignIn, SignIn.account_id == Account.id)
    return db.session.scalar(owner.where(SignIn.token_hash == token_hash))


def reader_by(token_hash: str) -> Reader | None:
    """Whose live session a token opens, with everything the frame of a page asks, in one query."""
    rows = _BY_TOKEN.rows(token_hash=token_hash, **_limits())
    if not rows:
        return None
    sign_in_id, seen_at, due, factor, id, number, status, *named = rows[0][:-3]
    front, name, back, *agency, unit = named
    held = [row[-3:] for row in rows if row[-3] is not None]
    now = clock.now()
    return Reader(
        sign_in_id=sign_in_id,
        seen_at=seen_at,
        has_factor=factor is not None,
        factor_due_at=due,
        id=id,
        number=number,
        full_name=with_titles(front, name, back),
        status=status,
        agency=Office(*agency),
        workplace=unit,
        grants=tuple((role, path) for role, path, until in held if until > now),
        lapsed=tuple((role, until) for role, _, until in held if until <= now),
    )


def _by_token() -> sa.Select[Any]:
    """Plain columns, a row for each grant: it runs on every request, and rows that become objects
    cost six times as much."""
    sign_in, account, person = SignIn.__table__.c, Account.__table__.c, Person.__table__.c
    agency, grant, unit = Agency.__table__, Grant.__table__, Unit.__table__
    workplace, factor = unit.alias("workplace"), SecondFactor.__table__
    return (
        sa.select(
            sign_in.id, sign_in.seen_at, account.factor_due_at, factor.c.confirmed_at,
            person.id, person.number, person.status,
            person.front_title, person.name, person.back_title,
            agency.c.id, agency.c.name, agency.c.office_name, agency.c.zone,
            workplace.c.name,
            grant.c.role, unit.c.path, grant.c.expires_at,
        )
        .join_from(SignIn.__table__, Account.__table__, sign_in.account_id == account.id)
        .join(Person.__table__, account.person_id == person.id)
        .outerjoin(factor, factor.c.account_id == account.id)
        .join(agency, person.agency_id == agency.c.id)
        .join(workplace, person.unit_id == workplace.c.id)
        .outerjoin(grant, grant.c.person_id == person.id)
        .outerjoin(unit, grant.c.unit_id == unit.c.id)
        .where(sign_in.token_hash == sa.bindparam("token_hash"), *_counts())
        .order_by(grant.c.id)
    )  # fmt: skip


_BY_TOKEN = Prepared(_by_token)


def sign_in_with_owner(sign_in_id: int) -> SignIn:
    """The row behind a reader, with whatever views ask of its owner."""
    person = joinedload(SignIn.account, Account.person)
    query = sa.select(SignIn).where(SignIn.id == sign_in_id)
    query = query.options(person.joinedload(Person.unit), person.joinedload(Person.agency))
    return db.session.scalars(query).one()


def sign_ins_of(account: Account) -> list[SignIn]:
    """The devices on which somebody is signed in, the latest first."""
    query = _live().where(SignIn.account_id == account.id)
    query = query.order_by(SignIn.seen_at.desc(), SignIn.id.desc())
    return list(db.session.scalars(query, _limits()))


def sign_in_of(account: Account, sign_in_id: int) -> SignIn:
    """One of somebody's own devices; another person's does not exist."""
    query = _live().where(SignIn.id == sign_in_id, SignIn.account_id == account.id)
    found = db.session.scalar(query, _limits())
    if found is None:
        raise NotFound
    return found


def _live() -> sa.Select[tuple[SignIn]]:
    """Sessions that still count; takes the parameters of `_limits`."""
    return (
        sa.select(SignIn)
        .join(Account, SignIn.account_id == Account.id)
        .join(Person, Account.person_id == Person.id)
        .where(*_counts())
    )


def _counts() -> tuple[sa.ColumnElement[bool], ...]:
    """On plain tables, so that a query of plain columns stays one."""
    sign_in, person = SignIn.__table__.c, Person.__table__.c
    return (
        sign_in.ended_at.is_(None),
        sign_in.seen_at.between(sa.bindparam("idle_since"), sa.bindparam("latest")),
        sign_in.created_at.between(sa.bindparam("begun_since"), sa.bindparam("latest")),
        person.is_active.is_(True),
    )


def _limits() -> dict[str, datetime]:
    now = clock.now()
    return {
        "idle_since": now - settings().longest_idle,
        "begun_since": now - settings().longest_session,
        "latest": now + clock.LEEWAY,  # by a clock that was ahead, a session would outlive its time
    }


class Secret(NamedTuple):
    """What is behind a number. Plain, because who asks lets go of the database before it hashes."""

    account_id: int
    person_id: int
    password_hash: str
    is_open: bool


def secret_of(number: str) -> Secret | None:
    """What a password for this number is checked against."""
    row = db.session.execute(
        sa.select(
            Account.id.label("account_id"),
            Account.person_id,
            Account.password_hash,
            Person.is_active.label("is_open"),
        )
        .join(Account.person)
        .where(_carries(number))
    ).one_or_none()
    return Secret(*row) if row is not None else None


def _carries(number: str) -> sa.ColumnElement[bool]:
    former = sa.select(Identifier.person_id).where(Identifier.number == number)
    return sa.or_(Person.number == number, Person.id.in_(former))


def open_account(account_id: int) -> Account | None:
    """An account whose owner has not left; person and instansi loaded."""
    return db.session.scalar(
        sa.select(Account)
        .join(Account.person)
        .where(Account.id == account_id, Person.is_active.is_(True))
        .options(contains_eager(Account.person).joinedload(Person.agency))
    )


def account_of(person: Person) -> Account | None:
    return db.session.scalar(sa.select(Account).where(Account.person_id == person.id))


def factor_of(account: Account) -> SecondFactor | None:
    """The second factor of an account, confirmed or not, or what is left of one."""
    return db.session.scalar(sa.select(SecondFactor).filter_by(account_id=account.id))


def newest_factor() -> SecondFactor | None:
    """The second factor that was set up last, whosever it is."""
    query = sa.select(SecondFactor).where(SecondFactor.secret.is_not(None))
    return db.session.scalar(query.order_by(SecondFactor.confirmed_at.desc()).limit(1))


def recovery_code_of(account_id: int, digest: str) -> RecoveryCode | None:
    """A code on paper, used or not."""
    return db.session.scalar(
        sa.select(RecoveryCode).filter_by(account_id=account_id, digest=digest)
    )


def recovery_codes_left(account: Account) -> int:
    query = sa.select(sa.func.count(RecoveryCode.id)).where(
        RecoveryCode.account_id == account.id, RecoveryCode.used_at.is_(None)
    )
    return db.session.execute(query).scalar_one()


def grants_of(person: Person) -> list[Grant]:
    """The roles that somebody holds now."""
    query = sa.select(Grant).where(Grant.person_id == person.id, _holds())
    return list(db.session.scalars(query.options(joinedload(Grant.unit)).order_by(Grant.id)))


def grant_of(person: Person, role: Role, unit: Unit) -> Grant | None:
    """That role on exactly that unit, even one that has run out."""
    return db.session.scalar(
        sa.select(Grant).filter_by(person_id=person.id, role=role, unit_id=unit.id)
    )


def own_grant(person: Person, grant_id: int) -> Grant:
    """One of the roles that somebody holds now. Raises NotFound."""
    query = sa.select(Grant).where(Grant.id == grant_id, Grant.person_id == person.id, _holds())
    found = db.session.scalar(query.options(joinedload(Grant.unit)))
    if found is None:
        raise NotFound
    return found


def all_grants() -> list[Grant]:
    """Every role of everybody, those that have run out too."""
    return list(
        db.session.scalars(
            sa.select(Grant)
            .options(joinedload(Grant.person), joinedload(Grant.unit).joinedload(Unit.agency))
            .order_by(Grant.role, Grant.id)
        )
    )


def _holds() -> sa.ColumnElement[bool]:
    return Grant.expires_at > clock.now()


def with_account(people: list[Person]) -> set[int]:
    """Ids of those of `people` who have an account."""
    ids = [person.id for person in people]
    query = sa.select(Account.person_id).where(Account.person_id.in_(ids))
    return set(db.session.scalars(query))


def with_roles(people: list[Person]) -> dict[int, list[Grant]]:
    """The granted roles of those of `people` who hold any, by person id."""
    ids = [person.id for person in people]
    found: dict[int, list[Grant]] = {}
    query = sa.select(Grant).where(Grant.person_id.in_(ids), _holds())
    for grant in db.session.scalars(query.options(joinedload(Grant.unit))):
        found.setdefault(grant.person_id, []).append(grant)
    return found


def roles_in(scope: Scope) -> dict[int, list[Grant]]:
    """The granted roles of everybody who works in a scope and holds any, by person id."""
    found: dict[int, list[Grant]] = {}
    people = sa.select(Person.id).join(Person.unit).where(scope.people())
    query = sa.select(Grant).where(Grant.person_id.in_(people), _holds())
    for grant in db.session.scalars(query.options(joinedload(Grant.unit))):
        found.setdefault(grant.person_id, []).append(grant)
    return found


def open_codes_in(where: Scope | Unit) -> list[ActivationCode]:
    """Codes that may still be used, of people in a scope or in a unit and below; by unit, name."""
    scope = where if isinstance(where, Scope) else Scope((where.path,))
    return list(
        db.session.scalars(
            sa.select(ActivationCode)
            .join(ActivationCode.person)
            .join(Person.unit)
            .where(is_open(), scope.people(), Person.is_active.is_(True))
            .options(contains_eager(ActivationCode.person).contains_eager(Person.unit))
            .order_by(Unit.path, Person.sort_key, Person.id)
        )
    )


def codes_ending(scope: Scope, before: datetime) -> int:
    """How many codes of a scope run out before a moment, if nobody uses them."""
    query = (
        sa.select(sa.func.count(ActivationCode.id))
        .join(Person, Person.id == ActivationCode.person_id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(is_open(), ActivationCode.expires_at < before)
        .where(scope.people(), Person.is_active.is_(True))
    )
    return db.session.execute(query).scalar_one()


def grants_ending(scope: Scope, before: datetime) -> list[Grant]:
    """Roles of people in a scope that run out before a moment, the soonest first."""
    query = (
        sa.select(Grant)
        .join(Person, Person.id == Grant.person_id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(_holds(), Grant.expires_at < before, scope.people(), Person.is_active.is_(True))
        .options(contains_eager(Grant.person), joinedload(Grant.unit))
        .order_by(Grant.expires_at, Grant.id)
    )
    return list(db.session.scalars(query))


class OpenCode(NamedTuple):
    """A code that may still be used. Plain, as a Secret is."""

    id: int
    person_id: int


def open_code_of(number: str) -> OpenCode | None:
    """The code that a number may still use."""
    row = db.session.execute(
        sa.select(ActivationCode.id, ActivationCode.person_id)
        .join(ActivationCode.person)
        .where(is_open(), _carries(number), Person.is_active.is_(True))
        .order_by(ActivationCode.id.desc())
        .limit(1)
    ).one_or_none()
    return OpenCode(*row) if row is not None else None


class Reset(NamedTuple):
    """A password made anew with a code that somebody handed out. `by_id` None is the operator."""

    used_at: datetime
    by_id: int | None
    by: str


def reset_of(person: Person, since: datetime) -> Reset | None:
    """The latest password of this person that was made with a code, if that was after `since`. The
    first one does not count: everybody begins with a code."""
    code = db.session.scalar(
        sa.select(ActivationCode)
        .join(Account, Account.person_id == ActivationCode.person_id)
        .where(
            ActivationCode.person_id == person.id,
            ActivationCode.used_at >= since,
            ActivationCode.used_at > Account.activated_at,
        )
        .options(joinedload(ActivationCode.issued_by))
        .order_by(ActivationCode.used_at.desc())
        .limit(1)
    )
    if code is None or code.used_at is None:
        return None
    by = code.issued_by.full_name if code.issued_by else OPERATOR
    return Reset(code.used_at, code.issued_by_id, by)


def reset_on(account: Account, since: datetime) -> Reset | None:
    """The same for an account that is at hand: one whose password is older, or is the first, has
    none to be asked for."""
    changed_at = account.password_changed_at
    if changed_at < since or changed_at == account.activated_at:
        return None
    return reset_of(account.person, since)


def is_open() -> sa.ColumnElement[bool]:
    """A code that is neither used nor withdrawn nor too old."""
    return sa.and_(
        ActivationCode.used_at.is_(None),
        ActivationCode.withdrawn_at.is_(None),
        ActivationCode.expires_at > clock.now(),
    )


def is_request_open() -> sa.ColumnElement[bool]:
    """A request for a new password that nobody has answered, and that is not too old."""
    since = clock.now() - REQUEST_WAITS
    return sa.and_(PasswordRequest.answered_at.is_(None), PasswordRequest.asked_at > since)


def active_person_of(number: str) -> int | None:
    """Who carries a number, by id; None also for somebody who has left."""
    query = sa.select(Person.id).where(_carries(number), Person.is_active.is_(True))
    return db.session.scalar(query)


def unit_of_agency(agency_id: int, code: str) -> Unit | None:
    return db.session.scalar(sa.select(Unit).where(Unit.agency_id == agency_id, Unit.code == code))
