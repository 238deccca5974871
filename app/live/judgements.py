"""First judgements of rooms: what people answered before anything was discussed.

From first rounds and answers in time alone, as the reading of misunderstood rules wants them; of
lessons, practice and papers the rooms above them have their own.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from app.agencies.models import Person, Unit
from app.agencies.scope import Scope
from app.catalog.labels import PHASES
from app.catalog.terms import Phase
from app.core.db import db
from app.live.models import LiveAnswer, LiveParticipant, LiveQuestion, LiveRun, LiveSession
from app.live.paper import Paper, thaw
from app.live.results import UNDERSTOOD
from app.live.timeline import Timing

#: Below so many judgements a share says nothing of a rule, and too much of people.
FEWEST = 10


class FirstJudgement(NamedTuple):
    """So many people of one unit judged a case so, in one phase. `is_sure` None: not asked."""

    scenario: str
    phase: Phase
    unit_id: int
    is_right: bool
    is_sure: bool | None
    people: int


@dataclass(frozen=True, slots=True)
class Misread:
    """A case in one phase as all judged it: n, right, sure and wrong."""

    paper: Paper
    phase: Phase
    total: int
    right: int
    sure_wrong: int

    @property
    def right_percent(self) -> int:
        return round(100 * self.right / self.total)

    @property
    def phase_label(self) -> str:
        return PHASES[self.phase]


def first_judgements(
    agency_id: int,
    scope: Scope | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> list[FirstJudgement]:
    """Of an agency's people in sessions that began in that time; guests have no unit, and are none
    of them. What was forgotten or voided is not counted, nor are rehearsals."""
    rows = db.session.execute(_first(agency_id, scope, since, until)).all()
    papers = _papers(agency_id, LiveQuestion.id.in_({row.question_id for row in rows}))
    counts: Counter[tuple[str, Phase, int, bool, bool | None]] = Counter()
    for row in rows:
        paper = papers[row.question_id]
        is_right = row.choice == paper.key(row.phase).verdict
        counts[paper.scenario, row.phase, row.unit_id, is_right, row.is_sure] += row.count_
    return [FirstJudgement(*key, count) for key, count in counts.items()]


def most_misread(agency_id: int, judged: Iterable[FirstJudgement], most: int) -> list[Misread]:
    """Cases that most got wrong, the worst first; those that few judged are left out."""
    sums: dict[tuple[str, Phase], Counter[str]] = {}
    for one in judged:
        found = sums.setdefault((one.scenario, one.phase), Counter())
        found["total"] += one.people
        found["right"] += one.people if one.is_right else 0
        found["sure_wrong"] += one.people if one.is_sure and not one.is_right else 0
    worst = sorted(
        (n["right"] / n["total"], case, phase)
        for (case, phase), n in sums.items()
        if n["total"] >= FEWEST and round(100 * n["right"] / n["total"]) < UNDERSTOOD
    )[:most]
    papers = _latest_papers(agency_id, {case for _, case, _ in worst})
    counts = [(papers[case], phase, sums[case, phase]) for _, case, phase in worst]
    return [Misread(p, phase, n["total"], n["right"], n["sure_wrong"]) for p, phase, n in counts]


def _latest_papers(agency_id: int, scenarios: Collection[str]) -> dict[str, Paper]:
    """Cases as they were asked last."""
    latest = (
        sa.select(sa.func.max(LiveQuestion.id))
        .join(LiveSession, LiveSession.id == LiveQuestion.session_id)
        .where(LiveSession.agency_id == agency_id, LiveQuestion.scenario.in_(scenarios))
        .group_by(LiveQuestion.scenario)
    )
    found = _papers(agency_id, LiveQuestion.id.in_(latest))
    return {paper.scenario: paper for paper in found.values()}


def _papers(agency_id: int, wanted: sa.ColumnElement[bool]) -> dict[int, Paper]:
    """Papers of an agency's questions, by the id of the question."""
    query = (
        sa.select(LiveQuestion.id, LiveQuestion.paper)
        .join(LiveSession, LiveSession.id == LiveQuestion.session_id)
        .where(LiveSession.agency_id == agency_id, wanted)
    )
    return {id_: thaw(paper) for id_, paper in db.session.execute(query)}


def _first(
    agency_id: int, scope: Scope | None, since: datetime | None, until: datetime | None
) -> sa.Select[tuple[int, Phase, int, str | None, bool | None, int]]:
    asked = (LiveRun.question_id, LiveRun.phase)
    firsts = (
        sa.select(sa.func.min(LiveRun.id))
        .join(LiveSession, LiveSession.id == LiveRun.session_id)
        .where(LiveRun.voided_at.is_(None), LiveSession.agency_id == agency_id)
        .group_by(*asked)
    )
    said = (*asked, Person.unit_id, LiveAnswer.choice, LiveAnswer.is_sure)
    query = (
        sa.select(*said, sa.func.count().label("count_"))
        .join(LiveRun, LiveRun.id == LiveAnswer.run_id)
        .join(LiveSession, LiveSession.id == LiveRun.session_id)
        .join(LiveParticipant, LiveParticipant.id == LiveAnswer.participant_id)
        .join(Person, Person.id == LiveParticipant.person_id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(
            LiveSession.agency_id == agency_id,
            LiveSession.ended_at.is_not(None),
            LiveSession.is_rehearsal.is_(False),
            LiveRun.id.in_(firsts),
            LiveAnswer.timing == Timing.ON_TIME,
            LiveAnswer.choice.is_not(None),
        )
        .group_by(*said)
    )
    if scope is not None:
        query = query.where(scope.people())
    if since is not None:
        query = query.where(LiveSession.started_at >= since)
    return query if until is None else query.where(LiveSession.started_at < until)
