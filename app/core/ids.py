"""Random identifiers that nobody can guess."""

import base64
import secrets
from typing import Protocol

#: Letters and digits that survive handwriting and a photocopier: no 0/O, 1/I/L, 2/Z, 5/S, 8/B.
READABLE = "34679ACDEFGHJKMNPQRTUVWXY"


class HasId(Protocol):
    """Whatever an id stands for: a row, or the plain values of one."""

    @property
    def id(self) -> int: ...


def secret_code() -> str:
    """130 random bits as 26 upper-case base32 characters, fit for a QR's alphanumeric mode.

    ASVS 5.0, 11.5.1 asks for at least 128 bits.
    """
    return base64.b32encode(secrets.token_bytes(17)).decode()[:26]


def url_token() -> str:
    """256 random bits, safe in a cookie."""
    return secrets.token_urlsafe(32)
