"""What hosts ask: how many came, what was misjudged, who may help, what happened."""

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.accounts.queries import grants_of
from app.agencies.models import Agency, Person
from app.agencies.queries import person_by_number
from app.core.db import db
from app.core.errors import DomainError, NotFound
from app.learning.models import CaseAnswer, Enrolment
from app.live.models import LiveEvent, LiveParticipant, LiveRun, LiveSession, LiveSpeaker
from app.live.queries import DESKS

#: Below so many people a share says nothing about a case.
FEWEST_JUDGES = 10


class NoSuchHelper(DomainError):
    message = (
        "Di instansi ini tidak ada pegawai aktif dengan NIP itu yang berperan pemandu webinar, "
        "admin kepegawaian, atau admin unit. Periksa nomornya, atau mintakan perannya kepada admin "
        "kepegawaian. Tidak ada yang berubah."
    )


@dataclass(frozen=True, slots=True)
class Misjudged:
    """How a case fared at its first judgement, in one instansi."""

    scenario: str
    people: int
    wrong: int


def often_wrong(agency_id: int) -> list[Misjudged]:
    """Cases by the share of people whose first judgement was wrong, the largest first; only those
    that FEWEST_JUDGES have judged."""
    place = sa.func.row_number().over(
        partition_by=(Enrolment.person_id, CaseAnswer.scenario),
        order_by=(CaseAnswer.answered_at, CaseAnswer.id),
    )
    first = (
        sa.select(CaseAnswer.scenario, CaseAnswer.is_right, place.label("place"))
        .join(Enrolment, Enrolment.id == CaseAnswer.enrolment_id)
        .where(Enrolment.agency_id == agency_id, CaseAnswer.choice.is_not(None))
        .subquery()
    )
    people = sa.func.count()
    wrong = sa.func.sum(sa.case((first.c.is_right, 0), else_=1))
    query = (
        sa.select(first.c.scenario, people, wrong)
        .where(first.c.place == 1)
        .group_by(first.c.scenario)
        .having(people >= FEWEST_JUDGES, wrong > 0)
        .order_by((wrong * 1.0 / people).desc(), people.desc(), first.c.scenario)
    )
    return [Misjudged(*row) for row in db.session.execute(query)]


def joined_of(session_ids: Collection[int]) -> dict[int, int]:
    """How many have joined each session; none is no entry."""
    query = (
        sa.select(LiveParticipant.session_id, sa.func.count())
        .where(LiveParticipant.session_id.in_(session_ids), LiveParticipant.joined_at.is_not(None))
        .group_by(LiveParticipant.session_id)
    )
    return dict(db.session.execute(query).tuples().all())


def session_by_id(session_id: int) -> LiveSession:
    """For whoever has a link to it. Raises NotFound."""
    with_places = joinedload(LiveSession.agency), joinedload(LiveSession.unit)
    session = db.session.get(LiveSession, session_id, options=with_places)
    if session is None:
        raise NotFound
    return session


def round_before(run: LiveRun) -> LiveRun | None:
    """The last revealed round of the same question in the same phase; None for a first."""
    query = sa.select(LiveRun).where(
        LiveRun.question_id == run.question_id,
        LiveRun.phase == run.phase,
        LiveRun.round < run.round,
        LiveRun.voided_at.is_(None),
        LiveRun.revealed_at.is_not(None),
    )
    return db.session.scalar(query.order_by(LiveRun.round.desc()).limit(1))


def events_of(session_id: int, most: int = 8) -> list[tuple[LiveEvent, str | None]]:
    """The latest commands with the name of who gave them, the newest first."""
    query = (
        sa.select(LiveEvent, Person)
        .outerjoin(Person, Person.id == LiveEvent.actor_id)
        .where(LiveEvent.session_id == session_id)
        .order_by(LiveEvent.version.desc())
        .limit(most)
    )
    found = db.session.execute(query)
    return [(event, person.full_name if person else None) for event, person in found]


def helper_by(agency: Agency, number: str) -> Person:
    """Somebody of the instansi who may host beside others. Raises NoSuchHelper."""
    person = person_by_number(number)
    if person is None or not person.is_active or person.agency_id != agency.id:
        raise NoSuchHelper
    if not {grant.role for grant in grants_of(person)} & set(DESKS):
        raise NoSuchHelper
    return person


def speaker_in(session_id: int, speaker_id: int) -> LiveSpeaker:
    """One speaker of a session. Raises NotFound."""
    speaker = db.session.get(LiveSpeaker, speaker_id)
    if speaker is None or speaker.session_id != session_id:
        raise NotFound
    return speaker


def speaker_by(speaker_id: int, until: int) -> LiveSpeaker:
    """Whose link it is that ends then. Raises NotFound once it is withdrawn or made anew."""
    speaker = db.session.get(LiveSpeaker, speaker_id)
    ends = speaker.link_until if speaker else None
    if speaker is None or ends is None or int(ends.timestamp()) != until:
        raise NotFound
    return speaker
