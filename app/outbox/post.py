"""The way to the mail server: one connection, one message after the other, and what it said."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import urlsplit

Client = smtplib.SMTP
#: Seconds to wait for a server that says nothing.
PATIENCE = 20
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Server:
    """`url` is smtp://host:587 (STARTTLS, but on this machine itself) or smtps://host:465."""

    url: str
    user: str
    password: str
    sender: str


class Unsent(Exception):
    """It was not taken. `is_final`: nor would it be another time."""

    def __init__(self, *, is_final: bool) -> None:
        self.is_final = is_final
        super().__init__()


class InDoubt(Exception):
    """The connection broke after the message was handed over, and before the server answered."""


class Unreachable(Exception):
    """There is no server, or it lets nobody in."""


@contextmanager
def connected(server: Server) -> Iterator[smtplib.SMTP]:
    """A session with the server. Raises Unreachable."""
    try:
        client = _opened(server)
    except (OSError, smtplib.SMTPException) as error:
        raise Unreachable(type(error).__name__) from error
    try:
        yield client
    finally:
        with suppress(OSError, smtplib.SMTPException):
            client.quit()


def _opened(server: Server) -> smtplib.SMTP:
    at = urlsplit(server.url)
    host, port = at.hostname or "", at.port or 0
    if at.scheme == "smtps":
        context = ssl.create_default_context()
        client: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=PATIENCE, context=context)
    else:
        client = smtplib.SMTP(host, port, timeout=PATIENCE)
        if host not in LOOPBACK:
            client.starttls(context=ssl.create_default_context())
    client.ehlo_or_helo_if_needed()
    if server.user:
        client.login(server.user, server.password)
    return client


def deliver(client: smtplib.SMTP, server: Server, to: str, message: EmailMessage) -> None:
    """Hand over one message. Raises Unsent, InDoubt, Unreachable (nothing was handed over)."""
    try:
        for code, _ in (client.mail(server.sender), client.rcpt(to)):
            _judge(client, code)
    except (OSError, smtplib.SMTPServerDisconnected) as error:
        raise Unreachable from error
    try:
        code, _ = client.data(message.as_bytes())
    except smtplib.SMTPDataError as error:
        code = error.smtp_code
    except (OSError, smtplib.SMTPServerDisconnected) as error:
        raise InDoubt from error
    _judge(client, code)


def _judge(client: smtplib.SMTP, code: int) -> None:
    """2xx is yes, 4xx not now, 5xx never (RFC 5321, 4.2.1)."""
    if 200 <= code < 300:
        return
    with suppress(OSError, smtplib.SMTPException):
        client.rset()
    raise Unsent(is_final=code >= 500)
