"""A session's report, gathered: what its page, its workbook and its one page of paper show. Numbers
only; names are asked for apart (`attended.present_in`)."""

from dataclasses import dataclass
from datetime import datetime

from app.core import clock
from app.core.errors import DomainError
from app.live import attended, queries, results
from app.live.attended import Turnout
from app.live.documents import Held
from app.live.models import LiveSession
from app.live.outcomes import Attendee, attendees_of, held_of, settles_at
from app.live.results import Asked, Round


class NotOver(DomainError):
    message = "Laporan ada sesudah sesi diakhiri. Akhiri sesinya, lalu buka lagi halaman ini."
    status = 409


@dataclass(frozen=True, slots=True)
class Report:
    held: Held
    turnout: Turnout
    #: In the order in which they were asked.
    asked: list[Asked]
    misunderstood: list[Asked]
    #: First and last round of what was asked again.
    twice: list[tuple[Asked, Round, Round]]
    certificates: int
    #: Until when late answers may still change the numbers; None when all are in.
    settles_at: datetime | None

    @property
    def session(self) -> LiveSession:
        return self.held.session


def report_of(session: LiveSession) -> Report:
    """The report of a session that has ended. Raises NotOver."""
    if session.ended_at is None:
        raise NotOver
    held, attendees = who_came(session)
    asked = results.asked_in(queries.runs_of(session.id))
    settles = settles_at(session.ended_at)
    return Report(
        held=held,
        turnout=attended.turnout_of(held, attendees),
        asked=asked,
        misunderstood=results.misunderstood(asked),
        twice=results.twice(asked),
        certificates=attended.certificates_of(session),
        settles_at=settles if clock.now() < settles else None,
    )


def who_came(session: LiveSession) -> tuple[Held, list[Attendee]]:
    """The session as it went, and everybody who joined."""
    return held_of(session), attendees_of(session.id)
