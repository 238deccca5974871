"""A checkpoint: on which day the chain ended where, signed, kept where the database is not.

A chain that is made anew, even with the key, no longer has the hash that an earlier checkpoint
names. What is cut off after the newest checkpoint leaves no trace; that is why there is one a day,
and why somebody else should keep a copy.
"""

import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import sqlalchemy as sa
from cryptography import x509

from app.audit import verifying
from app.audit.models import AuditEntry, AuditHead
from app.audit.trail import GENESIS
from app.core import clock
from app.core.dates import long_date
from app.core.db import at_most_one, db, start_writing
from app.core.errors import DomainError
from app.oversight.models import Checkpoint
from app.sealing import pki
from app.sealing.pki import Keys
from app.sealing.statements import BadStatement, Statement, check, sign

#: Inside the instance folder.
FOLDER = "checkpoints"
FORMAT = "rambu-jejak/1"
SOUND = "utuh"


class BadFile(DomainError):
    """A file that is no checkpoint of ours. The message names it."""


class AlreadyMade(DomainError):
    message = "Titik simpan hari ini sudah ada."


@dataclass(frozen=True)
class Known:
    """What a checkpoint says, and where it was found."""

    day: date
    last_id: int
    last_hash: str
    where: str


def make(keys: Keys, address: str) -> Checkpoint:
    """Today's checkpoint: signed now, or as it was signed earlier today.

    It says too whether the entries since the one before hold, so that nothing broken is ever
    vouched for; a broken chain is signed as broken.
    """
    made = of_day(clock.today())
    if made is not None:
        return made
    before, head = newest(), db.session.get_one(AuditHead, 1, populate_existing=True)
    checkpoint = Checkpoint(
        day=clock.today(), at=clock.now(), last_id=head.last_id, last_hash=head.last_hash
    )
    signed = sign(keys, _text(checkpoint, address, before))
    checkpoint.text, checkpoint.signature = signed.text, signed.signature
    checkpoint.certificate = signed.certificate
    start_writing()  # whatever came before only read, and may have taken a while
    try:
        with at_most_one(AlreadyMade()):
            db.session.add(checkpoint)
    except AlreadyMade:
        made = of_day(checkpoint.day)
        assert made is not None, "the winner of the race has committed it"
        return made
    return checkpoint


def _text(checkpoint: Checkpoint, address: str, before: Checkpoint | None) -> str:
    lines = {
        "format": FORMAT,
        "alamat": address,
        "hari": checkpoint.day.isoformat(),
        "waktu": checkpoint.at.isoformat(timespec="seconds"),
        "catatan": checkpoint.last_id,
        "sidik": checkpoint.last_hash,
        "sebelumnya": f"{before.day} {before.last_id} {before.last_hash}" if before else "-",
        "keadaan": _state(before),
    }
    return "".join(f"{name}: {value}\n" for name, value in lines.items())


def _state(before: Checkpoint | None) -> str:
    """Whether the chain holds from the checkpoint before to its head."""
    if before is None:
        return verifying.first_fault() or SOUND
    if fault := disagreement([_known(before, "")]):
        return fault
    return verifying.walk(before.last_id, before.last_hash).fault or SOUND


def of_day(day: date) -> Checkpoint | None:
    return db.session.scalar(sa.select(Checkpoint).where(Checkpoint.day == day))


def newest() -> Checkpoint | None:
    return db.session.scalar(sa.select(Checkpoint).order_by(Checkpoint.day.desc()).limit(1))


def days() -> list[date]:
    """Days that have a checkpoint, the latest first."""
    return list(db.session.scalars(sa.select(Checkpoint.day).order_by(Checkpoint.day.desc())))


def all_made() -> list[Checkpoint]:
    return list(db.session.scalars(sa.select(Checkpoint).order_by(Checkpoint.day)))


def as_dict(checkpoint: Checkpoint) -> dict[str, str]:
    """What is needed to check it."""
    return {
        "text": checkpoint.text,
        "signature": checkpoint.signature,
        "certificate": checkpoint.certificate,
    }


def as_json(checkpoint: Checkpoint) -> str:
    """What a file holds, and what anybody may download."""
    return json.dumps(as_dict(checkpoint), indent=2) + "\n"


def keep(folder: Path, checkpoints: Iterable[Checkpoint]) -> int:
    """Write the file of each checkpoint that has none yet; how many. None is ever overwritten."""
    folder.mkdir(mode=0o700, exist_ok=True)
    written = 0
    for checkpoint in checkpoints:
        path = folder / f"{checkpoint.day}.json"
        if not path.exists():
            _write(path, as_json(checkpoint))
            written += 1
    return written


def _write(path: Path, content: str) -> None:
    """Whole or not at all, and on the disk when it is there."""
    descriptor, draft = tempfile.mkstemp(prefix=".titik-", dir=path.parent)  # mode 600
    with os.fdopen(descriptor, "w") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        os.link(draft, path)
    os.unlink(draft)


def read(path: Path, root: x509.Certificate) -> Known:
    """What a file says that our seal has signed. Raises BadFile."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        signed = Statement(*(str(content[name]) for name in ("text", "signature", "certificate")))
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise BadFile(f"{path} bukan titik simpan jejak: tidak terbaca.") from error
    return _signed(signed, root, str(path))


def known(folder: Path, root: x509.Certificate) -> Iterator[Known]:
    """Every checkpoint of the folder and of the database. Raises BadFile."""
    for path in sorted(folder.glob("*.json")):
        yield read(path, root)
    for checkpoint in all_made():
        signed = Statement(checkpoint.text, checkpoint.signature, checkpoint.certificate)
        yield _signed(signed, root, f"basis data ({checkpoint.day})")


def _signed(signed: Statement, root: x509.Certificate, where: str) -> Known:
    try:
        check(signed, root)
    except BadStatement as error:
        raise BadFile(f"Titik simpan {where} bukan dari segel ini: {error}.") from error
    lines = dict(line.partition(": ")[::2] for line in signed.text.splitlines())
    if lines.get("format") != FORMAT:
        raise BadFile(f"Titik simpan {where} ditulis Rambu yang lain: {lines.get('format')}.")
    day = date.fromisoformat(lines["hari"])
    return Known(day, int(lines["catatan"]), lines["sidik"], where)


def _known(checkpoint: Checkpoint, where: str) -> Known:
    return Known(checkpoint.day, checkpoint.last_id, checkpoint.last_hash, where)


def check_seal(folder: Path) -> None:
    """Raise KeyTrouble where these keys are not those that signed this database's checkpoints: of
    a node that was given none, or another region's."""
    made = newest()
    if made is None:
        return
    if not pki.exist(folder):
        raise pki.KeyTrouble(
            f"{folder} tidak ada, padahal jejak basis data ini sudah ditandatangani segel; salin "
            "folder itu dari server yang lain atau dari cadangan, atau sebut letaknya (RAMBU_KEYS)."
        )
    try:
        check(Statement(made.text, made.signature, made.certificate), pki.load(folder).root)
    except BadStatement as error:
        raise pki.KeyTrouble(
            f"{folder} memuat segel lain daripada yang menandatangani jejak basis data ini; salin "
            "folder itu dari server yang lain atau dari cadangan, atau sebut letaknya (RAMBU_KEYS)."
        ) from error


def disagreement(checkpoints: Iterable[Known]) -> str | None:
    """The first checkpoint that the chain does not agree with, and between which entries it was
    made anew; None when it agrees with all. Whether the chain holds is for `verifying` to say."""
    agreed = 0
    for one in sorted(checkpoints, key=lambda known: (known.last_id, known.day)):
        found = _hash_of(one.last_id)
        if found == one.last_hash:
            agreed = one.last_id
            continue
        what = "hilang" if found is None else "lain"
        return (
            f"rantai ditulis ulang: catatan {one.last_id} pada titik simpan "
            f"{long_date(one.day)} bersidik {one.last_hash[:16]}, sekarang {what}; yang berubah "
            f"ada di antara catatan {agreed + 1} dan {one.last_id}"
        )
    return None


def _hash_of(entry_id: int) -> str | None:
    if entry_id == 0:
        return GENESIS
    return db.session.scalar(sa.select(AuditEntry.hash).where(AuditEntry.id == entry_id))
