"""Webinar sessions as tests need them: prepared, opened, joined, answered."""

from dataclasses import replace
from datetime import timedelta

import sqlalchemy as sa

from app.agencies.models import Person, Unit
from app.catalog.terms import PersonStatus, Phase, Verdict
from app.core import clock
from app.core.db import db
from app.live import arranging, attendance, operations
from app.live.answering import Sent, keep, milliseconds
from app.live.arranging import Said
from app.live.models import LiveParticipant, LiveRun, LiveSession
from app.live.operations import Orders
from app.live.paper import questions_for
from app.live.queries import latest_run
from tests import bank

#: The key of every question, in the phase that tests ask: forbidden.
RIGHT, WRONG = Verdict.FORBIDDEN.value, Verdict.ALLOWED.value


def papers(count: int = 3):
    """So many questions; each is forbidden before and after."""
    cases = (replace(bank.scenario(f"kasus-{n}"), act=f"Perbuatan {n}") for n in range(count))
    return questions_for(cases)


def held_at(unit: Unit, host: Person) -> LiveSession:
    """A session of a unit that ended as soon as its lobby was open; committed."""
    starts = clock.now()
    said = Said(unit, "Netralitas di apel", starts, starts + timedelta(hours=1))
    session = arranging.prepare(said, papers(1), host)
    for name in ("lobby", "end"):
        operations.command(session, name, session.version, host)
    db.session.commit()
    return session


def prepared(cast, count: int = 3, host: Person | None = None, **other) -> LiveSession:
    """Yusuf's session, which begins in an hour; committed."""
    starts = clock.now() + timedelta(hours=1)
    given = {"unit": cast.root, "title": "Netralitas di gawai", "starts_at": starts}
    given |= {"ends_at": starts + timedelta(hours=2), "needed": 2}
    session = arranging.prepare(Said(**given | other), papers(count), host or cast.yusuf)
    db.session.commit()
    return session


def order(session: LiveSession, name: str, by: Person | None = None, **said) -> LiveSession:
    """One command of its host, on the version that is; committed."""
    actor = by or session.created_by
    operations.command(session, name, session.version, actor, Orders(**said))
    db.session.commit()
    return session


def in_lobby(cast, count: int = 3, **other) -> LiveSession:
    return order(prepared(cast, count, **other), "lobby")


def open_now(session: LiveSession, **said) -> LiveRun:
    """The next question, and the clock moved to the moment at which it opens."""
    order(session, "open", **{"today": Phase.BEFORE, **said})
    run = latest_run(session.id)
    clock.shift(run.opens_at - clock.now())
    return run


def begun(session: LiveSession) -> LiveRun:
    """The opening that was just ordered, and its lead-in over by hand: nobody waits here."""
    run = latest_run(session.id)
    run.opens_at = clock.now()
    db.session.commit()
    return run


def joined(session: LiveSession, person: Person, **other) -> LiveParticipant:
    """A participant, written directly; committed."""
    row = LiveParticipant(
        session_id=session.id, person_id=person.id, joined_at=clock.now(), **other
    )
    db.session.add(row)
    db.session.commit()
    return row


def sent(run: LiveRun, who: LiveParticipant, choice: str = RIGHT, **other) -> Sent:
    """An answer as it comes now."""
    now = clock.now()
    given = {"session_id": run.session_id, "participant_id": who.id, "run_id": run.id}
    given |= {"choice": choice, "is_sure": None, "seq": milliseconds(now), "claimed_at": now}
    return Sent(**given | other)


def crowd(session: LiveSession, unit: Unit, count: int) -> list[LiveParticipant]:
    """So many people of a unit who have joined; committed."""
    first = db.session.scalar(sa.select(sa.func.count(Person.id)))
    people = [
        Person(
            agency_id=unit.agency_id,
            unit_id=unit.id,
            number=f"19900101202001{first + number:04d}",
            name=f"Peserta {first + number}",
            status=PersonStatus.PNS,
        )
        for number in range(count)
    ]
    db.session.add_all(people)
    db.session.flush()
    here = {"session_id": session.id, "joined_at": clock.now()}
    rows = [LiveParticipant(person_id=one.id, **here) for one in people]
    db.session.add_all(rows)
    db.session.commit()
    return rows


def asked(session: LiveSession, right=(), wrong=(), sure_wrong=(), name: str = "open") -> LiveRun:
    """A question that these participants answer so, and its reveal."""
    if name == "open":
        run = open_now(session)
    else:
        run = latest_run(order(session, name).id)
        clock.shift(run.opens_at - clock.now())
    given = [(one, RIGHT, False) for one in right] + [(one, WRONG, False) for one in wrong]
    given += [(one, WRONG, True) for one in sure_wrong]
    keep([sent(run, one, choice, is_sure=is_sure) for one, choice, is_sure in given])
    db.session.commit()
    clock.shift(run.closes_at - clock.now())
    order(session, "reveal", is_meant=True)
    return run


def slot_now() -> int:
    return attendance.slot_of(clock.now())
