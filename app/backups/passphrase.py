"""A few bytes under a passphrase, as age does it (its specification, "scrypt recipient"). Pure.

pyrage does it too, but measures how hard a passphrase is made while it writes, and refuses while it
reads what seems too hard: on a machine that was busy it would not open what it had closed. Here the
work is always the same, and `age -d` opens it.
"""

import hmac
import os
import re
from base64 import b64decode, b64encode
from hashlib import scrypt, sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

#: log2 of the work: about half a second and 128 MiB, here and for each guess.
WORK = 17
#: What a file may ask of us.
MOST_WORK = 20
#: Bytes that age seals at once. What stands here is far shorter.
CHUNK = 65_536
_HEADER = re.compile(
    rb"age-encryption\.org/v1\n-> scrypt ([A-Za-z0-9+/]{22}) ([1-9]\d?)\n"
    rb"([A-Za-z0-9+/]{43})\n--- ([A-Za-z0-9+/]{43})\n"
)
_ONLY_CHUNK = bytes(11) + b"\x01"


class NotOpened(Exception):
    """Another passphrase, or another file."""


def close(content: bytes, passphrase: str) -> bytes:
    assert len(content) <= CHUNK
    file_key, salt, nonce = os.urandom(16), os.urandom(16), os.urandom(16)
    wrapped = ChaCha20Poly1305(_wrapping(passphrase, salt, WORK)).encrypt(bytes(12), file_key, None)
    head = f"age-encryption.org/v1\n-> scrypt {_text(salt)} {WORK}\n{_text(wrapped)}\n---".encode()
    sealed = ChaCha20Poly1305(_derived(file_key, nonce, b"payload"))
    mark = f" {_text(_mark(file_key, head))}\n".encode()
    return head + mark + nonce + sealed.encrypt(_ONLY_CHUNK, content, None)


def open(file: bytes, passphrase: str) -> bytes:
    """Raises NotOpened."""
    found = _HEADER.match(file)
    if found is None or int(found[2]) > MOST_WORK:
        raise NotOpened
    salt, wrapped, mark = (_bytes(found[part]) for part in (1, 3, 4))
    head = found[0].rpartition(b" ")[0]
    nonce, content = file[found.end() : found.end() + 16], file[found.end() + 16 :]
    try:
        wrapping = ChaCha20Poly1305(_wrapping(passphrase, salt, int(found[2])))
        file_key = wrapping.decrypt(bytes(12), wrapped, None)
        if not hmac.compare_digest(_mark(file_key, head), mark):
            raise NotOpened
        sealed = ChaCha20Poly1305(_derived(file_key, nonce, b"payload"))
        return sealed.decrypt(_ONLY_CHUNK, content, None)
    except InvalidTag as error:
        raise NotOpened from error


def _wrapping(passphrase: str, salt: bytes, work: int) -> bytes:
    label = b"age-encryption.org/v1/scrypt" + salt
    room = 129 * 8 * 2**work + 2**20
    return scrypt(passphrase.encode(), salt=label, n=2**work, r=8, p=1, maxmem=room, dklen=32)


def _derived(file_key: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt, info).derive(file_key)


def _mark(file_key: bytes, head: bytes) -> bytes:
    return hmac.digest(_derived(file_key, b"", b"header"), head, sha256)


def _text(raw: bytes) -> str:
    return b64encode(raw).decode().rstrip("=")


def _bytes(text: bytes) -> bytes:
    return b64decode(text + b"=" * (-len(text) % 4))
