"""Starts that meet: each is the real command, in a process of its own.

Three that prepare one empty database all end well; a second server on a port or on an instance is
refused, and says so.
"""

import os
import signal
import socket
import subprocess
import time
import urllib.request
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.databases import DATABASES
from tests.servers import (
    LONG,
    children_of,
    empty_database,
    flask,
    free_port,
    wait_for,
    wait_until,
    workers_of,
)


@pytest.fixture(params=DATABASES)
def fresh(request, warm_instance):
    """The environment of an empty installation."""
    environ = warm_instance()
    if request.param == "postgresql":
        environ["RAMBU_DATABASE"] = empty_database(request.getfixturevalue("postgres_url"))
    return environ


@pytest.fixture
def public(warm_instance):
    """`public("mine")` is the environment of an installation that loads no demo region."""
    address = {"RAMBU_PUBLIC_URL": "https://rambu.example.go.id", "RAMBU_PROXIES": "1"}
    return lambda name: warm_instance(name) | address


def test_three_prepare_an_empty_database_at_once_and_all_end_well(fresh):
    with ExitStack() as running:
        all_three = [running.enter_context(flask(fresh, "prepare")) for _ in range(3)]
        said = [process.communicate(timeout=LONG)[0] for process in all_three]
    assert [process.returncode for process in all_three] == [0, 0, 0], said
    assert not any("Traceback" in one for one in said)
    assert sum("memuat daerah demo" in one for one in said) == 1
    assert all("rambu-di-tepi-jalan" in one for one in said)


def test_a_started_server_has_its_helpers_minds_no_slow_bodies_and_outlives_its_workers(public):
    """One start, four promises. The worker beside it warms the press, so that nobody waits for
    it, and who answers pages never loads it; eight bodies that trickle hold nobody up (`make bench
    NAME=slow-sockets` sends 300); a worker that dies twice in five seconds ends nothing; whoever
    kills the master finds the port free and nothing left behind."""
    port = free_port()
    with flask(public("instance"), "serve", "--port", str(port)) as server:
        wait_for(server, port)
        until = time.monotonic() + LONG
        while time.monotonic() < until and not has_press(*children_of(server, "jobs work")):
            time.sleep(0.2)
        beside = children_of(server, "jobs work") + children_of(server, "warm_examiner")
        assert len(beside) == 2
        assert has_press(beside[0])
        assert not any(map(has_press, [server.pid, *workers_of(server)]))
        with trickling(port, 8):
            assert [is_answered(port) for _ in range(8)] == [True] * 8
        for _ in range(2):
            kill_a_worker(server)
        assert server.poll() is None
        assert is_answered(port)
        left = workers_of(server) + beside
        server.kill()
        wait_until(lambda: not any(map(is_alive, left)))
        assert not is_answered(port)


@contextmanager
def trickling(port: int, count: int):
    """So many forms of which only the first bytes have come."""
    with ExitStack() as opened:
        for _ in range(count):
            body = opened.enter_context(socket.create_connection(("127.0.0.1", port)))
            body.sendall(
                b"POST /masuk HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9000\r\n\r\nnumber=1"
            )
        yield


def is_answered(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/sehat", timeout=10).close()
    except OSError:
        return False
    return True


def kill_a_worker(server: subprocess.Popen) -> None:
    """The youngest, and wait for the one that takes its place."""
    *_, youngest = workers_of(server)
    os.kill(youngest, signal.SIGKILL)
    wait_until(lambda: youngest not in workers_of(server) and len(workers_of(server)) == 2)


def is_alive(pid: int) -> bool:
    """A zombie is not: nobody here waits for what has lost its parent."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def has_press(pid: int = 0) -> bool:
    """Whether a process has loaded what lays out pages; none has not."""
    return bool(pid) and "libpango" in Path(f"/proc/{pid}/maps").read_text()


def test_a_second_server_is_refused_and_says_why(public, tmp_path):
    port, other_port = free_port(), free_port()
    mine, other = public("mine"), public("other")
    with flask(mine, "serve", "--port", str(port)) as first:
        wait_for(first, port)
        with ExitStack() as running:
            start = lambda *command: running.enter_context(flask(*command))  # noqa: E731
            on_port = start(other, "serve", "--port", str(port))
            on_instance = start(mine, "serve", "--port", str(other_port))
            prepare = start(mine, "prepare")  # migrates beside a running server: no second one
            said = [one.communicate(timeout=LONG)[0] for one in (on_port, on_instance, prepare)]
        assert [one.returncode for one in (on_port, on_instance, prepare)] == [1, 1, 0], said
        assert f"Port {port} di 127.0.0.1 sudah dipakai program lain" in said[0]
        assert (tmp_path / "other" / "rambu.db").stat().st_size == 0  # nothing was migrated
        assert f"sedang dipakai server Rambu lain (proses {first.pid})" in said[1]
        assert not any("Traceback" in one for one in said)
        with flask(other, "serve", "--port", str(other_port)) as second:  # control
            wait_for(second, other_port)
