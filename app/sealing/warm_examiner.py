"""The process that examines strangers' files: `python -m app.sealing.warm_examiner`.

Its standard input is the listening socket of `examiner`. It loads what an examination needs, tries
it once on a seal of its own, and then gives each file to a fork of itself: warm, bounded, and gone
with its file. It has no key of ours and no database; the root certificate comes with each question.
"""

import gc
import json
import os
import socket
import struct
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from cryptography import x509
from pyhanko.pdf_utils.generic import StreamObject
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter

from app.core import bounded
from app.core.watched import end_with_parent
from app.sealing import examination, seal
from app.sealing.checks import LARGEST, Findings
from app.sealing.examiner import BEGUN, CPU_SECONDS, is_from_us

#: Files that are examined at once.
AT_ONCE = 2
#: Bounds of one file, beside CPU_SECONDS: seconds of the clock, bytes beyond what is loaded
#: already, and open files.
SECONDS = 5
MEMORY = 256 * 1024 * 1024
FILES = 8


def main() -> None:
    end_with_parent()
    rehearse()
    gc.freeze()  # or the first collection in a fork would copy every page
    with socket.socket(fileno=0) as listener:
        serve(listener)


def rehearse() -> None:
    """Load whatever an examination loads. A seal that we cannot read ends the process here."""
    with tempfile.TemporaryDirectory() as folder:
        sealer = seal.load(Path(folder))
        found = sealer.examine(sealer.seal(_blank_page()))
    assert found.is_untouched, found


def _blank_page() -> bytes:
    writer, file = PdfFileWriter(), BytesIO()
    content = writer.add_object(StreamObject(stream_data=b""))
    writer.insert_page(PageObject(contents=content, media_box=(0, 0, 9, 9)))
    writer.write(file)
    return file.getvalue()


def serve(listener: socket.socket) -> None:
    """Answer for ever, `AT_ONCE` at a time; the others wait in the kernel."""
    running: set[int] = set()
    while True:
        if len(running) >= AT_ONCE:
            running.discard(os.wait()[0])
        connection, _ = listener.accept()
        with connection:
            running.add(in_a_fork(lambda: answer(connection)))  # noqa: B023


def in_a_fork(deed: Callable[[], object]) -> int:
    """Run a deed in a bounded child that never comes back. Gives its process id."""
    return bounded.fork(deed, bounded.Bounds(CPU_SECONDS, SECONDS, MEMORY, FILES))


def answer(connection: socket.socket) -> None:
    """Read a root certificate and a file, and say what was found."""
    if not is_from_us(connection):
        return
    root, content = _part(connection), _part(connection)
    connection.sendall(BEGUN)
    found: Findings = examination.examine(content, x509.load_der_x509_certificate(root))
    told = [found.finding.value, found.claimed_code, time.process_time()]
    connection.sendall(json.dumps(told).encode())


def _part(connection: socket.socket) -> bytes:
    (length,) = struct.unpack(">I", _exactly(connection, 4))
    assert length <= LARGEST, length
    return _exactly(connection, length)


def _exactly(connection: socket.socket, length: int) -> bytes:
    """So many bytes, or an end: whoever asks has gone."""
    received = connection.recv(length, socket.MSG_WAITALL) if length else b""
    if len(received) != length:
        raise EOFError
    return received


if __name__ == "__main__":
    main()
