"""Links that open one page without signing in, and no command: a second projector, a speaker's.

Each says until when it holds, and is made by nobody but this server. A speaker's can be withdrawn:
it holds only while the row of the speaker names the same end.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from itsdangerous import BadData, URLSafeSerializer

from app.accounts import settings
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
    return _signed(_HALL, session.id, until_of(session))


def speaker_of(speaker: LiveSpeaker) -> str | None:
    """For the speaker's page; None where no link was made, or it is over."""
    if speaker.link_until is None or speaker.link_until <= clock.now():
        return None
    return _signed(_SPEAKER, speaker.id, speaker.link_until)


def read_hall(text: str) -> Link | None:
    return _read(_HALL, text)


def read_speaker(text: str) -> Link | None:
    return _read(_SPEAKER, text)


def _signed(kind: str, id: int, until: datetime) -> str:
    return _signer(kind).dumps([id, int(until.timestamp())])


def _read(kind: str, text: str) -> Link | None:
    """The link; None for what is none, or none any more."""
    if len(text) > 200:
        return None
    try:
        id, until = _signer(kind).loads(text)
    except (BadData, ValueError, TypeError):
        return None
    if not isinstance(id, int) or not isinstance(until, int):
        return None
    return Link(id, until) if until > clock.now().timestamp() else None


def _signer(kind: str) -> URLSafeSerializer:
    return URLSafeSerializer(settings.current().secret, salt=kind)
