"""Who forgot the password asks with the number alone, and waits on the first page of an admin.

Every number gets the same answer, by the same statements: nobody learns here who has an account.
"""

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from app.accounts import activation, operations, queries, throttle
from app.accounts.models import PasswordRequest
from app.accounts.settings import keyed_digest
from app.agencies.models import Person, Unit
from app.agencies.scope import Scope
from app.audit import trail
from app.audit.actions import Action
from app.core import clock
from app.core.db import db, upsert


def ask(number: str, *, network: str) -> None:
    """Note that the owner of this number wants a new password. Raises TooSoon.

    Ends the transaction so far. Who asks again while the request waits changes nothing.
    """
    operations.let_go()
    throttle.spend((throttle.FORGOTTEN, number, network), (throttle.FORGOTTEN_NETWORK, network))
    now, person_id = clock.now(), queries.active_person_of(number)
    key = keyed_digest("forgotten", number).hex()
    asked = {"person_id": person_id, "asked_at": now, "answered_at": None}
    db.session.execute(
        upsert(PasswordRequest)
        .values(key=key, **asked)
        .on_conflict_do_update(index_elements=["key"], set_=asked, where=~queries.is_request_open())
    )


def waiting_in(scope: Scope, by: Person) -> list[PasswordRequest]:
    """Open requests that this desk may answer, the oldest first; person and unit loaded."""
    query = (
        sa.select(PasswordRequest)
        .join(Person, PasswordRequest.person_id == Person.id)
        .join(Unit, Person.unit_id == Unit.id)
        .where(scope.people(), Person.is_active.is_(True), queries.is_request_open())
        .options(contains_eager(PasswordRequest.person).contains_eager(Person.unit))
        .order_by(PasswordRequest.asked_at, PasswordRequest.id)
    )
    found = list(db.session.scalars(query))
    roles = queries.with_roles([one.person for one in found if one.person])
    return [one for one in found if activation.may_hand_to(by, roles.get(one.person_id or 0, []))]


def put_aside(person: Person, by: Person) -> None:
    """It was not she who asked, or she needs nothing any more; doing so twice is no harm."""
    if operations.close_requests([person.id]):
        trail.record(Action.PASSWORD_REQUEST_CLOSED, person, by)
