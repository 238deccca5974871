"""What a desk is told before it opens the report: how many today."""

from datetime import datetime

import sqlalchemy as sa

from app.agencies.membership import NOW
from app.agencies.models import Person
from app.agencies.scope import Scope
from app.core.db import db
from app.credentials.models import Credential, Kind
from app.reports.queries import Subject


def signed_since(scope: Scope, subject: Subject, moment: datetime) -> int:
    """How many of these people have signed since a moment, and it holds."""
    counted = sa.select(sa.func.count(Credential.id)).select_from(Person)
    query = NOW.people(counted.join(Credential, Credential.holder_id == Person.id), scope)
    signed = query.where(
        Person.status.in_(subject.statuses),
        Credential.kind == Kind.PLEDGE,
        Credential.source == subject.source,
        Credential.issued_at >= moment,
        Credential.stands(),
    )
    return db.session.execute(signed).scalar_one()
