"""Requests that nobody means: hostile values in every place of an address, a form and a head.

Addresses come of the map of the application, so that a new one is asked too; names of fields are
those that the rooms of the pages read. Some values exist: a fault may lie behind what opens.
"""

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa
from flask import Flask
from werkzeug.routing import Rule

from app.config import PROJECT
from app.core import clock
from app.core.db import db
from app.credentials.models import Credential

METHODS = ("GET", "GET", "POST", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "X")
NUMBERS = (
    "0",
    "-1",
    "00",
    "1",
    "2",
    "7",
    "2147483647",
    "2147483648",
    "9" * 19,
    "9" * 400,
    "1e9",
    "٣",
)
TEXTS = (
    "", " ", "\0", "a\0b", "\u202e", "🙂" * 50, "x" * 5_000, "%", "%00", "%c0%ae", "%s%n", "\\",
    "../../etc/passwd", "' OR 1=1 --", '"><script>', "{{7*7}}", "${7*7}", "=1+1", "null", "[]",
    "\r\nSet-Cookie: a=b", "-", ".", "..", "//x.example", "http://[", "NaN", "1/0", "2026-02-30",
    "9999-12-31", "0000-00-00", "true", "on", "y", "boleh", "198001012005012001",
)  # fmt: skip
BODIES = (
    b"",
    b"\xff\xfe",
    b"{",
    b"[]",
    b"null",
    b'{"choice":1}',
    b"a=%ff&b=%00",
    b"number=%ed%a0%80",
    b"--x\r\n\r\n",
    b"<a/>",
)
KINDS = (
    "application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
    "multipart/form-data", "text/plain", "", "application/json; charset=utf-7", "\x00",
)  # fmt: skip
HEADS = {
    "Accept": ("*/*", "application/json", "text/html;q=x", "", ",;", "a" * 3_000),
    "Referer": ("http://[", "//", "http://127.0.0.1:8000/\0", "javascript:1"),
    "If-None-Match": ('"', "*", "W/" * 99),
    "Range": ("bytes=9-1", "bytes=-1,-1", "x", "bytes=0-" + "9" * 40),
    "X-Forwarded-For": ("x", "::1", ",,,"),
    "Cookie": ("rambu=x", "rambu=" + "." * 900, "=;;", "rambu-perangkat=x.y.z"),
    "User-Agent": ("", "x" * 5_000, "\xff"),
    "Content-Length": ("-1", "x"),
    "X-Requested-With": ("1",),
    "Accept-Language": ("x" * 900,),
}


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    data: Any = None
    kind: str | None = None

    def sent_by(self, browser: Any) -> Any:
        return browser.open(
            self.path,
            method=self.method,
            headers=self.headers,
            data=self.data,
            content_type=self.kind,
        )


def requests(app: Flask, chance: Random, only: str | None = None) -> Iterator[Request]:
    """For ever, at every address in turn (or at those of one endpoint)."""
    rules = [rule for rule in app.url_map.iter_rules() if only in (None, rule.endpoint)]
    real = real_values(app)
    while True:
        chance.shuffle(rules)
        for rule in rules:
            yield _request(rule, chance, names_around(app, rule.endpoint), real)


def real_values(app: Flask) -> dict[str, list[str]]:
    """What may stand in an address and names something."""
    catalog = app.extensions["catalog"]
    scenarios = sorted(catalog.scenarios)[:20]
    with app.app_context():
        codes = list(db.session.scalars(sa.select(Credential.code).limit(20)))
        db.session.remove()
    return {
        "slug": [*catalog.courses, "privasi", "operator"],
        "id": [*scenarios, *sorted(catalog.regulations)[:20]],
        "scenario_id": scenarios,
        "topic": ["media-sosial"],
        "code": codes or ["A" * 26],
        "sha256": ["0" * 64],
        "day": [clock.today().isoformat()],
        "filename": ["emblem.svg"],
        "number": ["1", "2", "12"],
        **{name: [str(number) for number in range(1, 13)] for name in _IDS},
    }


_IDS = (
    "person_id", "unit_id", "attempt_id", "sign_in_id", "calendar_id", "grant_id", "request_id",
    "question_id", "entry_id",
)  # fmt: skip


@cache
def names_around(app: Flask, endpoint: str) -> list[str]:
    """What the room of a page reads of an address or a form, or has its pages send."""
    view = inspect.unwrap(app.view_functions[endpoint])
    room = Path(inspect.getsourcefile(view) or "").parent
    found = {"csrf_token", "data", "errors"}
    for path in [*room.glob("*.py"), *(PROJECT / "app" / "templates" / room.name).glob("*.html")]:
        for names in _READ.findall(path.read_text(encoding="utf-8")):
            found |= set(filter(None, names))
    return sorted(found)


_READ = re.compile(
    r"""(?:args|form|values|files)(?:\.get)?[(\[]["'](\w+)"""
    r"""|\bname=["'](\w+)"""
    r"""|^    (\w+)(?:: \w+)? = (?:\w+_field|\w+Field|tick)\(""",
    re.MULTILINE,
)


def _request(rule: Rule, chance: Random, names: list[str], real: dict[str, list[str]]) -> Request:
    path = re.sub(
        r"<(?:\w+:)?(\w+)>",
        lambda found: quote(_value(found[1], chance, real), safe=chance.choice(("", "/.%"))),
        rule.rule,
    )
    if chance.random() < 0.5:
        asked = (f"{chance.choice(names)}={_quoted(chance)}" for _ in range(chance.randrange(4)))
        path = f"{path}?{'&'.join(asked)}"
    method = chance.choice(METHODS)
    headers = {
        name: chance.choice(values) for name, values in HEADS.items() if chance.random() < 0.06
    }
    if method in ("GET", "HEAD", "OPTIONS") and chance.random() < 0.9:
        return Request(method, path, headers)
    if chance.random() < 0.3:
        return Request(method, path, headers, chance.choice(BODIES), chance.choice(KINDS))
    form = {chance.choice(names): _text(chance) for _ in range(chance.randrange(6))}
    return Request(method, path, headers, form)


def _value(name: str, chance: Random, real: dict[str, list[str]]) -> str:
    if name in real and chance.random() < 0.6:
        return chance.choice(real[name])
    return _text(chance) or "-"


def _text(chance: Random) -> str:
    return chance.choice(NUMBERS if chance.random() < 0.4 else TEXTS)


def _quoted(chance: Random) -> str:
    return quote(_text(chance).encode("utf-8", "surrogatepass"), safe=chance.choice(("", "%/&=")))
