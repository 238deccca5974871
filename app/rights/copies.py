"""Printed copies of one's own data: one a person, handed out for some minutes, gone within days.

Laying out a long one takes seconds, so no request does; a copy has to lie somewhere meanwhile.
"""

from datetime import datetime, timedelta

import sqlalchemy as sa

from app.agencies.models import Person
from app.core import clock
from app.core.db import changed, db, upsert
from app.rights.models import DataCopy

#: For how long the same copy is handed out again: the page that waits comes back for it.
FRESH = timedelta(minutes=10)


def fresh_copy_of(person_id: int) -> bytes | None:
    query = sa.select(DataCopy.content).where(
        DataCopy.person_id == person_id, DataCopy.made_at > clock.now() - FRESH
    )
    return db.session.scalar(query)


def keep(person: Person, content: bytes) -> None:
    """In place of the one before."""
    new = {"content": content, "made_at": clock.now()}
    insert = upsert(DataCopy).values(person_id=person.id, **new)
    db.session.execute(insert.on_conflict_do_update(index_elements=["person_id"], set_=new))


def person_named(subject: str) -> Person:
    """Whom `people:17` means."""
    return db.session.get_one(Person, int(subject.partition(":")[2]))


def forget_copies(before: datetime, owner: Person | None) -> int:
    """Forget what was made before a moment; under a restriction too, since it is only a copy."""
    whose = DataCopy.person_id == owner.id if owner else sa.true()
    return changed(sa.delete(DataCopy).where(DataCopy.made_at < before, whose))
