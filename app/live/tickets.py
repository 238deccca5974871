"""What a phone carries: leave to take part in one session, and in nothing else.

It is left at the check-in, so that ten thousand people need not type ten thousand passwords in the
minute in which a webinar begins. It signs nobody in.
"""

from dataclasses import dataclass
from datetime import datetime

from app.accounts import signed

_KIND = "live.ticket"


@dataclass(frozen=True, slots=True)
class Ticket:
    session_id: int
    participant_id: int
    #: Seconds since 1970, after which it is none.
    until: int


def issued(session_id: int, participant_id: int, until: datetime) -> str:
    """A ticket as it travels."""
    return signed.made(_KIND, session_id, participant_id, until=until)


def read(text: str | None) -> Ticket | None:
    """The ticket; None for what is none, or none any more."""
    parts = signed.read(_KIND, text, 2)
    return Ticket(*parts) if parts else None
