"""A deed in a child of its own, which the kernel ends when it takes too much.

The child is a fork: whatever is loaded here is warm there, and it has gone with its deed.
"""

import gc
import os
import resource
import signal
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn


@dataclass(frozen=True)
class Bounds:
    """Seconds of the processor and of the clock, bytes beyond what is loaded already, files that
    are opened meanwhile, and bytes that one of them may be written to hold."""

    cpu: int
    seconds: int
    memory: int
    files: int
    written: int = 0


class Unfinished(Exception):
    """It took too much, or met a fault, which the child has said on standard error."""


def fork(deed: Callable[[], object], bounds: Bounds) -> int:
    """Run a deed in a bounded child that never comes back. Gives its process id."""
    pid = os.fork()
    if pid == 0:
        _run(deed, bounds)
    return pid


def made(make: Callable[[], bytes], bounds: Bounds) -> bytes:
    """What a bounded child makes. Raises Unfinished.

    No other thread may be inside what `make` uses: a fork has only the thread that forked.
    """
    reader, writer = os.pipe()
    with os.fdopen(reader, "rb") as answers:
        pid = fork(lambda: _write(writer, make()), bounds)
        os.close(writer)
        content = answers.read()
    if status := os.waitpid(pid, 0)[1]:
        raise Unfinished(f"ended with status {status}")
    return content


def _run(deed: Callable[[], object], bounds: Bounds) -> NoReturn:
    try:
        gc.freeze()  # what the parent has left to collect is the parent's
        _bind(bounds)
        deed()
        os._exit(0)
    except BaseException:  # noqa: BLE001  nothing of it may go on in two processes
        traceback.print_exc()
    finally:
        os._exit(1)


def _bind(bounds: Bounds) -> None:
    """Counted from here."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    most = pages * resource.getpagesize() + bounds.memory
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(bounds.seconds)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (bounds.cpu, bounds.cpu))
    resource.setrlimit(resource.RLIMIT_NOFILE, (bounds.files, bounds.files))
    resource.setrlimit(resource.RLIMIT_FSIZE, (bounds.written, bounds.written))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _write(writer: int, content: bytes) -> None:
    with os.fdopen(writer, "wb") as pipe:
        pipe.write(content)
