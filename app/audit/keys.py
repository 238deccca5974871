"""The key of the trail. It lives outside the database, so that whoever can write there cannot write
a trail that holds. Told once, at boot.
"""

import hashlib
import hmac
from dataclasses import dataclass


@dataclass(frozen=True)
class Key:
    """Marks entries by their hash, and names itself without giving itself away."""

    secret: bytes

    @property
    def id(self) -> str:
        return self._digest("id")[:16]

    def mark(self, entry_hash: str) -> str:
        """HMAC-SHA256 over the hash, which covers the entry and all before it."""
        return self._digest(f"entry:{entry_hash}")

    def has_marked(self, entry_hash: str, mark: str | None) -> bool:
        return mark is not None and hmac.compare_digest(self.mark(entry_hash), mark)

    def _digest(self, text: str) -> str:
        return hmac.digest(self.secret, text.encode(), hashlib.sha256).hex()


_told: Key | None = None


def tell(secret: str) -> None:
    """Take over RAMBU_TRAIL_KEY."""
    global _told
    _told = Key(secret.encode())


def current() -> Key:
    if _told is None:
        raise RuntimeError("audit.keys.tell() was never called; create_app does it")
    return _told
