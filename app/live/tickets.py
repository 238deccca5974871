"""What a phone carries: leave to take part in one session, and in nothing else.

It is left at the check-in, so that ten thousand people need not type ten thousand passwords in the
minute in which a webinar begins. It signs nobody in.
"""

from dataclasses import dataclass
from datetime import datetime

from itsdangerous import BadData, URLSafeSerializer

from app.accounts import settings
from app.core import clock

_SALT = "live.ticket"


@dataclass(frozen=True, slots=True)
class Ticket:
    session_id: int
    participant_id: int
    #: Seconds since 1970, after which it is none.
    until: int


def issued(session_id: int, participant_id: int, until: datetime) -> str:
    """A ticket as it travels: readable by anybody, and made by nobody but this server."""
    return _signer().dumps([session_id, participant_id, int(until.timestamp())])


def read(text: str | None) -> Ticket | None:
    """The ticket; None for what is none, or none any more."""
    if not text or len(text) > 200:
        return None
    try:
        session_id, participant_id, until = _signer().loads(text)
    except (BadData, ValueError, TypeError):
        return None
    if not all(isinstance(part, int) for part in (session_id, participant_id, until)):
        return None
    ticket = Ticket(session_id, participant_id, until)
    return ticket if ticket.until > clock.now().timestamp() else None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(settings.current().secret, salt=_SALT)
