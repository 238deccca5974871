"""An import undone as a whole, by the rows of the trail that say what it did.

Only the latest, and only where nothing rests on it since: whoever came in with it and has entered,
studied or signed stays, and then so does everybody else. Nothing is undone by halves.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from app.agencies.finding import folds
from app.agencies.models import Identifier, Person, Placement
from app.agencies.placing import PLACED
from app.audit import parts
from app.audit.actions import Action
from app.audit.models import AuditEntry, AuditPart
from app.audit.parts import Part
from app.core import clock
from app.core.db import db, hold, in_bulk, portions
from app.core.errors import DomainError
from app.rosters.models import RosterUpload


class NotLatest(DomainError):
    message = (
        "Hanya impor terakhir yang dapat diurungkan. Sesudah impor ini ada impor lain, jadi tidak "
        "ada yang berubah."
    )
    status = 409


class NothingToUndo(DomainError):
    message = "Impor ini belum diterapkan atau sudah diurungkan. Tidak ada yang berubah."
    status = 409


class TouchedSince(DomainError):
    """Somebody's data was changed after the import."""

    def __init__(self, people: Sequence[Person]) -> None:
        names = ", ".join(person.full_name for person in people[:5])
        more = f" dan {len(people) - 5} lainnya" if len(people) > 5 else ""
        super().__init__(
            f"Data {names}{more} sudah diubah lagi sesudah impor, jadi impor tidak diurungkan. "
            "Tidak ada yang berubah."
        )
        self.status = 409


class RestsOnIt(DomainError):
    message = (
        "Sebagian orang yang masuk dengan impor ini sudah mengaktifkan akun, belajar, atau punya "
        "dokumen, jadi impor tidak diurungkan. Tidak ada yang berubah. Nonaktifkan satu per satu "
        "yang keliru."
    )
    status = 409


def undo(upload: RosterUpload, by: Person) -> dict[str, int]:
    """Put everything back as it was before an import. Raises NothingToUndo, NotLatest,
    TouchedSince, RestsOnIt."""
    hold(upload.agency)
    hold(upload)
    if upload.applied_at is None or upload.undone_at is not None or upload.batch is None:
        raise NothingToUndo
    if _later(upload):
        raise NotLatest
    did = _done_by(upload.batch)
    if touched := _touched_since(upload.batch, {id for rows in did.values() for id, _ in rows}):
        raise TouchedSince(touched)
    done = [*_bring_back(did[Action.PERSON_LEFT.value]), *_change_back(did)]
    added = [id for id, _ in did[Action.PERSON_ADDED.value]]
    _take_out(added)
    upload.undone_at = clock.now()
    counts = {"added": len(added), "changed": len(done)}
    parts.record(Action.ROSTER_UNDONE, upload.agency, done, by, file=upload.name, **counts)
    db.session.flush()
    return counts


#: Deeds on one person that an undoing would overwrite.
ON_PEOPLE = [
    action.value
    for action in (
        Action.PERSON_CHANGED,
        Action.PERSON_MOVED,
        Action.PERSON_RENUMBERED,
        Action.PERSON_LEFT,
        Action.PERSON_RETURNED,
    )
]
#: (id of the person, what the row of the trail says), by action.
Did = dict[str, list[tuple[int, dict[str, Any]]]]


def _done_by(batch: str) -> Did:
    found: Did = defaultdict(list)
    query = sa.select(AuditPart.action, AuditPart.subject, AuditPart.data)
    for action, subject, data in db.session.execute(query.where(AuditPart.batch == batch)):
        found[action].append((int(subject.partition(":")[2]), json.loads(data)))
    return found


def _touched_since(batch: str, ids: set[int]) -> list[Person]:
    """Of these people, those on whom the trail has anything after the import."""
    imported = sa.select(AuditEntry.id).where(
        AuditEntry.action == Action.ROSTER_IMPORTED.value, AuditEntry.data.contains(batch)
    )
    later = sa.select(AuditEntry.subject).where(
        AuditEntry.id > imported.scalar_subquery(), AuditEntry.action.in_(ON_PEOPLE)
    )
    found = {int(subject.partition(":")[2]) for subject in db.session.scalars(later)}
    return list(_people(found & ids).values())


def _later(upload: RosterUpload) -> bool:
    """Whether another import came after it that stands."""
    query = sa.select(RosterUpload.id).where(
        RosterUpload.agency_id == upload.agency_id,
        RosterUpload.applied_at > upload.applied_at,
        RosterUpload.undone_at.is_(None),
    )
    return db.session.scalar(query.limit(1)) is not None


def _people(ids: Iterable[int]) -> dict[int, Person]:
    found: dict[int, Person] = {}
    for some in portions(sorted(set(ids))):
        found |= {p.id: p for p in db.session.scalars(sa.select(Person).where(Person.id.in_(some)))}
    return found


def _change_back(did: Did) -> list[Part]:
    """Old details and old units."""
    changed = dict(did[Action.PERSON_CHANGED.value])
    moved = dict(did[Action.PERSON_MOVED.value])
    people = _people([*changed, *moved])
    done = []
    for id, person in people.items():
        old = {name: pair[0] for name, pair in changed.get(id, {}).get("changed", {}).items()}
        for name, value in (old | folds(_named(person) | old)).items():
            setattr(person, name, value)
        if id in moved:
            person.unit_id = moved[id]["from_unit"]
        if id in moved or any(name in PLACED for name in old):
            _take_back_line(person)
        done.append(Part(Action.PERSON_CHANGED, f"people:{id}", {"changed": {}}))
    db.session.flush()
    return done


def _named(person: Person) -> dict[str, Any]:
    return {n: getattr(person, n) for n in ("front_title", "name", "back_title", "position")}


def _take_back_line(person: Person) -> None:
    """The line of history that the import began goes, and the one before it is open again; a line
    that it only amended says what it said before."""
    query = sa.select(Placement).where(Placement.person_id == person.id).order_by(Placement.id)
    *earlier, last = db.session.scalars(query)
    before = earlier[-1] if earlier else None
    if before is not None and before.until == last.since:
        db.session.delete(last)
        db.session.flush()
        before.until = None
    else:
        last.unit_id = person.unit_id
        for name in PLACED:
            setattr(last, name, getattr(person, name))


def _bring_back(left: list[tuple[int, dict[str, Any]]]) -> list[Part]:
    """Who left with the import is active again, and the last line of her history open."""
    people = _people(id for id, _ in left)
    for some in portions(list(people)):
        newest = sa.select(sa.func.max(Placement.id)).where(Placement.person_id.in_(some))
        reopen = sa.update(Placement).where(Placement.id.in_(newest.group_by(Placement.person_id)))
        in_bulk(reopen.values(until=None))
        in_bulk(sa.update(Person).where(Person.id.in_(some)).values(is_active=True))
    db.session.expire_all()
    return [Part(Action.PERSON_RETURNED, f"people:{id}", {}) for id in people]


def _take_out(ids: Sequence[int]) -> None:
    """Who came in with the import was never there. The database itself says if anything rests on
    them: every row that belongs to a person names her."""
    with _nothing_rests_on_it():
        for some in portions(ids):
            for model, column in (
                (Placement, Placement.person_id),
                (Identifier, Identifier.person_id),
                (Person, Person.id),
            ):
                in_bulk(sa.delete(model).where(column.in_(some)))
    db.session.expire_all()


@contextmanager
def _nothing_rests_on_it() -> Iterator[None]:
    try:
        with db.session.begin_nested():
            yield
    except IntegrityError as error:
        raise RestsOnIt from error
