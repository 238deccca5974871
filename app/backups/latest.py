"""When this installation was last copied by `flask backup make`, for whoever watches over it.

A note in the instance folder says it of this node, the trail of every node.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from app.audit.actions import Action
from app.audit.models import AuditEntry
from app.core import clock
from app.core.db import db

#: In the instance folder.
FILE = "backup.json"
#: After this a day has passed without a copy, with some room for how long one takes.
STALE = timedelta(hours=26)
NONE_YET = "Belum ada cadangan; buat dengan backup make DIR, setiap hari."


@dataclass(frozen=True)
class Backup:
    at: datetime
    file: Path
    size: int


def latest(instance: Path) -> Backup | None:
    """The last one that was made on this node, wherever it is now."""
    try:
        said = json.loads((instance / FILE).read_text(encoding="utf-8"))
        return Backup(datetime.fromisoformat(said["at"]), Path(said["file"]), said["size"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def note(instance: Path, backup: Backup) -> None:
    text = json.dumps({"at": backup.at.isoformat(), "file": str(backup.file), "size": backup.size})
    draft = instance / f".{FILE}"
    draft.write_text(text, encoding="utf-8")
    draft.replace(instance / FILE)


def newest_at(instance: Path, *, asks_trail: bool = True) -> datetime | None:
    """When the newest copy was made. `asks_trail`: the database answers."""
    here = latest(instance)
    made = [here.at] if here else []
    if asks_trail:
        query = sa.select(sa.func.max(AuditEntry.at))
        recorded = db.session.scalar(query.where(AuditEntry.action == Action.BACKUP_MADE.value))
        made += [recorded] if recorded else []
    return max(made, default=None)


def complaint(instance: Path, *, asks_trail: bool = True) -> str | None:
    """What an operator must hear of it, in one sentence; None where all is well."""
    at = newest_at(instance, asks_trail=asks_trail)
    if at is None:
        return NONE_YET
    if clock.now() - at <= STALE:
        return None
    return (
        f"Cadangan terakhir dibuat {at:%Y-%m-%d %H.%M} UTC, lebih dari sehari lalu; lihat timernya."
    )
