"""/aktivasi: a GET never spends a code, a POST does it once and signs in."""

import pytest
import sqlalchemy as sa

from app.accounts.models import Account, ActivationCode
from tests.people import account_with_password

NEW = "kuda-lumping-makan-tahu"


def use(client, slip, new=NEW, repeat=None):
    return client.post("/aktivasi", data={**slip, "new": new, "repeat": repeat or new})


def test_opening_the_link_shows_the_number_and_spends_nothing(db, client, slip):
    for _ in range(3):
        page = client.get(f"/aktivasi?nip={slip['number']}&kode={slip['code']}")
        assert f'value="{slip["number"]}"' in page.text
        assert slip["code"] not in page.text
    assert db.scalar(sa.select(ActivationCode.used_at)) is None


def test_sari_enters_for_the_first_time(db, client, slip):
    answer = use(client, slip)
    assert (answer.status_code, answer.location) == (303, "/")
    assert "Sari Wulandari" in client.get("/akun").text
    assert use(client, slip).status_code == 422


@pytest.mark.parametrize(
    ("new", "repeat", "sentence"),
    [
        ("pendek", None, "minimal 12"),
        (NEW, "kuda-lumping-makan-tempe", "tidak sama"),
        ("sari-suka-makan-soto", None, "memuat nama Anda"),
        ("rahasia12345", None, "mudah ditebak"),
        ("x" * 201, None, "maksimal 200"),
    ],
)
def test_a_refused_password_leaves_the_code_as_it_was(db, client, slip, new, repeat, sentence):
    answer = use(client, slip, new, repeat)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert db.scalar(sa.select(ActivationCode.used_at)) is None
    assert use(client, slip).status_code == 303


def test_every_refusal_looks_the_same(db, client, cast, slip):
    account_with_password(db, cast.budi.id)
    db.commit()
    numbers = [slip["number"], cast.budi.number, cast.rina.number, "199912312024031999"]
    answers = [use(client, {"number": number, "code": "AAAA-AAAA-AA"}) for number in numbers]
    assert {answer.status_code for answer in answers} == {422}
    assert len({len(answer.data) for answer in answers}) == 1
    assert "Nomor dan kode tidak cocok" in answers[0].text
    assert db.scalar(sa.select(sa.func.count(Account.id))) == 1


def test_the_password_is_never_sent_back(client, slip):
    answer = use(client, {**slip, "code": "AAAA-AAAA-AA"})
    assert NEW not in answer.text


def test_a_form_without_its_token_is_refused(app, slip):
    app.config["WTF_CSRF_ENABLED"] = True
    for path in ("/aktivasi", "/masuk", "/keluar", "/akun/sandi"):
        assert app.test_client().post(path, data=slip).status_code == 403
