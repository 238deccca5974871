"""A process beside a server: started, watched, started again when it dies, ended with the server.

A supervisor such as systemd does the same for units of its own; this is for whoever starts one
command and expects everything.
"""

import ctypes
import logging
import os
import signal
import subprocess
import threading
import time
from collections.abc import Sequence
from pathlib import Path

logger = logging.getLogger(__name__)

#: Seconds for which a process must have lived, or the next one waits.
STEADY = 5.0
#: Seconds of that wait: doubled each time, from the first to the last.
FIRST_PAUSE, LAST_PAUSE = 0.5, 30.0
#: Seconds in which a process must end when it is told to.
LAST_WORDS = 10.0
#: A signal to a child when its parent dies: prctl(2).
PR_SET_PDEATHSIG = 1
#: Names the process that watches to the one that is watched. No setting, so not RAMBU_…: those that
#: are not known are refused.
WATCHER = "WATCHED_BY"


class Watched:
    """A command that is to run in a folder for as long as we do. `name` is for the log, `stdin`
    is handed over."""

    def __init__(
        self, name: str, command: Sequence[str], folder: Path, stdin: int | None = None
    ) -> None:
        self.name, self.command, self.folder, self.stdin = name, command, folder, stdin
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._watch, name=f"watch {name}", daemon=True)

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """End it and wait; whoever does not listen is killed."""
        self._stopping.set()
        process = self._process
        if process is not None and process.poll() is None:
            process.terminate()
            try:
                process.wait(LAST_WORDS)
            except subprocess.TimeoutExpired:
                process.kill()
        self._thread.join(LAST_WORDS)

    def _watch(self) -> None:
        """Runs in one thread from start to end: the kernel tells a child when that thread ends."""
        pause = FIRST_PAUSE
        while not self._stopping.is_set():
            began = time.monotonic()
            status = self._run_once()
            if self._stopping.is_set():
                return
            is_steady = time.monotonic() - began > STEADY
            pause = FIRST_PAUSE if is_steady else min(pause * 2, LAST_PAUSE)
            logger.error("%s ended (%s); again in %.1f s", self.name, status, pause)
            self._stopping.wait(pause)

    def _run_once(self) -> int:
        stdin = subprocess.DEVNULL if self.stdin is None else self.stdin
        self._process = subprocess.Popen(  # noqa: S603
            self.command,
            stdin=stdin,
            cwd=self.folder,
            env=os.environ | {WATCHER: str(os.getpid())},
            start_new_session=True,  # a Ctrl-C is for us; it hears of it by `stop`
        )
        if self._stopping.is_set():  # told while it was being started
            self._process.terminate()
        return self._process.wait()


def end_with_parent() -> None:
    """Called by a watched process. Nothing stays behind that answers for a server which is no
    more."""
    if not ends_with(int(os.environ[WATCHER]), signal.SIGTERM):
        raise SystemExit(0)


def ends_with(parent: int, ending: signal.Signals) -> bool:
    """Let the kernel end this process when its parent is gone, however that came about. False where
    it was gone before we asked: a start takes seconds, and then nobody is told."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, ending)
    return os.getppid() == parent
