"""Between granian and the application: no thread that works waits for somebody's network.

granian's own WSGI gives a thread to a request as soon as its head is there, so a few bodies that
trickle in hold every thread. Here a request without a body is answered as there, by the thread
that granian calls. A body is first read whole by the event loop of the worker, against a limit and
a clock, and only then given to a thread. What an application answers is handed over whole, so that
a slow reader holds no thread either.

Built on what granian keeps to itself (RSGIWorker, the scheduler), so its minor version is pinned.
"""

import asyncio
import io
import os
import signal
import sys
import time
from collections.abc import Callable, Coroutine, Iterable
from contextlib import suppress
from functools import lru_cache
from http import HTTPStatus
from multiprocessing import parent_process
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any
from wsgiref.types import WSGIApplication

from granian import _granian
from granian._signals import set_loop_signals
from granian.server.common import WORKERS_METHODS
from granian.server.mp import MPServer, WorkerProcess

from app.core.bodies import FORM, REFUSED, limit_of, seconds_for
from app.core.together import MOST, QUEUE, Message, Together
from app.core.watched import ends_with

#: Its stub in granian lags behind what it takes.
RSGIWorker: Any = _granian.RSGIWorker
#: Threads that answer requests without a body, and as many for those with one.
THREADS = 2
#: Bytes of bodies larger than a form that a worker holds at once; who comes then is told to wait.
HELD = 64_000_000
#: Bytes of a body too large that are read and thrown away, since a browser that still sends does
#: not look at an answer.
THROWN_AWAY = 16_000_000
#: Seconds before a worker is started that takes the place of one that died.
BREATH = 0.5

_SAME_FOR_ALL = {
    "SCRIPT_NAME": "",
    "SERVER_SOFTWARE": "granian",
    "wsgi.errors": sys.stderr,
    "wsgi.input_terminated": True,
    "wsgi.multiprocess": True,
    "wsgi.multithread": True,
    "wsgi.run_once": False,
    "wsgi.version": (1, 0),
}


class Server(MPServer):  # pragma: no cover - this and what workers run: tests/test_starting.py
    """granian, except that it never gives up on a worker."""

    def _respawn_workers(
        self, workers: list[int], spawn_target: Any, target_loader: Any, delay: float = 0
    ) -> None:
        """Again and again: granian would end the server when one dies twice in five seconds."""
        time.sleep(BREATH)
        super()._respawn_workers(workers, spawn_target, target_loader, delay)
        self.respawned_wrks.clear()


class Full(Exception):
    """The worker holds as many bytes as it may."""


class Front:
    """Answers for an application; one in each worker."""

    def __init__(
        self,
        app: WSGIApplication,
        loop: asyncio.AbstractEventLoop,
        patience: Callable[[int], float] = seconds_for,
        together: Together | None = None,
    ) -> None:
        self.app, self.loop, self.patience, self.together = app, loop, patience, together
        #: Bytes of large bodies that are being read.
        self.held = 0
        self.whole: SimpleQueue[tuple[Any, bytes, int]] = SimpleQueue()
        self.reading: set[asyncio.Task[None]] = set()
        for _ in range(THREADS):
            Thread(target=self._answer_whole, daemon=True).start()
        self.gathered: SimpleQueue[tuple[Any, Message]] = SimpleQueue()
        if together is not None:
            Thread(target=self._answer_gathered, args=[together], daemon=True).start()

    def schedule(self, call: Any) -> None:
        """Called by granian, in one of its threads. It does not expect exceptions."""
        try:
            if _has_body(call.scope.headers):
                self.loop.call_soon_threadsafe(self._begin_to_read, call)
            else:
                self._answer(call, b"")
        except BaseException as error:  # noqa: BLE001 - the edge of the server
            call.err(error)

    def _begin_to_read(self, call: Any) -> None:
        task = self.loop.create_task(self._read(call))
        self.reading.add(task)  # a loop keeps tasks only weakly
        task.add_done_callback(self.reading.discard)

    async def _read(self, call: Any) -> None:
        length = _length(call.scope.headers)
        limit = limit_of(call.scope.path)
        if length is None:
            self.whole.put((call, b"", HTTPStatus.LENGTH_REQUIRED))
        elif length > limit:
            await self._throw_away(call, length)
        else:
            await self._read_whole(call, length)

    async def _read_whole(self, call: Any, length: int) -> None:
        chunks: list[bytes] = []
        refused = 0

        def keep(chunk: bytes) -> None:
            if length > FORM:
                self._hold(len(chunk))
            chunks.append(chunk)

        try:
            await _within(self.patience(length), _take_in(call.proto, length, keep))
        except TimeoutError:
            refused = HTTPStatus.REQUEST_TIMEOUT
        except Full:
            refused = HTTPStatus.SERVICE_UNAVAILABLE
        if length > FORM:
            self.held -= sum(map(len, chunks))
        body = b"" if refused else b"".join(chunks)
        if not refused and len(body) < length:  # whoever sent it has gone
            call.proto.response_empty(HTTPStatus.BAD_REQUEST, [("connection", "close")])
        elif (
            self.together
            and not refused
            and self.together.takes(call.scope.method, call.scope.path)
        ):
            self._gather(call, body, self.together)
        else:
            self.whole.put((call, body, refused))

    def _gather(self, call: Any, body: bytes, together: Together) -> None:
        if self.gathered.qsize() >= QUEUE:
            call.proto.response_bytes(*together.refused())
        else:
            headers = dict(call.scope.headers.items())
            self.gathered.put((call, Message(call.scope.path, headers, body)))

    def _hold(self, more: int) -> None:
        if self.held + more > HELD:
            raise Full
        self.held += more

    async def _throw_away(self, call: Any, length: int) -> None:
        with suppress(TimeoutError):
            await _within(self.patience(0), _take_in(call.proto, min(length, THROWN_AWAY), len))
        self.whole.put((call, b"", HTTPStatus.REQUEST_ENTITY_TOO_LARGE))

    def _answer_whole(self) -> None:
        while True:
            call, body, refused = self.whole.get()
            try:
                self._answer(call, body, refused)
            except BaseException as error:  # noqa: BLE001 - the edge of the server
                call.err(error)

    def _answer_gathered(self, together: Together) -> None:
        """Whatever waits is answered at once; while it is, more come to wait."""
        while True:
            waiting = [self.gathered.get()]
            with suppress(Empty):
                while len(waiting) < MOST:
                    waiting.append(self.gathered.get_nowait())
            try:
                answers = together.answer([message for _, message in waiting])
            except BaseException:  # noqa: BLE001 - the edge of the server
                answers = [together.refused()] * len(waiting)
            for (call, _), answer in zip(waiting, answers, strict=True):
                with suppress(Exception):  # whoever asked may have gone
                    call.proto.response_bytes(*answer)

    def _answer(self, call: Any, body: bytes, refused: int = 0) -> None:
        environ = environ_of(call.scope, body)
        if refused:
            environ[REFUSED] = refused
        status, headers, content = _called(self.app, environ)
        if refused:
            headers = [*headers, ("connection", "close")]
        call.proto.response_bytes(status, headers, content)


def environ_of(scope: Any, body: bytes) -> dict[str, Any]:
    """What WSGI wants to know of a request.

    A name with an underscore is left out: it would pass for the header that a proxy sets.
    """
    environ: dict[str, Any] = _SAME_FOR_ALL | {
        "REQUEST_METHOD": scope.method,
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": io.BytesIO(body),
    }
    environ["SERVER_NAME"], _, environ["SERVER_PORT"] = scope.server.rpartition(":")
    for name, value in scope.headers.items():
        key = _key_of(name)
        if key in environ:
            value = environ[key] + (";" if name == "cookie" else ",") + value
        if key:
            environ[key] = value
    return environ


@lru_cache(maxsize=256)
def _key_of(header: str) -> str:
    """As WSGI spells it; nothing for one with an underscore."""
    if "_" in header:
        return ""
    key = header.upper().replace("-", "_")
    return key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"


def _called(app: WSGIApplication, environ: dict[str, Any]) -> tuple[int, list[Any], bytes]:
    """Status, headers and the whole content of an answer."""
    begun: list[Any] = []

    def start_response(status: str, headers: list[Any], _error: Any = None) -> Any:
        begun[:] = int(status[:3]), headers

    answer: Iterable[bytes] = app(environ, start_response)
    try:
        content = b"".join(answer)
    finally:
        if hasattr(answer, "close"):
            answer.close()
    return begun[0], begun[1], content


def _has_body(headers: Any) -> bool:
    return headers.get("content-length", "0") != "0" or "transfer-encoding" in headers


def _length(headers: Any) -> int | None:
    """What a body claims to weigh; None where it does not say. granian holds it to that."""
    said = headers.get("content-length", "")
    return int(said) if said.isdecimal() and "transfer-encoding" not in headers else None


async def _within(seconds: float, reading: Coroutine[Any, Any, None]) -> None:
    """Raises TimeoutError. (`asyncio.timeout` forgets to, in Python 3.11 under coverage.)"""
    task = asyncio.ensure_future(reading)
    await asyncio.wait({task}, timeout=seconds)
    if not task.done():
        task.cancel()
        raise TimeoutError
    task.result()


async def _take_in(proto: Any, length: int, take: Callable[[bytes], object]) -> None:
    """Hand on a body as it comes, until so many bytes of it are there or no more come.

    granian says that no more come, for whatever reason, with an empty chunk.
    """
    stream = aiter(proto)
    while length > 0 and (chunk := await anext(stream)):
        take(chunk)
        length -= len(chunk)


@WorkerProcess.wrap_target  # type: ignore[untyped-decorator]
def work(  # pragma: no cover
    worker_id: int,
    app: WSGIApplication,
    sock: Any,
    ipc: Any,
    loop: asyncio.AbstractEventLoop,
    *settings: Any,
) -> None:
    """A worker of granian, from its start to its end; as its own are, but for the scheduler."""
    _end_with_master()
    mode, runtimes, blocking, _, idle, backpressure, _, http, h1, h2, _, _, _, tls, _, metrics = (
        settings
    )
    is_over, told = asyncio.Event(), set_loop_signals(loop)
    told.add_cb(lambda: loop.call_soon_threadsafe(is_over.set))
    worker = RSGIWorker(
        worker_id, sock, ipc, runtimes, blocking, THREADS, idle, backpressure, http, h1, h2,
        False, None, *tls, metrics,
    )  # fmt: skip
    serve = getattr(worker, WORKERS_METHODS[mode][(sock[0] or sock[1]).is_uds()])
    together = getattr(app, "extensions", {}).get("together")
    serve(_scheduler(loop, Front(app, loop, together=together).schedule), loop, told)
    loop.run_until_complete(is_over.wait())


class _Scheduler(_granian.CallbackScheduler):  # pragma: no cover
    """granian makes one with five arguments, and takes the first three from here."""

    def __init__(self, *_: Any) -> None:
        super().__init__()


def _scheduler(  # pragma: no cover
    loop: asyncio.AbstractEventLoop, schedule: Callable[[Any], None]
) -> Any:
    scheduler: Any = _Scheduler(loop, None, None, None, None)
    scheduler._schedule_fn = schedule
    return scheduler


def _end_with_master() -> None:  # pragma: no cover
    """Whoever kills the master wants the port free, not workers of an old program on it."""
    master = parent_process()
    if master is None or master.pid is None or not ends_with(master.pid, signal.SIGKILL):
        os._exit(1)
