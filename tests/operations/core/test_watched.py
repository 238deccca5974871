"""A watched process is started again when it dies, ends when it is told to, and with its parent."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.core import watched
from app.core.watched import Watched

SLEEP = ("/bin/sleep", "60")


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(watched, "FIRST_PAUSE", 0.01)


@pytest.fixture
def sleeper():
    process = Watched("sleeper", SLEEP, Path("/"))
    process.start()
    until(lambda: process.pid)
    yield process
    process.stop()


def until(condition):
    """Wait for another thread or process; a minute is for ever."""
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.005)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_process_that_is_killed_is_started_again(sleeper, caplog):
    first = sleeper.pid
    os.kill(first, signal.SIGKILL)
    until(lambda: sleeper.pid != first)
    assert is_alive(sleeper.pid)
    assert "sleeper ended (-9)" in caplog.text


def test_a_process_ends_when_it_is_told_to_and_stays_ended(sleeper):
    sleeper.stop()
    assert not is_alive(sleeper.pid)


def test_one_that_dies_at_once_is_not_started_without_end(monkeypatch, caplog):
    monkeypatch.setattr(watched, "LAST_PAUSE", 30)
    process = Watched("hopeless", ("/bin/false",), Path("/"))
    process.start()
    until(lambda: "again in 0.1 s" in caplog.text)  # 0.02, 0.04, 0.08 seconds before it
    process.stop()
    assert caplog.text.count("hopeless ended (1)") < 6


ORPHAN = """
import os, runpy, sys, time
ours, watcher = runpy.run_path(sys.argv[1]), os.getpid()
if os.fork() == 0:
    os.environ[ours["WATCHER"]] = str(watcher)
    ours["end_with_parent"]()
    print(os.getpid(), flush=True)
    time.sleep(60)
time.sleep(60)
"""


def test_nothing_stays_behind_when_whoever_watches_is_killed():
    command = [sys.executable, "-c", ORPHAN, watched.__file__]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        child = int(parent.stdout.readline())
        parent.kill()
        parent.wait()
        until(lambda: not is_alive(child))


LATE = """
import os, runpy, sys, time
if os.fork() > 0:
    os._exit(0)
while os.getppid() == int(os.environ["WATCHED_BY"]):
    time.sleep(0.005)
runpy.run_path(sys.argv[1])["end_with_parent"]()
print("still here")
"""


def test_who_begins_after_the_end_of_whoever_watched_ends_at_once():
    """A start takes seconds; the server may be killed in them, and then the kernel tells nobody."""
    script = f"import os; os.environ['WATCHED_BY'] = str(os.getpid())\n{LATE}"
    command = [sys.executable, "-c", script, watched.__file__]
    said = subprocess.run(command, stdout=subprocess.PIPE, text=True, timeout=60)
    assert said.stdout == ""
