"""First judgements as they were counted, the marks of questions on papers, and how far counting is.

No row names anybody. Keys are the counts' own, so that one index is the whole table.
"""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.agencies.job_kinds import JobKind
from app.catalog.terms import Phase
from app.core.db import Base


class Source(StrEnum):
    """Where a case was judged. They are never summed: what is asked differs."""

    LESSON = "pelajaran"
    PRACTICE = "latihan"
    PAPER = "kuis"
    WEBINAR = "webinar"


class FirstJudgements(Base):
    """So many people of one kind of jabatan in one unit judged a case first in that month."""

    __tablename__ = "first_judgements"
    __table_args__ = {"sqlite_with_rowid": False}

    agency_id: Mapped[int] = mapped_column(sa.ForeignKey("agencies.id"), primary_key=True)
    source: Mapped[Source] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("units.id"), primary_key=True, index=True)
    job_kind: Mapped[JobKind] = mapped_column(primary_key=True)
    #: Its first day, in western Indonesia.
    month: Mapped[date] = mapped_column(primary_key=True)
    scenario: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    phase: Mapped[Phase] = mapped_column(primary_key=True)
    people: Mapped[int]
    right: Mapped[int]
    #: Of them, how many were asked whether they are sure, and how many were sure and wrong.
    asked_sure: Mapped[int]
    sure_wrong: Mapped[int]


class ItemMark(Base):
    """So many first papers answered a question so, and had so many other questions right. From
    these counts every statistic of an item follows (`quizzes.items`)."""

    __tablename__ = "item_marks"
    __table_args__ = {"sqlite_with_rowid": False}

    course: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    scenario: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    phase: Mapped[Phase] = mapped_column(primary_key=True)
    #: What the paper's key was: a case that is judged anew is another question.
    key: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    #: "" where it was left blank.
    choice: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    rest: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    people: Mapped[int]


class CountedUntil(Base):
    """Up to which moment, not including it, the judgements of a source are counted."""

    __tablename__ = "judgements_counted"

    source: Mapped[Source] = mapped_column(primary_key=True)
    until: Mapped[datetime]
