"""Questions that strangers sent, and how often a case was said to answer."""

import secrets
from datetime import date
from enum import StrEnum
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base

#: Characters of a question, and of a phrasing that is made of one.
LONGEST, LONGEST_PHRASING = 600, 160
#: Ids have 32 bits.
_IDS = 2**31 - 1


class Fate(StrEnum):
    """What an editor has made of a question so far. Whatever is dealt with is gone."""

    OPEN = "open"
    WANTED = "wanted"
    ATTACHED = "attached"


def any_id() -> int:
    """Ids that follow each other would tell the order in which questions came within a day."""
    return 1 + secrets.randbelow(_IDS)


class Addition(NamedTuple):
    """A phrasing that a case is to get."""

    scenario_id: str
    phrasing: str


class SentQuestion(Base):
    """A question as its sender saw it before she sent it, and the day. The same on one day is one:
    a form that is sent twice adds nothing."""

    __tablename__ = "sent_questions"
    __table_args__ = (
        sa.UniqueConstraint("text", "sent_on"),
        sa.CheckConstraint("(fate = 'attached') = (scenario_id IS NOT NULL)", "attached_to_a_case"),
        sa.CheckConstraint("(scenario_id IS NULL) = (phrasing IS NULL)", "case_has_phrasing"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=any_id)
    text: Mapped[str] = mapped_column(sa.String(LONGEST))
    sent_on: Mapped[date] = mapped_column(index=True)
    fate: Mapped[Fate] = mapped_column(default=Fate.OPEN)
    #: The case that it becomes a phrasing of, and the words.
    scenario_id: Mapped[str | None] = mapped_column(sa.String(200))
    phrasing: Mapped[str | None] = mapped_column(sa.String(LONGEST_PHRASING))

    @property
    def addition(self) -> Addition | None:
        """What the next patch takes from it; None while it is attached to no case."""
        if self.scenario_id is None or self.phrasing is None:
            return None
        return Addition(self.scenario_id, self.phrasing)


class AnswerCount(Base):
    """How often a case was said to answer, and not to, on one day."""

    __tablename__ = "answer_counts"
    __table_args__ = (sa.UniqueConstraint("scenario_id", "counted_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    scenario_id: Mapped[str] = mapped_column(sa.String(200))
    counted_on: Mapped[date] = mapped_column(index=True)
    answered: Mapped[int] = mapped_column(default=0)
    unanswered: Mapped[int] = mapped_column(default=0)
