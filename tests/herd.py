"""Phones in a webinar, thousands of them in one process, over real HTTP: each polls the shared
document, answers once it sees a question, and sends again until it is told that its answer is kept.

What they were told is compared with the rows afterwards (`tests/benchmarks/live.py`).
"""

import asyncio
import json
import random
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Event
from urllib.parse import urlsplit

#: Seconds after which a request counts as broken, and the longest pause before it is sent again.
PATIENCE, LONGEST = 8.0, 8.0


CHOICES = ("boleh", "tidak-boleh", "bergantung")


@dataclass
class Habits:
    """How phones behave. `think` is between seeing a question and answering it, in seconds."""

    think: tuple[float, float] = (1.0, 12.0)
    #: Share of replies that are lost on their way back, after the commit.
    deaf: float = 0.0
    #: Share of phones that send an older tap once more, with another choice.
    stale: float = 0.05
    #: Whether an answer is sent again until it is acknowledged. Without, some are lost.
    is_stubborn: bool = True
    #: Seconds over which phones come.
    ramp: float = 5.0


@dataclass
class Seen:
    """What the herd has met."""

    polls: list[float] = field(default_factory=list)
    answers: list[float] = field(default_factory=list)
    #: How often a request broke or was told to come again; replies that were lost on purpose.
    broken: int = 0
    unheard: int = 0
    bytes_in: int = 0
    #: What each participant was told is kept, by run.
    told: dict[tuple[int, int], str] = field(default_factory=dict)
    #: What each wanted to answer, told or not.
    meant: dict[tuple[int, int], str] = field(default_factory=dict)
    #: Answers that came too late to be kept, by the reason that was told.
    refused: dict[str, int] = field(default_factory=dict)
    #: Statuses other than 200 and 304.
    statuses: dict[int, int] = field(default_factory=dict)
    #: Seconds of this process.
    cpu: float = 0.0


class Line(asyncio.Protocol):
    """One connection that asks one thing at a time; for a client this is all of HTTP/1.1."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self.buffer = b""
        self.waiting: asyncio.Future | None = None

    def connection_made(self, transport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        head, found, rest = self.buffer.partition(b"\r\n\r\n")
        if not found or self.waiting is None:
            return
        lines = head.split(b"\r\n")
        headers = dict(line.lower().split(b": ", 1) for line in lines[1:] if b": " in line)
        length = int(headers.get(b"content-length", 0))
        if len(rest) < length:
            return
        self.buffer = rest[length:]
        waiting, self.waiting = self.waiting, None
        if not waiting.done():
            size = len(head) + 4 + length
            waiting.set_result((int(lines[0][9:12]), headers, rest[:length], size))

    def connection_lost(self, error) -> None:
        self.transport = None
        if self.waiting is not None and not self.waiting.done():
            self.waiting.set_exception(ConnectionError("closed"))

    async def ask(self, request: bytes):
        assert self.transport is not None
        self.waiting = asyncio.get_running_loop().create_future()
        self.transport.write(request)
        return await asyncio.wait_for(self.waiting, PATIENCE)

    def close(self) -> None:
        if self.transport is not None:
            self.transport.abort()
        self.transport = None


class Phone:
    def __init__(self, herd: "Herd", participant: int, ticket: str) -> None:
        self.herd, self.participant, self.ticket = herd, participant, ticket
        self.line: Line | None = None
        self.turn = asyncio.Lock()
        self.etag, self.state = "", {}
        self.answered: set[int] = set()
        self.errands: set[asyncio.Task] = set()

    async def live(self) -> None:
        """From coming to the end of the session, or until the herd goes home."""
        await asyncio.sleep(random.uniform(0, self.herd.habits.ramp))
        failures = 0
        while not self.herd.is_over:
            try:
                await self.poll()
                failures = 0
            except (TimeoutError, OSError, ValueError):
                failures += 1
                self.herd.seen.broken += 1
            if self.state.get("ended") or self.state.get("phase") == "ended":
                break
            pause = self.state.get("poll", 3000) / 1000 * random.uniform(0.5, 1.5)
            if failures:
                pause = random.uniform(0, min(LONGEST, 2.0**failures))
            await asyncio.sleep(pause)
        await asyncio.gather(*self.errands)
        if self.line:
            self.line.close()

    async def poll(self) -> None:
        begun = time.perf_counter()
        known = f"If-None-Match: {self.etag}\r\n" if self.etag else ""
        status, headers, body, size = await self.ask(f"GET {self.herd.path}/keadaan", known)
        self.herd.seen.polls.append(time.perf_counter() - begun)
        self.herd.seen.bytes_in += size
        if status == 200:
            self.etag = headers[b"etag"].decode()
            self.state = json.loads(body)
        elif status != 304:
            self.herd.note(status)
            return
        self.look()

    def look(self) -> None:
        run = self.state.get("run")
        if run is None or run in self.answered or self.state["phase"] not in ("ready", "open"):
            return
        self.answered.add(run)
        task = asyncio.ensure_future(self.answer(run, self.state["opens"]))
        self.errands.add(task)
        task.add_done_callback(self.errands.discard)

    async def answer(self, run: int, opens: int) -> None:
        """Think, tap, and send until it is acknowledged."""
        opening = max(0.0, opens / 1000 - time.time())
        await asyncio.sleep(opening + random.uniform(*self.herd.habits.think))
        choice = random.choice(CHOICES)
        self.herd.seen.meant[self.participant, run] = choice
        tapped = int(time.time() * 1000)
        begun, failures = time.perf_counter(), 0
        while True:
            kept = await self.tried(run, choice, tapped, self.herd.habits.deaf)
            if kept or not self.herd.habits.is_stubborn:
                break
            failures += 1
            await asyncio.sleep(random.uniform(0, min(LONGEST, 2.0**failures)))
        if kept is None:
            return
        self.herd.seen.answers.append(time.perf_counter() - begun)
        if kept not in CHOICES:
            self.herd.seen.refused[kept] = self.herd.seen.refused.get(kept, 0) + 1
            return
        self.herd.seen.told[self.participant, run] = kept
        if random.random() < self.herd.habits.stale:
            # An older tap that comes last; what it is told is what stands.
            other = next(one for one in CHOICES if one != choice)
            stands = await self.tried(run, other, tapped - 500, 0.0)
            self.herd.seen.told[self.participant, run] = stands or kept

    async def tried(self, run: int, choice: str, tapped: int, deaf: float) -> str | None:
        try:
            return await self.send(run, choice, tapped, deaf)
        except (TimeoutError, OSError, ValueError):
            self.herd.seen.broken += 1
            return None

    async def send(self, run: int, choice: str, tapped: int, deaf: float) -> str | None:
        """What the server says is stored; None where it must be sent again."""
        item = {"run": run, "choice": choice, "sure": None, "seq": tapped, "at": tapped}
        body = json.dumps({"items": [item], "here": True}).encode()
        said = f"X-Tiket: {self.ticket}\r\nContent-Type: application/json\r\n"
        said += f"Content-Length: {len(body)}\r\n"
        status, _, content, size = await self.ask(f"POST {self.herd.path}/jawaban", said, body)
        self.herd.seen.bytes_in += size
        if status != 200:
            self.herd.note(status)
            return None
        if random.random() < deaf:
            self.herd.seen.unheard += 1
            return None
        told = json.loads(content)["items"][0]
        return None if told["why"] == "not_open" else told["choice"] or told["why"]

    async def ask(self, request: str, headers: str = "", body: bytes = b""):
        """One thing after the other over the phone's one connection."""
        async with self.turn:
            if self.line is None or self.line.transport is None:
                self.line = await self.herd.connect()
            whole = f"{request} HTTP/1.1\r\nHost: {self.herd.host}\r\n{headers}\r\n"
            try:
                return await self.line.ask(whole.encode() + body)
            except (TimeoutError, OSError):
                self.line.close()
                raise


class Herd:
    """So many phones in one session. `url` is where the server answers; `host` its own name."""

    def __init__(
        self, url: str, host: str, code: str, tickets: dict[int, str], habits: Habits
    ) -> None:
        address = urlsplit(url)
        self.address = (address.hostname or "127.0.0.1", address.port or 443)
        self.is_encrypted = address.scheme == "https"
        self.host, self.path, self.habits = host, f"/webinar/{code}", habits
        self.tickets, self.seen, self.is_over = tickets, Seen(), False

    def note(self, status: int) -> None:
        self.seen.statuses[status] = self.seen.statuses.get(status, 0) + 1

    async def connect(self) -> Line:
        loop = asyncio.get_running_loop()
        tls = {"ssl": self.tls, "server_hostname": self.host} if self.is_encrypted else {}
        return (
            await asyncio.wait_for(loop.create_connection(Line, *self.address, **tls), PATIENCE)
        )[1]

    @cached_property
    def tls(self) -> ssl.SSLContext:
        """The certificate is of this run, and its name is not where it listens."""
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        return context

    async def _all(self) -> None:
        phones = [Phone(self, one, ticket) for one, ticket in self.tickets.items()]
        await asyncio.gather(*(phone.live() for phone in phones))

    def run(self, is_over: Callable[[], bool]) -> Seen:
        """Until the session has ended for every phone, or `is_over` says so."""

        async def all_of_them() -> None:
            crowd = asyncio.ensure_future(self._all())
            while not crowd.done():
                self.is_over = self.is_over or is_over()
                await asyncio.wait({crowd}, timeout=0.5)
            crowd.result()

        begun = time.process_time()
        asyncio.run(all_of_them())
        self.seen.cpu = time.process_time() - begun
        return self.seen


def graze(herd: Herd, is_there: Event, is_over: Event, ours: Queue) -> None:
    """A herd in a process of its own: says that it is there, and gives what it has met."""
    is_there.set()
    ours.put(herd.run(is_over.is_set))
