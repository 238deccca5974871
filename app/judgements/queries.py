"""What is asked of the counts: how far they go, and how each question of a course did."""

from datetime import datetime

import sqlalchemy as sa

from app.catalog.terms import Phase
from app.core.db import db
from app.judgements.models import CountedUntil, ItemMark, Source
from app.quizzes.items import Item, Mark


def counted_until(source: Source) -> datetime | None:
    """Up to which moment the judgements of a source are counted; None before the first count."""
    return db.session.scalar(sa.select(CountedUntil.until).where(CountedUntil.source == source))


def items_of(course: str) -> dict[tuple[str, Phase, str], Item]:
    """The questions of a course's first papers by case, phase and key."""
    query = sa.select(ItemMark).where(ItemMark.course == course).order_by(ItemMark.scenario)
    marks: dict[tuple[str, Phase, str], list[Mark]] = {}
    for row in db.session.scalars(query):
        found = marks.setdefault((row.scenario, row.phase, row.key), [])
        found.append(Mark(row.choice, row.rest, row.people))
    return {key: Item(key[2], tuple(some)) for key, some in marks.items()}
