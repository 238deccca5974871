"""Which passwords are refused, and how the others are kept."""

import threading
import time

import pytest
from argon2 import PasswordHasher

from app.accounts import guessable, passwords

pytestmark = pytest.mark.usefixtures("served_hashes")

SARI = {"number": "199001012015032001", "name": "Sari Wulandari", "unit": "Puskesmas Melati"}


@pytest.mark.parametrize(
    "password",
    [
        "kuda lumping makan tahu",
        "sebuah-sandi-panjang-1",
        "hujan turun di atap seng",
        "Tiga9kerbau#merah",
        "ĉu vi parolas esperanton",
        "🐟🐟 ikan asin lima ribu",
        "x" * 3 + "y-berbeda-sekali",
        "kata " * 30 + "selesai sudah begitu saja",
    ],
)
def test_a_long_phrase_is_welcome(password):
    passwords.check(password, **SARI)


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("", "minimal 12"),
        ("pendek-saja", "minimal 12"),
        ("x" * 201, "maksimal 200"),
        ("199001012015032001", "NIP atau tanggal lahir"),
        ("saya 19900101 cantik", "NIP atau tanggal lahir"),
        ("lahir 01-01-1990 di sini", "NIP atau tanggal lahir"),
        ("lahir 01.01.90 di sini", "NIP atau tanggal lahir"),
        ("Wulandari-menari", "nama Anda"),
        ("SARI suka makan soto", "nama Anda"),
        ("s.a.r.i.w.u.l.a.n.d.a.r.i", "nama Anda"),
        ("puskesmasmelati!", "unit kerja"),
        ("bunga melati putih", "unit kerja"),
        ("password1234", "mudah ditebak"),
        ("P4ssw0rd2026", "mudah ditebak"),
        ("rahasia12345", "mudah ditebak"),
        ("Indonesia2026!", "mudah ditebak"),
        ("123456789012", "mudah ditebak"),
        ("111122223333", "mudah ditebak"),
        ("abcdefghijklm", "mudah ditebak"),
        ("qwertyuiopas", "mudah ditebak"),
        ("aaaaaaaaaaaaaaa", "mudah ditebak"),
        ("kopikopikopikopi", "mudah ditebak"),
        ("bismillah123456", "mudah ditebak"),
        ("netralitasasn2026", "mudah ditebak"),
    ],
)
def test_what_a_stranger_would_try_is_refused(password, why):
    with pytest.raises(passwords.WeakPassword, match=why):
        passwords.check(password, **SARI)


def test_a_participant_number_is_no_password_either():
    with pytest.raises(passwords.WeakPassword, match="NIP"):
        passwords.check("nomor 2026000012 saya", number="2026000012", name="Tono", unit="Desa")


def test_words_that_every_office_has_are_allowed():
    passwords.check("badan saya sehat benar", number="", name="Budi", unit="Badan Kepegawaian")


def test_the_list_is_longer_than_150():
    assert len(guessable.COMMON) >= 150


def test_composed_and_decomposed_accents_are_one_password():
    stored = passwords.hashed("caf\u00e9 di pojok pasar")
    assert passwords.matches(stored, "cafe\u0301 di pojok pasar")


def test_the_hash_is_argon2id_with_19_mib_two_passes_one_lane():
    stored = passwords.hashed("kuda lumping makan tahu")
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert len(stored) <= 160
    assert passwords.matches(stored, "kuda lumping makan tahu")
    assert not passwords.matches(stored, "kuda lumping makan tempe")


def test_nothing_matches_where_there_is_no_hash():
    assert not passwords.matches(None, "kuda lumping makan tahu")
    assert not passwords.matches("bukan hash", "kuda lumping makan tahu")


def test_a_hash_of_other_parameters_is_outdated():
    old = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash("x" * 12)
    assert passwords.is_outdated(old)
    assert not passwords.is_outdated(passwords.hashed("x" * 12))


class Slow:
    """Counts how many hash at once."""

    def __init__(self):
        self.now, self.most, self.lock = 0, 0, threading.Lock()

    def hash(self, _password):
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        time.sleep(0.02)
        with self.lock:
            self.now -= 1
        return "hash"


def test_at_most_two_hash_at_once(monkeypatch):
    slow = Slow()
    monkeypatch.setattr(passwords, "_hasher", slow)
    threads = [threading.Thread(target=passwords.hashed, args=("x",)) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert slow.most == passwords.AT_ONCE


def test_who_waits_too_long_is_asked_to_come_back(monkeypatch):
    monkeypatch.setattr(passwords, "_turns", threading.BoundedSemaphore(1))
    monkeypatch.setattr(passwords, "PATIENCE", 0.01)
    passwords._turns.acquire()
    with pytest.raises(passwords.TooBusy):
        passwords.hashed("kuda lumping makan tahu")
