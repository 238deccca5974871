"""Servers as real processes, for tests and benchmarks: started, waited for, and looked into; and
what they need of this machine, a port, a database or a small disk."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from app.config import PROJECT

#: Seconds. Starts share two cores here, and others may use them.
LONG = 120


def empty_database(server: str) -> str:
    name = f"fresh_{uuid.uuid4().hex[:12]}"
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return server.replace("/postgres?", f"/{name}?")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextmanager
def flask(
    environ: dict[str, str], *command: str, output: Any = subprocess.PIPE
) -> Iterator[subprocess.Popen]:
    """A running command of ours, as far as the block goes."""
    with running(environ, "-m", "flask", "--app", "wsgi", *command, output=output) as process:
        yield process


@contextmanager
def running(
    environ: dict[str, str], *arguments: str, output: Any = subprocess.PIPE
) -> Iterator[subprocess.Popen]:
    """Python with these arguments. Whatever it is still doing ends with the block, workers and
    all."""
    process = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=PROJECT,
        env=environ,
        stdout=output,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if process.stdout:
            process.stdout.close()


def wait_for(
    process: subprocess.Popen, port: int | str, path: str = "/sehat", log: Path | None = None
) -> None:
    """Until that page answers. A process that ends before fails, with what it said."""
    until = time.monotonic() + LONG
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    said = log.read_text() if log else process.stdout.read() if process.poll() else "too slow"
    pytest.fail(f"it did not start: {said}")


def wait_until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + LONG
    while not is_so():
        assert time.monotonic() < until, "it took too long"
        time.sleep(0.05)


def children_of(server: subprocess.Popen, command: str) -> list[int]:
    """Children of a process, of any of its threads, whose command line has these words."""
    found = []
    for children in Path(f"/proc/{server.pid}/task").glob("*/children"):
        for pid in map(int, children.read_text().split()):
            line = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
            found += [pid] * (command in line)
    return found


def workers_of(server: subprocess.Popen) -> list[int]:
    return children_of(server, " serve")


@contextmanager
def small_disk(place: Path, size: str) -> Iterator[None]:
    """A file system of `size` ("64k") at a new folder, as far as the block goes. Needs root."""
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", place], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", place], check=True)
