"""What a session needs of an application: one document for all, and messages answered together.

The document is given before Flask: of ten thousand requests that are alike none needs a session, a
form's token or a menu.
"""

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, current_app
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app.core.db import db, reading
from app.core.hosts import Hosts
from app.core.web import headers_of_every_page
from app.live.addresses import STATE
from app.live.codes import meant
from app.live.state import Document, States, document_of
from app.live.writer import Writer

Headers = list[tuple[str, str]]
_HEADERS = [("Content-Type", "application/json"), ("Cache-Control", "no-cache")]


def install(app: Flask, *, public_url: str, is_local: bool) -> None:
    """Answer for sessions: the document before Flask, messages by the writer."""
    hosts = Hosts(public_url)
    states = States(lambda code: _read(app, code))
    app.extensions |= {"live.states": states, "together": Writer(app, hosts)}
    # A ticket comes in a header of our own, which no other site can send.
    app.extensions["csrf"].exempt("app.live.views.messages")
    headers = headers_of_every_page(is_local=is_local)
    outside: WSGIApplication = Outside(app.wsgi_app, states, hosts, headers)
    app.wsgi_app = outside  # type: ignore[assignment, method-assign]  # how Flask wants to be wrapped


def states() -> States:
    found: States = current_app.extensions["live.states"]
    return found


def writer() -> Writer:
    found: Writer = current_app.extensions["together"]
    return found


class Outside:
    """Answers the one document; everything else is the application's."""

    def __init__(
        self, inside: WSGIApplication, states: States, hosts: Hosts, headers: Headers
    ) -> None:
        self.inside, self.states, self.hosts, self.headers = inside, states, hosts, headers

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        found = STATE.fullmatch(environ["PATH_INFO"])
        if found is None or environ["REQUEST_METHOD"] != "GET":
            return self.inside(environ, start)
        if not self.hosts.is_ours(environ.get("HTTP_HOST")):
            return self.inside(environ, start)
        try:
            document = self.states.get(meant(found[1]))
        except (DBAPIError, PoolTimeout):
            return self.inside(environ, start)
        if document is None:
            return self.inside(environ, start)
        status, headers, body = answer_of(document, environ.get("HTTP_IF_NONE_MATCH", ""))
        # Without a body there is nothing to guard, and a phone asks a thousand times an hour.
        start(status, [*headers, *self.headers] if body else headers)
        return [body]


def answer_of(document: Document, known: str) -> tuple[str, Headers, bytes]:
    """The document, or 304 for whoever has it."""
    tag = ("ETag", f'"{document.etag}"')
    if document.etag in known:
        return "304 Not Modified", [("Cache-Control", "no-cache"), tag], b""
    headers = [*_HEADERS, tag]
    return "200 OK", [*headers, ("Content-Length", str(len(document.body)))], document.body


def _read(app: Flask, code: str) -> Document | None:
    """In a context of its own: whoever asks first has none."""
    with app.app_context():
        reading()
        try:
            return document_of(code)
        finally:
            db.session.rollback()
