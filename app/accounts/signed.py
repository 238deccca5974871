"""Numbers that travel in a cookie, a header or an address: readable by anybody, made by nobody but
this server, and good until a moment that they name."""

from datetime import datetime

from itsdangerous import BadData, URLSafeSerializer

from app.accounts import settings
from app.core import clock

#: Longer than any that we make.
LONGEST = 200


def made(kind: str, *ids: int, until: datetime) -> str:
    """What stands for these ids, as one kind; another kind does not read it."""
    return _signer(kind).dumps([*ids, int(until.timestamp())])


def read(kind: str, text: str | None, count: int) -> tuple[int, ...] | None:
    """So many ids, and the second since 1970 at which they end; None for what is none of ours, or
    none any more."""
    if not text or len(text) > LONGEST:
        return None
    try:
        parts = tuple(_signer(kind).loads(text))
    except (BadData, ValueError, TypeError):
        return None
    if len(parts) != count + 1 or not all(isinstance(part, int) for part in parts):
        return None
    return parts if parts[-1] > clock.now().timestamp() else None


def _signer(kind: str) -> URLSafeSerializer:
    return URLSafeSerializer(settings.current().secret, salt=kind)
