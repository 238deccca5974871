"""Append to the chain, and check it.

Entries are gathered while a transaction runs and chained in its last moment, just before it
commits: the head row is then always the last lock taken, so two deeds can never wait for each
other, and no deed commits without its entry.

Each entry has two proofs: a hash that anybody can follow, and on it the mark of a key that is not
in the database (`keys`). Entries that are older than the key keep their hash and stay unmarked: an
entry of its own says where the marks begin.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Protocol, TypedDict

import sqlalchemy as sa
from sqlalchemy.orm import Session, SessionTransaction

from app.audit import keys
from app.audit.actions import Action
from app.audit.models import AuditEntry, AuditHead
from app.core import clock
from app.core.db import db, hold
from app.core.errors import DomainError
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


class OtherKey(DomainError):
    """Entries of two keys must not mix unseen, so nothing is recorded, and nothing happens."""

    message = (
        "Kunci jejak audit bukan kunci yang menandai catatan basis data ini, jadi tidak ada yang "
        "dapat disimpan. Pulihkan instance/trail.key (atau RAMBU_TRAIL_KEY) dari cadangan atau "
        "dari server yang lain. Bila kunci itu hilang: flask --app wsgi audit rekey --help"
    )
    status, seconds = 503, 900


class SameKey(DomainError):
    message = "Kunci jejak audit tidak berganti. Tidak ada yang berubah."


def record(action: Action, subject: Row | str, actor: HasId | None = None, **data: object) -> None:
    """Promise an entry. It becomes real with this transaction, or not at all.

    `subject` is a row with an id, or a short text; `actor` the person who did it, None for the
    system; `data` must be plain JSON and free of secrets.
    """
    named = subject if isinstance(subject, str) else name_of(subject)
    deed = _deed(action, named, actor.id if actor is not None else None, data)
    if not db.session().in_transaction():
        db.session.begin()  # so that a rollback is noticed, and forgets the entry
    db.session.info.setdefault(_PENDING, []).append(deed)


def _deed(action: Action, subject: str, actor_id: int | None, data: Mapping[str, object]) -> Deed:
    return {
        "at": clock.now(),
        "action": action.value,
        "actor_id": actor_id,
        "subject": subject,
        "data": canonical(data),
    }


def adopt() -> None:
    """Let the trail go on under the key, with a marked entry where older ones come before it.

    Raises OtherKey when another key is in use.
    """
    head = db.session.get_one(AuditHead, 1)
    if head.key_id not in (None, keys.current().id):
        raise OtherKey
    if head.key_id is None and head.last_id:
        db.session.info.setdefault(_PENDING, [])


def change_key(reason: str) -> None:
    """Go on under a new key, because the old one is lost or known; the entry says so.

    What the old key marked is proven from now on by this entry and by checkpoints. Raises SameKey.
    """
    head = db.session.get_one(AuditHead, 1)
    hold(head)
    before, key = head.key_id, keys.current()
    if before == key.id:
        raise SameKey
    head.key_id = key.id
    record(Action.TRAIL_KEYED, head, key=key.id, old_key=before, before=head.last_id, reason=reason)


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
    if session.in_nested_transaction() or _PENDING not in session.info:
        return
    session.flush()
    pending: list[Deed] = session.info.pop(_PENDING)
    head = session.get_one(AuditHead, 1, with_for_update=True, populate_existing=True)
    if rows := [_appended(head, deed) for deed in [*_announced(head), *pending]]:
        session.execute(sa.insert(AuditEntry), rows)


def _appended(head: AuditHead, deed: Deed) -> dict[str, object]:
    """The deed in its place at the end of the chain, which moves on."""
    previous = head.last_hash
    entry: Entry = {"id": head.last_id + 1, **deed}
    digest = link(previous, entry)
    head.last_id, head.last_hash = entry["id"], digest
    return {**entry, "previous_hash": previous, "hash": digest, "mark": keys.current().mark(digest)}


def _announced(head: AuditHead) -> list[Deed]:
    """The entry with which the marks begin in a trail that is older than the key."""
    key = keys.current()
    if head.key_id == key.id:
        return []
    if head.key_id is not None:
        raise OtherKey
    head.key_id = key.id
    if not head.last_id:
        return []
    said = {"key": key.id, "before": head.last_id}
    return [_deed(Action.TRAIL_KEYED, name_of(head), None, said)]


@sa.event.listens_for(Session, "after_soft_rollback")
def _forget(session: Session, _previous: SessionTransaction) -> None:
    if not session.in_nested_transaction():
        session.info.pop(_PENDING, None)
