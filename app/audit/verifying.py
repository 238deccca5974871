"""Follow the chain, and say where it breaks.

An entry without a good mark is forgiven in one case only: a later entry, marked with our key, says
that the marks began there (`trail.keyed`). Its mark covers all that came before, so whoever lacks
the key can neither move it nor change anything on either side of it.
"""

import json
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from app.audit import keys, parts
from app.audit.actions import Action
from app.audit.models import AuditEntry, AuditHead
from app.audit.trail import GENESIS, Entry, link
from app.core.db import db

_COLUMNS = (
    AuditEntry.id, AuditEntry.at, AuditEntry.action, AuditEntry.actor_id, AuditEntry.subject,
    AuditEntry.data, AuditEntry.previous_hash, AuditEntry.hash, AuditEntry.mark,
)  # fmt: skip


@dataclass
class Walk:
    """Where a walk along the chain stands, and the first fault that it met."""

    last_id: int = 0
    last_hash: str = GENESIS
    fault: str | None = None
    #: Entries up to this one are older than the key, or were marked with one before it.
    older: int = 0
    #: The first entry without a good mark, until an entry with one explains it.
    unmarked: int | None = None
    #: Entries that have rows of their own: id, batch, digest.
    batches: list[tuple[int, str, str]] = field(default_factory=list)

    def step(self, entry: Entry, previous: str, digest: str, mark: str | None) -> bool:
        """Go on to the next entry; False where the chain breaks."""
        self.fault = self._break(entry, previous, digest)
        if self.fault:
            return False
        self.last_id, self.last_hash = entry["id"], digest
        if '"batch":' in entry["data"]:
            said = json.loads(entry["data"])
            self.batches.append((entry["id"], said["batch"], said["parts_sha256"]))
        if not keys.current().has_marked(digest, mark):
            self.unmarked = self.unmarked or entry["id"]
        elif entry["action"] == Action.TRAIL_KEYED.value:
            self.older, self.unmarked = entry["id"] - 1, None
        return True

    def _break(self, entry: Entry, previous: str, digest: str) -> str | None:
        if entry["id"] != self.last_id + 1:
            return f"catatan {self.last_id + 1} hilang"
        if previous != self.last_hash:
            return f"catatan {entry['id']} tidak menyambung catatan sebelumnya"
        if digest != link(self.last_hash, entry):
            return f"catatan {entry['id']} pernah diubah"
        return None

    def end(self, last_id: int, last_hash: str) -> None:
        """Hold the end of the walk against the head of the trail."""
        if self.fault:
            return
        if (self.last_id, self.last_hash) != (last_id, last_hash):
            self.fault = f"catatan {self.last_id + 1} hilang: ujung rantai terpotong"
        elif self.unmarked:
            self.fault = f"catatan {self.unmarked} tidak dibuat dengan kunci jejak"


def first_fault() -> str | None:
    """The first fault of the whole chain, in one sentence, or None when it holds."""
    return walk().fault


def walk(after: int = 0, last_hash: str = GENESIS) -> Walk:
    """Follow the chain from entry `after`, whose hash was `last_hash`, to its head.

    The head is read first: entries that are appended meanwhile are left to the next walk.
    """
    found = Walk(after, last_hash)
    head = db.session.execute(sa.select(AuditHead.last_id, AuditHead.last_hash)).one_or_none()
    if head is None:
        found.fault = "ujung rantai hilang"
        return found
    query = sa.select(*_COLUMNS).where(AuditEntry.id > after, AuditEntry.id <= head.last_id)
    query = query.order_by(AuditEntry.id).execution_options(yield_per=1000)
    with closing(db.session.execute(query)) as rows:
        for row in rows:
            if not found.step(_content(row), row.previous_hash, row.hash, row.mark):
                break
    found.end(head.last_id, head.last_hash)
    if found.fault is None and _goes_on_without_a_head():
        found.fault = f"sesudah catatan {head.last_id} ada catatan di luar rantai"
    if found.fault is None:
        found.fault = _changed_parts(found.batches)
    return found


def _changed_parts(batches: list[tuple[int, str, str]]) -> str | None:
    for entry_id, batch, proof in batches:
        if not parts.hold(batch, proof):
            return f"rincian catatan {entry_id} pernah diubah"
    return None


def _content(row: sa.Row[Any]) -> Entry:
    return {
        "id": row.id,
        "at": row.at,
        "action": row.action,
        "actor_id": row.actor_id,
        "subject": row.subject,
        "data": row.data,
    }


def _goes_on_without_a_head() -> bool:
    """Whether entries stand beyond the head; asked in one statement, so of one moment."""
    last = sa.select(AuditHead.last_id).scalar_subquery()
    return bool(db.session.scalar(sa.select(sa.exists().where(AuditEntry.id > last))))
