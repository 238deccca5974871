"""Addresses, forms and headers that no page of ours would send: a sentence or a 404, no fault."""

import io
import re

import pytest
from flask import Flask

from app.core.web import LARGEST_ID

HUGE = (LARGEST_ID + 1, 2**63, 10**30, "9" * 5000)
PAGES = (
    "/pegawai/{}",
    "/pegawai/{}/kode",
    "/pegawai/aktivasi/{}",
    "/pegawai/aktivasi?unit={}",
    "/pegawai?unit={}",
    "/pegawai?setelah={}",
    "/laporan/unit/{}",
    "/laporan.csv?unit={}",
    "/jejak?sebelum={}",
    "/percobaan/{}",
    "/penyunting/{}",
)


@pytest.mark.parametrize("page", PAGES)
def test_a_number_beyond_every_id_is_no_page(sign_in, cast, page):
    dewi = sign_in(cast.dewi)
    for number in HUGE[:-1]:
        assert dewi.get(page.format(number)).status_code == 404, number
    assert dewi.get(page.format(HUGE[-1])).status_code in (200, 404)


def test_a_revision_beyond_every_number_saves_nothing(sign_in, cast):
    sent = {"choice": "boleh", "seen": 10**30}
    answer = sign_in(cast.sari).post("/percobaan/1/soal/1", json=sent)
    assert answer.status_code == 422


@pytest.mark.parametrize("sent", [[1], "x", {"number": 5, "password": {"a": 1}}, None])
@pytest.mark.parametrize("page", ["/masuk", "/aktivasi", "/verifikasi/berkas", "/bolehkah/kirim"])
def test_a_form_does_not_read_json(client, cast, page, sent):
    assert client.post(page, json=sent).status_code == 422


#: Deeper than any reader goes (Python 3.13: 10,000), and lighter than a form may be.
DEEP = 12_000


@pytest.mark.parametrize(
    "sent",
    ["[" * DEEP, "[" * DEEP + "]" * DEEP, '{"":' * DEEP + "1" + "}" * DEEP, "{", "\xff"],
    ids=["open lists", "lists", "objects", "cut off", "no UTF-8"],
)
def test_json_that_cannot_be_read_is_a_bad_request(sign_in, cast, sent):
    """However deep it is: a reader that runs out of stack has not found a fault of ours."""
    sari, body = sign_in(cast.sari), sent.encode("latin-1")
    asked = {"Content-Type": "application/json", "Accept": "application/json"}
    answer = sari.post("/percobaan/1/soal/1", data=body, headers=asked)
    assert answer.status_code == 400
    assert "rusak di perjalanan" in answer.json["error"]
    asked.pop("Accept")
    page = sari.post("/percobaan/1/soal/1", data=body, headers=asked)
    assert page.status_code == 400
    assert "Data yang sudah tersimpan tidak berubah" in page.text


def test_no_address_falls_over_deep_json(app, sign_in, cast):
    """Every address that takes a POST, as somebody whom most of them are open to."""
    dewi, asked = sign_in(cast.dewi), 0
    for rule in app.url_map.iter_rules():
        if "POST" in rule.methods and "keluar" not in rule.rule:
            path = re.sub(r"<[^>]+>", "1", rule.rule)
            answer = dewi.post(path, data="[" * DEEP, content_type="application/json")
            assert answer.status_code < 500, path
            asked += 1
    assert asked > 20


def test_a_zero_byte_in_a_search_finds_what_stands_around_it(sign_in, cast):
    found = sign_in(cast.dewi).get("/pegawai?cari=Sari%00")
    assert found.status_code == 200
    assert "Sari Wulandari" in found.text


def test_a_reason_with_a_zero_byte_is_asked_for_again(sign_in, cast):
    sent = {"course": "netralitas-inti", "reason": "listrik\0 padam"}
    answer = sign_in(cast.rina).post(f"/pegawai/{cast.sari.id}/kesempatan", data=sent)
    assert answer.status_code == 422


def test_a_visitor_with_a_broken_referrer_is_asked_to_sign_in(client, cast):
    answer = client.post("/akun/sandi", headers={"Referer": "http://["})
    assert answer.status_code == 303
    assert answer.location.startswith("/masuk")


def test_a_file_can_be_checked_from_a_verified_page_over_https(app: Flask, cast):
    """Browsers send no Referer from a no-referrer page, and over https CSRF asks for one."""
    browser = app.test_client()
    page = browser.get("/verifikasi/" + "A" * 26, base_url="https://localhost")
    assert page.headers["Referrer-Policy"] == "same-origin"
    token = page.text.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]
    sent = {"csrf_token": token, "file": (io.BytesIO(b"bukan PDF"), "a.pdf")}
    answer = browser.post(
        "/verifikasi/berkas",
        data=sent,
        base_url="https://localhost",
        headers={"Referer": "https://localhost/verifikasi/" + "A" * 26},
    )
    assert answer.status_code == 404
    assert "Tidak ada segel" in answer.text


def test_a_preview_comes_from_our_own_address(client, db):
    page = client.get("/", headers={"Host": "localhost:4711"})
    assert "4711" not in page.text
    assert 'og:image" content="http://127.0.0.1:8000/static/preview.png' in page.text
