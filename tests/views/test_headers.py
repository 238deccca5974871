"""What a browser is told with every answer: each address, by whoever asks, and every refusal."""

import re
from dataclasses import replace

import pytest
from flask import Flask, Response

from app import create_app
from app.accounts import access
from app.agencies.models import Person
from app.core import web
from app.core.bodies import REFUSED
from app.core.db import db as database
from tests import databases, people
from tests.browser import Browser
from tests.nudged import jobs_at_once
from tests.views import matrix
from tests.views.test_access import _blank, routes

ADDRESS, HOST = "https://rambu.contoh.go.id", "rambu.contoh.go.id"
#: Written here again: who changes one of them in the application meets this list.
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
}
#: A page that names somebody tells nobody where its reader came from.
REFERRER = (["strict-origin-when-cross-origin"], ["same-origin"], ["no-referrer"])
#: Directives that the policy must have, each with exactly these sources.
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "object-src": "'none'",
    "frame-ancestors": "'none'",
}


def faults(answer: Response) -> list[str]:
    """What an answer does not say as it should, by the names of its headers."""
    said = answer.headers
    found = [name for name, value in ALWAYS.items() if said.getlist(name) != [value]]
    if said.getlist("Referrer-Policy") not in REFERRER:
        found.append("Referrer-Policy")
    policies = said.getlist("Content-Security-Policy")
    parts = (part.strip().partition(" ") for part in "".join(policies).split(";"))
    policy = {name: sources for name, _, sources in parts}
    found += [name for name, sources in POLICY.items() if policy.get(name) != sources]
    if len(policies) != 1:
        found.append("Content-Security-Policy")
    if "Access-Control-Allow-Origin" in said:
        found.append("Access-Control-Allow-Origin")
    if "Cache-Control" not in said:
        found.append("Cache-Control")
    return found + _faults_of_type(answer) + _faults_of_cookies(answer)


def _faults_of_type(answer: Response) -> list[str]:
    if not answer.get_data():
        return []
    is_text = answer.mimetype.startswith("text/")
    is_sound = "charset=utf-8" in answer.content_type if is_text else bool(answer.mimetype)
    return [] if is_sound else [f"Content-Type: {answer.content_type}"]


def _faults_of_cookies(answer: Response) -> list[str]:
    wanted = {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"}
    return [
        f"Set-Cookie: {cookie.partition('=')[0]}"
        for cookie in answer.headers.getlist("Set-Cookie")
        if not cookie.startswith("__Host-") or not wanted <= set(cookie.split("; "))
    ]


#: What takes no token, and why that is safe stands where it is declared.
TOKENLESS = {"POST /bolehkah/…/menjawab", "POST /webinar/…/jawaban"}


class Secure(Browser):
    """Asks for our own name."""

    def open(self, *args, **kwargs):
        return super().open(*args, **{"base_url": ADDRESS, "buffered": True} | kwargs)


@pytest.fixture(scope="module")
def local(applications):
    """One database is enough: what a browser is told does not depend on it."""
    return applications("sqlite")


@pytest.fixture(scope="module")
def public(local):
    """The same installation at a public address, behind one proxy."""
    app = create_app(replace(local.config["RAMBU"], PUBLIC_URL=ADDRESS, PROXIES=1))
    app.test_client_class = Secure
    app.extensions["examiner"].is_immediate = True
    jobs_at_once(app)
    app.extensions["press"].produce = _blank  # what a browser is told needs no real page
    yield app
    with app.app_context():
        database.engine.dispose()


@pytest.fixture(scope="module")
def things(local):
    """What the cast has, in a database that this file alone uses meanwhile."""
    with local.app_context():
        databases.empty()
        return matrix.populate(local, database.session, people.enter(database.session))["dewi"]


@pytest.fixture(scope="module")
def dewi(local, public, things):
    """The browser of somebody who opens most of the desks."""
    with local.app_context():
        person = database.session.get(Person, things.person_id)
        return _same_cookie(people.browser_of(local, person), public)


def ask(public, things, *browsers, methods=("GET", "POST")):
    """(what was asked, the answer) of every address, from each of the browsers in turn."""
    for method, rule in routes(public):
        path = matrix.address(rule, things)
        ends_a_session = path == "/keluar" or path.startswith("/akun/perangkat")
        if method in methods and not ends_a_session:
            for browser in browsers:
                yield f"{method} {path}", browser.open(path, method=method)


@pytest.fixture(scope="module")
def walk(public, things, dewi):
    """Every answer of every address to a visitor and to Dewi."""
    public.config["WTF_CSRF_ENABLED"] = False
    answers = list(ask(public, things, _browser(public), dewi))
    public.config["WTF_CSRF_ENABLED"] = True
    return answers


def _browser(app: Flask) -> Browser:
    browser = app.test_client()
    browser.environ_base["HTTP_X_FORWARDED_PROTO"] = "https"
    return browser


def _same_cookie(browser: Browser, app: Flask) -> Browser:
    there = _browser(app)
    there.set_cookie("__Host-rambu", browser.get_cookie("rambu").value, domain=HOST)
    return there


def test_every_address_says_everything_to_a_visitor_and_to_an_admin(walk):
    wrong = {asked: faults(answer) for asked, answer in walk if faults(answer)}
    assert not wrong
    statuses = {answer.status_code for _, answer in walk}
    assert len(walk) > 200
    assert {200, 303, 404} <= statuses
    assert max(statuses) < 500


def test_somebody_was_signed_in_on_that_walk(walk):
    """Control: or every desk would only have led to the door."""
    opened = [asked for asked, answer in walk if answer.status_code == 200]
    assert opened.count("GET /pegawai") == 1
    assert opened.count("GET /laporan") == 1


def test_no_form_is_taken_without_its_token(public, things, dewi):
    """But two: one only counts, and refuses other sites by itself (tests/views/editing); the other
    wants a ticket in a header, which other sites cannot send (tests/views/live)."""
    taken = {
        asked: answer.status_code
        for asked, answer in ask(public, things, _browser(public), dewi, methods=("POST",))
        if answer.status_code != 403
    }
    named = {re.sub(r"/[\w-]+/(menjawab|jawaban)$", r"/…/\1", one) for one in taken}
    assert named == TOKENLESS


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("/tidak/ada", {}),
        ("/kalender/999999", {"method": "POST"}),
        ("/static/", {}),
        ("/.git/HEAD", {}),
        ("/masuk", {"method": "TRACE"}),
        ("/masuk", {"method": "OPTIONS"}),
        ("/masuk", {"method": "HEAD"}),
        ("/masuk", {"method": "POST", "data": {"number": "1"}}),
        ("/masuk", {"method": "POST", "environ_overrides": {REFUSED: 408}}),
        ("/masuk", {"method": "POST", "environ_overrides": {REFUSED: 411}}),
        ("/masuk", {"method": "POST", "environ_overrides": {REFUSED: 413}}),
        ("/masuk", {"method": "POST", "environ_overrides": {REFUSED: 503}}),
        ("/masuk", {"base_url": "https://jahat.id"}),
    ],
)
def test_what_is_refused_is_refused_with_all_of_them(public, path, asked):
    answer = _browser(public).open(path, **asked)
    assert faults(answer) == []
    is_asked = asked.get("method") in ("OPTIONS", "HEAD") or "data" in asked
    assert is_asked or answer.status_code >= 400


def test_a_fault_says_all_of_them_and_nothing_else(public, monkeypatch):
    """An error that nobody expected names no file, no line and no reason."""

    def stumble(*_):
        raise RuntimeError("rahasia dari dalam")

    stumble.open_to = frozenset({access.PUBLIC})
    monkeypatch.setitem(public.view_functions, "home.robots", stumble)
    answer = _browser(public).get("/robots.txt")
    assert answer.status_code == 500
    assert faults(answer) == []
    assert "rahasia" not in answer.text
    assert "Traceback" not in answer.text


def test_on_ones_own_machine_nobody_is_bound_to_https(local):
    """Control: a browser would never open http://127.0.0.1 again."""
    answer = local.test_client().get("/masuk")
    assert faults(answer) == ["Strict-Transport-Security", "Set-Cookie: rambu"]


@pytest.mark.parametrize("name", [*ALWAYS, "Referrer-Policy", "Content-Security-Policy"])
def test_a_header_that_is_missing_would_be_noticed(public, monkeypatch, name):
    """Control."""
    monkeypatch.delitem(web.HEADERS, name, raising=False)
    if name == "Strict-Transport-Security":
        monkeypatch.setattr(web, "ONE_YEAR", 60)
    assert name in faults(_browser(public).get("/sehat"))


@pytest.mark.parametrize("name", POLICY)
def test_a_weaker_policy_would_be_noticed(public, monkeypatch, name):
    """Control."""
    policy = web.HEADERS["Content-Security-Policy"].replace(name, f"x-{name}")
    monkeypatch.setitem(web.HEADERS, "Content-Security-Policy", policy)
    assert faults(_browser(public).get("/sehat")) == [name]
