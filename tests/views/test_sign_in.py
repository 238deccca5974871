"""The door: who gets in, who does not, and that nobody can tell why."""

from tests.people import PASSWORD


def enter(client, number: str, password: str = PASSWORD, **more):
    return client.post("/masuk", data={"number": number, "password": password, **more})


def test_sari_signs_in_by_her_nip_and_goes_where_she_wanted(client, cast, sign_in):
    number = cast.sari.number
    sign_in(cast.sari)
    answer = enter(client, number, lanjut="/akun")
    assert answer.status_code == 303, answer.text
    assert answer.location == "/akun"


def test_a_wrong_password_is_refused_with_advice(client, cast, sign_in):
    number = cast.sari.number
    sign_in(cast.sari)
    answer = enter(client, number, "salah-sama-sekali")
    assert answer.status_code == 422
    assert "NIP atau kata sandi tidak cocok" in answer.text
    assert "Aktifkan akun" in answer.text


def test_a_signed_in_browser_is_known_until_it_signs_out(sign_in, cast):
    browser = sign_in(cast.sari)
    assert browser.post("/keluar").status_code == 303
    assert browser.post("/keluar").location.startswith("/masuk")
