"""Take part: once a person, whatever phone and however often she presses."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from app.accounts.reader import Reader
from app.accounts.throttle import Limit
from app.core import clock
from app.core.dates import start_of
from app.core.db import at_most_one, db
from app.core.errors import DomainError
from app.live import queries, tickets
from app.live.codes import meant, new_code
from app.live.models import LiveParticipant, LiveSession

#: How long before its beginning a session can be joined.
CHECK_IN = timedelta(days=1)
#: How long after its end a phone keeps its ticket, for answers that are still on their way.
AFTERWARDS = timedelta(days=1)
#: Guests' numbers that a host can hand out in one session.
MOST_GUESTS = 500
EXTRAS = (100, 150, 200)
#: Tries at one guest's number in one session.
GUEST = Limit("tamu", free=5, forget=600, longest=300)
#: Tries from one network: a hall may have five hundred guests behind one address, so it is wide.
GUEST_NETWORK = Limit("jaringan-tamu", free=150, forget=3, longest=60)


class NotYet(DomainError):
    message = "Check-in sesi ini belum dibuka. Kembalilah paling cepat sehari sebelum sesi dimulai."
    status = 409


class Over(DomainError):
    message = "Sesi ini sudah selesai, jadi tidak dapat diikuti lagi."
    status = 409


class OfAnotherAgency(DomainError):
    message = "Sesi ini diadakan instansi lain. Mintalah tautan sesi instansi Anda sendiri."
    status = 403


class WrongGuestCode(DomainError):
    message = "Nomor tamu atau kodenya tidak cocok. Ketik keduanya seperti pada kartu dari pemandu."


class _Twice(DomainError):
    """Another tap of the same finger was first; never shown."""


def join(session: LiveSession, reader: Reader) -> LiveParticipant:
    """The participant that a person is in this session. Raises NotYet, Over, OfAnotherAgency."""
    if session.agency_id != reader.agency.id:
        raise OfAnotherAgency
    if (found := queries.participant_of(session.id, reader.id)) is not None:
        return found
    _must_be_open(session)
    return seated(session, reader)


def seated(session: LiveSession, reader: Reader) -> LiveParticipant:
    """Make a person a participant; of two taps at once both get the same one."""
    new = LiveParticipant(session_id=session.id, person_id=reader.id, joined_at=clock.now())
    try:
        with at_most_one(_Twice()):
            db.session.add(new)
    except _Twice:
        found = queries.participant_of(session.id, reader.id)
        assert found is not None, "the other tap has made it"
        return found
    return new


def join_as_guest(session: LiveSession, number: int, code: str) -> LiveParticipant:
    """The guest whose card has this number and code. Raises WrongGuestCode, NotYet, Over."""
    _must_be_open(session)
    guest = db.session.scalar(
        sa.select(LiveParticipant).filter_by(session_id=session.id, guest=number)
    )
    if not session.allows_guests or guest is None or guest.guest_code != meant(code):
        raise WrongGuestCode
    if guest.joined_at is None:
        guest.joined_at = clock.now()
        db.session.flush()
    return guest


def can_join(session: LiveSession) -> bool:
    """Whether check-in is open."""
    is_near = clock.now() >= session.starts_at - CHECK_IN
    return not session.has_ended and (session.lobby_at is not None or is_near)


def ticket_for(participant: LiveParticipant, session: LiveSession) -> str:
    """What this phone may keep: good until a day after the session, or after its replay."""
    return tickets.issued(session.id, participant.id, ticket_until(session))


def ticket_until(session: LiveSession) -> datetime:
    until = max(session.ends_at, clock.now()) + AFTERWARDS
    if session.replay_until is not None:
        replay = start_of(session.replay_until + timedelta(days=1), session.agency.zone)
        until = max(until, replay)
    return until


def take_time(participant: LiveParticipant, percent: int) -> None:
    """More time for whoever needs it: nobody else sees it, and it earns nothing."""
    if percent in EXTRAS:
        participant.extra_percent = percent
        db.session.flush()


def hand_out_guests(session: LiveSession, count: int) -> int:
    """Make numbers for so many guests in all; those that exist stay. Gives how many are new."""
    have = len(queries.guests_of(session.id))
    wanted = min(max(count, have), MOST_GUESTS)
    rows = [
        {
            "session_id": session.id,
            "guest": number,
            "guest_code": new_code(4),
            "extra_percent": 100,
        }
        for number in range(have + 1, wanted + 1)
    ]
    if rows:
        db.session.execute(sa.insert(LiveParticipant), rows)
    return len(rows)


def _must_be_open(session: LiveSession) -> None:
    if session.has_ended:
        raise Over
    if not can_join(session):
        raise NotYet
