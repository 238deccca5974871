"""/.well-known/security.txt says whom to tell of a weakness, and is not there while nobody is."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from app.core import clock

ADDRESS = "/.well-known/security.txt"


@pytest.fixture
def contact(app, monkeypatch):
    """`contact("mailto:…")` is what the operator has set."""
    config = app.config["RAMBU"]
    return lambda text: monkeypatch.setitem(
        app.config, "RAMBU", replace(config, SECURITY_CONTACT=text)
    )


def fields(answer) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in answer.text.splitlines())


def test_nobody_is_named_until_the_operator_names_somebody(client, contact):
    contact("")
    assert client.get(ADDRESS).status_code == 404


def test_whoever_finds_a_weakness_learns_whom_to_tell(client, contact):
    contact("mailto:keamanan@contoh.go.id")
    answer = client.get(ADDRESS)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    found = fields(answer)
    assert found.pop("Expires")
    assert found == {
        "Contact": "mailto:keamanan@contoh.go.id",
        "Preferred-Languages": "id, en",
        "Canonical": "http://127.0.0.1:8000/.well-known/security.txt",
    }


def test_it_expires_in_less_than_a_year_and_never_while_rambu_runs(client, contact, wait):
    contact("https://contoh.go.id/lapor")
    for _ in range(3):
        expires = datetime.fromisoformat(fields(client.get(ADDRESS))["Expires"])
        assert timedelta(days=30) < expires - clock.now() < timedelta(days=365)
        wait(days=300)
