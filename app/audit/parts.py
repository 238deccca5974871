"""One entry for a deed on very many, and a row for each of them beside it.

The entry holds the digest of its rows, so that they are proven as it is; the chain itself grows by
one, and so does the list that an auditor reads.
"""

import hashlib
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from app.audit import trail
from app.audit.actions import Action
from app.audit.models import AuditPart
from app.core.db import db
from app.core.ids import HasId


@dataclass(frozen=True)
class Part:
    """What the deed did to one subject."""

    action: Action
    subject: str
    data: Mapping[str, object]


def record(
    action: Action, subject: trail.Row, parts: Iterable[Part], actor: HasId | None, **data: object
) -> str:
    """Promise one entry, as `trail.record` does, and write its rows; gives their batch."""
    batch = secrets.token_hex(8)
    rows = [
        {
            "batch": batch,
            "place": place,
            "action": part.action.value,
            "subject": part.subject,
            "data": trail.canonical(part.data),
        }
        for place, part in enumerate(parts, 1)
    ]
    if rows:
        db.session.execute(sa.insert(AuditPart), rows)
    proof = _digest((row["action"], row["subject"], row["data"]) for row in rows)
    said = {"batch": batch, "parts": len(rows), "parts_sha256": proof}
    trail.record(action, subject, actor, **data, **said)
    return batch


def hold(batch: str, proof: str) -> bool:
    """Whether the rows are those that the entry was made with."""
    return _digest(_rows_of(batch)) == proof


def _rows_of(batch: str) -> Iterator[tuple[str, str, str]]:
    query = sa.select(AuditPart.action, AuditPart.subject, AuditPart.data)
    query = query.where(AuditPart.batch == batch).order_by(AuditPart.place)
    for row in db.session.execute(query.execution_options(yield_per=1000)):
        yield row.action, row.subject, row.data


def _digest(rows: Iterable[tuple[object, object, object]]) -> str:
    digest = hashlib.sha256()
    for row in rows:
        digest.update("\x1f".join(map(str, row)).encode() + b"\x1e")
    return digest.hexdigest()
