"""A live server of the real application in this process (so that its clock can be moved), and
browsers that only ever see 127.0.0.1."""

import logging
from contextlib import contextmanager
from dataclasses import dataclass, replace
from threading import Thread

import pytest
from flask import Flask
from playwright.sync_api import sync_playwright
from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

from app.core.db import db as database
from app.quizzes.models import Attempt
from app.quizzes.paper import Paper, thaw
from tests import people
from tests.journeys.watch import Watch

CHROMIUM = "/usr/bin/chromium-headless-shell"
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-dev-shm-usage",
    # Belt and braces: what the watch reports could not have left this machine either.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
INDONESIAN = {"locale": "id-ID", "timezone_id": "Asia/Jakarta"}
PHONE = {
    **INDONESIAN,
    "viewport": {"width": 360, "height": 640},
    "user_agent": (
        "Mozilla/5.0 (Linux; Android 13; SM-A145F) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Chrome/120.0.0.0 Mobile Safari/537.36"
    ),
    "has_touch": True,
    "is_mobile": True,
}
DESK = {**INDONESIAN, "viewport": {"width": 1280, "height": 800}}
#: Milliseconds that one step of a story may take on two busy cores.
PATIENCE = 30_000


class Server(ThreadedWSGIServer):
    """Werkzeug's, with a line that can be cut."""

    is_dark = False


class _Line(WSGIRequestHandler):
    def run_wsgi(self) -> None:
        if self.server.is_dark:
            self.close_connection = True  # and not a byte of an answer
        else:
            super().run_wsgi()

    def log_request(self, code="-", size="-") -> None:
        """The browser's watch reports what matters."""


@dataclass
class Site:
    """The application as people reach it."""

    app: Flask
    url: str
    server: Server

    def goes_dark(self) -> None:
        """Nobody who calls gets through. Chromium's own offline switch stops pages alone: what one
        sent with `keepalive` goes out after all when its tab is closed (156)."""
        self.server.is_dark = True

    def comes_back(self) -> None:
        self.server.is_dark = False

    def paper_of(self, attempt_id: int) -> Paper:
        """The frozen paper of a sitting, key and all: what no browser is ever sent."""
        with self.app.app_context():
            return thaw(database.session.get(Attempt, attempt_id).paper)

    def runs(self, *command: str) -> str:
        """What an operator types after `flask`, and what it says."""
        said = self.app.test_cli_runner().invoke(args=command)
        assert said.exit_code == 0, said.output
        return said.output


@contextmanager
def serving(app: Flask):
    """Serve the application on a free port, which is also its public address meanwhile."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = Server("127.0.0.1", 0, _whole(app), _Line)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    with _public_at(app, f"http://127.0.0.1:{server.port}") as url:
        yield Site(app, url, server)
    server.shutdown()
    thread.join()
    server.server_close()


def _whole(app: Flask):
    """Answers in one piece: a browser that hangs up would leave werkzeug with an open file."""

    def serve(environ, start_response):
        pieces = app(environ, start_response)
        try:
            return [b"".join(pieces)]
        finally:
            if hasattr(pieces, "close"):  # a list has nothing to close
                pieces.close()

    return serve


@contextmanager
def _public_at(app: Flask, url: str):
    config, press = app.config["RAMBU"], app.extensions["press"]
    app.config["RAMBU"], press.public_url = replace(config, PUBLIC_URL=url), url
    yield url
    app.config["RAMBU"], press.public_url = config, config.PUBLIC_URL


@pytest.fixture
def site(app):
    """The application with an empty database, live."""
    with serving(app) as live:
        yield live


@pytest.fixture
def town(site):
    """The cast of tests/people.py, on the roster of the site."""
    with site.app.app_context():
        people.enter(database.session)
        database.session.remove()
    return site


@pytest.fixture(scope="package")
def chromium():
    """Ends with the journeys: while it lives, Playwright's event loop runs in this thread, and
    whoever seals a document here could not run one of their own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def open_browser(chromium):
    """`open_browser(**PHONE)` is somebody's own browser, watched until the test ends."""
    opened = []

    def open_one(**settings):
        context = chromium.new_context(accept_downloads=True, **settings)
        context.set_default_timeout(PATIENCE)
        opened.append((context, Watch(context)))
        context.watch = opened[-1][1]
        return context

    yield open_one
    for context, _ in opened:
        context.close()
    assert [wrong for _, watch in opened for wrong in watch.wrongs] == []


@pytest.fixture
def phone(open_browser, site):
    return open_browser(base_url=site.url, **PHONE)


@pytest.fixture
def desk(open_browser, site):
    return open_browser(base_url=site.url, **DESK)


@pytest.fixture
def phone_without_js(open_browser, site):
    return open_browser(base_url=site.url, java_script_enabled=False, **PHONE)
