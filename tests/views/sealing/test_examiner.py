"""The process that examines: it answers, it is bounded, it comes back, and it goes with us."""

import os
import signal
import socket
import time
from contextlib import suppress

import pytest

from app.sealing import pki, warm_examiner
from app.sealing.checks import Finding
from app.sealing.examiner import Examiner, TooBusy
from tests.hostile_files import tables

#: Seconds in which a process of ours is warm, on a busy machine.
LONG = 60


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("keys") / pki.FOLDER
    pki.make(folder)
    return pki.load(folder).root


def answered(examiner, content, root):
    """Asked again until the process is warm."""
    until = time.monotonic() + LONG
    while time.monotonic() < until:
        with suppress(TooBusy):
            return examiner.examine(content, root)
    return pytest.fail("it never answered")


def test_a_file_is_examined_elsewhere_and_we_load_nothing_for_it(root):
    examiner = Examiner()
    try:
        assert answered(examiner, tables(2), root).finding is Finding.UNSEALED
        assert answered(examiner, b"%PDF-", root).finding is Finding.CUT_OFF
        assert examiner.pid != os.getpid()
    finally:
        examiner.stop()
    assert examiner.pid is None


def status_of(deed) -> int:
    return os.waitpid(warm_examiner.in_a_fork(deed), 0)[1]


def is_beyond(deed) -> bool:
    """Whether a deed is stopped by a bound: whoever gets to its end says so by a signal."""

    def to_the_end():
        with suppress(MemoryError, OSError):
            deed()
            os.kill(os.getpid(), signal.SIGUSR1)

    return status_of(to_the_end) != signal.SIGUSR1


def test_an_examination_is_bounded_in_memory_files_and_writing(tmp_path):
    # Twice: a process that was busy before may give back dozens of MiB, and have them again.
    assert is_beyond(lambda: bytearray(warm_examiner.MEMORY * 2))
    assert is_beyond(lambda: [os.open("/dev/null", os.O_RDONLY) for _ in range(100)])
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    assert is_beyond(lambda: (tmp_path / "x").write_bytes(b"x"))


def test_an_examination_within_its_bounds_comes_to_its_end():
    """Control."""
    assert not is_beyond(lambda: bytearray(warm_examiner.MEMORY // 2))


def test_an_examination_is_bounded_in_time(monkeypatch):
    monkeypatch.setattr(warm_examiner, "CPU_SECONDS", 1)
    monkeypatch.setattr(warm_examiner, "SECONDS", 60)
    assert status_of(burn) in (signal.SIGXCPU, signal.SIGKILL)


def test_whoever_sends_nothing_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(signal, "alarm", lambda _: signal.setitimer(signal.ITIMER_REAL, 0.05))
    ours, theirs = socket.socketpair()
    with ours, theirs:
        assert status_of(lambda: warm_examiner.answer(theirs)) == signal.SIGALRM


def burn():
    while True:
        pass


def test_a_file_that_its_examiner_dies_of_was_too_much(root, monkeypatch):
    examiner = Examiner()
    monkeypatch.setattr(examiner, "start", lambda: None)
    monkeypatch.setattr(examiner, "_asked", lambda *_: b".")
    assert examiner.examine(b"%PDF-", root).finding is Finding.UNFINISHED


def test_an_examiner_that_is_gone_before_it_looked_has_seen_nothing(root):
    examiner = Examiner()
    examiner.start = lambda: None
    with socket.socket(socket.AF_UNIX) as examiner._listener:
        examiner._listener.bind("")
        with pytest.raises(TooBusy):
            examiner.examine(b"%PDF-", root)
