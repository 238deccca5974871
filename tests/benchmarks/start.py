"""From `flask serve` until /sehat answers 200: warm, and cold (the content is new, so that it is
read, checked and indexed). `AGAINST=<another checkout with its .venv>` measures that one in turns.

The demo region is loaded beforehand, byte code is compiled, and each checkout has its own instance.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from statistics import median

from tests.benchmarks.figures import ROUNDS, Figure
from tests.benchmarks.region import Region
from tests.servers import free_port

ROOT = Path(__file__).resolve().parents[2]
SERVE = ("-m", "flask", "--app", "wsgi", "serve")
#: Seconds after which a server that does not answer has failed, and between two knocks.
PATIENCE, PAUSE = 120, 0.01
#: Seconds for the second worker: one that is told to stop while it begins never does (granian 2.8).
SETTLE = 1
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Checkout:
    """One tree with its own interpreter and instance, and what its starts took."""

    root: Path
    instance: Path
    #: Seconds until the answer, and seconds of CPU of all its processes by then.
    walls: dict[str, list[float]] = field(default_factory=dict)
    cpus: dict[str, list[float]] = field(default_factory=dict)

    def start(self, kind: str) -> None:
        """Start once, stop, and note what it took."""
        port = free_port()
        environ = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | {
            "RAMBU_INSTANCE": str(self.instance),
            "RAMBU_PUBLIC_URL": f"http://127.0.0.1:{port}",
            "PORT": str(port),
        }
        command = (self._python, *SERVE)
        began = time.perf_counter()
        server = subprocess.Popen(
            command,
            cwd=self.root,
            env=environ,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            _await_answer(server, port)
            self.walls.setdefault(kind, []).append(time.perf_counter() - began)
            self.cpus.setdefault(kind, []).append(_cpu(server.pid))
        finally:
            _stop(server)

    def forget(self) -> None:
        """Make the next start a cold one. A tree that keeps no bank knows no other."""
        shutil.rmtree(self.instance / "bank", ignore_errors=True)

    @property
    def _python(self) -> str:
        return sys.executable if self.root == ROOT else str(self.root / ".venv/bin/python")


def run(region: Region) -> list[Figure]:
    checkouts = [Checkout(ROOT, region.folder / "start")]
    if against := os.environ.get("AGAINST"):
        root = Path(against).resolve()
        checkouts.append(Checkout(root, region.folder / "start-against"))
    for checkout in checkouts:
        checkout.start("first")
    for _ in range(ROUNDS):
        for checkout in reversed(checkouts):
            checkout.start("warm")
            checkout.forget()
            checkout.start("cold")
    return [figure for kind in ("warm", "cold") for figure in _figures(kind, checkouts)]


def _figures(kind: str, checkouts: list[Checkout]) -> list[Figure]:
    return [
        figure
        for what, unit in (("walls", "s"), ("cpus", "s of CPU"))
        for figure in _compared(f"{kind} start", unit, *(getattr(c, what)[kind] for c in checkouts))
    ]


def _compared(bench: str, unit: str, ours: list[float], *peers: list[float]) -> list[Figure]:
    value, other = median(ours), f"{bench}, other tree"
    if not peers:
        return [Figure(bench, round(value, 2), unit, len(ours))]
    base = median(peers[0])
    return [
        Figure(bench, round(value, 2), unit, len(ours), other, round(value / base, 3)),
        Figure(other, round(base, 2), unit, len(peers[0])),
    ]


def _await_answer(server: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            connection.request("GET", "/sehat")
            if connection.getresponse().status == 200:
                return
        except (OSError, HTTPException):
            pass
        finally:
            connection.close()
        time.sleep(PAUSE)
    raise RuntimeError(f"no answer on port {port} (exit code {server.poll()})")


def _stop(server: subprocess.Popen[bytes]) -> None:
    """Gently; whoever has not gone in half a minute goes with all its workers."""
    time.sleep(SETTLE)
    server.terminate()
    try:
        server.wait(timeout=30)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def _cpu(pid: int) -> float:
    """Seconds of CPU of a process and all below it that still run."""
    try:
        ticks = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
        below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return 0.0
    return sum(map(int, ticks)) / TICKS + sum(_cpu(int(child)) for child in below)
