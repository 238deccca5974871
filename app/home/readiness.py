"""Whether this server can serve: each part that it stands on, asked within half a second."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa

from app import catalog
from app.catalog.web import BrokenContent
from app.core import pulse
from app.credentials.press import Press
from app.sealing.pki import KeyTrouble

#: Bytes on the disk of the instance below which nobody should be sent here.
LEAST_ROOM = 64 * 1024 * 1024


def missing(engine: sa.Engine, instance: Path, press: Press) -> Iterator[str]:
    """One sentence for each part that is not as it must be."""
    if not pulse.answers(engine):
        yield "basis data tidak menjawab"
    if _room(instance) < LEAST_ROOM:
        yield "disk hampir penuh"
    try:
        press.check_keys()
    except KeyTrouble:
        yield "kunci segel bermasalah"
    try:
        catalog.current()
    except BrokenContent:
        yield "isi tidak terbaca"


def _room(folder: Path) -> int:
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return 0
