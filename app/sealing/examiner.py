"""Hand a stranger's file to a process that is already warm, and wait for what it found.

The process that examines (`warm_examiner`) answers each file in a child of its own, with bounds on
time, memory and files, two at once. Whoever asks here loads no engine and parses nothing: what a
file does to its examiner stays there.
"""

import json
import os
import socket
import struct
import sys
import threading

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from app.config import PROJECT
from app.core.errors import DomainError
from app.core.watched import Watched
from app.sealing.checks import Finding, Findings, seen_at_once

#: Seconds that somebody waits for an examiner, with others before her.
PATIENCE = 10.0
#: Seconds of the processor that one file is given.
CPU_SECONDS = 2
#: What is said when a file is there and looked at; whoever says nothing more has died of it.
BEGUN = b"."
#: Requests that wait in the kernel for an examiner.
BACKLOG = 16


class TooBusy(DomainError):
    message = (
        "Berkas lain sedang diperiksa, jadi berkas ini belum diperiksa dan tidak disimpan. Coba "
        "lagi sebentar lagi, atau periksa kode yang tertera di dekat kode QR."
    )
    status, seconds = 503, 30


class Examiner:
    """One for a server and the workers that it forks; whoever serves otherwise gets one a process.

    `is_immediate` examines here and now, for tests of pages.
    """

    def __init__(self) -> None:
        self.is_immediate = False
        self._lock = threading.Lock()
        self._listener: socket.socket | None = None
        self._process: Watched | None = None

    def start(self) -> None:
        """Start the process, once. Its listening socket is ours: a new process takes it over, and
        whoever asked meanwhile waits."""
        with self._lock:
            if self._listener is not None:
                return
            self._listener = socket.socket(socket.AF_UNIX)
            self._listener.bind("")  # the kernel gives it a name
            self._listener.listen(BACKLOG)
            command = (sys.executable, "-m", "app.sealing.warm_examiner")
            self._process = Watched("examiner", command, PROJECT, self._listener.fileno())
            self._process.start()

    def stop(self) -> None:
        with self._lock:
            if self._process and self._listener:
                self._process.stop()
                self._listener.close()
            self._process = self._listener = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def examine(self, content: bytes, root: x509.Certificate) -> Findings:
        """What is found in a file; `root` is the authority of our seals. Raises TooBusy."""
        if finding := seen_at_once(content):
            return Findings(finding)
        if self.is_immediate:
            from app.sealing.examination import examine

            return examine(content, root)
        self.start()
        answer = self._asked(content, root.public_bytes(Encoding.DER)).removeprefix(BEGUN)
        if not answer:  # it died of the file
            return Findings(Finding.UNFINISHED, seconds=CPU_SECONDS)
        finding, claimed, seconds = json.loads(answer)
        return Findings(Finding(finding), claimed, seconds)

    def _asked(self, content: bytes, root: bytes) -> bytes:
        """Whatever was answered, from the moment at which the file was looked at."""
        assert self._listener is not None, "start() saw to it"
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(PATIENCE)
            try:
                connection.connect(self._listener.getsockname())
                for part in (root, content):
                    connection.sendall(struct.pack(">I", len(part)) + part)
                answer = _until_closed(connection)
            except OSError as error:  # too late, or the process died before it looked
                raise TooBusy from error
        if not answer:
            raise TooBusy
        return answer


def _until_closed(connection: socket.socket) -> bytes:
    parts = iter(lambda: connection.recv(4096), b"")
    return b"".join(parts)


def is_from_us(connection: socket.socket) -> bool:
    """Whether the process at the other end is ours: names in the kernel are open to everybody."""
    credentials = connection.getsockopt(
        socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i")
    )
    _, user, _ = struct.unpack("3i", credentials)
    return bool(user == os.geteuid())
