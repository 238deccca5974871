"""When this installation was last copied by `flask backup make`, for whoever watches over it."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from app.core import clock

#: In the instance folder.
FILE = "backup.json"
#: After this a day has passed without a copy, with some room for how long one takes.
STALE = timedelta(hours=26)


@dataclass(frozen=True)
class Backup:
    at: datetime
    file: Path
    size: int

    @property
    def age(self) -> timedelta:
        return clock.now() - self.at

    @property
    def is_stale(self) -> bool:
        return self.age > STALE


def latest(instance: Path) -> Backup | None:
    """The last one that was made, wherever it is now."""
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
