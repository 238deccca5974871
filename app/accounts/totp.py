"""Codes of authenticator apps (RFC 6238: six digits, thirty seconds). Pure: text and moments in.

pyotp says whether a code is right; we must also know of which step it is, since no code may be
accepted twice.
"""

import hmac
from datetime import datetime

import pyotp

#: Seconds that a code is shown.
STEP = 30
#: Steps that a phone's clock may be fast or slow.
DRIFT = 1
DIGITS = 6
_BETWEEN = str.maketrans("", "", " -.\u00a0\u202f")


def new_secret() -> str:
    """160 random bits as base32, as apps take it."""
    return pyotp.random_base32()


def grouped(secret: str) -> str:
    """`ABCD EFGH …`, for whoever types it."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def address(secret: str, *, name: str, issuer: str) -> str:
    """What the QR carries: the app shows `issuer` and `name` beside the code."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=issuer)


def code_at(secret: str, at: datetime) -> str:
    return pyotp.TOTP(secret).generate_otp(_step(at))


def step_of(secret: str, text: str, at: datetime) -> int | None:
    """The step whose code this is, as far as one step of drift goes; None for no code of now."""
    given = text.translate(_BETWEEN)
    if len(given) != DIGITS or not (given.isascii() and given.isdigit()):
        return None
    totp, now = pyotp.TOTP(secret), _step(at)
    steps = range(now - DRIFT, now + DRIFT + 1)
    right = [hmac.compare_digest(totp.generate_otp(step), given) for step in steps]
    return next((step for step, is_right in zip(steps, right, strict=True) if is_right), None)


def _step(at: datetime) -> int:
    return int(at.timestamp()) // STEP
