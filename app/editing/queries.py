"""What the editors' desk is asked: what waits, what goes into the next patch, which cases fail."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

import sqlalchemy as sa

from app.core.db import db
from app.core.errors import NotFound
from app.editing import settings
from app.editing.models import AnswerCount, Fate, SentQuestion

#: Questions that one page looks at, and cases in the list of those that do not answer.
MOST, MOST_CASES = 500, 30


class Tally(NamedTuple):
    """How often a case was said to answer, and not to."""

    scenario_id: str
    answered: int
    unanswered: int


def questions(*fates: Fate) -> Sequence[SentQuestion]:
    """Questions that an editor may see, the oldest first."""
    query = _kept().where(SentQuestion.fate.in_(fates))
    return db.session.scalars(
        query.order_by(SentQuestion.sent_on, SentQuestion.id).limit(MOST)
    ).all()


def question_by(id: int) -> SentQuestion:
    found = db.session.scalar(_kept().where(SentQuestion.id == id))
    if found is None:
        raise NotFound
    return found


def open_by(ids: Collection[int]) -> Sequence[SentQuestion]:
    """Those that are still there and wait."""
    query = _kept().where(SentQuestion.id.in_(ids), SentQuestion.fate == Fate.OPEN)
    return db.session.scalars(query).all()


def tallies() -> list[Tally]:
    """Cases that somebody said do not answer, the most often so first."""
    answered = sa.func.sum(AnswerCount.answered)
    unanswered = sa.func.sum(AnswerCount.unanswered)
    query = (
        sa.select(AnswerCount.scenario_id, answered, unanswered)
        .where(AnswerCount.counted_on > settings.gone_by())
        .group_by(AnswerCount.scenario_id)
        .having(unanswered > 0)
        .order_by(unanswered.desc(), answered, AnswerCount.scenario_id)
        .limit(MOST_CASES)
    )
    return [Tally(id, int(yes), int(no)) for id, yes, no in db.session.execute(query)]


def _kept() -> sa.Select[tuple[SentQuestion]]:
    """Whatever is too old does not exist, even before it is swept away."""
    return sa.select(SentQuestion).where(SentQuestion.sent_on > settings.gone_by())
