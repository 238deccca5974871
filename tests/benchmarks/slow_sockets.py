"""Sockets that come slowly, while others ask for pages: what /sehat, a question to Bolehkah? and a
signed-in lesson take meanwhile. Aim: p99 of at most 300 ms, whatever comes slowly and however much.

The control is a bare Flask that granian's own WSGI serves: eight bodies hold all of its threads.
"""

import asyncio
import socket
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from statistics import quantiles

import requests

from tests.benchmarks.figures import Figure
from tests.benchmarks.lesson_page import PATH, enrolled
from tests.benchmarks.region import Region

SOCKETS = (8, 50, 300)
#: Seconds between two bytes of a slow one; that sockets have to begin; of asking; for one answer.
BETWEEN, SETTLE, ASKING, PATIENCE = 0.5, 2.0, 6.0, 5.0
#: Seconds between two rounds of questions.
PAUSE = 0.05
FORM = b"POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\nContent-Type: " + (
    b"application/x-www-form-urlencoded\r\n\r\nnumber=1"
)
Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def slow_body(streams: Streams, path: bytes) -> None:
    await _trickle(streams, FORM % path, b"x")


async def slow_head(streams: Streams, path: bytes) -> None:
    await _trickle(streams, b"GET %s HTTP/1.1\r\nHost: localhost\r\nX-Slow: " % path, b"x")


async def slow_reader(streams: Streams, path: bytes) -> None:
    """Asks for more than the buffers between us hold (430 kB), and takes a byte at a time."""
    reader, writer = streams
    writer.write(b"GET /static/preview.png HTTP/1.1\r\nHost: localhost\r\n\r\n" * 10)
    while await reader.read(1):
        await asyncio.sleep(BETWEEN)


async def half_closed(streams: Streams, path: bytes) -> None:
    """Says that it has no more to say, in the middle of a body."""
    reader, writer = streams
    writer.write(FORM % path)
    writer.write_eof()
    while await reader.read(1000):
        await asyncio.sleep(BETWEEN)


KINDS = {
    "slow bodies": slow_body,
    "slow heads": slow_head,
    "slow readers": slow_reader,
    "half-closed": half_closed,
}


def run(region: Region) -> list[Figure]:
    browser, stranger = enrolled(region), region.stranger()
    pages = {
        "/sehat": (stranger, f"{region.url}/sehat"),
        "/bolehkah?q=": (stranger, f"{region.url}/bolehkah?q=like+foto+calon"),
        "lesson": (browser, region.url + PATH),
    }
    figures = _measure("quiet", pages)
    for kind in KINDS:
        for count in SOCKETS:
            with attack(region.url, kind, count, b"/masuk"):
                figures += _measure(f"{count} {kind}", pages)
    bare = f"http://127.0.0.1:{region.hello_port}/"
    with attack(bare, "slow bodies", SOCKETS[0], b"/"):
        figures += _measure("control: 8 slow bodies, bare WSGI", {"": (stranger, bare)})
    return figures


@contextmanager
def attack(url: str, kind: str, count: int, path: bytes) -> Iterator[None]:
    """So many sockets, in a process of their own; one that is closed is opened again."""
    process_of = get_context("fork")
    is_over = process_of.Event()
    address = ("127.0.0.1", int(url.rstrip("/").rpartition(":")[2]))
    process = process_of.Process(target=_attack, args=(address, kind, count, path, is_over))
    process.start()
    try:
        time.sleep(SETTLE)
        yield
    finally:
        is_over.set()
        process.join()


def _attack(address: tuple[str, int], kind: str, count: int, path: bytes, is_over: Event) -> None:
    async def all_of_them() -> None:
        sockets = [asyncio.create_task(_keep(address, KINDS[kind], path)) for _ in range(count)]
        while not is_over.is_set():
            await asyncio.sleep(0.2)
        for one in sockets:
            one.cancel()

    asyncio.run(all_of_them())


async def _keep(
    address: tuple[str, int], act: Callable[[Streams, bytes], Awaitable[None]], path: bytes
) -> None:
    while True:
        narrow = socket.socket()
        narrow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        narrow.connect(address)
        streams = await asyncio.open_connection(sock=narrow, limit=1024)
        try:
            await act(streams, path)
        except OSError:
            pass
        finally:
            streams[1].close()
        await asyncio.sleep(BETWEEN)


async def _trickle(streams: Streams, head: bytes, byte: bytes) -> None:
    reader, writer = streams
    writer.write(head)
    while not reader.at_eof():
        await asyncio.sleep(BETWEEN)
        writer.write(byte)
        await writer.drain()


def _measure(what: str, pages: dict[str, tuple[requests.Session, str]]) -> list[Figure]:
    """Each page in turns, over a new connection each time; one without an answer took PATIENCE."""
    took: dict[str, list[float]] = {name: [] for name in pages}
    until = time.monotonic() + ASKING
    while time.monotonic() < until:
        for name, (browser, url) in pages.items():
            took[name].append(_ask(browser, url))
        time.sleep(PAUSE)
    return [
        figure
        for name, times in took.items()
        for figure in _figures(f"{what} {name}".strip(), times)
    ]


def _ask(browser: requests.Session, url: str) -> float:
    begun = time.perf_counter()
    try:
        answer = browser.get(url, timeout=PATIENCE, headers={"Connection": "close"})
    except requests.RequestException:
        return PATIENCE * 1_000
    if answer.status_code != 200 or answer.url != url:
        raise RuntimeError(f"{url} answered {answer.status_code}")
    return (time.perf_counter() - begun) * 1_000


def _figures(name: str, times: list[float]) -> list[Figure]:
    cuts = quantiles(times, n=100, method="inclusive") if len(times) > 1 else times * 99
    return [
        Figure(f"{name}, {label}", round(value, 1), "ms", len(times))
        for label, value in (("p50", cuts[49]), ("p99", cuts[98]))
    ]
