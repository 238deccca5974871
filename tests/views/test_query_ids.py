"""An id in a query is looked up in the reader's scope: another desk's says as little as nobody's.

Found, not listed: every page is asked once, and what it reads out of its address as a number is
taken for an id.
"""

import ast
import re
from contextlib import contextmanager

import pytest
from flask import Request
from werkzeug.datastructures import ImmutableMultiDict

from app.accounts.access import PUBLIC, declared
from app.agencies.models import Person, Unit
from app.audit.models import AuditEntry
from app.config import PROJECT

#: What the numbers are ids of. `sebelum` is an entry of the trail: a place in time, not a thing.
IDS = {
    "setelah": Person,
    "unit": Unit,
    "unit_id": Unit,
    "induk": Unit,
    "sebelum": AuditEntry,
}
#: Numbers that are ids of nothing: the place in a list at which a page begins.
PLACES = {"dari"}
NOBODYS = 999_999


@pytest.fixture
def asked(monkeypatch):
    """`with asked() as names:` gathers which ids a page looks for in its address."""
    names: set[str] = set()

    class Watched(ImmutableMultiDict):
        def __contains__(self, key):
            names.update({key} & IDS.keys())
            return super().__contains__(key)

        def get(self, key, default=None, type=None):
            names.update({key} & IDS.keys())
            return super().get(key, default, type)

    monkeypatch.setattr(Request, "parameter_storage_class", Watched)

    @contextmanager
    def gather():
        names.clear()
        yield names

    return gather


def addresses(app) -> dict[str, str]:
    """Every page that knows its reader, without an owner in its address, by its endpoint."""
    return {
        rule.endpoint: rule.rule
        for rule in app.url_map.iter_rules()
        if "GET" in rule.methods
        and not rule.arguments
        and PUBLIC not in declared(app, rule.endpoint)
    }


def named_in_code() -> set[str]:
    """What the code reads as a number: `asked_number("unit")`, `args.get("unit", type=int)`."""
    found = set()
    for path in (PROJECT / "app").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)) if "asked_number(" in text or "=int" in text else ():
            if isinstance(node, ast.Call) and node.args and _is_asking(node):
                found.add(ast.literal_eval(node.args[0]))
    return found


def _is_asking(call: ast.Call) -> bool:
    said = ast.unparse(call)
    is_typed = re.match(r"request\.(args|values)\.get\(.*type=int", said)
    is_constant = isinstance(call.args[0], ast.Constant)
    return is_constant and bool(said.startswith("asked_number(") or is_typed)


def told(answer, id: int) -> tuple[int, str]:
    """What an answer says, less the id that was asked for, and the token of its forms."""
    text = re.sub(r'name="csrf_token"[^>]*', "", answer.text)
    return answer.status_code, re.sub(rf"\b(\w+=){id}\b", r"\1", text)


@pytest.mark.parametrize("reader", ["rina", "auditor"])
def test_an_id_of_others_says_no_more_than_nobodys(app, db, cast, sign_in, asked, reader):
    theirs = {
        "setelah": [cast.budi.id, cast.stranger.id, cast.stranger_admin.id],
        "unit": [cast.education.id, cast.stranger.unit_id],
        "unit_id": [cast.education.id, cast.stranger.unit_id],
        "induk": [cast.education.id, cast.stranger.unit_id],
    }
    if reader == "auditor":  # her scope is the whole agency
        theirs = {name: ids[1:] for name, ids in theirs.items()}
    browser, seen = sign_in(getattr(cast, reader)), set()
    for endpoint, path in addresses(app).items():
        with asked() as names:
            browser.get(path)
        seen |= names
        for name in names & theirs.keys():
            nobodys = told(browser.get(f"{path}?{name}={NOBODYS}"), NOBODYS)
            for id in theirs[name]:
                assert told(browser.get(f"{path}?{name}={id}"), id) == nobodys, (endpoint, name)
    if reader == "rina":
        assert {"setelah", "unit", "unit_id"} <= seen, "control: the walk has found them"


def test_every_number_that_a_page_reads_is_known_here():
    """Whoever adds one says here what it is an id of, and gives the walk one of others."""
    assert named_in_code() == IDS.keys() | PLACES
