"""Workers and databases killed while people answer, sign and import over HTTP.

Everybody sends again until she is told that it is done, as browsers and people do. Of what was told
nothing may be missing, nothing may be there twice, and nothing half.
"""

import os
import random
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from itertools import cycle, pairwise
from pathlib import Path

import requests
import sqlalchemy as sa
from flask_migrate import upgrade

from app import config, create_app
from app.core import clock
from app.core.db import db
from app.quizzes.models import AttemptAnswer
from tests import databases, deeds, people, whole
from tests.benchmarks.figures import Figure
from tests.benchmarks.region import Region, token_in
from tests.servers import flask, free_port, wait_for, workers_of

SAVERS, SIGNERS, IMPORTS = 16, 40, 60
#: Of workers on either database, and of the database.
KILLS, DATABASE_KILLS = 100, 20
#: Seconds for one answer.
PATIENCE = 30
CHOICES = ("boleh", "kode-etik", "disiplin", "bergantung")


class Durable(databases.Postgres):
    """A PostgreSQL that waits for the disk, as one does that people rely on."""

    def start_again(self) -> None:
        """After a death: what is left of it must have gone first."""
        while True:
            with suppress(subprocess.CalledProcessError):
                return self.start()
            time.sleep(0.1)

    def pids(self) -> list[int]:
        """The server first, then the processes that answer us."""
        first = int((self.data / "postmaster.pid").read_text().split()[0])
        said = subprocess.run(["ps", "-o", "pid=,cmd=", "--ppid", str(first)], capture_output=True)
        lines = said.stdout.decode().splitlines()
        return [first, *(int(line.split()[0]) for line in lines if " rambu " in line)]


class House:
    """An installation with people who are ready, served by `flask serve` with two workers."""

    def __init__(self, folder: Path, database: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        clean = {key: value for key, value in os.environ.items() if not key.startswith("RAMBU_")}
        self.environ = clean | {
            "RAMBU_INSTANCE": str(folder),
            "RAMBU_DATABASE": database,
            "RAMBU_PUBLIC_URL": self.url,
        }
        own = {key: value for key, value in self.environ.items() if key.startswith("RAMBU_")}
        self.app = create_app(config.from_environment(own))
        with self.app.app_context():
            upgrade()
            cast = people.enter(db.session)
            make = lambda deed, times: [self._ready(deed, cast) for _ in range(times)]  # noqa: E731
            self.savers = make(deeds.saves_an_answer, SAVERS)
            self.signers = make(deeds.signs, SIGNERS)
            self.imports = make(deeds.imports, IMPORTS)
            self.let_go()

    def _ready(self, make: Callable[..., deeds.Deed], cast: people.Cast) -> "Sender":
        deed = make(self.app, cast)
        clock.reset()  # what is ready was made in the past; whoever signs in does so now
        cookie = people.browser_of(self.app, deed.who).get_cookie("rambu")
        return Sender(self.url, deed, cookie.value)

    def let_go(self) -> None:
        """No connection of this process is left open."""
        db.session.remove()
        db.engine.dispose()


class Sender:
    """A browser in which somebody is signed in, with a deed to send."""

    def __init__(self, url: str, deed: deeds.Deed, cookie: str) -> None:
        self.url, self.deed, self.browser = url, deed, requests.Session()
        self.browser.cookies.set("rambu", cookie, domain="127.0.0.1", path="/")
        self.token: str | None = None

    def send(self, **instead: object) -> requests.Response:
        """The deed, or the same with other values."""
        if self.token is None:
            page = self.browser.get(f"{self.url}/akun", timeout=PATIENCE)
            page.raise_for_status()
            self.token = token_in(page.text)
        headers = {"X-CSRFToken": self.token, "Referer": self.url}
        said: dict[str, object] = {"headers": headers, "timeout": PATIENCE}
        if self.deed.json is not None:
            said["json"] = self.deed.json | instead
        else:
            values = {name: v() if callable(v) else v for name, v in self.deed.form.items()}
            said["files"] = {name: v[::-1] for name, v in values.items() if isinstance(v, tuple)}
            said["data"] = {name: v for name, v in values.items() if not isinstance(v, tuple)}
        return self.browser.post(self.url + self.deed.path, allow_redirects=False, **said)


class Witness:
    """What was told as done, and for how long somebody had to send again."""

    def __init__(self) -> None:
        self.saves: dict[str, list[tuple[int, str]]] = {}
        self.done: list[deeds.Deed] = []
        self.longest, self.unanswered = 0.0, 0
        self.is_over = threading.Event()

    def told(self, send: Callable[[], requests.Response]) -> requests.Response:
        """Send again and again. A connection that breaks, and 503, mean: send it again."""
        began = time.monotonic()
        while True:
            with suppress(requests.RequestException):
                answer = send()
                if answer.status_code < 400:
                    self.longest = max(self.longest, time.monotonic() - began)
                    return answer
                if answer.status_code != 503:
                    raise AssertionError(f"{answer.status_code}: {answer.text[:2000]}")
            self.unanswered += 1
            time.sleep(0.05)

    def saves_on(self, sender: Sender) -> None:
        told = self.saves.setdefault(sender.deed.path, [])
        for choice in cycle(CHOICES):
            if self.is_over.is_set():
                return
            answer = self.told(partial(sender.send, choice=choice)).json()
            told.append((answer["revision"], answer["choice"]))

    def sends_all(self, senders: list[Sender]) -> None:
        for sender in senders:
            self.told(sender.send)
            self.done.append(sender.deed)
            time.sleep(0.2)

    @contextmanager
    def watching(self, house: House) -> Iterator[None]:
        """Everybody is busy inside, and has come to an end after it."""
        work = [(self.saves_on, sender) for sender in house.savers]
        work += [(self.sends_all, house.signers), (self.sends_all, house.imports)]
        with ThreadPoolExecutor(len(work)) as threads:
            running = [threads.submit(*one) for one in work]
            try:
                yield
            finally:
                self.is_over.set()
        for one in running:
            one.result()

    def judged(self, house: House) -> tuple[int, int]:
        """How much was told as done, and how much of it is not there. All must be whole."""
        lost = 0
        with house.app.app_context():
            for deed in self.done:
                lost += not deed.is_done
            for path, told in self.saves.items():
                held = db.session.execute(_SLOT, {"attempt": int(path.split("/")[2])}).one()
                revisions = [revision for revision, _ in told]
                lost += sum(later <= before for before, later in pairwise(revisions))
                lost += tuple(held) != told[-1]
            broken = whole.faults()
            house.let_go()
        assert broken == [], broken
        return len(self.done) + sum(map(len, self.saves.values())), lost


_SLOT = sa.select(AttemptAnswer.revision, AttemptAnswer.choice).where(
    AttemptAnswer.attempt_id == sa.bindparam("attempt"), AttemptAnswer.position == 1
)


def run(_region: Region) -> list[Figure]:
    folder = Path(tempfile.mkdtemp(prefix="rambu-kills-"))
    folder.chmod(0o755)
    postgres = Durable(folder, "-c max_connections=100")
    try:
        return [
            *_round(folder, "SQLite, workers", f"sqlite:///{folder / 'kills.db'}", _kill_workers),
            *_round(folder, "PostgreSQL, workers", postgres.new_database("one"), _kill_workers),
            *_round(
                folder,
                "PostgreSQL itself",
                postgres.new_database("two"),
                lambda _server, _port: _kill_databases(postgres),
            ),
        ]
    finally:
        postgres.stop()
        shutil.rmtree(folder)


def _round(folder: Path, name: str, database: str, kill: Callable[..., int]) -> list[Figure]:
    house, witness = House(folder / name.replace(" ", "-"), database), Witness()
    port = str(house.port)
    with (
        (folder / f"{house.port}.log").open("w") as log,
        flask(house.environ, "serve", "--port", port, output=log) as server,
    ):
        wait_for(server, house.port)
        with witness.watching(house):
            kills = kill(server, house.port)
    told, lost = witness.judged(house)
    return [
        Figure(f"{name}: killed", kills, "times", 1),
        Figure(f"{name}: told as done", told, "deeds", 1),
        Figure(f"{name}: of them lost, twice or half", lost, "deeds", told),
        Figure(f"{name}: sent again", witness.unanswered, "times", told),
        Figure(f"{name}: longest wait", round(witness.longest, 2), "s", told),
    ]


def _kill_workers(server: subprocess.Popen[str], _port: int) -> int:
    """One of the two, whatever it is doing, a moment after both are there."""
    for _ in range(KILLS):
        while len(workers := workers_of(server)) < 2:
            time.sleep(0.02)
        time.sleep(random.uniform(0.1, 0.3))
        with suppress(ProcessLookupError):
            os.kill(random.choice(workers), signal.SIGKILL)
    return KILLS


def _kill_databases(postgres: Durable) -> int:
    """In turn one of its processes, after which it recovers by itself, and all of it."""
    for number in range(DATABASE_KILLS):
        time.sleep(random.uniform(1, 2))
        first, *others = postgres.pids()
        os.kill(random.choice(others) if number % 2 and others else first, signal.SIGKILL)
        if not (number % 2 and others):
            postgres.start_again()
    return DATABASE_KILLS
