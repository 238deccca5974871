"""A webinar with thousands of phones: what each was told is kept, and what of it is not.

PHONES=1000,5000,10000 says how many against `make run` alone, and behind the shipped nginx. Each
run answers three questions; the phones are `tests/herd.py`, in a process of their own on the same
machine. Every kind of mishap has its control, which loses. RUNS=alone,rush picks some.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import quantiles

import psycopg
import pysqlite3.dbapi2 as pysqlite

from app.config import PROJECT
from app.core.hosts import Hosts
from app.core.together import MOST, Message
from app.live.answering import milliseconds
from app.live.queries import latest_run
from app.live.writer import Writer
from tests import databases
from tests.benchmarks.figures import Figure, compared
from tests.benchmarks.region import Region
from tests.hall import HASTY, Hall, Outcome
from tests.herd import Habits
from tests.test_deployment import NAME, Nginx

#: Against `make run` alone, with a mishap behind nginx, and as many as it has to hold.
PHONES = tuple(map(int, os.environ.get("PHONES", "1000,5000,10000").split(",")))
#: Rows of one round of the comparison with the bare drivers.
ROWS = 4_000
#: Where the compiled bank lies that all halls of a run are lent.
SHARED = Path(tempfile.gettempdir()) / f"rambu-live-{os.getpid()}"


def run(_region: Region) -> list[Figure]:
    few, many, most = PHONES
    SHARED.mkdir(exist_ok=True)
    wanted = os.environ.get("RUNS", ",".join(RUNS)).split(",")
    counts = {"few": few, "many": many, "most": most}
    figures: list[Figure] = []
    try:
        for name in wanted:
            size, play = RUNS[name]
            figures += play(name, counts[size])
    finally:
        shutil.rmtree(SHARED)
    return figures


def _alone(name: str, count: int) -> list[Figure]:
    with _hall(count) as hall, hall.served() as server:
        return _figures(f"{name} {count}", count, server.play(Habits()))


def _postgresql(name: str, count: int) -> list[Figure]:
    with _hall(count, is_postgresql=True) as hall, hall.served() as server:
        return _figures(f"{name} {count}", count, server.play(Habits()))


def _rush(name: str, count: int) -> list[Figure]:
    """All of them within two seconds and a half of seeing it."""
    with _hall(count) as hall, hall.served() as server:
        return _figures(f"{name} {count}", count, server.play(Habits(think=(0, 2.5))))


def _deadline(name: str, count: int) -> list[Figure]:
    """All of them within ten seconds, while documents are laid out one after the other."""
    with _hall(count) as hall, hall.served() as server, _printing(hall):
        return _figures(f"{name} {count}", count, server.play(Habits(think=(0, 10))))


@contextmanager
def _printing(hall: Hall) -> Iterator[None]:
    """A press that never rests, beside the server."""
    is_over, printed = threading.Event(), hall.folder / "printed"
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "credentials", "sample", printed]

    def go_on() -> None:
        while not is_over.is_set():
            subprocess.run(command, cwd=PROJECT, env=hall.environ, capture_output=True, check=True)

    thread = threading.Thread(target=go_on)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


def _proxied(name: str, count: int) -> list[Figure]:
    with _hall(count) as hall, _behind_nginx(hall) as url, hall.served() as server:
        habits = Habits(ramp=max(5.0, count / 500))
        return _figures(f"{name} {count}", count, server.play(habits, url=url, host=NAME))


def _killed(name: str, count: int) -> list[Figure]:
    """A worker dies in the middle of the second question; the control acknowledges too early."""
    figures = []
    for kind, program in ((name, None), (f"control: {name}, acknowledged too early", HASTY)):
        with _hall(count) as hall, hall.served(program) as server:
            outcome = server.play(Habits(think=(0, 12)), mishap=server.kill_a_worker)
        figures += _figures(f"{kind} {count}", count, outcome)
    return figures


def _down(name: str, count: int) -> list[Figure]:
    """The whole program is gone for eight seconds; nginx goes on giving what there was. The control
    are phones that send once."""
    figures = []
    for kind, is_stubborn in ((name, True), (f"control: {name}, sent once", False)):
        with _hall(count) as hall, _behind_nginx(hall) as url, hall.served() as server:
            habits = Habits(think=(0, 12), is_stubborn=is_stubborn, ramp=max(5.0, count / 500))
            outcome = server.play(habits, url=url, host=NAME, mishap=server.be_gone)
        figures += _figures(f"{kind} {count}", count, outcome)
    return figures


def _deaf(name: str, count: int) -> list[Figure]:
    """Three replies of ten are lost after the commit. The control: each commit as a row of its own
    would have counted so many answers twice."""
    with _hall(count) as hall, hall.served() as server:
        outcome = server.play(Habits(deaf=0.3))
    figures = _figures(f"{name} {count}", count, outcome)
    doubled = Figure(f"control: {name}, rows without a key", outcome.seen.unheard, "doubled", 1)
    return [*figures, doubled]


def _figures(name: str, count: int, outcome: Outcome) -> list[Figure]:
    seen, given = outcome.seen, len(outcome.seen.meant)
    figures = [
        Figure(f"{name}: acknowledged", len(seen.told), "answers", given),
        Figure(f"{name}: stored", len(outcome.stored), "answers", given),
        Figure(f"{name}: acknowledged and lost", outcome.lost, "answers", len(seen.told)),
        Figure(f"{name}: given and not stored", outcome.unsaid, "answers", given),
        Figure(f"{name}: too late to be kept", sum(seen.refused.values()), "answers", given),
        Figure(f"{name}: broken or refused", seen.broken, "requests", len(seen.polls) + given),
        Figure(f"{name}: server's CPU", round(outcome.cpu, 1), "s", 1),
        Figure(f"{name}: phones' CPU", round(seen.cpu, 1), "s", 1),
        Figure(f"{name}: server grew by", round(outcome.grown), "MiB", 1),
        Figure(f"{name}: a phone reads", round(seen.bytes_in / count / 1000, 1), "kB", count),
    ]
    for what, times in (("answer", seen.answers), ("poll", seen.polls)):
        parts = quantiles(times, n=100)
        figures += [
            Figure(f"{name}: {what} p{part}", round(1000 * parts[part - 1]), "ms", len(times))
            for part in (50, 95, 99)
        ]
    return figures


@contextmanager
def _hall(count: int, *, is_postgresql: bool = False) -> Iterator[Hall]:
    with tempfile.TemporaryDirectory(prefix="rambu-hall-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        server = databases.Postgres(folder) if is_postgresql else None
        try:
            instance = folder / "instance"
            instance.mkdir(mode=0o700)
            databases.lend_bank(SHARED, instance)
            own = f"sqlite:///{folder / 'hall.db'}"
            yield Hall(instance, server.new_database("hall") if server else own, count)
        finally:
            if server:
                server.stop()


@contextmanager
def _behind_nginx(hall: Hall) -> Iterator[str]:
    hall.environ |= {"RAMBU_PUBLIC_URL": f"https://{NAME}", "RAMBU_PROXIES": "1"}
    folder = hall.folder / "nginx"
    folder.mkdir()
    nginx = Nginx(folder, str(hall.port))
    with nginx.running():
        yield f"https://127.0.0.1:{nginx.port}"


def _against_drivers(name: str, count: int) -> list[Figure]:
    """Answers kept by the writer, many at once, against rows that the bare driver commits one by
    one: on SQLite with synchronous=FULL, and on PostgreSQL."""
    figures = []
    for is_postgresql in (False, True):
        with _hall(count, is_postgresql=is_postgresql) as hall:
            kind = "PostgreSQL" if is_postgresql else "SQLite"
            ours = _Storm(hall).kept
            peer = partial(_bare_postgresql if is_postgresql else _bare_sqlite, hall)
            figures += compared(f"{name}, {kind}", "rows/s", f"bare driver, {kind}", ours, peer)
    return figures


class _Storm:
    """Phones that answer a question that is open, and all change their minds in each round."""

    def __init__(self, hall: Hall) -> None:
        self.hall, self.round = hall, 0
        self.writer = Writer(hall.app, Hosts(hall.url))
        hall.order("lobby")
        hall.order("open", seconds=600)
        with hall.app.app_context():
            run = latest_run(hall.session_id)
            self.run, self.opens = run.id, milliseconds(run.opens_at)
            hall._let_go()
        time.sleep(max(0.0, self.opens / 1000 - time.time()) + 0.05)

    def kept(self) -> float:
        """Answers a second, in batches as large as they come in a storm (MOST at once)."""
        self.round += 1
        messages = [self._message(ticket) for ticket in [*self.hall.tickets.values()][:ROWS]]
        begun = time.perf_counter()
        for start in range(0, len(messages), MOST):
            answers = self.writer.answer(messages[start : start + MOST])
            assert {answer.status for answer in answers} == {200}
        return len(messages) / (time.perf_counter() - begun)

    def _message(self, ticket: str) -> Message:
        seq = self.opens + self.round
        item = {"run": self.run, "choice": "boleh", "sure": None, "seq": seq, "at": seq}
        headers = {"host": f"127.0.0.1:{self.hall.port}", "x-tiket": ticket}
        body = json.dumps({"items": [item], "here": True}).encode()
        return Message(f"/webinar/{self.hall.code}/jawaban", headers, body)


def _bare_sqlite(hall: Hall) -> float:
    path = hall.folder / "bare.db"
    connection = pysqlite.connect(str(path), isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE IF NOT EXISTS a (run INT, who INT, choice TEXT, seq INT)")
    begun = time.perf_counter()
    for number in range(ROWS):
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO a VALUES (1, ?, 'boleh', ?)", (number, number))
        connection.execute("COMMIT")
    speed = ROWS / (time.perf_counter() - begun)
    connection.close()
    return speed


def _bare_postgresql(hall: Hall) -> float:
    address = hall.database.replace("+psycopg", "")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS a (run INT, who INT, choice TEXT, seq INT)")
        begun = time.perf_counter()
        for number in range(ROWS):
            connection.execute("INSERT INTO a VALUES (1, %s, 'boleh', %s)", (number, number))
        return ROWS / (time.perf_counter() - begun)


#: By name: how many phones, and what is done with them.
RUNS: dict[str, tuple[str, Callable[[str, int], list[Figure]]]] = {
    "alone": ("few", _alone),
    "postgresql": ("few", _postgresql),
    "rush": ("few", _rush),
    "deadline": ("few", _deadline),
    "killed": ("few", _killed),
    "deaf": ("few", _deaf),
    "proxied": ("many", _proxied),
    "down": ("many", _down),
    "most": ("most", _proxied),
    "storm": ("many", _against_drivers),
}
