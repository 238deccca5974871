"""A slow line that breaks, between a browser and the site."""

import socket
import struct
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from urllib.parse import urlsplit

#: Seconds that each way takes.
DELAY = 0.05
#: What becomes of a form on its way: it never arrives; or it does, and its answer is lost; or not.
OUT, BACK, THROUGH = "out", "back", "through"


class BadLine:
    """Listens beside the site until the block ends. Forms meet their `fates` in turn, and after the
    last one all come through; pages are only slow."""

    def __init__(self, url: str, fates: Iterable[str]) -> None:
        self.site, self.fates = urlsplit(url), iter(fates)
        self.broken = 0

    def __enter__(self) -> "BadLine":
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    def _listen(self) -> None:
        with suppress(OSError):  # closed
            while True:
                browser, _ = self.listener.accept()
                threading.Thread(target=self._carry, args=(browser,), daemon=True).start()

    def _carry(self, browser: socket.socket) -> None:
        """One request and its answer: the site closes each connection after one."""
        with browser, suppress(OSError):
            asked = _request_on(browser)
            fate = next(self.fates, THROUGH) if asked.startswith(b"POST") else THROUGH
            time.sleep(DELAY)
            answer = b"" if fate == OUT else self._answer_to(asked)
            time.sleep(DELAY)
            if fate == THROUGH:
                browser.sendall(answer)
                return
            self.broken += 1
            browser.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def _answer_to(self, asked: bytes) -> bytes:
        with socket.create_connection((self.site.hostname, self.site.port)) as site:
            site.sendall(asked)
            return b"".join(iter(lambda: site.recv(65_536), b""))


def _request_on(browser: socket.socket) -> bytes:
    """A whole request. Its body is as long as it says; of a browser that only looked, nothing."""
    asked = b""
    while b"\r\n\r\n" not in asked:
        piece = browser.recv(65_536)
        if not piece:
            raise ConnectionError
        asked += piece
    head, _, body = asked.partition(b"\r\n\r\n")
    lines = [line.partition(b":") for line in head.lower().split(b"\r\n")]
    length = next((int(value) for name, _, value in lines if name == b"content-length"), 0)
    while len(body) < length:
        body += browser.recv(65_536)
    # One connection a request, so that each meets its own fate.
    return head.replace(b"keep-alive", b"close") + b"\r\n\r\n" + body
