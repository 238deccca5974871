"""What a certificate of attendance will state, from a session that has ended. Pure: no database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.agencies.models import Person
from app.core.dates import local
from app.learning.documents import holder_of, issuer_of, official_of, unit_as_printed
from app.live import attendance
from app.live.attendance import Record
from app.live.models import EventKind, LiveSession, LiveSpeaker
from app.printing.facts import AttendanceFacts, Speaker

#: As SIASN spells them.
EVENT_KINDS = {EventKind.SEMINAR: "Seminar", EventKind.SOCIALISATION: "Sosialisasi"}
#: Where everybody watched from somewhere else.
ONLINE = "Daring"


@dataclass(frozen=True, slots=True)
class Held:
    """A session as it really went: who spoke, until when, how many questions it came to ask, and
    how many answers make somebody present."""

    session: LiveSession
    speakers: Sequence[LiveSpeaker]
    until: datetime
    asked: int
    needed: int

    def is_attended(self, record: Record) -> bool:
        """Whether somebody was there, or has made up for it."""
        is_present = attendance.was_present(record, self.needed)
        return is_present or attendance.made_up_for(record, self.needed)


def attendance_facts(held: Held, person: Person, record: Record) -> AttendanceFacts:
    """What the session was, and by which rule this person attended it."""
    session, agency = held.session, held.session.agency
    assert session.started_at is not None, "nobody was at what never began"
    minutes = attendance.minutes_held(session.started_at, held.until)
    return AttendanceFacts(
        holder=holder_of(person),
        issuer=issuer_of(agency),
        official=official_of(agency),
        title=session.title,
        event_kind=EVENT_KINDS[session.kind],
        held_on=local(session.started_at, agency.zone).date(),
        starts_at=session.started_at,
        ends_at=held.until,
        minutes=minutes,
        jp=attendance.jp_of(minutes),
        unit=unit_as_printed(session.unit),
        place=session.place or ONLINE,
        speakers=tuple(Speaker(one.name, one.affiliation) for one in held.speakers),
        rule=rule_of(held, record),
        answered=record.answered + record.replayed,
        asked=held.asked,
        session=session.code,
    )


def rule_of(held: Held, record: Record) -> str:
    """The rule in one sentence, and whether it was kept afterwards."""
    rule = f"Menjawab paling sedikit {held.needed} dari {held.asked} soal"
    if attendance.was_present(record, held.needed):
        return f"{rule}."
    return f"{rule}; yang terlewat dijawab sendiri sesudah kegiatan."
