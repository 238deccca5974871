"""Locks between the processes of one machine, or of one database.

The system lets go of them when their process ends, however it ends: nothing stale is left behind.
"""

import errno
import fcntl
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

#: The number under which processes that prepare one PostgreSQL database find each other.
PREPARING = int.from_bytes(b"rambu")


#: As `getaddrinfo` gives it.
Address = tuple[str, int] | tuple[str, int, int, int] | tuple[int, bytes]


class Taken(Exception):
    """Somebody else holds it. `holder` says who, as far as that is known."""

    def __init__(self, holder: str = "") -> None:
        self.holder = holder
        super().__init__(holder)


class Unusable(Exception):
    """This machine has no such address, or it is not ours to open. The text says which."""


@contextmanager
def one_at_a_time(engine: sa.Engine, waiting: Callable[[], None]) -> Iterator[None]:
    """Keep others out who prepare the same database. Who finds it taken calls `waiting`, once,
    and waits for its turn."""
    if engine.dialect.name != "postgresql":
        with held_file(Path(f"{engine.url.database}.lock"), waiting):
            yield
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        key = {"key": PREPARING}
        if not connection.scalar(sa.text("SELECT pg_try_advisory_lock(:key)"), key):
            waiting()
            connection.execute(sa.text("SELECT pg_advisory_lock(:key)"), key)
        try:
            yield
        finally:
            connection.execute(sa.text("SELECT pg_advisory_unlock(:key)"), key)


@contextmanager
def held_file(path: Path, waiting: Callable[[], None] | None = None) -> Iterator[None]:
    """Hold a lock file; processes forked meanwhile hold it too. The file itself stays.

    Raises Taken, or waits for its turn when there is somebody to tell.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if waiting is None:
                raise Taken(os.read(descriptor, 20).decode(errors="replace").strip()) from None
            waiting()
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        os.truncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def held_port(host: str, port: int) -> Iterator[None]:
    """Hold an address that a server is about to listen on. Raises Taken, Unusable.

    Servers with SO_REUSEPORT, as ours, share a port without a word. A plain bind does not, so it
    finds whoever listens already; a name in the kernel keeps out who starts at the same moment.
    """
    with socket.socket(socket.AF_UNIX) as name:
        try:
            family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
            name.bind(f"\0rambu:{address[0]}:{port}")
            _try_to_bind(family, kind, address)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise Taken from error
            raise Unusable(error.strerror) from error
        yield


def _try_to_bind(family: int, kind: int, address: Address) -> None:
    with socket.socket(family, kind) as probe:
        # Connections that an earlier server has closed linger on; they do no harm.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(address)
