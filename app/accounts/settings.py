"""What this installation has decided, for rules that do not know the web. Told once, at boot."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta

from app.config import Config


@dataclass(frozen=True)
class Settings:
    """The part of app.config.Config that accounts need."""

    secret: bytes
    code_life: timedelta
    longest_idle: timedelta
    longest_session: timedelta
    brakes_kept: timedelta


_told: Settings | None = None


def tell(config: Config) -> None:
    """Take over the settings of an app.config.Config."""
    global _told
    _told = Settings(
        secret=config.SECRET_KEY.encode(),
        code_life=timedelta(days=config.ACTIVATION_DAYS),
        longest_idle=timedelta(minutes=config.IDLE_MINUTES),
        longest_session=timedelta(hours=config.SESSION_HOURS),
        brakes_kept=timedelta(days=config.KEEP_BRAKES),
    )


def current() -> Settings:
    if _told is None:
        raise RuntimeError("accounts.settings.tell() was never called; create_app does it")
    return _told


def keyed_digest(purpose: str, *parts: object) -> bytes:
    """HMAC-SHA256 under the secret key. Each purpose has digests of its own."""
    message = "\x1f".join([purpose, *map(str, parts)])
    return hmac.digest(current().secret, message.encode(), hashlib.sha256)
