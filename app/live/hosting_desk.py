"""What every page of a host rests on: whose session it is, and how it is joined."""

from flask import Blueprint, current_app, url_for

from app.accounts.access import current_reader
from app.core import qr
from app.core.errors import DomainError
from app.live import queries
from app.live.codes import grouped
from app.live.models import LiveSession

bp = Blueprint("live_host", __name__)


class NotHost(DomainError):
    message = (
        "Hanya pemandu sesi ini yang dapat mengubahnya. Bila pemandunya berhalangan, buka halaman "
        "sesi lalu tekan “Ambil alih”. Tidak ada yang berubah."
    )
    status = 403


class UnknownDeed(DomainError):
    message = (
        "Tombol itu tidak dikenal. Muat ulang halaman, lalu coba lagi. Tidak ada yang berubah."
    )


def session_here(session_id: int) -> LiveSession:
    """A session that the reader hosts or looks after; any other is 404."""
    return queries.session_at_desk(current_reader(), session_id)


def is_host(session: LiveSession) -> bool:
    return queries.is_host(session.id, current_reader().id)


def mine(session_id: int) -> LiveSession:
    """A session that the reader may command. Raises NotHost for whoever only looks after it."""
    session = session_here(session_id)
    if not is_host(session):
        raise NotHost
    return session


def public_url() -> str:
    url: str = current_app.config["RAMBU"].PUBLIC_URL
    return url


def join_url(session: LiveSession) -> str:
    """The short link for a chat."""
    return f"{public_url()}{url_for('live.short', code=session.code)}"


def as_read(session: LiveSession) -> dict[str, object]:
    """How a session is joined: its code, the link, the link as people read it out, a picture."""
    url = join_url(session)
    return {
        "code": grouped(session.code),
        "join_url": url,
        "short_address": url.partition("://")[2],
        "qr": qr.drawn(url, svgid="qr"),  # cards use it by its id
    }
