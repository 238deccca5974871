"""Several nodes behind the shipped nginx on one PostgreSQL, and somebody who kills one of them
while it is at work: `test_nodes.py` once, `make bench NAME=nodes` again and again.

A node is caught in the middle by a lock that we hold: what it has begun waits for that, so it can
be killed there, and never when it happens to be idle.
"""

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from urllib3 import encode_multipart_formdata

from tests import databases, people
from tests.servers import LONG, free_port, wait_for
from tests.test_deployment import Nginx, Visitor, shipped_settings, started

SLUG = "netralitas-inti"
COURSE = f"/kursus/{SLUG}"
#: Of somebody's request when the node that had it is killed.
BROKEN = 502


@dataclass
class Node:
    """One server: a port and an instance folder of its own, and nothing else."""

    name: str
    environ: dict[str, str]
    log: Path
    process: subprocess.Popen | None = None

    @property
    def port(self) -> str:
        return self.environ["PORT"]

    def start(self) -> None:
        self.process = started(self.environ, self.log)

    def wait(self) -> None:
        wait_for(self.process, self.port, "/siap", self.log)

    def kill(self) -> None:
        """As a machine that loses its power: nothing is finished, nobody is told."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(LONG)

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(LONG)
            finally:
                if self.process.poll() is None:
                    os.killpg(self.process.pid, signal.SIGKILL)


@dataclass
class Nodes:
    """All of them, nginx in front, and the address of their database."""

    all: list[Node]
    nginx: Nginx
    database: str

    def visitor(self) -> Visitor:
        return Visitor(self.nginx)

    def rows(self, query: str, *values: object) -> list[tuple]:
        """What the database has, asked apart from all nodes; or a change that time would bring."""
        with psycopg.connect(_plain(self.database), autocommit=True) as connection:
            done = connection.execute(query, values)
            return done.fetchall() if done.description else []

    def one(self, query: str, *values: object) -> object:
        ((value,),) = self.rows(query, *values)
        return value

    def killed_in_the_middle(self, lock: str, *deeds: Callable[[], int]) -> tuple[Node, list[int]]:
        """Kill a node in which one of these deeds waits for `lock`, while all wait: where, nginx
        decides. Gives it, and what whoever did them was answered."""
        with psycopg.connect(_plain(self.database)) as ours, ThreadPoolExecutor() as hands:
            ours.execute(lock)
            asked = [hands.submit(deed) for deed in deeds]
            node = self._stuck(len(deeds))
            node.kill()
            ours.rollback()
            return node, [one.result() for one in asked]

    def _stuck(self, deeds: int) -> Node:
        until = time.monotonic() + LONG
        query = (
            "SELECT application_name FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        while time.monotonic() < until:
            found = [name for (name,) in self.rows(query)]
            if len(found) >= deeds:
                return max(self.all, key=lambda node: found.count(node.name))
            time.sleep(0.02)
        raise AssertionError(f"nobody waits for the lock: {found}")


def _plain(url: str) -> str:
    return url.replace("+psycopg", "")


@contextmanager
def nodes(
    folder: Path, database: str, environs: list[dict[str, str]], *changes: tuple[str, str]
) -> Iterator[Nodes]:
    """Running, of these environments (`RAMBU_INSTANCE` each); `changes` to nginx, if any."""
    keys = folder / "keys"
    keys.mkdir(mode=0o700)
    for name, secret in (("secret.key", databases.SECRET), ("trail.key", databases.TRAIL_SECRET)):
        (keys / name).write_text(secret)
        (keys / name).chmod(0o600)
    (folder / "nginx").mkdir()
    made = []
    for number, environ in enumerate(environs):
        own = {
            "RAMBU_INSTANCE": environ["RAMBU_INSTANCE"],
            "RAMBU_KEYS": str(keys),
            "RAMBU_DATABASE": f"{database}&application_name=node-{number}",
            "RAMBU_METRICS_PORT": "0",
            "PORT": str(free_port()),
            "WORKERS": "1",
        }
        log = folder / f"node-{number}.log"
        made.append(Node(f"node-{number}", shipped_settings() | own, log))
    nginx = Nginx(folder / "nginx", *(node.port for node in made))
    try:
        for node in made:
            node.start()
        for node in made:
            node.wait()
        with nginx.running(*changes):
            yield Nodes(made, nginx, database)
    finally:
        for node in made:
            node.stop()


def again(deed: Callable[[], int], between: float = 0.05) -> int:
    """Done until it is answered, as people do it."""
    until = time.monotonic() + LONG
    while (status := deed()) == BROKEN and time.monotonic() < until:
        time.sleep(between)
    return status


def enter(visitor: Visitor, number: str) -> None:
    """Sign in; whoever has a second factor gives its code."""
    status, headers, _ = visitor.send("/masuk", number=number, password=people.PASSWORD)
    assert status == 303, status
    if headers["Location"].startswith("/masuk/kode"):
        assert visitor.send("/masuk/kode", code=people.code_now())[0] == 303


def study(visitor: Visitor, nodes: Nodes, person_id: int) -> None:
    """The first lesson as people read it, with its cases; the others as if they were read."""
    assert visitor.send(COURSE, f"{COURSE}/mulai")[0] == 303
    lesson = f"{COURSE}/pelajaran/1"
    _, _, text = visitor.ask("GET", lesson)
    for path, form in re.findall(r'action="(/kursus/[^"]+/kasus/[^"]+)"(.*?)</form>', text, re.S):
        phase = re.search(r'name="phase" value="([^"]+)"', form)[1]
        assert visitor.send(lesson, path, phase=phase, answer="boleh")[0] == 303
    earlier = "UPDATE lesson_readings SET opened_at = opened_at - interval '1 hour'"
    nodes.rows(earlier)
    assert visitor.send(lesson, f"{lesson}/selesai")[0] == 303
    nodes.rows("UPDATE enrolments SET lessons_completed_at = now() WHERE person_id = %s", person_id)


def begin_quiz(visitor: Visitor, nodes: Nodes) -> tuple[int, list[str]]:
    """The attempt's id, and the right answers in the order of its paper."""
    status, headers, _ = visitor.send(f"{COURSE}/kuis")
    assert status == 303, status
    attempt = int(re.search(r"/percobaan/(\d+)", headers["Location"])[1])
    paper = nodes.one("SELECT paper FROM attempts WHERE id = %s", attempt)
    return attempt, [question["key"] for question in paper["questions"]]


def save(visitor: Visitor, attempt: int, number: int, choice: str) -> int:
    return visitor.send(f"/percobaan/{attempt}/soal/{number}", choice=choice)[0]


def sign(visitor: Visitor) -> int:
    """Everything ticked, and the password once more."""
    status, _, text = visitor.ask("GET", f"{COURSE}/pakta")
    if status != 200:
        return status
    ticks = re.findall(r'name="(point_\d+|consent)"', text)
    fields = dict.fromkeys(ticks, "y") | {"password": people.PASSWORD}
    return visitor.send(f"{COURSE}/pakta", **fields)[0]


def take_in(visitor: Visitor, roster: str) -> int:
    """A roster file, brought, looked at and applied; 200 once its work says that it is saved."""
    upload = look_at(visitor, roster)
    if not upload:
        return BROKEN
    status, work = apply(visitor, upload)
    if status != 303:
        return status
    told = over(visitor, work)
    return 200 if "Daftar tersimpan" in told else BROKEN


def look_at(visitor: Visitor, roster: str) -> int:
    """The id of a file that was brought and looked at; 0 where a node was lost on the way."""
    status, _, text = visitor.ask("GET", "/pegawai/impor")
    if status != 200:
        return 0
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', text)[1]
    fields = {"csrf_token": token, "file": ("pegawai.csv", roster.encode())}
    body, kind = encode_multipart_formdata(fields)
    status, headers, _ = visitor.ask("POST", "/pegawai/impor", body, Content_Type=kind)
    found = re.search(
        r"/pegawai/impor/(\d+)", over(visitor, headers["Location"]) if status == 303 else ""
    )
    return int(found[1]) if found else 0


def apply(visitor: Visitor, upload: int) -> tuple[int, str]:
    """Ask for it to be done; gives the status, and where its work is shown."""
    page = f"/pegawai/impor/{upload}"
    status, headers, _ = visitor.send(page, f"{page}/kerjakan", act="terapkan")
    return status, headers.get("Location", "")


def over(visitor: Visitor, work: str) -> str:
    """The page of somebody's work once that has ended, whichever worker came to it."""
    until = time.monotonic() + LONG
    while time.monotonic() < until:
        status, headers, text = visitor.ask("GET", work)
        if status == 200 and "Refresh" not in headers:
            return text
        assert status in (200, BROKEN), status
        time.sleep(0.2)
    raise AssertionError("no worker came to the end of it")


def newcomers(count: int, unit: str = "10.1", first: int = 1) -> str:
    """A roster of people whom nobody knows yet: at most 900 begin in a month."""
    lines = [
        f"199503032022{1 + number // 900:02}{2001 + number % 900};Ni Putu Ayu {number};PPPK;{unit}"
        for number in range(first, first + count)
    ]
    return "\n".join(["NIP;Nama;Status;Kode Unit", *lines, ""])


def document(visitor: Visitor, path: str) -> bytes:
    """The sealed file, once the worker of some node has made it."""
    until = time.monotonic() + LONG
    while time.monotonic() < until:
        status, _, content = visitor.ask("GET", path)
        if status == 200:
            return content
        assert status in (202, BROKEN), status
        time.sleep(0.2)
    raise AssertionError("no worker made it")
