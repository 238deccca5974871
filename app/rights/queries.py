"""Finding requests: one's own, and those of the people whose personnel one administers."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from app.agencies.models import Person
from app.agencies.scope import Scope
from app.core.db import db
from app.core.errors import NotFound
from app.rights.models import DataRequest

#: Answered requests that a desk shows.
SHOWN = 50


def requests_of(person: Person) -> Sequence[DataRequest]:
    """One's own, newest first."""
    query = sa.select(DataRequest).where(DataRequest.person_id == person.id)
    return db.session.scalars(query.order_by(DataRequest.id.desc())).all()


def open_requests_in(scope: Scope) -> Sequence[DataRequest]:
    """What waits for an answer, the longest first."""
    query = _in(scope).where(DataRequest.answered_at.is_(None)).order_by(DataRequest.id)
    return db.session.scalars(query).all()


def answered_requests_in(scope: Scope) -> Sequence[DataRequest]:
    """What was answered last."""
    query = _in(scope).where(DataRequest.answered_at.is_not(None))
    query = query.order_by(DataRequest.answered_at.desc(), DataRequest.id.desc()).limit(SHOWN)
    return db.session.scalars(query).all()


def request_in(scope: Scope, request_id: int) -> DataRequest:
    """One of them; any other does not exist, as far as one can tell."""
    found = db.session.scalar(_in(scope).where(DataRequest.id == request_id))
    if found is None:
        raise NotFound
    return found


def open_requests() -> Sequence[DataRequest]:
    """Of every instansi, for the operator."""
    query = sa.select(DataRequest).where(DataRequest.answered_at.is_(None))
    query = query.options(joinedload(DataRequest.person).joinedload(Person.unit))
    return db.session.scalars(query.order_by(DataRequest.id)).all()


def open_request(request_id: int) -> DataRequest:
    """One that waits, of whichever instansi, for the operator. Raises NotFound."""
    found = db.session.get(DataRequest, request_id)
    if found is None:
        raise NotFound("Permintaan dengan nomor itu tidak ada.")
    return found


def _in(scope: Scope) -> sa.Select[tuple[DataRequest]]:
    return (
        sa.select(DataRequest)
        .join(DataRequest.person)
        .join(Person.unit)
        .where(scope.people())
        .options(
            contains_eager(DataRequest.person).contains_eager(Person.unit),
            joinedload(DataRequest.answered_by),
        )
    )
