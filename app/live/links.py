"""Links that open one page without signing in, and no command: a second projector, a speaker's.

Each says until when it holds, and is made by nobody but this server. A speaker's can be withdrawn:
it holds only while the row of the speaker names the same end.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.accounts import signed
from app.core import clock
from app.core.dates import local, start_of
from app.live.models import LiveSession, LiveSpeaker

_HALL, _SPEAKER = "live.hall", "live.speaker"


@dataclass(frozen=True, slots=True)
class Link:
    """What a link names (a session, or a speaker), and the second since 1970 at which it ends."""

    id: int
    until: int


def until_of(session: LiveSession) -> datetime:
    """The end of the day after the session, or after today where it is held later than planned:
    the same moment all day, so that the same link stands on every page."""
    zone = session.agency.zone
    day = max(local(session.ends_at, zone).date(), clock.today(zone))
    return start_of(day + timedelta(days=2), zone)


def hall_of(session: LiveSession) -> str:
    """For a laptop that shows the projector's page and nothing else."""
    return signed.made(_HALL, session.id, until=until_of(session))


def speaker_of(speaker: LiveSpeaker) -> str | None:
    """For the speaker's page; None where no link was made, or it is over."""
    if speaker.link_until is None or speaker.link_until <= clock.now():
        return None
    return signed.made(_SPEAKER, speaker.id, until=speaker.link_until)


def read_hall(text: str) -> Link | None:
    return _read(_HALL, text)


def read_speaker(text: str) -> Link | None:
    return _read(_SPEAKER, text)


def _read(kind: str, text: str) -> Link | None:
    """The link; None for what is none, or none any more."""
    parts = signed.read(kind, text, 1)
    return Link(*parts) if parts else None
