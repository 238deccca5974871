"""A copy holds everything as of one moment, and comes back whole or not at all."""

import hashlib
import json
import os
import resource
import tarfile
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from app import config as settings
from app.audit import trail
from app.audit.actions import Action
from app.audit.models import AuditEntry
from app.backups import contents, databases, deeds, envelope, latest, operations, records
from app.config import Config
from app.core import clock, locks
from app.core.db import db as database
from app.core.errors import DomainError
from app.credentials.models import Credential, CredentialFile
from app.jobs.queries import latest_job
from app.sealing import pki
from tests import learners
from tests.servers import empty_database

SECRET, RECIPIENT = envelope.new_identity()
LOCK, OPENER = envelope.lock_for(RECIPIENT), envelope.Opener(identity=SECRET)


@dataclass
class Place:
    """Where an installation lives."""

    config: Config
    engine: sa.Engine


@pytest.fixture
def here(app, db, cast, tmp_path):
    """An installation of its own instance folder, with the cast and a trail."""
    trail.record(Action.SIGNED_IN, "accounts:1", network="10.0.0.0/24")
    db.commit()
    instance = tmp_path / "instance"
    (instance / "segel").mkdir(parents=True)
    (instance / "segel" / "seal.pem").write_text("the seal of this region")
    (instance / "bank").mkdir()
    (instance / "bank" / "compiled").write_text("made anew by itself")
    return Place(replace(app.config["RAMBU"], INSTANCE=instance, KEYS=instance), database.engine)


@pytest.fixture
def elsewhere(app, tmp_path, request):
    """An empty installation on the same kind of database."""
    instance = tmp_path / "elsewhere"
    instance.mkdir()
    url = f"sqlite:///{instance / 'rambu.db'}"
    if database.engine.dialect.name == "postgresql":
        url = empty_database(request.getfixturevalue("postgres_url"))
    engine = sa.create_engine(url, module=database.engine.dialect.loaded_dbapi)
    config = replace(app.config["RAMBU"], INSTANCE=instance, KEYS=instance, DATABASE=url)
    yield Place(config, engine)
    engine.dispose()


@pytest.fixture
def folder(tmp_path):
    """Where copies go."""
    folder = tmp_path / "copies"
    folder.mkdir()
    return folder


def make(place: Place, folder: Path) -> Path:
    return operations.make(place.config, place.engine, folder, LOCK).file


def restore(place: Place, file: Path, opener=OPENER):
    return operations.restore(place.config, place.engine, file, opener)


def rows(engine: sa.Engine) -> dict[str, list]:
    """Every row of every table."""
    tables = database.metadata.tables.values()
    with engine.connect() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(sa.select(table)))) for table in tables
        }


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.endswith(".lock"))


def test_a_copy_comes_back_elsewhere_row_by_row_and_key_by_key(here, elsewhere, folder):
    file = make(here, folder)
    checked, moved = restore(elsewhere, file)

    assert rows(elsewhere.engine) == rows(here.engine)
    assert len(rows(here.engine)["audit_entries"]) > 0
    kept = elsewhere.config.INSTANCE
    assert (kept / "segel" / "seal.pem").read_text() == "the seal of this region"
    assert (kept / "secret.key").read_text() == here.config.SECRET_KEY
    assert (kept / "trail.key").read_text() == here.config.TRAIL_KEY
    assert not (kept / "bank").exists()
    assert (moved, checked.files) == ([], 3)
    assert file.stat().st_mode & 0o077 == 0
    assert left_in(here.config.INSTANCE) == ["backup.json", "bank", "segel"]


def test_a_sealed_document_comes_back_as_the_same_bytes(app, db, cast, here, elsewhere, folder):
    """What its holder has, and what the register says of it, byte by byte."""
    learners.signed(app, cast.budi)
    pledge, certificate = db.scalars(sa.select(Credential).order_by(Credential.id)).all()
    sealed = {one.id: os.urandom(90_000) for one in (pledge, certificate)}
    for id, content in sealed.items():
        digest = hashlib.sha256(content).hexdigest()
        size, serial = len(content), "ab"
        row = {"credential_id": id, "content": content, "sha256": digest, "size": size}
        db.add(CredentialFile(**row, seal_serial=serial, sealed_at=clock.now()))
    db.commit()
    restore(elsewhere, make(here, folder))
    query = sa.select(CredentialFile.credential_id, CredentialFile.content, CredentialFile.sha256)
    with elsewhere.engine.connect() as there:
        found = {id: (content, digest) for id, content, digest in there.execute(query)}
    assert found.keys() == sealed.keys()
    for id, (content, digest) in found.items():
        assert content == sealed[id]
        assert hashlib.sha256(content).hexdigest() == digest


def test_a_copy_that_was_put_here_is_in_the_trail_once_the_database_is_prepared(
    db, here, elsewhere, folder
):
    file = make(here, folder)
    restore(elsewhere, file)
    for _ in range(2):
        records.restored(elsewhere.config.INSTANCE)
        db.commit()
        records.forget_restored(elsewhere.config.INSTANCE)
    query = sa.select(AuditEntry).where(AuditEntry.action == Action.BACKUP_RESTORED.value)
    query = query.order_by(AuditEntry.id)
    (entry,) = db.scalars(query)
    assert (entry.subject, entry.actor_id) == (f"backups:{file.name}", None)
    assert {"made_at", "restored_at", "version"} == json.loads(entry.data).keys()
    (elsewhere.config.INSTANCE / contents.RESTORED).write_text("rusak")
    records.restored(elsewhere.config.INSTANCE)
    db.commit()
    assert db.scalars(query).all()[1].subject == "backups:?"


def test_keys_that_nodes_share_are_in_the_copy_and_come_back_where_keys_are_looked_for(
    here, elsewhere, folder, tmp_path
):
    """They lie apart from the instance folder on either side, and the copy does not care."""
    shared, restored = tmp_path / "shared", tmp_path / "restored"
    shared.mkdir()
    (here.config.INSTANCE / "segel").rename(shared / "segel")
    (shared / "somebody-elses.txt").write_text("none of ours")
    here.config = replace(here.config, KEYS=shared)
    file = make(here, folder)
    elsewhere.config = replace(elsewhere.config, KEYS=restored)
    restore(elsewhere, file)
    assert (restored / "segel" / "seal.pem").read_text() == "the seal of this region"
    assert left_in(restored) == ["secret.key", "segel", "trail.key"]
    assert not (elsewhere.config.INSTANCE / "segel").exists()
    with pytest.raises(DomainError, match="folder kunci"):
        make(here, shared)


def test_what_counts_as_a_key_is_what_a_start_makes_in_the_folder_of_keys(tmp_path):
    environ = {"RAMBU_INSTANCE": str(tmp_path / "one"), "RAMBU_KEYS": str(tmp_path / "keys")}
    pki.make(settings.from_environment(environ).KEYS / pki.FOLDER)
    assert {path.name for path in (tmp_path / "keys").iterdir()} == contents.KEYS
    assert not contents.KEYS & {path.name for path in (tmp_path / "one").iterdir()}


def test_what_is_committed_meanwhile_is_not_half_in_it(here, elsewhere, folder):
    """A deed that ends while the copy is made is in it whole, or not at all."""
    if here.engine.dialect.name == "postgresql":
        pytest.skip("pg_dump sees one snapshot; whole in the benchmark")
    before = rows(here.engine)
    with closing(here.engine.raw_connection()) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE people SET name = 'half done'")
        file = make(here, folder)
        other.rollback()
    restore(elsewhere, file)
    assert rows(elsewhere.engine) == before


def test_somebody_without_the_key_learns_nothing(here, folder):
    file = make(here, folder)
    text = file.read_bytes()
    for secret in (here.config.SECRET_KEY.encode(), b"the seal of this region", b"Sari Wulandari"):
        assert secret not in text
    with tarfile.open(file) as archive:
        assert archive.getnames() == [envelope.MANUAL, envelope.CONTENT]


def test_a_check_reads_it_all_and_keeps_nothing(here, folder):
    file = make(here, folder)
    checked = operations.check(here.config, file, OPENER)
    assert checked.manifest.public_url == here.config.PUBLIC_URL
    assert left_in(here.config.INSTANCE) == ["backup.json", "bank", "segel"]
    assert latest.latest(here.config.INSTANCE).file == file


def refused(place: Place, file: Path, sentence: str, opener=OPENER) -> None:
    """One sentence, and the place is as empty as before."""
    before = left_in(place.config.INSTANCE)
    with pytest.raises(DomainError, match=sentence) as error:
        restore(place, file, opener)
    assert error.value.message.count("\n") == 0
    assert databases.is_empty(place.engine)
    assert left_in(place.config.INSTANCE) in (before, [*before, "rambu.db"])


def test_a_truncated_one_changes_nothing(here, elsewhere, folder):
    file = make(here, folder)
    whole = file.read_bytes()
    for size in (0, 700, len(whole) // 2, len(whole) - 2_000):
        file.write_bytes(whole[:size])
        refused(elsewhere, file, "rusak atau terpotong|dibuka dengan")
    file.write_bytes(whole)
    restore(elsewhere, file)  # control


def test_one_of_a_newer_rambu_changes_nothing(here, elsewhere, folder, monkeypatch):
    with monkeypatch.context() as newer:
        newer.setattr(contents, "FORMAT", 2)
        later = make(here, folder)
    refused(elsewhere, later, "lebih baru dari yang terpasang")
    later.unlink()
    with monkeypatch.context() as newer:
        newer.setattr("app.core.migrations.held", lambda _engine: "9999")
        later = make(here, folder)
    refused(elsewhere, later, "lebih baru dari yang terpasang")


def test_the_wrong_key_changes_nothing(here, elsewhere, folder):
    other = envelope.Opener(identity=envelope.new_identity()[0])
    refused(elsewhere, make(here, folder), "tidak cocok", other)


def test_a_database_with_data_is_never_written_over(here, elsewhere, folder):
    file = make(here, folder)
    before = rows(here.engine)
    with pytest.raises(DomainError, match="sudah berisi"):
        restore(here, file)
    assert rows(here.engine) == before


def test_a_key_that_must_make_way_is_kept(here, elsewhere, folder):
    file = make(here, folder)
    (elsewhere.config.INSTANCE / "secret.key").write_text("made at the first start here")
    _, (aside,) = restore(elsewhere, file)
    assert aside.read_text() == "made at the first start here"


@contextmanager
def files_of_at_most(size: int):
    """A disk that is full, as far as this process can tell; the tmpfs is in the benchmark."""
    now = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, now[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, now)


def test_a_full_disk_leaves_nothing_half_done(here, elsewhere, folder):
    if here.engine.dialect.name == "postgresql":
        pytest.skip("pg_dump is another process; the same code writes the file")
    noise = [here.config.INSTANCE / f"noise-{number}" for number in range(4)]
    for file in noise:
        file.write_bytes(os.urandom(600_000))
    for full in (50_000, 1_500_000):  # in the copy of the database; in the file itself
        with files_of_at_most(full), pytest.raises(DomainError, match="disk penuh"):
            make(here, folder)
        assert left_in(folder) == []
        assert "backup.json" not in left_in(here.config.INSTANCE)
    file = make(here, folder)  # control
    with files_of_at_most(500_000):
        refused(elsewhere, file, "disk penuh")
    restore(elsewhere, file)


def test_a_copy_inside_the_instance_would_be_lost_with_it(here):
    inside = here.config.INSTANCE / "copies"
    inside.mkdir()
    with pytest.raises(DomainError, match="di dalam folder instance"):
        make(here, inside)


def test_what_a_killed_one_left_goes_with_the_next(here, folder):
    (here.config.INSTANCE / ".backup-killed").mkdir()
    (here.config.INSTANCE / ".backup-killed" / "database.sqlite").write_text("people's data")
    (folder / ".rambu-1.part").write_text("half")
    make(here, folder)
    assert not (here.config.INSTANCE / ".backup-killed").exists()
    assert not (folder / ".rambu-1.part").exists()


def test_two_are_not_made_at_once(here, folder):
    held = locks.held_file(here.config.INSTANCE / "backup.lock")
    with held, pytest.raises(DomainError, match="sedang dibuat"):
        make(here, folder)


def test_only_the_newest_are_kept(folder):
    names = [f"rambu-202611{day:02}T010000Z.tar" for day in range(1, 6)]
    for name in (*names, "catatan.tar"):
        (folder / name).touch()
    operations.prune(folder, 2)
    assert left_in(folder) == ["catatan.tar", *names[-2:]]


def test_a_damaged_note_is_no_backup(here):
    (here.config.INSTANCE / latest.FILE).write_text(json.dumps({"at": "kemarin"}))
    assert latest.latest(here.config.INSTANCE) is None


def test_the_worker_says_once_a_day_that_a_copy_is_missing_or_old(app, db, caplog):
    """In the log, and with the job; `doctor` and the figures ask the same."""
    engine = app.extensions["jobs"]

    def found() -> str | None:
        db.rollback()
        engine.round()
        return latest_job(deeds.AGE.kind, clock.today().isoformat()).result["found"]

    assert found() == latest.NONE_YET
    assert latest.NONE_YET in caplog.text
    trail.record(Action.BACKUP_MADE, "backups:rambu-1.tar", size=1)
    db.commit()
    for is_well in (True, False):
        clock.shift(timedelta(hours=24))
        assert (found() is None) is is_well
    assert "lebih dari sehari lalu" in caplog.text


def test_the_commands_say_what_they_did(app, db, cast, folder, tmp_path):
    db.rollback()
    run = app.test_cli_runner().invoke
    key, copies = str(tmp_path / "kunci"), str(folder)
    assert "Penerimanya" in run(args=["backup", "key", key]).output
    recipient = Path(key).read_text().split()[3]
    made = run(args=["backup", "make", copies, "--recipient", recipient, "--keep", "3"])
    assert (made.exit_code, "selesai" in made.output) == (0, True), made.output
    (file,) = folder.glob("*.tar")
    checked = run(args=["backup", "check", str(file), "--identity", key])
    assert "Cadangan utuh" in checked.output
    recorded = sa.select(AuditEntry).where(AuditEntry.subject == f"backups:{file.name}")
    entries = db.scalars(recorded.order_by(AuditEntry.id)).all()
    said = [(one.action, one.actor_id) for one in entries]
    assert said == [("backup.made", None), ("backup.checked", None)]
    db.rollback()
    again = run(args=["backup", "restore", str(file), "--identity", key])
    assert (again.exit_code, "sudah berisi" in again.output) == (1, True)
    (tmp_path / "frasa").write_text("pendek")
    short = run(args=["backup", "make", copies, "--passphrase-file", str(tmp_path / "frasa")])
    assert "sedikitnya 16 huruf" in short.output
