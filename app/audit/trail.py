"""Append to the chain, and check it.

Entries are gathered while a transaction runs and chained in its last moment, just before it
commits: the head row is then always the last lock taken, so two deeds can never wait for each
other, and no deed commits without its entry.
"""

import hashlib
import json
from contextlib import closing
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.audit.actions import Action
from app.audit.models import AuditEntry, AuditHead
from app.core import clock
from app.core.db import db

GENESIS = "0" * 64
_PENDING = "audit.pending"


def record(action: Action, subject, actor=None, **data) -> None:
    """Promise an entry. It becomes real with this transaction, or not at all.

    `subject` is a row with an id, or a short text; `actor` the person who did it, None for the
    system; `data` must be plain JSON and free of secrets.
    """
    entry = {
        "at": clock.now(),
        "action": action.value,
        "actor_id": actor.id if actor is not None else None,
        "subject": subject if isinstance(subject, str) else name_of(subject),
        "data": canonical(data),
    }
    if not db.session().in_transaction():
        db.session.begin()  # so that a rollback is noticed, and forgets the entry
    db.session.info.setdefault(_PENDING, []).append(entry)


def name_of(row) -> str:
    """How the trail names a row: `credentials:17`."""
    if row.id is None:
        db.session.flush()
    return f"{row.__tablename__}:{row.id}"


def canonical(data: dict) -> str:
    """One spelling for one content: sorted keys, no spaces."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def link(previous_hash: str, entry: dict) -> str:
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
    pending = session.info.pop(_PENDING)
    head = session.get(AuditHead, 1, with_for_update=True, populate_existing=True)
    for entry in pending:
        entry["id"] = head.last_id + 1
        entry["previous_hash"] = head.last_hash
        entry["hash"] = link(head.last_hash, entry)
        head.last_id, head.last_hash = entry["id"], entry["hash"]
    session.execute(sa.insert(AuditEntry), pending)


@sa.event.listens_for(Session, "after_soft_rollback")
def _forget(session: Session, _previous) -> None:
    if not session.in_nested_transaction():
        session.info.pop(_PENDING, None)


def first_fault() -> str | None:
    """The first broken link, in one sentence, or None when the whole chain holds."""
    query = sa.select(AuditEntry).order_by(AuditEntry.id).execution_options(yield_per=1000)
    last_id, last_hash = 0, GENESIS
    with closing(db.session.scalars(query)) as entries:
        for row in entries:
            if row.id != last_id + 1:
                return f"entry {last_id + 1} is missing"
            if row.previous_hash != last_hash:
                return f"entry {row.id} does not follow the entry before it"
            if row.hash != link(last_hash, _content(row)):
                return f"entry {row.id} was changed"
            last_id, last_hash = row.id, row.hash
    head = db.session.get(AuditHead, 1)
    if head is None or (head.last_id, head.last_hash) != (last_id, last_hash):
        return f"entry {last_id + 1} is missing: the chain was cut off at its end"
    return None


def _content(row: AuditEntry) -> dict:
    at: datetime = row.at
    return {
        "id": row.id,
        "at": at,
        "action": row.action,
        "actor_id": row.actor_id,
        "subject": row.subject,
        "data": row.data,
    }
