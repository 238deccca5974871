"""Which names a request may call us by. Pure.

Links in mails, QR codes and the check of a form's origin rest on one name: the public address. A
request by another name came here by mistake, or by somebody's doing.
"""

import re
from urllib.parse import urlsplit

#: A name or an address in brackets, and perhaps a port.
_HOST = re.compile(r"(?P<name>[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::(?P<port>\d{1,5}))?", re.I | re.A)
_PORTS = {"http": 80, "https": 443}
LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})


class Hosts:
    """The names of one installation."""

    def __init__(self, public_url: str) -> None:
        self.public_url = public_url
        address = urlsplit(public_url)
        name = address.hostname or ""
        self._name = f"[{name}]" if ":" in name else name
        self._port = address.port or _PORTS[address.scheme]

    def is_ours(self, host: str | None) -> bool:
        """Whether a Host header names the public address; where that is this machine, any name of
        this machine will do. A proxy may leave the port out."""
        if self._name in LOOPBACK:
            return self.is_loopback(host)
        name, port = _parts(host)
        return name == self._name and port in (None, self._port)

    def is_loopback(self, host: str | None) -> bool:
        """Whether a Host header names this machine, as a probe on it does."""
        return _parts(host)[0] in LOOPBACK


def _parts(host: str | None) -> tuple[str | None, int | None]:
    found = _HOST.fullmatch(host or "")
    if found is None:
        return None, None
    name, port = found["name"].lower(), found["port"]
    return name.removesuffix("."), int(port) if port else None
