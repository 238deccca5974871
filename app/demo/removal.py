"""Take the demo region away completely, and touch nothing of a real one.

The trail and the documents are append-only: triggers refuse to delete an entry or a certificate,
and nobody should take that guard down beside a real region's rows. On SQLite a new row may also
get the id of one that is gone, and the trail would name the wrong person. So the demo goes only
where it is all that the database holds: the caller makes the database anew, and the new trail
begins with how the old one ended.
"""

from typing import NamedTuple

import sqlalchemy as sa

from app.agencies.models import Agency, Person
from app.audit import trail
from app.audit.actions import Action
from app.audit.models import AuditEntry, AuditHead
from app.core.db import db
from app.core.errors import DomainError
from app.credentials.models import Credential
from app.demo.region import CODE, NAME


class NoDemo(DomainError):
    message = "Basis data ini tidak memuat daerah demo. Tidak ada yang berubah."


class NotAlone(DomainError):
    message = (
        "Selain daerah demo, basis data ini memuat instansi lain, sedangkan dokumen dan jejak "
        "audit tidak dapat dihapus sebagian. Tidak ada yang berubah. Mulailah instansi itu di "
        "basis data baru."
    )


def region() -> Agency:
    """The demo's agency: by its code and name, and by what only its loading records.

    Raises NoDemo. A real region may have chosen the same code.
    """
    found = db.session.scalar(sa.select(Agency).where(Agency.code == CODE, Agency.name == NAME))
    if found is None or not _was_loaded(found):
        raise NoDemo
    return found


def _was_loaded(agency: Agency) -> bool:
    entry = sa.exists().where(
        AuditEntry.action == Action.AGENCY_CREATED.value,
        AuditEntry.subject == trail.name_of(agency),
        AuditEntry.data.contains('"people":'),
    )
    return bool(db.session.scalar(sa.select(entry)))


def check_alone() -> None:
    """Raise NotAlone if there is anything but the demo."""
    if db.session.scalar(sa.select(sa.func.count(Agency.id))) != 1:
        raise NotAlone


def counts() -> dict[str, int]:
    """How many people and documents would go, for whoever has to decide."""
    people = db.session.scalar(sa.select(sa.func.count(Person.id)))
    documents = db.session.scalar(sa.select(sa.func.count(Credential.id)))
    return {"people": people or 0, "documents": documents or 0}


class EndOfTrail(NamedTuple):
    """How many entries a trail has, and the hash of the last."""

    entries: int
    last_hash: str


def end_of_trail() -> EndOfTrail:
    """What the trail of a database made anew begins with."""
    head = db.session.get_one(AuditHead, 1)
    return EndOfTrail(head.last_id, head.last_hash)


def record(end: EndOfTrail) -> None:
    """The first entry of a database made anew."""
    trail.record(Action.DEMO_REMOVED, f"demo:{CODE}", entries=end.entries, last_hash=end.last_hash)
