"""Which instansi an entry concerns: an index of the trail, so that the page of one need not go
through the entries of all.

An index and no more: whether somebody sees an entry is asked of the entry itself, every time, and
entries that are not indexed yet are gone through as before. It follows the trail by some seconds
(`watching`), can be made anew at any time, and `audit verify` sees whether it leaves anything out.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from app.agencies.models import Person, Unit
from app.audit.models import AuditEntry
from app.core.db import db, start_writing, upsert
from app.elections.models import ElectionCalendar
from app.live.models import LiveSession
from app.oversight.models import NOBODYS, Reach
from app.oversight.owners import OWNERS

#: Entries that one round takes on: a fraction of a second, also where millions wait.
BATCH = 5_000
#: How else a subject belongs to an instansi than by its owner.
_PLACES: dict[str, sa.Select[tuple[int, int]]] = {
    "units": sa.select(Unit.id, Unit.agency_id),
    "election_calendars": sa.select(ElectionCalendar.id, ElectionCalendar.agency_id),
    "live_sessions": sa.select(LiveSession.id, LiveSession.agency_id),
}
_COLUMNS = (AuditEntry.id, AuditEntry.actor_id, AuditEntry.subject, AuditEntry.action)
Entries = Sequence[sa.Row[tuple[int, int | None, str, str]]]


def reached() -> int:
    """The last entry that is indexed. Entries are committed in their order, so all before are."""
    return db.session.scalar(sa.select(sa.func.max(Reach.entry_id))) or 0


def ids_of(agency_id: int, action: str | None, before: int | None, count: int) -> list[int]:
    """The newest entries that concern an instansi, of one deed if that is said, older than entry
    `before`."""
    query = sa.select(Reach.entry_id).where(Reach.agency_id == agency_id)
    if action is not None:
        query = query.where(Reach.action == action)
    if before is not None:
        query = query.where(Reach.entry_id < before)
    return list(db.session.scalars(query.order_by(Reach.entry_id.desc()).limit(count)))


def catch_up() -> int:
    """Index what came meanwhile, BATCH at most; how many entries. Commits.

    Of processes that do it at once, each would write the same.
    """
    found = _after(reached())
    if found:
        rows = [
            {"entry_id": entry_id, "agency_id": agency_id, "action": action}
            for entry_id, action, agencies in _concerned(found)
            for agency_id in sorted(agencies or {NOBODYS})
        ]
        start_writing()
        db.session.execute(upsert(Reach).on_conflict_do_nothing(), rows)
        db.session.commit()
    return len(found)


def first_left_out() -> int | None:
    """The first entry that the index does not lead to whoever may see it, or None."""
    last, after = reached(), 0
    while after < last and (found := _after(after)):
        known = _indexed(after, found[-1].id)
        for entry_id, action, agencies in _concerned(found):
            wanted = {(agency_id, action) for agency_id in agencies}
            if entry_id <= last and not wanted <= known[entry_id]:
                return entry_id
        after = found[-1].id
    return None


def forget() -> None:
    """Begin anew; rounds make it again, and until then pages go through every entry."""
    start_writing()
    db.session.execute(sa.delete(Reach))


def _after(entry_id: int) -> Entries:
    query = sa.select(*_COLUMNS).where(AuditEntry.id > entry_id)
    return db.session.execute(query.order_by(AuditEntry.id).limit(BATCH)).all()


def _indexed(after: int, last: int) -> defaultdict[int, set[tuple[int, str]]]:
    query = sa.select(Reach.entry_id, Reach.agency_id, Reach.action)
    query = query.where(Reach.entry_id > after, Reach.entry_id <= last)
    known: defaultdict[int, set[tuple[int, str]]] = defaultdict(set)
    for entry_id, agency_id, action in db.session.execute(query):
        known[entry_id].add((agency_id, action))
    return known


def _concerned(found: Entries) -> Iterator[tuple[int, str, set[int]]]:
    """Each entry, its deed, and the instansi of who did it and of whom it was done to; NOBODYS of
    what the operator or a stranger did to no row of anybody's. None where that row is gone."""
    wanted: defaultdict[str, set[int]] = defaultdict(set)
    for _, actor_id, subject, _ in found:
        for table, id in _named(actor_id, subject):
            wanted[table].add(id)
    homes = {table: _homes(table, ids) for table, ids in wanted.items()}
    for entry_id, actor_id, subject, action in found:
        named = _named(actor_id, subject)
        agencies = {homes[table][id] for table, id in named if id in homes[table]}
        yield entry_id, action, agencies | ({NOBODYS} if _is_nobodys(actor_id, subject) else set())


def _is_nobodys(actor_id: int | None, subject: str) -> bool:
    table = subject.partition(":")[0]
    return actor_id is None and table not in {*OWNERS, *_PLACES, "agencies"}


def _named(actor_id: int | None, subject: str) -> Iterator[tuple[str, int]]:
    if actor_id is not None:
        yield "people", actor_id
    table, _, id = subject.partition(":")
    if id.isdecimal():
        yield table, int(id)


def _homes(table: str, ids: set[int]) -> dict[int, int]:
    """The instansi of rows of one table, by their ids."""
    if table == "agencies":
        return {id: id for id in ids}
    query: sa.Select[Any]
    if table in _PLACES:
        rows = _PLACES[table].subquery()
        query = sa.select(rows.c.id, rows.c.agency_id).where(rows.c.id.in_(ids))
    elif table in OWNERS:
        owned = OWNERS[table].subquery()
        query = sa.select(owned.c.id, Person.agency_id)
        query = query.join(Person, Person.id == owned.c.owner_id).where(owned.c.id.in_(ids))
    else:
        return {}
    return dict(db.session.execute(query).tuples().all())
