"""Append to the chain, and check it.

Entries are gathered while a transaction runs and chained in its last moment, just before it
commits: the head row is then always the last lock taken, so two deeds can never wait for each
other, and no deed commits without its entry.
"""

import hashlib
import json
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from typing import Protocol, TypedDict

import sqlalchemy as sa
from sqlalchemy.orm import Session, SessionTransaction

from app.audit.actions import Action
from app.audit.models import AuditEntry, AuditHead
from app.core import clock
from app.core.db import db
from app.core.ids import HasId

GENESIS = "0" * 64
_PENDING = "audit.pending"


class Row(Protocol):
    """A row of any table that has an id; before it is flushed it has none."""

    __tablename__: str

    @property
    def id(self) -> int | None: ...


class Deed(TypedDict):
    """What is promised: an entry before it has its place in the chain."""

    at: datetime
    action: str
    actor_id: int | None
    subject: str
    data: str


class Entry(Deed):
    id: int


def record(action: Action, subject: Row | str, actor: HasId | None = None, **data: object) -> None:
    """Promise an entry. It becomes real with this transaction, or not at all.

    `subject` is a row with an id, or a short text; `actor` the person who did it, None for the
    system; `data` must be plain JSON and free of secrets.
    """
    entry: Deed = {
        "at": clock.now(),
        "action": action.value,
        "actor_id": actor.id if actor is not None else None,
        "subject": subject if isinstance(subject, str) else name_of(subject),
        "data": canonical(data),
    }
    if not db.session().in_transaction():
        db.session.begin()  # so that a rollback is noticed, and forgets the entry
    db.session.info.setdefault(_PENDING, []).append(entry)


def name_of(row: Row) -> str:
    """How the trail names a row: `credentials:17`."""
    if row.id is None:
        db.session.flush()
    return f"{row.__tablename__}:{row.id}"


def canonical(data: Mapping[str, object]) -> str:
    """One spelling for one content: sorted keys, no spaces."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def link(previous_hash: str, entry: Entry) -> str:
    """SHA-256 over the hash before and this entry's content."""
    at = entry["at"].astimezone(UTC).isoformat(timespec="microseconds")
    content = [
        previous_hash,
        entry["id"],
        at,
        entry["action"],
        entry["actor_id"],
        entry["subject"],
        entry["data"],
    ]
    text = json.dumps(content, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(b"\x00" + text.encode()).hexdigest()


@sa.event.listens_for(Session, "before_commit")
def _chain(session: Session) -> None:
    if session.in_nested_transaction() or not session.info.get(_PENDING):
        return
    session.flush()
    pending: list[Deed] = session.info.pop(_PENDING)
    rows: list[dict[str, object]] = []
    head = session.get_one(AuditHead, 1, with_for_update=True, populate_existing=True)
    for deed in pending:
        entry: Entry = {"id": head.last_id + 1, **deed}
        digest = link(head.last_hash, entry)
        rows.append({**entry, "previous_hash": head.last_hash, "hash": digest})
        head.last_id, head.last_hash = entry["id"], digest
    session.execute(sa.insert(AuditEntry), rows)


@sa.event.listens_for(Session, "after_soft_rollback")
def _forget(session: Session, _previous: SessionTransaction) -> None:
    if not session.in_nested_transaction():
        session.info.pop(_PENDING, None)


def first_fault() -> str | None:
    """The first broken link, in one sentence, or None when the whole chain holds."""
    query = sa.select(AuditEntry).order_by(AuditEntry.id).execution_options(yield_per=1000)
    last_id, last_hash = 0, GENESIS
    with closing(db.session.scalars(query)) as entries:
        for row in entries:
            if row.id != last_id + 1:
                return f"catatan {last_id + 1} hilang"
            if row.previous_hash != last_hash:
                return f"catatan {row.id} tidak menyambung catatan sebelumnya"
            if row.hash != link(last_hash, _content(row)):
                return f"catatan {row.id} pernah diubah"
            last_id, last_hash = row.id, row.hash
    head = db.session.get(AuditHead, 1)
    if head is None or (head.last_id, head.last_hash) != (last_id, last_hash):
        return f"catatan {last_id + 1} hilang: ujung rantai terpotong"
    return None


def _content(row: AuditEntry) -> Entry:
    at: datetime = row.at
    return {
        "id": row.id,
        "at": at,
        "action": row.action,
        "actor_id": row.actor_id,
        "subject": row.subject,
        "data": row.data,
    }
