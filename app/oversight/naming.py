"""Entries as people read them: who, on what, and what was said, with names in place of ids."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.agencies.models import Agency, Person, Unit
from app.agencies.scope import Scope
from app.audit.actions import LABELS, Action
from app.audit.models import AuditEntry, AuditPart
from app.core.db import db
from app.elections.models import ElectionCalendar
from app.live.models import LiveSession
from app.oversight.details import OPERATOR, PEOPLE, UNITS, Names, Pairs, said
from app.oversight.owners import OWNERS

#: Who did what nobody signed in for, where it was not the operator.
NOBODY = {
    Action.REFUSED: "Tidak masuk",
    Action.SIGN_IN_REFUSED: "Tidak masuk",
    Action.CODE_REFUSED: "Tidak masuk",
    Action.CREDENTIAL_SEALED: "Rambu",
}
#: Subjects that are no row of a table.
PLACES = {
    "networks": "Jaringan",
    "demo": "Daerah demo",
    "sign_ins": "Nomor tidak dikenal",
    "grants": "Peran",
    "sent_questions": "Pertanyaan",
    "seals": "Segel",
    "audit_head": "Jejak audit",
    "backups": "Cadangan",
}
#: Those of them that have a name of their own.
NAMED = frozenset({"networks", "demo", "backups"})


#: Tables whose rows have names of their own, and nobody's.
_TITLED = {
    "agencies": (Agency.id, Agency.name),
    "election_calendars": (ElectionCalendar.id, ElectionCalendar.name),
    "live_sessions": (LiveSession.id, LiveSession.title),
}


@dataclass(frozen=True)
class Deed:
    """One entry, or one row beside an entry."""

    id: int
    at: datetime | None
    action: str
    actor: str
    subject: str
    details: Pairs
    batch: str | None
    hash: str

    @property
    def told(self) -> str:
        return "; ".join(f"{label}: {text}" for label, text in self.details)


def deeds(found: Sequence[AuditEntry], scope: Scope) -> list[Deed]:
    """What these entries say to a reader with this scope."""
    data = [json.loads(entry.data) for entry in found]
    subjects = [entry.subject for entry in found]
    names = _names(subjects, data, {entry.actor_id for entry in found}, scope)
    return [
        Deed(
            id=entry.id,
            at=entry.at,
            action=_label(entry.action),
            actor=_actor(entry, names),
            subject=names.subjects.get(entry.subject) or _place(entry.subject),
            details=said(one, names.plain),
            batch=one.get("batch"),
            hash=entry.hash,
        )
        for entry, one in zip(found, data, strict=True)
    ]


def rows(found: Sequence[AuditPart], scope: Scope) -> list[Deed]:
    """The same of the rows beside an entry."""
    data = [json.loads(part.data) for part in found]
    names = _names([part.subject for part in found], data, set(), scope)
    return [
        Deed(
            id=part.place,
            at=None,
            action=_label(part.action),
            actor="",
            subject=names.subjects.get(part.subject) or _place(part.subject),
            details=said(one, names.plain),
            batch=None,
            hash="",
        )
        for part, one in zip(found, data, strict=True)
    ]


def _label(action: str) -> str:
    return LABELS.get(Action(action), action)


def _actor(entry: AuditEntry, names: "_Found") -> str:
    if entry.actor_id is None:
        return NOBODY.get(Action(entry.action), OPERATOR)
    return names.plain.people.get(entry.actor_id, "Pegawai di luar wilayah Anda")


def _place(subject: str) -> str:
    table, _, rest = subject.partition(":")
    if table not in PLACES:
        return subject
    return f"{PLACES[table]} {rest}" if table in NAMED else PLACES[table]


@dataclass(frozen=True)
class _Found:
    plain: Names
    subjects: dict[str, str]


def _names(
    subjects: Iterable[str], data: list[dict[str, object]], actors: set[int | None], scope: Scope
) -> _Found:
    """Everything that has a name, in one query a table."""
    wanted: dict[str, set[int]] = {}
    for subject in subjects:
        table, _, id = subject.partition(":")
        if id.isdecimal():
            wanted.setdefault(table, set()).add(int(id))
    units = {v for one in data for k, v in one.items() if k in UNITS and isinstance(v, int)}
    holders = {v for one in data for k, v in one.items() if k in PEOPLE and isinstance(v, int)}
    tried = {int(id) for one in data for id in _mapping(one.get("accounts"))}
    people = {id for id in actors if id is not None} | holders | wanted.get("people", set())
    plain = Names(
        people=_of_people("people", people, scope),
        accounts=_of_people("accounts", tried, scope),
        units=_units(units | wanted.get("units", set()), scope),
    )
    return _Found(plain, _subjects(wanted, plain, scope))


def _mapping(value: object) -> Iterable[str]:
    return value if isinstance(value, dict) else ()


def _subjects(wanted: dict[str, set[int]], plain: Names, scope: Scope) -> dict[str, str]:
    found = {f"units:{id}": name for id, name in plain.units.items()}
    for table in OWNERS:
        names = _of_people(table, wanted.get(table, set()), scope)
        found |= {f"{table}:{id}": name for id, name in names.items()}
    for table, (ids, title) in _TITLED.items():
        query = sa.select(ids, title).where(ids.in_(wanted.get(table, ())))
        found |= {f"{table}:{id}": name for id, name in db.session.execute(query).tuples()}
    return found


def _of_people(table: str, ids: set[int], scope: Scope) -> dict[int, str]:
    """Whose these rows are, by id; only of people in the scope."""
    if not ids:
        return {}
    owned = OWNERS[table].subquery()
    query = (
        sa.select(owned.c.id, Person)
        .join(Person, Person.id == owned.c.owner_id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(owned.c.id.in_(ids), scope.condition())
    )
    return {id: person.full_name for id, person in db.session.execute(query)}


def _units(ids: set[int], scope: Scope) -> dict[int, str]:
    query = sa.select(Unit.id, Unit.name).where(Unit.id.in_(ids), scope.condition())
    return dict(db.session.execute(query).tuples().all())
