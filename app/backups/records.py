"""What the trail says of copies: made, checked, restored; all by the operator of the server.

A copy cannot hold the entry about itself. One that was restored is recorded when the database is
next prepared: only then do its schema and its keys fit this program.
"""

import json
from pathlib import Path

from app.audit import trail
from app.audit.actions import Action
from app.backups.contents import RESTORED, Manifest
from app.backups.latest import Backup
from app.core import clock


def made(backup: Backup) -> None:
    trail.record(Action.BACKUP_MADE, _named(backup.file), size=backup.size)


def checked(file: Path, manifest: Manifest) -> None:
    trail.record(Action.BACKUP_CHECKED, _named(file), made_at=manifest.made_at)


def note_restored(instance: Path, file: Path, manifest: Manifest) -> None:
    """For whoever prepares the database next, in the instance folder."""
    said = {
        "file": file.name,
        "made_at": manifest.made_at,
        "version": manifest.version,
        "restored_at": clock.now().isoformat(),
    }
    (instance / RESTORED).write_text(json.dumps(said), encoding="utf-8")


def restored(instance: Path) -> None:
    """Promise the entry of a copy that was put here, if one was. `forget_restored` comes after the
    commit: an entry may come twice, and never not at all."""
    try:
        said = json.loads((instance / RESTORED).read_text(encoding="utf-8"))
        file = Path(said.pop("file"))
    except FileNotFoundError:
        return
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        said, file = {}, Path("?")
    trail.record(Action.BACKUP_RESTORED, _named(file), **said)


def forget_restored(instance: Path) -> None:
    (instance / RESTORED).unlink(missing_ok=True)


def _named(file: Path) -> str:
    return f"backups:{file.name}"[:80]
