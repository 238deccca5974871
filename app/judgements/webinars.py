"""First judgements in webinars: in the first round of a question, in time, and by the same person
of the same case in no webinar before. Guests have no unit, and rehearsals are nobody's."""

from collections.abc import Iterator
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.agencies.models import Person
from app.core.db import db
from app.judgements.counted import Count, Judged, Key, Who, Window, counts_of
from app.live.models import LiveAnswer, LiveParticipant, LiveQuestion, LiveRun, LiveSession
from app.live.paper import Paper, thaw
from app.live.timeline import Timing


def count_webinars(window: Window) -> dict[Key, Count]:
    """Of sessions that ended in the window."""
    return counts_of(_judged(window))


def first_at() -> datetime | None:
    return db.session.scalar(sa.select(sa.func.min(LiveSession.ended_at)))


def _judged(window: Window) -> Iterator[Judged]:
    said = (LiveRun.question_id, LiveRun.phase, LiveAnswer.choice, LiveAnswer.is_sure)
    by = (Person.agency_id, Person.unit_id, Person.position, Person.status)
    query = (
        sa.select(*by, *said, sa.func.count())
        .select_from(LiveAnswer)
        .join(LiveRun, LiveRun.id == LiveAnswer.run_id)
        .join(LiveQuestion, LiveQuestion.id == LiveRun.question_id)
        .join(LiveSession, LiveSession.id == LiveRun.session_id)
        .join(LiveParticipant, LiveParticipant.id == LiveAnswer.participant_id)
        .join(Person, Person.id == LiveParticipant.person_id)
        .where(
            LiveSession.ended_at >= window.since,
            LiveSession.ended_at < window.until,
            LiveSession.is_rehearsal.is_(False),
            Person.restricted_at.is_(None),
            LiveRun.voided_at.is_(None),
            LiveAnswer.timing == Timing.ON_TIME,
            LiveAnswer.choice.is_not(None),
            sa.not_(_judged_before()),
        )
        .group_by(*by, *said)
    )
    rows = db.session.execute(query).all()
    papers = _papers({row.question_id for row in rows})
    for row in rows:
        paper, n = papers[row.question_id], row[-1]
        is_right = row.choice == paper.key(row.phase).verdict
        asked = 0 if row.is_sure is None else n
        sure_wrong = n if row.is_sure and not is_right else 0
        yield Who(*row[:4]), paper.scenario, row.phase, n, n * is_right, asked, sure_wrong


def _judged_before() -> sa.Exists:
    """Whether she judged the case in this phase in an earlier round, here or elsewhere."""
    answer, run, question = aliased(LiveAnswer), aliased(LiveRun), aliased(LiveQuestion)
    place, session = aliased(LiveParticipant), aliased(LiveSession)
    return (
        sa.exists()
        .where(
            place.person_id == LiveParticipant.person_id,
            answer.participant_id == place.id,
            run.id == answer.run_id,
            question.id == run.question_id,
            session.id == run.session_id,
            question.scenario == LiveQuestion.scenario,
            run.phase == LiveRun.phase,
            run.id < LiveRun.id,
            run.voided_at.is_(None),
            session.is_rehearsal.is_(False),
        )
        .correlate(LiveParticipant, LiveQuestion, LiveRun)
    )


def _papers(ids: set[int]) -> dict[int, Paper]:
    query = sa.select(LiveQuestion.id, LiveQuestion.paper).where(LiveQuestion.id.in_(ids))
    return {id: thaw(paper) for id, paper in db.session.execute(query)}
