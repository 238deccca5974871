"""`flask doctor` names each thing that is wrong, and what to do; a sound house is silent."""

import shutil
from dataclasses import replace
from datetime import timedelta

import pytest

from app import demo
from app.accounts import settings
from app.accounts.models import SignIn
from app.audit import trail
from app.audit.actions import Action
from app.backups import latest
from app.core import clock
from app.doctor import findings as doctor
from app.jobs.models import JobLease
from app.oversight import checkpoints
from app.sealing import pki
from tests import people


@pytest.fixture
def sound(app, db, tmp_path):
    """A public installation with nothing to complain of."""
    instance = tmp_path / "instance"
    instance.mkdir(mode=0o700)
    pki.make(instance / pki.FOLDER)
    latest.note(instance, latest.Backup(clock.now(), tmp_path / "copy.tar", 1))
    db.add(JobLease(id=1, holder="worker", until=clock.now() + timedelta(days=36_500)))
    db.commit()
    return replace(
        app.config["RAMBU"],
        INSTANCE=instance,
        KEYS=instance,
        PUBLIC_URL="https://rambu.contoh.go.id",
        PROXIES=1,
        SECURITY_CONTACT="mailto:keamanan@contoh.go.id",
    )


@pytest.fixture
def said(sound):
    """`said()` is what the doctor says, gravest first, each with its gravity."""

    def ask(**changed):
        found = doctor.findings(replace(sound, **changed), is_clock_kept=lambda: True)
        return [(finding.is_grave, finding.sentence) for finding in found]

    return ask


def only(found, sentence: str, *, is_grave: bool) -> None:
    assert len(found) == 1, found
    assert sentence in found[0][1]
    assert found[0][0] is is_grave


def test_a_sound_house_is_silent(said):
    assert said() == []


def test_a_forgotten_proxy_is_named(said, db, cast):
    only(said(PROXIES=0), "RAMBU_PROXIES=none", is_grave=False)
    account = people.account_with_password(db, cast.sari.id)
    for number in range(doctor.MANY):
        db.add(SignIn(account=account, token_hash=f"{number:064}", network="127.0.0.0/24"))
    db.commit()
    only(said(), "tampak masuk dari mesin ini sendiri", is_grave=True)
    db.add(SignIn(account=account, token_hash="f" * 64, network="10.1.2.0/24"))
    db.commit()
    assert said() == []


def test_a_clock_that_runs_free_or_went_back_is_named(sound, said, db, wait):
    free = doctor.findings(sound, is_clock_kept=lambda: False)
    assert ["NTP" in finding.sentence for finding in free] == [True]
    assert isinstance(doctor.kernel_keeps_time(), bool)
    clock.shift(timedelta(days=1))
    trail.record(Action.SIGNED_IN, "accounts:1", network="10.0.0.0/24")
    db.commit()
    clock.reset()
    only(said(), "Jam mesin ini mundur", is_grave=True)


@pytest.mark.parametrize(("free", "is_grave"), [(10**6, True), (500 * 2**20, False)])
def test_a_disk_that_fills_is_named(said, monkeypatch, free, is_grave):
    monkeypatch.setattr(
        doctor.shutil, "disk_usage", lambda _folder: type("Disk", (), {"free": free})
    )
    only(said(), "tidak ada yang tersimpan", is_grave=is_grave)


def test_keys_that_end_are_named_in_time(sound, said):
    ends = pki.load(sound.INSTANCE / pki.FOLDER).certificate.not_valid_after_utc
    clock.shift(ends - timedelta(days=30) - clock.now())
    latest.note(sound.INSTANCE, latest.Backup(clock.now(), sound.INSTANCE, 1))
    only(said(), "renew-seal", is_grave=False)
    clock.shift(timedelta(days=31))
    latest.note(sound.INSTANCE, latest.Backup(clock.now(), sound.INSTANCE, 1))
    only(said(), "renew-seal", is_grave=True)


def test_damaged_or_open_keys_are_named(sound, said):
    seal = sound.INSTANCE / pki.FOLDER / pki.SEAL_PEM
    seal.chmod(0o644)
    assert {sentence for _, sentence in said()} == {
        f"{seal} dapat dibaca orang lain; jalankan: chmod 600 {seal}"
    }
    seal.chmod(0o600)
    seal.write_text("rusak")
    only(said(), "pulihkan dari cadangan", is_grave=True)
    sound.INSTANCE.chmod(0o755)
    assert any("chmod 700" in sentence for _, sentence in said())


def test_a_backup_that_is_old_or_missing_is_named(sound, said):
    old = clock.now() - timedelta(hours=27)
    latest.note(sound.INSTANCE, latest.Backup(old, sound.INSTANCE, 1))
    only(said(), "lebih dari sehari", is_grave=False)
    (sound.INSTANCE / latest.FILE).unlink()
    only(said(), "Belum ada cadangan", is_grave=False)


def test_a_copy_that_another_node_made_counts(sound, said, db):
    (sound.INSTANCE / latest.FILE).unlink()
    trail.record(Action.BACKUP_MADE, "backups:rambu-1.tar", size=1)
    db.commit()
    assert said() == []
    clock.shift(timedelta(hours=25))
    assert said() == []
    clock.shift(timedelta(hours=2))
    checkpoints.make(pki.load(sound.KEYS / pki.FOLDER), sound.PUBLIC_URL)
    db.commit()
    only(said(), "lebih dari sehari lalu", is_grave=False)


def test_no_worker_is_named(said, db):
    db.get_one(JobLease, 1).until = clock.now()
    db.commit()
    only(said(), "Tidak ada pekerja latar yang hidup", is_grave=True)


def test_an_end_of_the_trail_that_nobody_signs_is_named(sound, said, db):
    trail.record(Action.SIGNED_IN, "accounts:1", network="10.0.0.0/24")
    db.commit()
    assert said() == []

    def a_day_later():
        clock.shift(timedelta(hours=27))
        latest.note(sound.INSTANCE, latest.Backup(clock.now(), sound.INSTANCE, 1))

    a_day_later()
    only(said(), "belum ditandatangani sejak", is_grave=False)
    checkpoints.make(pki.load(sound.KEYS / pki.FOLDER), sound.PUBLIC_URL)
    db.commit()
    assert said() == []
    a_day_later()
    only(said(), "jalankan audit checkpoint", is_grave=False)


def test_a_demo_on_a_public_address_is_named(said, monkeypatch):
    monkeypatch.setattr(demo, "is_loaded", lambda: True)
    only(said(), "demo remove", is_grave=True)
    assert said(PUBLIC_URL="http://127.0.0.1:8000") == []


def test_a_program_that_does_not_fit_its_database_is_named(said, monkeypatch):
    monkeypatch.setattr("app.core.migrations.newest", lambda _folder: "9999")
    only(said(), "jalankan prepare", is_grave=True)
    monkeypatch.setattr("app.core.migrations.newest", lambda _folder: "0001")
    only(said(), "lebih lama dari datanya", is_grave=True)


def test_a_database_that_is_gone_is_named(said, monkeypatch):
    monkeypatch.setattr("app.core.pulse.answers", lambda _engine: False)
    only(said(), "Basis data tidak menjawab", is_grave=True)


def test_a_node_with_keys_of_its_own_is_named(app, sound, said, db, cast, monkeypatch):
    press = app.extensions["press"]
    made = checkpoints.make(press.keys(), press.public_url)
    db.commit()
    only(said(), "memuat segel lain", is_grave=True)
    shutil.rmtree(sound.KEYS / pki.FOLDER)
    shutil.copytree(press.folder, sound.KEYS / pki.FOLDER)
    assert said() == []
    db.delete(made)
    people.give_factor(db, people.account_with_password(db, cast.sari.id))
    db.commit()
    assert said() == []
    monkeypatch.setattr(settings, "_told", replace(settings.current(), secret=b"another node's"))
    only(said(), "RAMBU_SECRET_KEY bukan kunci", is_grave=True)


def test_nobody_to_tell_of_a_weakness_is_named(said):
    only(said(SECURITY_CONTACT=""), "RAMBU_SECURITY_CONTACT", is_grave=False)


def test_the_command_ends_badly_where_something_is_grave(app, db, monkeypatch):
    db.rollback()
    monkeypatch.setattr("app.core.pulse.answers", lambda _engine: False)
    answer = app.test_cli_runner().invoke(args=["doctor"])
    assert answer.exit_code == 1
    assert "SALAH  Basis data tidak menjawab" in answer.output
