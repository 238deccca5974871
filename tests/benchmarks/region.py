"""The demo region served by the production server, and a bare Flask "hello" beside it."""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import requests

from app import demo
from tests.servers import free_port

SERVER = ("--interface", "wsgi", "--workers", "2", "--blocking-threads", "2", "--no-ws")
RAMBU = (sys.executable, "-m", "flask", "--app", "wsgi", "serve")
QUIET = ("--log-level", "warning", "--host", "127.0.0.1")
#: Connections that wrk keeps open, and seconds that it runs: short, so that peers alternate often.
CONNECTIONS, SECONDS = 16, 3


class Region:
    """Two servers on this machine; both end with the `with` block."""

    def __enter__(self) -> "Region":
        self.folder = Path(tempfile.mkdtemp(prefix="rambu-bench-"))
        port, self.hello_port = free_port(), free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.environ = os.environ | {
            "RAMBU_INSTANCE": str(self.folder / "instance"),
            "RAMBU_PUBLIC_URL": self.url,
        }
        hello = (sys.executable, "-m", "granian", *SERVER, *QUIET, "tests.benchmarks.hello:app")
        self.servers = [self._serve(RAMBU, port), self._serve(hello, self.hello_port)]
        _await(port)
        _await(self.hello_port)
        return self

    def __exit__(self, *_) -> None:
        for server in self.servers:
            server.terminate()
        for server in self.servers:
            server.wait(timeout=10)
        shutil.rmtree(self.folder)

    @property
    def database(self) -> Path:
        return self.folder / "instance" / "rambu.db"

    def sign_in(self, number: str) -> requests.Session:
        """A browser in which this person of the demo is signed in."""
        browser = requests.Session()
        page = browser.get(f"{self.url}/masuk")
        form = {"csrf_token": token_in(page.text), "number": number, "password": demo.PASSWORD}
        answer = browser.post(f"{self.url}/masuk", data=form)
        if answer.url.endswith("/masuk"):
            raise RuntimeError(f"{number} could not sign in")
        return browser

    def stranger(self) -> requests.Session:
        """A browser that has never been here."""
        return requests.Session()

    def pages_a_second(self, path: str, browser: requests.Session) -> float:
        cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
        return wrk(self.url + path, "-H", f"Cookie: {cookie}")

    def hellos_a_second(self) -> float:
        return wrk(f"http://127.0.0.1:{self.hello_port}/")

    def _serve(self, command: tuple[str, ...], port: int) -> subprocess.Popen:
        environ = self.environ | {"PORT": str(port), "GRANIAN_PORT": str(port)}
        return subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL)


def wrk(url: str, *more: str) -> float:
    """Requests a second that were answered with 2xx or 3xx. Any other answer stops the run."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--timeout", "10s", *more, url]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in output or "Socket errors" in output:
        raise RuntimeError(f"{url} did not answer cleanly:\n{output}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", output).group(1))


def token_in(page: str) -> str:
    return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page).group(1)


def _await(port: int) -> None:
    for _ in range(6000):  # the demo is loaded first, and others may use the machine
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"nothing answers on port {port}")
