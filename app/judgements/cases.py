"""First judgements in lessons and in practice: the first that each enrolment gave of a case."""

from datetime import datetime

import sqlalchemy as sa

from app.agencies.models import Person
from app.catalog.terms import Phase
from app.core.db import db
from app.judgements.counted import Count, Key, Who, Window, counts_of
from app.judgements.models import Source
from app.learning.models import CaseAnswer, Enrolment
from app.learning.queries import PRACTICE


def count_cases(source: Source, window: Window) -> dict[Key, Count]:
    """Of people whose data are not restricted. By id, the first is the first: nobody has two
    practice turns open, and a lesson's answers are made when they are given."""
    is_practice = CaseAnswer.place.startswith(PRACTICE)
    here = is_practice if source is Source.PRACTICE else sa.not_(is_practice)
    in_time = sa.and_(CaseAnswer.answered_at >= window.since, CaseAnswer.answered_at < window.until)
    whose = sa.select(CaseAnswer.enrolment_id).where(in_time, here).distinct()
    firsts = (
        sa.select(sa.func.min(CaseAnswer.id))
        .where(CaseAnswer.enrolment_id.in_(whose), CaseAnswer.choice.is_not(None), here)
        .group_by(CaseAnswer.enrolment_id, CaseAnswer.scenario, CaseAnswer.phase)
    )
    by = (Person.agency_id, Person.unit_id, Person.position, Person.status,
          CaseAnswer.scenario, CaseAnswer.phase)  # fmt: skip
    is_right = sa.case((CaseAnswer.is_right.is_(True), 1), else_=0)
    query = (
        sa.select(*by, sa.func.count(), sa.func.sum(is_right))
        .select_from(CaseAnswer)
        .join(Enrolment, Enrolment.id == CaseAnswer.enrolment_id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(CaseAnswer.id.in_(firsts), in_time, Person.restricted_at.is_(None))
        .group_by(*by)
    )
    return counts_of(
        (Who(*row[:4]), row[4], Phase(row[5]), row[6], row[7], 0, 0)
        for row in db.session.execute(query)
    )


def first_at() -> datetime | None:
    return db.session.scalar(sa.select(sa.func.min(CaseAnswer.answered_at)))
