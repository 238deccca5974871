"""Short secrets as others may hold them: AES-256-GCM, under a key of their purpose, bound to one
owner. Whoever opens one must name both."""

import secrets
from base64 import b64decode, b64encode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.accounts.settings import keyed_digest

_NONCE = 12


class NotOpened(Exception):
    """Of another purpose, owner or installation; or no such text at all."""


def seal(purpose: str, owner: str, content: bytes) -> str:
    nonce = secrets.token_bytes(_NONCE)
    return b64encode(nonce + _cipher(purpose).encrypt(nonce, content, owner.encode())).decode()


def opened(purpose: str, owner: str, sealed: str) -> bytes:
    """What was sealed. Raises NotOpened."""
    try:
        raw = b64decode(sealed)
        return _cipher(purpose).decrypt(raw[:_NONCE], raw[_NONCE:], owner.encode())
    except (InvalidTag, ValueError) as error:
        raise NotOpened from error


def _cipher(purpose: str) -> AESGCM:
    return AESGCM(keyed_digest(purpose))
