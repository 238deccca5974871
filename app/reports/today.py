"""What a desk is told before it opens the report: on which course, and how many today."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from app.agencies.membership import NOW
from app.agencies.models import Person
from app.agencies.scope import Scope
from app.catalog.model import Course
from app.catalog.terms import PersonStatus
from app.core.db import db
from app.credentials.models import Credential, Kind
from app.reports.queries import Subject


def first_subject(courses: Iterable[Course]) -> Subject | None:
    """The first course that is for PNS; ASN alone where it is for ASN and for others. None where
    there is none."""
    course = next((one for one in courses if PersonStatus.PNS in one.audience), None)
    if course is None:
        return None
    audience = frozenset(course.audience)
    return Subject(course.slug, course.edition, course.title, asn_only=True, audience=audience)


def signed_since(scope: Scope, subject: Subject, moment: datetime) -> int:
    """How many of these people have signed since a moment, and it holds."""
    counted = sa.select(sa.func.count(Credential.id)).select_from(Person)
    query = NOW.people(counted.join(Credential, Credential.holder_id == Person.id), scope)
    signed = query.where(
        Person.status.in_(subject.statuses),
        Credential.kind == Kind.PLEDGE,
        Credential.source == subject.source,
        Credential.issued_at >= moment,
        Credential.replaced_at.is_(None),
        Credential.revoked_at.is_(None),
    )
    return db.session.execute(signed).scalar_one()
