"""Who may open what: the reviewed table in tests/access.txt, and every cell of it by asking.

When a route is new or its declaration changed, write the table anew and review the difference:

    ACCESS_TXT=write .venv/bin/pytest tests/views/test_access.py; git diff tests/access.txt
"""

import difflib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.routing import Rule

from app import create_app
from app.accounts import access
from app.accounts.models import Grant, SignIn
from app.agencies.models import Person
from app.core import clock
from app.credentials.press import Sealed
from tests.people import account_with_password, browser_of
from tests.views import matrix

FILE = Path(__file__).parent.parent / "access.txt"
HEADER = """\
# Who may open what. Generated from the views' declarations and from what the pages really answer,
# then read by a person: a change to this file is a change of access, so review it as one.
#   ACCESS_TXT=write .venv/bin/pytest tests/views/test_access.py; git diff tests/access.txt
# Ask of every changed line: should this role see this page at all? Whose things may it name?
"""
DECLARED = """
# 1. By role. open · sign-in (led to the door) · 404 (does not exist for this role)
"""
ASKED = """
# 2. Pages that name somebody's thing: whose thing does each role get to see there?
#    O her own · S of a colleague in the subtree of Rina (unit_admin) · U of somebody in another
#    OPD · A of somebody in another instansi · - does not exist · sign-in led to the door
"""
#: Open to the role, and yet there may be nothing at the address: no form sent along, nobody named,
#: no password given just before.
MAY_BE_EMPTY = frozenset(
    {
        "credentials.verify_sha256",
        "home.security_txt",
        "live.question",
        "live.result",
        "two_steps.enter",
    }
)


def routes(app: Flask) -> Iterator[tuple[str, Rule]]:
    """Every (method, rule), in the order of addresses."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint)):
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            yield method, rule


def promised(app: Flask, rule: Rule, role: str) -> str:
    """What the declaration says to a role."""
    allowed = access.declared(app, rule.endpoint)
    if access.PUBLIC in allowed:
        return "open"
    if role == "anonymous":
        return "sign-in"
    return "open" if allowed & {role, access.Role.LEARNER.value} else "404"


def line(method: str, rule: Rule, cells: list[str]) -> str:
    return f"{method:<5} {rule.rule:<58} " + " ".join(f"{cell:<10}" for cell in cells).rstrip()


def table(title: str, lines: list[str]) -> str:
    heads = " ".join(f"{role:<10}" for role in matrix.VIEWERS).rstrip()
    return "\n".join([title.rstrip("\n"), f"#     {'':<58} {heads}", *lines, ""])


def declared_table(app: Flask) -> str:
    return table(
        DECLARED,
        [
            line(method, rule, [promised(app, rule, role) for role in matrix.VIEWERS])
            for method, rule in routes(app)
        ],
    )


def compare(section: str, text: str) -> None:
    """Fail with a difference, unless the reviewed file holds exactly this section."""
    reviewed = FILE.read_text(encoding="utf-8") if FILE.exists() else ""
    parts = reviewed.split("\n\n")
    place = {"declared": 1, "asked": 2}[section]
    old = parts[place].strip("\n") if len(parts) > place else ""
    if old == text.strip("\n"):
        return
    if os.environ.get("ACCESS_TXT") == "write":
        parts = [HEADER.strip("\n"), *[*parts[1:], "", ""][:2]]
        parts[place] = text.strip("\n")
        FILE.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
        return
    lines = difflib.unified_diff(
        old.splitlines(), text.strip("\n").splitlines(), "reviewed", "now", lineterm="", n=0
    )
    pytest.fail("tests/access.txt is not what the application does:\n" + "\n".join(lines))


def test_the_table_of_declarations_is_the_reviewed_one(app):
    compare("declared", declared_table(app))


class Stage:
    """Everybody's things, and one browser for each who asks."""

    def __init__(self, app: Flask, session, cast) -> None:
        self.app, self.session, self.cast = app, session, cast
        self.things = matrix.populate(app, session, cast)
        self.ids = {role: getattr(cast, name).id for role, name in matrix.VIEWERS.items() if name}
        self.browsers = {role: self._browser(role) for role in matrix.VIEWERS}

    def _browser(self, role: str):
        if role == "anonymous":
            return self.app.test_client()
        return browser_of(self.app, self.session.get(Person, self.ids[role]))

    def ask(self, role: str, method: str, rule: Rule, relation: str) -> str:
        """open, sign-in or 404, by really asking."""
        own = matrix.VIEWERS[role] or "sari"
        owner = own if relation == "own" else matrix.OWNERS[relation]
        path = matrix.address(rule, self.things[owner])
        answer = self.browsers[role].open(path, method=method)
        answer.close()
        if method != "GET":
            self._mend(role)
        assert answer.status_code < 500, f"{role} {method} {path}: {answer.status_code}"
        if answer.status_code == 303 and answer.location.startswith("/masuk"):
            return "sign-in"
        return "404" if answer.status_code == 404 else "open"

    def _mend(self, role: str) -> None:
        """Undo what the deed may have done to those who ask next."""
        self.session.execute(sa.update(SignIn).values(ended_at=None))
        self.session.execute(sa.update(Person).values(is_active=True))
        self.session.commit()
        with self.browsers[role].session_transaction() as cookie:
            signed_in = "_user_id" in cookie
        if role != "anonymous" and not signed_in:
            self.browsers[role] = self._browser(role)


def _blank(credential) -> Sealed:
    return Sealed(f"%PDF-1.7 {credential.code}".encode(), "1", clock.now())


@pytest.fixture
def stage(app, db, cast, monkeypatch):
    """Documents are not laid out: who may have one does not depend on how it looks."""
    press = app.extensions["press"]
    press.keys()
    monkeypatch.setattr(press, "produce", _blank)
    app.config["WTF_CSRF_ENABLED"] = False
    yield Stage(app, db, cast)
    app.config["WTF_CSRF_ENABLED"] = True


def test_every_route_answers_every_role_as_the_table_says(app, stage):
    wrong = []
    for method, rule in routes(app):
        for role in matrix.VIEWERS:
            wanted, got = promised(app, rule, role), stage.ask(role, method, rule, "own")
            if got != wanted and not (wanted == "open" and rule.endpoint in MAY_BE_EMPTY):
                wrong.append(f"{method} {rule.rule} {role}: {wanted} was promised, {got} came")
    assert not wrong, "\n".join(wrong)


def test_whose_things_each_role_sees_is_the_reviewed_table(app, stage):
    lines = [
        line(method, rule, [_seen(stage, role, method, rule) for role in matrix.VIEWERS])
        for method, rule in routes(app)
        if "owned" in matrix.variables(rule).values()
    ]
    compare("asked", table(ASKED, lines))


def _seen(stage: Stage, role: str, method: str, rule: Rule) -> str:
    answers = {relation: stage.ask(role, method, rule, relation) for relation in matrix.RELATIONS}
    if set(answers.values()) == {"sign-in"}:
        return "sign-in"
    assert "sign-in" not in answers.values(), f"{role} lost the session at {rule.rule}"
    return "".join(
        letter if answers[relation] == "open" else "-"
        for relation, letter in matrix.RELATIONS.items()
    )


def test_a_view_that_declares_nothing_keeps_the_application_from_starting(monkeypatch, built_app):
    """Control: the guard names it."""
    forgetful = access.guard

    def guard_with_one_more(app):
        app.add_url_rule("/lupa", "lupa", lambda: "lupa")
        forgetful(app)

    monkeypatch.setattr(access, "guard", guard_with_one_more)
    with pytest.raises(RuntimeError, match="views without open_to: lupa"):
        create_app(built_app.config["RAMBU"])


def test_a_role_elsewhere_opens_the_page_but_not_the_things(db, sign_in, cast):
    """Lestari administers another instansi: she has a report, and Arunika is not in it."""
    page = sign_in(cast.stranger_admin).get("/laporan")
    assert page.status_code == 200
    assert "Arunika" not in page.text.split("<main", 1)[1].split("</main>", 1)[0]


def test_an_account_alone_opens_no_desk(db, sign_in, cast):
    account_with_password(db, cast.sari.id)
    db.commit()
    browser = sign_in(cast.sari)
    for path in ("/laporan", "/laporan-pegawai.csv", "/laporan.csv", "/jejak"):
        assert browser.get(path).status_code == 404


@pytest.mark.parametrize(
    "path", ["/laporan.csv", "/laporan-pegawai.csv", "/pegawai", "/pegawai/aktivasi"]
)
def test_a_unit_named_in_a_query_is_checked_like_one_in_the_path(cast, sign_in, path):
    units = {name: getattr(cast, name).id for name in ("health", "clinic", "education", "root")}
    units["foreign"] = cast.stranger.unit_id
    browser = sign_in(cast.rina)
    answers = {
        name: browser.get(f"{path}?unit={unit_id}").status_code for name, unit_id in units.items()
    }
    assert answers == {
        "health": 200, "clinic": 200, "education": 404, "root": 404, "foreign": 404,
    }  # fmt: skip


@pytest.mark.parametrize("target", ["education", "root", "foreign"])
def test_a_unit_smuggled_into_a_form_changes_nothing(db, cast, sign_in, target):
    sari_id, before = cast.sari.id, cast.sari.unit_id
    unit = cast.stranger.unit if target == "foreign" else getattr(cast, target)
    unit_id, typed = unit.id, unit.name
    browser = sign_in(cast.rina)
    people = db.scalar(sa.select(sa.func.count(Person.id)))
    form = {"position": "Kepala", "number": "", "status": "non-asn"}
    for path in (f"/pegawai/{sari_id}/pindah", "/pegawai/baru", "/pegawai/aktivasi"):
        for named in (unit_id, typed):
            answer = browser.post(path, data={**form, "unit_id": named, "name": "Baru"})
            assert answer.status_code in (404, 422)
    assert db.get(Person, sari_id).unit_id == before
    assert db.scalar(sa.select(sa.func.count(Person.id))) == people


@pytest.mark.parametrize("role", ["learner", "unit_admin", "hr_admin", "host", "auditor"])
def test_no_form_gives_a_role(db, cast, sign_in, role):
    """Fields that a form does not have are not taken over, whoever sends them."""
    held = db.scalar(sa.select(sa.func.count(Grant.id)))
    browser = sign_in(getattr(cast, matrix.VIEWERS[role]))
    extra = {"role": "hr_admin", "roles": "hr_admin", "is_active": "0", "person_id": "1"}
    for path in ("/akun/sandi", "/akun/perangkat/keluar", "/kursus/netralitas-inti/mulai"):
        browser.post(path, data=extra)
    assert db.scalar(sa.select(sa.func.count(Grant.id))) == held
