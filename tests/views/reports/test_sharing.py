"""Figures for an office without an account: until a day, without a name, and withdrawn at once."""

import re
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa

from app.audit.models import AuditEntry
from tests import learners


@pytest.fixture
def dewi(cast, sign_in):
    return sign_in(cast.dewi)


def made(browser, **other) -> str:
    """The path of a new address."""
    given = {"untuk": "Bawaslu Kabupaten", "hari": "7"} | other
    page = browser.post("/laporan/tautan", data=given, follow_redirects=True).text
    return urlsplit(re.search(r"http\S+/laporan/bersama/[\w.-]+", page)[0]).path


def test_an_office_reads_figures_and_not_one_name(app, db, cast, dewi, client):
    learners.signed(app, cast.sari)
    db.commit()
    answer = client.get(made(dewi))
    assert "Bawaslu Kabupaten" in answer.text
    assert "1 dari" in answer.text
    assert "Dinas Kesehatan" in answer.text
    for secret in ("Sari", cast.sari.number, "/laporan/unit/", "csv"):
        assert secret not in answer.text
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["Cache-Control"] == "no-store"


def test_it_ends_on_its_day_or_when_withdrawn_and_both_are_in_the_trail(
    db, cast, dewi, client, wait
):
    first, second = made(dewi), made(dewi, untuk="Inspektorat")
    page = dewi.get("/laporan/tautan").text
    last = re.findall(r'name="cabut" value="(\d+)"', page)[0]
    dewi.post("/laporan/tautan", data={"cabut": last})
    assert client.get(second).status_code == 404
    assert client.get(first).status_code == 200, "the control"
    wait(days=8)
    over = client.get(first)
    assert over.status_code == 404
    db.rollback()
    actions = db.scalars(sa.select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert [one for one in actions if one.startswith("guest_link")] == [
        "guest_link.made",
        "guest_link.made",
        "guest_link.withdrawn",
    ]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [({"untuk": " "}, "Tulis untuk siapa"), ({"hari": "91"}, "1 sampai 90"), ({"hari": "x"}, "1")],
)
def test_what_cannot_be_is_said(dewi, wrong, sentence):
    given = {"untuk": "Bawaslu", "hari": "7"} | wrong
    page = dewi.post("/laporan/tautan", data=given, follow_redirects=True).text
    assert sentence in page
    assert "Tidak ada tautan yang berlaku" in page


def test_another_instansi_neither_sees_nor_withdraws_it(cast, dewi, client, sign_in):
    path, away = made(dewi), sign_in(cast.stranger_admin)
    assert "Tidak ada tautan yang berlaku" in away.get("/laporan/tautan").text
    assert away.post("/laporan/tautan", data={"cabut": "1"}).status_code == 404
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("token", ["x", "a.b", "a" * 300])
def test_a_made_up_address_opens_nothing(app, db, client, token):
    assert client.get(f"/laporan/bersama/{token}").status_code == 404
