"""What a session forgets: who chose what, and when her phone was seen. Counts, and that somebody
was there, stay: certificates and reports rest on those."""

from datetime import datetime

import sqlalchemy as sa

from app.agencies.models import Person
from app.agencies.queries import of_unrestricted
from app.config import Config
from app.core import clock
from app.core.db import in_bulk
from app.jobs.retention import Rule
from app.live.arranging import forget_rehearsals
from app.live.models import LiveAnswer, LiveParticipant, LivePresence, LiveRun, LiveSession


def forget_choices(before: datetime, owner: Person | None) -> int:
    """Forget the choices, the presence by ten minutes and the extra time of sessions that ended
    before a moment. Gives how many rows that changed."""
    ended = sa.select(LiveSession.id).where(LiveSession.ended_at < before)
    whose = of_unrestricted(LiveParticipant.person_id, owner)
    if owner is None:
        whose = sa.or_(whose, LiveParticipant.person_id.is_(None))
    who = sa.select(LiveParticipant.id).where(LiveParticipant.session_id.in_(ended), whose)
    count = in_bulk(
        sa.update(LiveAnswer)
        .where(
            LiveAnswer.run_id.in_(sa.select(LiveRun.id).where(LiveRun.session_id.in_(ended))),
            LiveAnswer.participant_id.in_(who),
            LiveAnswer.choice.is_not(None),
        )
        .values(choice=None, is_sure=None)
    )
    count += in_bulk(sa.delete(LivePresence).where(LivePresence.participant_id.in_(who)))
    count += in_bulk(
        sa.update(LiveParticipant)
        .where(LiveParticipant.id.in_(who), LiveParticipant.extra_percent != 100)
        .values(extra_percent=100)
    )
    if owner is None:
        late = (LiveSession.ended_at < before, LiveSession.forgotten_at.is_(None))
        in_bulk(sa.update(LiveSession).where(*late).values(forgotten_at=clock.now()))
    return count


def rules(_config: Config) -> list[Rule]:
    """Rehearsals are nobody's attendance, and go a day after."""
    return [Rule("rehearsals", "gladi webinar (1 hari)", forget_rehearsals)]
