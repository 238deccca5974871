"""Who has spent too much of the server's time waits, and keeps nobody else waiting."""

import pytest

from app.accounts import throttle
from app.accounts.costs import FREE
from tests.views.accounts.test_activation import NEW, use
from tests.views.credentials.test_verification import drop

HERE = "network:127.0.0.0/24"
QUESTION = "/bolehkah?q=ikut+lomba+warga"
LETTER = "Undangan rapat koordinasi hari Senin."


@pytest.fixture
def spent(app):
    """This network has spent more than it may."""
    throttle.LEDGER.charge(HERE, FREE + 5)


def test_a_question_waits_and_the_pages_that_cost_nothing_do_not(client, db, spent):
    answer = client.get(QUESTION)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "20")
    assert "Tunggu 20 detik" in answer.text
    assert client.get("/bolehkah").status_code == 200
    assert client.get("/periksa").status_code == 200


def test_a_text_waits_and_is_kept(client, db, spent):
    answer = client.post("/periksa", data={"text": LETTER})
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "20")
    assert f">{LETTER}</textarea>" in answer.text.replace("\r", "").replace(">\n", ">")


def test_a_file_that_nobody_knows_waits(client, db, spent):
    assert drop(client, b"%PDF-1.7\nbukan milik kami").status_code == 429


def test_who_has_signed_in_pays_for_herself(sign_in, cast, spent):
    sari = sign_in(cast.sari)
    assert sari.get(QUESTION).status_code == 200
    throttle.LEDGER.charge(f"account:{cast.sari.id}", FREE + 5)
    assert sari.get(QUESTION).status_code == 429, "control"
    assert sign_in(cast.budi).get(QUESTION).status_code == 200


def test_a_right_code_activates_and_a_wrong_one_waits(client, db, slip, spent):
    assert use(client, slip | {"code": "AAAA-AAAA-AA"}).status_code == 429
    assert use(client, slip).status_code == 303


@pytest.mark.parametrize("ask", ["search", "text", "file", "code"])
def test_whatever_costs_is_charged(client, cast, ask):
    deeds = {
        "search": lambda: client.get(QUESTION),
        "text": lambda: client.post("/periksa", data={"text": LETTER}),
        "file": lambda: drop(client, b"%PDF-1.7\nbukan milik kami"),
        "code": lambda: use(client, {"number": cast.sari.number, "code": "AAAA-AAAA-AA"}, NEW),
    }
    assert HERE not in throttle.LEDGER._debts
    deeds[ask]()
    assert throttle.LEDGER._debts[HERE][0] > 0
