"""Devices on which somebody has signed in before, so that a stranger's guesses keep nobody out.

A browser keeps a random name, and a mark of each number that has signed in with it (OWASP: device
cookies). It opens nothing: tries from there are braked by themselves, apart from those of everybody
else at the same network or with the same number. The mark is keyed: the cookie names nobody.
"""

from dataclasses import dataclass

from itsdangerous import BadData, URLSafeTimedSerializer

from app.accounts.settings import current as settings
from app.accounts.settings import keyed_digest
from app.core import ids

#: Seconds that a device stays known after the last sign-in.
REMEMBERED = 180 * 24 * 3600
#: People who share a computer, the latest first.
MOST_PEOPLE = 20


@dataclass(frozen=True, slots=True)
class Device:
    """A browser. Without marks it is nobody's."""

    name: str
    marks: tuple[str, ...] = ()

    def knows(self, number: str) -> bool:
        return _mark(self.name, number) in self.marks

    def with_number(self, number: str) -> "Device":
        """The same device, after this number has signed in."""
        mark = _mark(self.name, number)
        others = (one for one in self.marks if one != mark)
        return Device(self.name, (mark, *others)[:MOST_PEOPLE])

    def sealed(self) -> str:
        """What its cookie holds."""
        return _signer().dumps([self.name, *self.marks])


def device_of(cookie: str | None) -> Device:
    """The device of a cookie. One that is missing, forged or too old is a new device."""
    try:
        name, *marks = _signer().loads(cookie or "", max_age=REMEMBERED)
    except BadData:
        return Device(ids.url_token())
    return Device(name, tuple(marks))


def _mark(name: str, number: str) -> str:
    return keyed_digest("device", name, number).hex()[:20]


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(settings().secret, salt="rambu-device")
