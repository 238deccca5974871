"""A hall full of phones: an installation with one session, its server as a real process, a host who
commands, and a herd (`tests.herd`) in a process of its own. For benchmarks and for one small test.
"""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import IO

import sqlalchemy as sa
from flask_migrate import upgrade

from app import config as settings
from app import create_app
from app.core import clock
from app.core.db import db, start_writing
from app.live import joining, operations
from app.live.models import LiveAnswer, LiveParticipant, LiveSession
from app.live.operations import Orders
from tests import databases, people
from tests.herd import Habits, Herd, Seen, graze
from tests.servers import free_port, running, wait_for, workers_of
from tests.webinars import prepared

SERVE = ("-m", "flask", "--app", "wsgi", "serve")
TICK = os.sysconf("SC_CLK_TCK")
#: A server whose writer keeps answers after it has acknowledged them: some of what it told is lost
#: when it is killed. The control of every run with a death.
HASTY = """# in place of flask serve: `workers_of` looks for these words
import sys, threading
from app.live import writer
kept = writer.Writer._keep
def hasty(self, wanted):
    told = [writer._told(one, [writer.Reply(a.run_id, writer.Stored(a.choice, None, a.seq,
        writer.clock.now(), writer.answering.Timing.ON_TIME), None) for a in one.answers], {})
        for one in wanted]
    threading.Timer(1.0, kept, [self, wanted]).start()
    return told
writer.Writer._keep = hasty
from flask.cli import main
sys.argv = ["flask", "--app", "wsgi", "serve"]
main()
"""


@dataclass
class Outcome:
    """What the herd was told, and what the database has."""

    seen: Seen
    stored: dict[tuple[int, int], str]
    #: Seconds of processors, and growth of memory in MiB, of the server and its workers.
    cpu: float = 0.0
    grown: float = 0.0

    @property
    def lost(self) -> int:
        """Answers that were acknowledged and are not stored so."""
        return sum(self.stored.get(key) != choice for key, choice in self.seen.told.items())

    @property
    def unsaid(self) -> int:
        """Answers that were given and are not stored at all."""
        return len(self.seen.meant.keys() - self.stored.keys())


@dataclass
class Hall:
    """One installation on a database, with `count` phones in one session in its lobby."""

    folder: Path
    database: str
    count: int
    questions: int = 3
    port: int = field(default_factory=free_port)

    def __post_init__(self) -> None:
        self.url = f"http://127.0.0.1:{self.port}"
        clean = {key: value for key, value in os.environ.items() if not key.startswith("RAMBU_")}
        self.environ = clean | {
            "RAMBU_INSTANCE": str(self.folder),
            "RAMBU_DATABASE": self.database,
            "RAMBU_PUBLIC_URL": self.url,
            "RAMBU_SECRET_KEY": databases.SECRET,
            "PORT": str(self.port),
        }
        own = {key: value for key, value in self.environ.items() if key.startswith("RAMBU_")}
        self.app = create_app(settings.from_environment(own))
        with self.app.app_context():
            upgrade()
            cast = people.enter(db.session)
            session = prepared(cast, self.questions)
            self.session_id, self.code, self.yusuf_id = session.id, session.code, cast.yusuf.id
            self.tickets = self._tickets(session)
            self._let_go()

    def _tickets(self, session: LiveSession) -> dict[int, str]:
        rows = [
            {"session_id": session.id, "guest": n, "guest_code": "ACDE", "joined_at": clock.now()}
            for n in range(1, self.count + 1)
        ]
        db.session.execute(
            sa.insert(LiveParticipant), [row | {"extra_percent": 100} for row in rows]
        )
        db.session.commit()
        found = db.session.scalars(
            sa.select(LiveParticipant).where(LiveParticipant.session_id == session.id)
        )
        return {one.id: joining.ticket_for(one, session) for one in found}

    def _let_go(self) -> None:
        db.session.remove()
        db.engine.dispose()
        self.app.extensions["jobs"].close()  # an end asks for a job, and nudges

    def order(self, name: str, **said) -> LiveSession:
        """What the host presses: on whatever version there is, again until it is done."""
        with self.app.app_context():
            start_writing()
            session = db.session.get_one(LiveSession, self.session_id)
            host = db.session.get_one(people.Person, self.yusuf_id)
            operations.command(session, name, session.version, host, Orders(**said))
            db.session.commit()
            self._let_go()
            return session

    @contextmanager
    def served(self, program: str | None = None) -> Iterator["Serving"]:
        """`make run` as it is, or another program in its place (a control)."""
        log = self.folder / "server.log"
        with log.open("a") as output, ExitStack() as stack:
            serving = Serving(self, stack, output, program)
            serving.start()
            yield serving

    def stored(self) -> dict[tuple[int, int], str]:
        with self.app.app_context():
            query = sa.select(LiveAnswer.participant_id, LiveAnswer.run_id, LiveAnswer.choice)
            found = {(one, run): choice for one, run, choice in db.session.execute(query)}
            self._let_go()
            return found


@dataclass
class Serving:
    """A server at work, which can die and come back."""

    hall: Hall
    stack: ExitStack
    output: IO[str]
    program: str | None
    process: subprocess.Popen | None = None

    def start(self) -> None:
        hall = self.hall
        arguments = ("-c", self.program) if self.program else SERVE
        started = running(hall.environ, *arguments, output=self.output)
        self.process = self.stack.enter_context(started)
        wait_for(self.process, hall.port, log=hall.folder / "server.log")

    def be_gone(self, seconds: float = 8.0) -> None:
        """All of it is killed at once, and comes back after a while."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        time.sleep(seconds)
        self.start()

    def pids(self) -> list[int]:
        return [self.process.pid, *workers_of(self.process)]

    def cpu(self) -> float:
        return sum(map(_cpu_of, self.pids()))

    def memory(self) -> float:
        return sum(map(_memory_of, self.pids()))

    def kill_a_worker(self) -> None:
        pids = workers_of(self.process)
        os.kill(pids[0], signal.SIGKILL)

    def play(
        self,
        habits: Habits,
        seconds: int = 20,
        url: str | None = None,
        mishap: Callable[[], None] | None = None,
        host: str | None = None,
        lag: float = 3.0,
    ) -> Outcome:
        """The whole session: lobby, each question with its reveal, the end. `mishap` befalls it in
        the middle of the second question, or of the only one; `lag` is what answers have to come
        after a close, in seconds."""
        hall = self.hall
        memory, cpu = self.memory(), self.cpu()
        hall.order("lobby")
        with _herd(url or hall.url, host or f"127.0.0.1:{hall.port}", hall, habits) as herd:
            time.sleep(habits.ramp + 1)
            for number in range(hall.questions):
                hall.order("open", seconds=max(seconds, operations.SECONDS[0]))
                time.sleep(operations.LEAD.total_seconds() + seconds / 2)
                if number == min(1, hall.questions - 1) and mishap:
                    mishap()
                time.sleep(seconds / 2)
                if seconds < operations.SECONDS[0]:
                    hall.order("close")
                time.sleep(lag)
                hall.order("reveal", is_meant=True)
            grown, spent = self.memory() - memory, self.cpu() - cpu
            time.sleep(lag)
            hall.order("end")
            seen = herd()
        return Outcome(seen, hall.stored(), cpu=spent, grown=grown)


@contextmanager
def _herd(url: str, host: str, hall: Hall, habits: Habits) -> Iterator[Callable[[], Seen]]:
    """The herd at work in its own process; what it has met is given at its end. Not a fork: whoever
    has other threads (a browser's, a server's) would leave the child waiting for their locks."""
    process_of = get_context("spawn")
    is_there, is_over, ours = process_of.Event(), process_of.Event(), process_of.Queue()
    herd = Herd(url, host, hall.code, hall.tickets, habits)
    process = process_of.Process(target=graze, args=(herd, is_there, is_over, ours))
    process.start()
    assert is_there.wait(60)
    timer = threading.Timer(900, is_over.set)
    timer.start()
    try:
        yield lambda: ours.get(timeout=180)
    finally:
        is_over.set()
        timer.cancel()
        process.join(30)
        if process.is_alive():
            process.kill()


def _cpu_of(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICK


def _memory_of(pid: int) -> float:
    """MiB that are this process's alone, and its share of what it shares."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    line = next(line for line in text.splitlines() if line.startswith("Pss:"))
    return int(line.split()[1]) / 1024
