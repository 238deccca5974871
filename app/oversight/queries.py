"""What the auditor's pages ask: which entries a reader may see, narrowed to what is looked for.

An entry is seen by whoever's scope has the one who did it or the one it was done to. What nobody's
unit owns (refusals, the operator's work on the server itself) is seen by every auditor.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from app.accounts.models import Account
from app.agencies.models import Agency, Person, Unit
from app.agencies.queries import people_query
from app.agencies.scope import Scope
from app.assignments.models import Assignment
from app.audit.actions import Action
from app.audit.models import AuditEntry, AuditPart
from app.core.dates import start_of
from app.core.db import db
from app.core.errors import NotFound
from app.credentials.models import Credential
from app.elections.models import ElectionCalendar
from app.learning.models import Enrolment
from app.live.models import LiveSession
from app.oversight import reach
from app.oversight.models import NOBODYS
from app.oversight.owners import OWNERS
from app.quizzes.models import Attempt

#: The one deed whose entry has rows beside it.
IMPORT = Action.ROSTER_IMPORTED.value
#: People that one search stands for; more is a search too wide to mean somebody.
SOUGHT = 20


@dataclass(frozen=True)
class Filters:
    """What the trail is narrowed to. Days are those of `zone`, both included."""

    action: Action | None = None
    person: str = ""
    since: date | None = None
    until: date | None = None
    network: str = ""
    zone: str = "Asia/Jakarta"

    @property
    def is_anything(self) -> bool:
        return bool(self.action or self.person or self.since or self.until or self.network)


def entries(scope: Scope, filters: Filters, before: int | None, limit: int) -> list[AuditEntry]:
    """The newest entries that fit, older than entry `before`; a keyset page.

    Of a person they are found by their own indexes. Else those that are not indexed by instansi yet
    are gone through, then those of the reader's instansi, and those that are nobody's.
    """
    query = sa.select(AuditEntry).where(_is_seen(scope), *_conditions(scope, filters))
    query = query.order_by(AuditEntry.id.desc()).limit(limit)
    if before is not None:
        query = query.where(AuditEntry.id < before)
    of_deed = query.where(_is_deed(filters.action))
    if filters.person:
        return list(db.session.scalars(of_deed))
    found = list(db.session.scalars(of_deed.where(AuditEntry.id > reach.reached())))
    here = sa.select(Unit.agency_id).where(Unit.path.in_(scope.paths)).distinct()
    for agency_id in (*db.session.scalars(here), NOBODYS):
        found += _of_agency(query, agency_id, filters.action, before, limit)
    newest = sorted({one.id: one for one in found}.values(), key=lambda one: -one.id)
    return newest[:limit]


def _of_agency(
    query: sa.Select[tuple[AuditEntry]],
    agency_id: int,
    action: Action | None,
    before: int | None,
    limit: int,
) -> list[AuditEntry]:
    """The same of those that concern one instansi. Their ids come first, a batch at a time: where
    both stood in one statement PostgreSQL went through every pair of them (measured: minutes). The
    deed is looked at here: asked for again, it would be sought among those of all instansi."""
    found: list[AuditEntry] = []
    size = 2 * limit
    while len(found) < limit:
        ids = reach.ids_of(agency_id, action and action.value, before, size)
        if not ids:
            break
        fit = db.session.scalars(query.where(AuditEntry.id.in_(ids)))
        found += [one for one in fit if action is None or one.action == action.value]
        before, size = ids[-1], min(4 * size, reach.BATCH)
    return found


def entry_in(scope: Scope, entry_id: int) -> AuditEntry:
    """One entry that the reader may see; any other does not exist."""
    query = sa.select(AuditEntry).where(AuditEntry.id == entry_id, _is_seen(scope))
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def parts_of(batch: str, after: int, limit: int) -> list[AuditPart]:
    """Rows beside an entry, in their order, behind row `after`."""
    query = sa.select(AuditPart).where(AuditPart.batch == batch, AuditPart.place > after)
    return list(db.session.scalars(query.order_by(AuditPart.place).limit(limit)))


def _is_deed(action: Action | None) -> sa.ColumnElement[bool]:
    return sa.true() if action is None else AuditEntry.action == action.value


def _conditions(scope: Scope, filters: Filters) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if filters.since:
        found.append(AuditEntry.at >= start_of(filters.since, filters.zone))
    if filters.until:
        found.append(AuditEntry.at < start_of(filters.until + timedelta(days=1), filters.zone))
    if filters.network:
        said = f'"network":"{filters.network}"'
        found.append(AuditEntry.data.contains(said, autoescape=True))
    if filters.person:
        found.append(_is_about(scope, filters.person))
    return found


def _is_about(scope: Scope, text: str) -> sa.ColumnElement[bool]:
    """Entries of whoever is meant: what they did, and what was done to them, in imports too."""
    people = people_query(scope, None, text).limit(SOUGHT)
    ids = [person.id for person in db.session.scalars(people)]
    subjects = [f"{table}:{id}" for table, found in _belongings(ids).items() for id in found]
    batches = db.session.scalars(
        sa.select(AuditPart.batch).where(AuditPart.subject.in_(subjects)).distinct()
    )
    in_import = [
        # By their deed first, which has an index: in the text of every entry it would be sought.
        sa.and_(AuditEntry.action == IMPORT, AuditEntry.data.contains(f'"batch":"{batch}"'))
        for batch in batches
    ]
    return sa.or_(AuditEntry.actor_id.in_(ids), AuditEntry.subject.in_(subjects), *in_import)


def _belongings(people: list[int]) -> dict[str, list[int]]:
    """What of these people the trail may name, by table."""
    owned = {table: query.subquery() for table, query in OWNERS.items()}
    return {
        table: list(db.session.scalars(sa.select(rows.c.id).where(rows.c.owner_id.in_(people))))
        for table, rows in owned.items()
    }


def _is_seen(scope: Scope) -> sa.ColumnElement[bool]:
    actor = sa.exists().where(
        Person.id == AuditEntry.actor_id, Unit.id == Person.unit_id, scope.condition()
    )
    is_nobodys = sa.and_(
        AuditEntry.actor_id.is_(None),
        *(~AuditEntry.subject.startswith(f"{table}:") for table in _OWNED),
    )
    return sa.or_(actor, _owned(scope), is_nobodys)


def _owned(scope: Scope) -> sa.ColumnElement[bool]:
    """Whether the subject is somebody's, or some unit's, in the scope. A CASE, since only where a
    subject begins with its table is the rest of it sure to be a number."""
    inside = scope.condition()
    return sa.case(
        *(
            (
                AuditEntry.subject.startswith(f"{table}:"),
                sa.exists().where(*owner(_id(table)), inside),
            )
            for table, owner in _OWNED.items()
        ),
        else_=sa.false(),
    )


def _id(table: str) -> sa.ColumnElement[int]:
    return sa.cast(sa.func.substr(AuditEntry.subject, len(table) + 2), sa.Integer)


Owner = Callable[[sa.ColumnElement[int]], tuple[sa.ColumnElement[bool], ...]]
_AT_HOME = Unit.id == Person.unit_id
#: How each kind of subject hangs on a unit.
_OWNED: dict[str, Owner] = {
    "people": lambda id: (Person.id == id, _AT_HOME),
    "accounts": lambda id: (Account.id == id, Person.id == Account.person_id, _AT_HOME),
    "credentials": lambda id: (Credential.id == id, Person.id == Credential.holder_id, _AT_HOME),
    "enrolments": lambda id: (Enrolment.id == id, Person.id == Enrolment.person_id, _AT_HOME),
    "attempts": lambda id: (
        Attempt.id == id,
        Enrolment.id == Attempt.enrolment_id,
        Person.id == Enrolment.person_id,
        _AT_HOME,
    ),
    "units": lambda id: (Unit.id == id,),
    # By the whole text: an old entry about a demo bears the code of its agency.
    "agencies": lambda _: (
        sa.literal("agencies:") + sa.cast(Agency.id, sa.String) == AuditEntry.subject,
        Unit.agency_id == Agency.id,
        Unit.parent_id.is_(None),
    ),
    "election_calendars": lambda id: (
        ElectionCalendar.id == id,
        Unit.agency_id == ElectionCalendar.agency_id,
        Unit.parent_id.is_(None),
    ),
    "assignments": lambda id: (Assignment.id == id, Unit.id == Assignment.unit_id),
    "live_sessions": lambda id: (LiveSession.id == id, Unit.id == LiveSession.unit_id),
}
