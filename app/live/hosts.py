"""Who may command a session: a host comes, is taken over from, and goes again, visibly."""

from app.agencies.models import Person
from app.audit import trail
from app.audit.actions import Action
from app.core.db import db, hold
from app.core.errors import DomainError, NotFound
from app.live import queries
from app.live.models import LiveHost, LiveSession
from app.live.operations import note_event


class LastHost(DomainError):
    message = (
        "Sesi membutuhkan sedikitnya satu pemandu. Tambahkan pemandu lain dahulu, lalu keluarkan "
        "yang ini. Tidak ada yang berubah."
    )


def add_host(session: LiveSession, person: Person, by: Person) -> None:
    """Let somebody else command it too; doing it twice does nothing."""
    if _let_in(session, person):
        _note(session, person, by, "add_host", Action.LIVE_HOST_ADDED)


def take_over(session: LiveSession, actor: Person) -> None:
    """Become a host of it too: for a desk whose host does not return."""
    if _let_in(session, actor):
        note_event(session, "take_over", actor, {"name": actor.full_name})
        trail.record(Action.LIVE_TAKEN_OVER, session, actor=actor)


def remove_host(session: LiveSession, person_id: int, by: Person) -> Person:
    """Somebody commands it no more; gives who that was. Raises NotFound, LastHost."""
    hold(session)
    host = db.session.get(LiveHost, (session.id, person_id))
    if host is None:
        raise NotFound
    if len(queries.hosts_of(session.id)) == 1:
        raise LastHost
    person = host.person
    db.session.delete(host)
    _note(session, person, by, "remove_host", Action.LIVE_HOST_REMOVED)
    return person


def _let_in(session: LiveSession, person: Person) -> bool:
    """Make somebody a host of a session that is held from here on. False when she is one."""
    hold(session)
    if queries.is_host(session.id, person.id):
        return False
    db.session.add(LiveHost(session_id=session.id, person_id=person.id))
    db.session.flush()
    return True


def _note(session: LiveSession, person: Person, by: Person, name: str, action: Action) -> None:
    note_event(session, name, by, {"name": person.full_name})
    trail.record(action, session, actor=by, host=person.id)
