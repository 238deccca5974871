"""The compiled bank on disk: used when it is ours and of today's content, discarded otherwise."""

import errno
import hashlib
import hmac
import logging
import os
import stat
from datetime import date, timedelta
from types import MappingProxyType

import pytest

from app.reading import bank as compiled
from app.reading import fingerprints
from app.reading.bank import ABANDONED, Bank
from tests.content import AREAS, TODAY, sound_content

SECRET = "only-for-tests-0123456789-abcdefghij"
MADE = MappingProxyType({"kasus": ("satu", "dua"), "angka": 7})
NOW, BEFORE = b"n" * 32, b"b" * 32


class Workshop:
    """A bank in a folder, and how often its part was made."""

    def __init__(self, folder):
        self.folder, self.file = folder, folder / "catalog"
        self.count = 0

    def start(self, secret=SECRET, made_of=NOW, name="catalog"):
        return Bank(self.folder, secret, lambda: made_of).part(name, self._make)

    def _make(self):
        self.count += 1
        return MADE


@pytest.fixture
def workshop(tmp_path):
    return Workshop(tmp_path / "bank")


@pytest.fixture
def lines(caplog):
    caplog.set_level(logging.INFO, "app.reading.bank")
    return lambda: [record.getMessage() for record in caplog.records]


def test_a_good_bank_is_used(workshop, lines):
    """Control: nothing below would mean anything if it never were."""
    assert [workshop.start() for _ in range(3)] == [MADE] * 3
    assert (workshop.count, lines()) == (1, [])
    assert type(workshop.start()) is MappingProxyType


def test_nobody_else_can_read_or_write_it(workshop):
    workshop.start()
    assert stat.S_IMODE(workshop.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(workshop.file.stat().st_mode) == 0o600
    assert os.listdir(workshop.folder) == ["catalog"]


def rewritten(change):
    def damage(file):
        file.write_bytes(change(file.read_bytes()))

    return damage


def flipped(content: bytes) -> bytes:
    return content[:-3] + bytes([content[-3] ^ 1]) + content[-2:]


def sealed(body: bytes):
    """By somebody who knows the key: what a program of another time would have written."""
    secret = hmac.digest(SECRET.encode(), b"compiled bank", hashlib.sha256)
    seal = hmac.digest(secret, b"catalog\n" + NOW + body, hashlib.sha256)
    return rewritten(lambda _: seal + NOW + body)


def become_link(file):
    elsewhere = file.parent.parent / "elsewhere"
    file.rename(elsewhere)
    file.symlink_to(elsewhere)


def become_pipe(file):
    file.unlink()
    os.mkfifo(file, 0o600)


def become_foreign(file):
    if os.geteuid() != 0:
        pytest.skip("only root can give a file away")
    os.chown(file, 12345, -1)


DAMAGES = {
    "truncated": (rewritten(lambda content: content[:-1]), compiled.DAMAGED),
    "half written": (rewritten(lambda content: content[: len(content) // 2]), compiled.DAMAGED),
    "cut in its seal": (rewritten(lambda content: content[:10]), compiled.DAMAGED),
    "without its end on disk": (
        rewritten(lambda content: content[:-40] + bytes(40)),
        compiled.DAMAGED,
    ),
    "empty": (rewritten(lambda _: b""), compiled.DAMAGED),
    "garbage": (rewritten(lambda _: b"\x80\x05garbage" * 100), compiled.DAMAGED),
    "one bit": (rewritten(flipped), compiled.DAMAGED),
    "of names that are gone": (sealed(b"capp.reading.bank\nGone\n."), compiled.DAMAGED),
    "of modules that are gone": (sealed(b"capp.gone\nGone\n."), compiled.DAMAGED),
    "no pickle": (sealed(b"no pickle"), compiled.DAMAGED),
    "a pickle cut short": (sealed(b"\x80\x05"), compiled.DAMAGED),
    "writable by all": (lambda file: file.chmod(0o666), compiled.OPEN),
    "writable by its group": (lambda file: file.chmod(0o620), compiled.OPEN),
    "readable by all": (lambda file: file.chmod(0o644), compiled.OPEN),
    "somebody else's": (become_foreign, compiled.FOREIGN),
    "a link": (become_link, compiled.NO_FILE),
    "a pipe": (become_pipe, compiled.NO_FILE),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_or_foreign_file_is_discarded_with_one_line(workshop, lines, name):
    workshop.start()
    damage, reason = DAMAGES[name]
    damage(workshop.file)
    assert workshop.start() == MADE
    assert lines() == [f"Bank tersusun {workshop.file} dibuang: {reason}. Disusun ulang."]
    assert workshop.count == 2
    assert workshop.start() == MADE
    assert (workshop.count, len(lines())) == (2, 1)


def test_what_somebody_else_made_is_never_unpickled(workshop, tmp_path):
    """A pickle may run anything: this one would leave a file behind."""
    proof = tmp_path / "proof"
    attack = f"cos\nsystem\n(S'touch {proof}'\ntR.".encode()
    workshop.start()
    workshop.file.write_bytes(hmac.digest(b"guessed", NOW + attack, hashlib.sha256) + NOW + attack)
    assert workshop.start() == MADE
    assert not proof.exists()
    sealed(attack)(workshop.file)
    workshop.start()
    assert proof.exists()  # control: only the seal stands between


def test_another_secret_another_bank(workshop, lines):
    workshop.start(secret="another-0123456789-abcdefghijklmnopq")
    workshop.start()
    assert workshop.count == 2
    assert compiled.DAMAGED in lines()[0]


def test_a_part_does_not_pass_for_another(workshop):
    workshop.start()
    (workshop.folder / "index").write_bytes(workshop.file.read_bytes())
    (workshop.folder / "index").chmod(0o600)
    workshop.start(name="index")
    assert workshop.count == 2


def test_old_parts_are_discarded_with_one_line_for_all(workshop, lines):
    for name in ("catalog", "index"):
        workshop.start(made_of=BEFORE, name=name)
    bank = Bank(workshop.folder, SECRET, lambda: NOW)
    for name in ("catalog", "index"):
        assert bank.part(name, lambda: 1) == 1
    assert lines() == [f"Bank tersusun {workshop.file} dibuang: {compiled.OLD}. Disusun ulang."]
    assert workshop.start(name="index") == 1


def test_a_folder_that_others_can_enter_is_closed_and_its_bank_made_anew(workshop, lines):
    workshop.start()
    workshop.folder.chmod(0o777)
    workshop.start()
    assert workshop.count == 2
    assert [compiled.OPEN in line for line in lines()] == [True]
    assert stat.S_IMODE(workshop.folder.stat().st_mode) == 0o700


def test_a_link_in_place_of_the_folder_is_not_followed(workshop, lines, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(mode=0o700)
    workshop.folder.symlink_to(elsewhere)
    assert workshop.start() == MADE
    assert os.listdir(elsewhere) == []
    assert len(lines()) == 2  # that it is not read, and that it is not written


def test_a_folder_in_place_of_the_file_only_costs_time(workshop, lines):
    workshop.file.mkdir(parents=True, mode=0o700)
    workshop.folder.chmod(0o700)
    assert workshop.start() == MADE
    assert len(lines()) == 2
    assert os.listdir(workshop.folder) == ["catalog"]


def test_a_full_disk_only_costs_time(workshop, lines, monkeypatch):
    def full(_descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert workshop.start() == MADE
    assert os.listdir(workshop.folder) == []
    assert lines() == [
        f"Bank tersusun tidak dapat disimpan di {workshop.file}: No space left on device. "
        "Start berikutnya akan selama ini."
    ]


def test_what_a_start_left_half_written_is_tidied_later(workshop):
    workshop.start()
    left, fresh = (workshop.folder / f".catalog-{name}" for name in ("left", "fresh"))
    for draft in (left, fresh):
        draft.write_bytes(b"half")
    past = left.stat().st_mtime - ABANDONED - 1
    os.utime(left, (past, past))
    workshop.start(made_of=BEFORE)
    assert sorted(os.listdir(workshop.folder)) == [".catalog-fresh", "catalog"]


def test_content_that_changes_while_it_is_read_is_not_kept(workshop):
    moments = iter([NOW, BEFORE])
    assert Bank(workshop.folder, SECRET, lambda: next(moments)).part("catalog", lambda: 1) == 1
    assert not workshop.file.exists()


def of(content, today=TODAY, areas=AREAS) -> bytes:
    return fingerprints.of_bank(content.root, today, areas)


def test_the_same_content_has_the_same_fingerprint(content, tmp_path):
    assert of(content) == of(content) == of(sound_content(tmp_path / "copy"))


CHANGES = {
    "a letter": lambda root: (root / "README.md").write_text("Untuk penyuntinG."),
    "a new file": lambda root: (root / "guides" / "baru.md").write_text(""),
    "a file gone": lambda root: (root / "README.md").unlink(),
    "a name": lambda root: (root / "README.md").rename(root / "README2.md"),
    "a file made a link": lambda root: (
        (root / "README.md").rename(root / "x.md"),
        (root / "README.md").symlink_to("x.md"),
    ),
    "a pipe": lambda root: os.mkfifo(root / "guides" / "pipa.md"),
    "a link to a folder": lambda root: (root / "lain").symlink_to(root / "guides"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_whatever_changes_in_the_content_changes_it(content, name):
    before = of(content)
    CHANGES[name](content.root)
    assert of(content) != before


def test_the_day_and_the_addresses_change_it(content):
    assert of(content, today=TODAY + timedelta(days=1)) != of(content)
    assert of(content, areas=AREAS | {"baru"}) != of(content)


def test_names_and_bytes_do_not_run_into_each_other(tmp_path):
    for folder, name, text in (("one", "ab", "c"), ("two", "a", "bc")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_text(text)
    assert fingerprints.of_content(tmp_path / "one") != fingerprints.of_content(tmp_path / "two")


def test_the_program_and_its_libraries_change_it(content, tmp_path, monkeypatch):
    code = tmp_path / "app"
    code.mkdir()
    (code / "rules.py").write_text("A = 1")
    (code / "page.html").write_text("")
    seen = {fingerprints.of_code(code)}
    (code / "page.html").write_text("<p>")
    assert fingerprints.of_code(code) in seen
    (code / "rules.py").write_text("A = 2")
    seen.add(fingerprints.of_code(code))
    monkeypatch.syspath_prepend(tmp_path / "site")
    for version in ("2.0", "2.1"):
        (tmp_path / "site" / f"numpy-{version}.dist-info").mkdir(parents=True)
        seen.add(fingerprints.of_code(code))
    monkeypatch.setattr("sys.version", "4.0")
    seen.add(fingerprints.of_code(code))
    assert len(seen) == 5


def test_a_folder_that_is_not_there_has_one_too(tmp_path):
    nowhere = fingerprints.of_bank(tmp_path / "nowhere", date(2026, 11, 22), AREAS)
    assert len(nowhere) == compiled.FINGERPRINT
