"""Dewi gives and takes roles at her desk; what she may not is refused in one sentence."""

from datetime import timedelta

import pytest

from app.accounts import queries
from app.accounts.models import Role
from app.core import clock
from tests.people import held


def main(answer) -> str:
    return answer.text.split("<main", 1)[1].split("</main>", 1)[0]


def role(unit, **more) -> dict[str, object]:
    until = (clock.today() + timedelta(days=90)).isoformat()
    filled = {"role": "unit_admin", "unit_id": unit.name, "until": until, "reason": "SK 800/12"}
    return filled | more


def test_dewi_makes_budi_an_admin_and_takes_it_back(db, sign_in, cast):
    path, dewi, budi = f"/pegawai/{cast.budi.id}/peran", sign_in(cast.dewi), sign_in(cast.budi)
    assert budi.get("/pegawai").status_code == 404
    assert "tidak memegang peran" in main(dewi.get(path))
    assert dewi.post(path, data=role(cast.education)).status_code == 303
    page = main(dewi.get(path))
    assert "Admin unit di Dinas Pendidikan" in page
    assert "Dewi Anggraini, S.E., M.Si.: SK 800/12" in page
    assert budi.get("/pegawai").location.startswith("/akun/dua-langkah")  # and begins his week
    assert budi.get("/pegawai").status_code == 200
    (given,) = queries.grants_of(cast.budi)
    taking = f"{path}/{given.id}/cabut"
    assert "Centang untuk memastikan" in main(dewi.post(taking))
    assert dewi.post(taking, data={"sure": "y"}).status_code == 303
    assert budi.get("/pegawai").status_code == 404
    assert dewi.get(taking).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"role": "editor"}, "Pilih salah satu"),
        ({"role": "auditor"}, "Pilih salah satu"),
        ({"until": "2999-01-01"}, "paling lama 365 hari"),
        ({"until": "2020-01-01"}, "tidak boleh sudah lewat"),
        ({"until": "besok"}, "Tulis tanggal"),
        ({"reason": " "}, "Tulis alasannya"),
        ({"unit_id": "Dinas Antah"}, "Tidak ada unit"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_is_kept(sign_in, cast, wrong, sentence):
    path, filled = f"/pegawai/{cast.budi.id}/peran", role(cast.education, **wrong)
    answer = sign_in(cast.dewi).post(path, data=filled)
    assert answer.status_code == 422
    assert sentence in main(answer)
    assert filled["reason"] in answer.text
    assert not queries.grants_of(cast.budi)


def test_nobody_raises_herself(sign_in, cast):
    path, dewi = f"/pegawai/{cast.dewi.id}/peran", sign_in(cast.dewi)
    assert "oleh orang lain" in main(dewi.post(path, data=role(cast.health)))
    assert len(queries.grants_of(cast.dewi)) == 1
    assert "cabut" not in main(dewi.get(path))
    assert "/peran" not in main(dewi.get(f"/pegawai/{cast.dewi.id}"))


def test_only_who_administers_personnel_and_only_where_she_does(db, sign_in, cast):
    db.add(held(cast.rina, Role.HR_ADMIN, cast.health))
    db.commit()
    rina, page = sign_in(cast.rina), "/pegawai/{}/peran"
    assert rina.get(page.format(cast.sari.id)).status_code == 200
    assert rina.get(page.format(cast.budi.id)).status_code == 404
    answer = rina.post(page.format(cast.sari.id), data=role(cast.education))
    assert (answer.status_code, queries.grants_of(cast.sari)) == (422, [])


def test_a_role_that_expires_in_the_middle_of_a_deed_says_so(db, sign_in, cast, wait):
    """Dewi's form was open at midnight. Whoever never had the role is told nothing."""
    dewi, budi = sign_in(cast.dewi), sign_in(cast.budi)
    path = f"/pegawai/{cast.budi.id}/peran"
    given = queries.grants_of(cast.dewi)[0]
    given.expires_at = clock.now() + timedelta(minutes=5)
    db.commit()
    assert dewi.get(path).status_code == 200
    wait(minutes=6)
    answer = dewi.post(path, data=role(cast.education))
    assert answer.status_code == 403
    assert "Peran Anda sebagai admin kepegawaian berakhir" in main(answer)
    assert "tidak ada yang berubah" in main(answer)
    assert not queries.grants_of(cast.budi)
    assert dewi.get("/kursus").status_code == 200
    assert budi.post(path, data=role(cast.education)).status_code == 404
    assert dewi.get("/penyunting").status_code == 404
