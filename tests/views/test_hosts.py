"""A request that calls us by another name is told ours, and nothing else happens."""

import pytest
from flask import Flask, Response

from app.core import web
from app.home import views as home

FOREIGN = ["jahat.id", "localhost.jahat.id", "127.0.0.1@jahat.id", "", "a b", "[::1", "\x7f"]


def answer(app, path: str, host: str | None, **request) -> Response:
    environ = {"REMOTE_ADDR": "203.0.113.9"} | ({} if host is None else {"HTTP_HOST": host})
    builder = app.test_client()
    return builder.open(path, environ_overrides=environ, **request)


@pytest.mark.parametrize("host", FOREIGN)
@pytest.mark.parametrize("path", ["/", "/masuk", "/tidak/ada", "/static/js/case.js", "/sehat"])
def test_a_foreign_name_gets_one_sentence(app, host, path):
    refused = answer(app, path, host)
    assert refused.status_code in (400, 421)
    if refused.status_code == 421:
        assert refused.mimetype == "text/plain"
        assert refused.text == (
            "Permintaan ini memakai nama situs yang bukan milik Rambu; bukalah "
            "http://127.0.0.1:8000.\n"
        )
    assert not host.strip() or host not in refused.text
    assert "Set-Cookie" not in refused.headers


def test_our_own_name_is_answered(app):
    """Control."""
    assert answer(app, "/", "127.0.0.1:8000").status_code == 200
    assert answer(app, "/", "localhost").status_code == 200


def test_a_form_under_a_foreign_name_changes_nothing(client, cast):
    form = {"number": cast.sari.number, "password": "salah-sama-sekali"}
    refused = answer(client.application, "/masuk", "jahat.id", method="POST", data=form)
    assert refused.status_code == 421


@pytest.fixture(scope="module")
def public():
    """An application of three pages, at a public address."""
    app = Flask("public")
    app.secret_key = "x"
    app.add_url_rule("/", "page", lambda: "ada")
    for view in (home.health, home.ready):
        app.add_url_rule(f"/{view.__name__}", view.__name__, web.for_probes(lambda: "ada"))
        assert view.for_probes
    web.check_hosts(app, "https://rambu.contoh.go.id")
    return app


def test_only_probes_may_ask_by_the_name_of_the_machine(public):
    for host in ("127.0.0.1:8000", "localhost", "[::1]:8000"):
        assert answer(public, "/health", host).status_code == 200
        assert answer(public, "/ready", host).status_code == 200
        refused = answer(public, "/", host)
        assert refused.status_code == 421
        assert "https://rambu.contoh.go.id" in refused.text
    assert answer(public, "/health", "jahat.id").status_code == 421
    assert answer(public, "/", "rambu.contoh.go.id").status_code == 200


def test_no_answer_leads_to_the_name_it_was_asked_by(app):
    assert answer(app, "/akun", "localhost:4711").location == "/masuk?lanjut=/akun"
