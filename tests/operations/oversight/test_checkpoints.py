"""A chain that is made anew, even with the key, is named against any earlier checkpoint."""

import json
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.audit import trail, verifying
from app.audit.actions import Action
from app.core import clock
from app.oversight import checkpoints, deeds, watching
from app.oversight.models import Checkpoint
from app.sealing import pki
from tests.operations.audit.test_audit import damage, rewrite, three_deeds

ADDRESS = "https://rambu.contoh.go.id"
CHANGE = "UPDATE audit_entries SET subject = 'accounts:9' WHERE id = 2"


@pytest.fixture
def keys(app, db):
    return app.extensions["press"].keys()


def made(db, keys) -> Checkpoint:
    """Today's checkpoint; the next one is tomorrow's."""
    checkpoint = checkpoints.make(keys, ADDRESS)
    db.commit()
    clock.shift(timedelta(days=1))
    return checkpoint


def rewrite_for_good(db, *statements: str) -> None:
    """Make the chain anew and commit it; the guards that were taken down stand again."""
    guards = []
    if db.get_bind().dialect.name == "sqlite":
        query = (
            "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_entries'"
        )
        guards = list(db.scalars(sa.text(query)))
    rewrite(db, *statements)
    for guard in guards:
        db.execute(sa.text(guard))
    db.commit()


def lines(checkpoint: Checkpoint) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in checkpoint.text.splitlines())


def test_a_day_has_one_checkpoint_however_often_it_is_asked_for(db, keys):
    three_deeds(db)
    first = checkpoints.make(keys, ADDRESS)
    trail.record(Action.SIGNED_OUT, "accounts:1")
    db.commit()
    assert checkpoints.make(keys, ADDRESS) is first
    assert db.scalar(sa.select(sa.func.count(Checkpoint.id))) == 1
    said = lines(first)
    assert (said["catatan"], said["sidik"], said["keadaan"]) == ("3", first.last_hash, "utuh")


def test_a_chain_made_anew_with_the_key_disagrees_with_a_checkpoint(db, keys, tmp_path):
    three_deeds(db)
    made(db, keys)
    three_deeds(db)
    made(db, keys)
    found = list(checkpoints.known(tmp_path, keys.root))
    assert checkpoints.disagreement(found) is None, "control: nothing has been changed"
    rewrite(db, CHANGE.replace("id = 2", "id = 5"))
    assert verifying.first_fault() is None
    fault = checkpoints.disagreement(found)
    assert "rantai ditulis ulang: catatan 6" in fault
    assert "di antara catatan 4 dan 6" in fault
    db.rollback()


def test_a_tail_that_was_cut_off_disagrees_too(db, keys, tmp_path):
    three_deeds(db)
    made(db, keys)
    last = db.scalar(sa.text("SELECT hash FROM audit_entries WHERE id = 2"))
    damage(
        db,
        "DELETE FROM audit_entries WHERE id = 3",
        f"UPDATE audit_head SET last_id = 2, last_hash = '{last}'",
    )
    assert verifying.first_fault() is None
    assert "sekarang hilang" in checkpoints.disagreement(checkpoints.known(tmp_path, keys.root))
    db.rollback()


def test_what_is_broken_is_signed_as_broken(db, keys):
    three_deeds(db)
    made(db, keys)
    three_deeds(db)
    damage(db, CHANGE.replace("id = 2", "id = 5"))
    checkpoint = checkpoints.make(keys, ADDRESS)
    assert lines(checkpoint)["keadaan"] == "catatan 5 pernah diubah"
    db.rollback()


def test_what_was_made_anew_before_is_signed_as_that(db, keys):
    three_deeds(db)
    made(db, keys)
    rewrite(db, CHANGE)
    checkpoint = checkpoints.make(keys, ADDRESS)
    assert "ditulis ulang" in lines(checkpoint)["keadaan"]
    db.rollback()


def test_a_file_is_written_once_and_never_over(db, keys, tmp_path):
    three_deeds(db)
    made(db, keys)
    folder = tmp_path / "checkpoints"
    assert checkpoints.keep(folder, checkpoints.all_made()) == 1
    (file,) = folder.iterdir()
    assert file.stat().st_mode & 0o077 == 0
    assert checkpoints.read(file, keys.root).last_id == 3
    file.write_text("{}")
    assert checkpoints.keep(folder, checkpoints.all_made()) == 0
    with pytest.raises(checkpoints.BadFile, match="tidak terbaca"):
        checkpoints.read(file, keys.root)


def _changed_text(content: dict, _other: pki.Keys) -> None:
    content["text"] = content["text"].replace("catatan: 3", "catatan: 2")


def _another_seal(content: dict, other: pki.Keys) -> None:
    signed = checkpoints.sign(other, content["text"])
    content.update(signature=signed.signature, certificate=signed.certificate)


@pytest.mark.parametrize(
    ("forge", "sentence"),
    [(_changed_text, "tidak cocok dengan isinya"), (_another_seal, "bukan terbitan akar segel")],
)
def test_a_checkpoint_that_our_seal_has_not_signed_is_refused(db, keys, tmp_path, forge, sentence):
    three_deeds(db)
    content = checkpoints.as_dict(made(db, keys))
    pki.make(tmp_path / "segel")
    forge(content, pki.load(tmp_path / "segel"))
    file = tmp_path / "titik.json"
    file.write_text(json.dumps(content))
    with pytest.raises(checkpoints.BadFile, match=sentence):
        checkpoints.read(file, keys.root)


def test_the_operator_makes_and_checks_them(app, db, tmp_path):
    three_deeds(db)
    db.rollback()
    run = app.test_cli_runner().invoke
    assert "Belum ada titik simpan" in run(args=["audit", "verify"]).output
    assert "catatan: 3" in run(args=["audit", "checkpoint"]).output
    assert run(args=["audit", "checkpoint"]).exit_code == 0
    folder = app.extensions["press"].folder.parent / checkpoints.FOLDER
    (file,) = folder.iterdir()
    kept = file.rename(tmp_path / "milik-auditor.json")
    answer = run(args=["audit", "verify", "--checkpoint", str(kept)])
    assert "Cocok dengan 1 titik simpan" in answer.output, answer.output
    rewrite_for_good(db, CHANGE, "DELETE FROM audit_checkpoints")
    answer = run(args=["audit", "verify", "--checkpoint", str(kept)])
    assert answer.exit_code == 1
    assert "rantai ditulis ulang" in answer.output


class Hands:
    """A job whose worker never has to stop."""

    subject = "2026-11-30"

    def __init__(self, db) -> None:
        self.advance = lambda *_: db.commit()


def ask_daily(app, db) -> None:
    """What the worker does once a day, and here twice."""
    for _ in range(2):
        deeds.CHECKPOINT.run(Hands(db))
        db.commit()
    assert len(list((app.extensions["press"].folder.parent / checkpoints.FOLDER).iterdir())) == 1


def test_a_round_closes_what_is_over_and_the_worker_signs_once_a_day(app, db):
    db.rollback()
    from app.audit import refusals

    refusals.note(refusals.Refused.FORM, "203.0.113.0/24")
    done = watching.round_of_watching(None)
    assert watching.round_of_watching(done) == done
    assert db.scalar(sa.text("SELECT action FROM audit_entries")) is None
    ask_daily(app, db)
    (made,) = db.scalars(sa.select(Checkpoint)).all()
    assert made.last_id == 0
    clock.shift(timedelta(minutes=16))
    watching.round_of_watching(done)
    assert db.scalar(sa.text("SELECT action FROM audit_entries")) == "network.refused"
    for file in (app.extensions["press"].folder.parent / checkpoints.FOLDER).iterdir():
        file.unlink()
