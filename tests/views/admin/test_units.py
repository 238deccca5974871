"""The tree at the desk: who sees which part of it, and who may change what."""

from datetime import timedelta

import pytest

from app.agencies import aliases, moves
from app.agencies.models import Unit, UnitAlias
from app.core import clock


def form(**fields) -> dict[str, object]:
    return {"since": clock.today().isoformat(), **fields}


def test_dewi_sees_the_tree_with_codes_and_rina_her_part_of_it(sign_in, cast):
    page = sign_in(cast.dewi).get("/unit").text
    for text in ("10.1", "Puskesmas Melati", "Dinas Pendidikan", "Tambah unit"):
        assert text in page
    rina = sign_in(cast.rina)
    page = rina.get("/unit").text
    assert "Puskesmas Melati" in page
    assert "Dinas Pendidikan" not in page
    assert "Tambah unit" not in page
    assert rina.get(f"/unit/{cast.education.id}").status_code == 404
    assert rina.get(f"/unit/{cast.root.id}").status_code == 404
    assert "Tutup" not in rina.get(f"/unit/{cast.clinic.id}").text


@pytest.mark.parametrize("search", ["PUSKESMAS", "melati", "10.1", "pkm melati"])
def test_a_unit_is_found_by_name_code_and_other_names(sign_in, db, cast, search):
    aliases.add_alias(cast.clinic, "PKM Melati", None)
    db.commit()
    page = sign_in(cast.dewi).get(f"/unit?cari={search}").text
    assert "1 unit cocok" in page
    assert "Puskesmas Melati" in page


def test_a_unit_is_added_changed_moved_and_closed(sign_in, db, cast):
    dewi = sign_in(cast.dewi)
    told = form(unit_id="10", code="10.9", name="UPTD Baru", kind="uptd")
    assert dewi.post("/unit/baru", data=told).status_code == 303
    new = db.query(Unit).filter_by(code="10.9").one().id
    told = form(name="UPTD Lama", kind="uptd", is_reporting="y")
    assert dewi.post(f"/unit/{new}/ubah", data=told).status_code == 303
    assert dewi.post(f"/unit/{new}/pindah", data=form(unit_id="00")).status_code == 303
    page = dewi.get(f"/unit/{new}").text
    assert "UPTD Lama" in page
    assert "di bawah Pemerintah Kabupaten Arunika" in page
    assert dewi.post(f"/unit/{new}/tutup", data=form(unit_id="", sure="y")).status_code == 303
    page = dewi.get(f"/unit/{new}").text
    assert "sudah ditutup" in page
    assert "Gabungkan" not in page
    assert "UPTD Lama" not in dewi.get("/pegawai").text


def test_a_merged_unit_hands_its_people_on(sign_in, cast):
    dewi, clinic, education = sign_in(cast.dewi), cast.clinic.id, cast.education.id
    answer = dewi.post(f"/unit/{clinic}/gabung", data=form(unit_id="20", sure="y"))
    assert answer.status_code == 303
    page = dewi.get(f"/unit/{education}").text
    assert "1 orang ikut" in page
    assert "Puskesmas Melati" in page  # as another name


@pytest.mark.parametrize(
    ("page", "told", "said"),
    [
        ("pindah", {"unit_id": "clinic"}, "Tidak ada unit"),
        ("pindah", {"unit_id": "root"}, "sudah berada di bawah"),
        ("pindah", {"unit_id": "education", "since": "2999-01-01"}, "belum tiba"),
        ("pindah", {"unit_id": "education", "since": "2001-01-01"}, "paling awal"),
        ("pindah", {"unit_id": "education", "since": "kemarin"}, "tanggal yang ada"),
        ("tutup", {"unit_id": "", "sure": "y"}, "1 unit di bawahnya"),
        ("gabung", {"unit_id": "stranger", "sure": "y"}, "Tidak ada unit"),
        ("gabung", {"unit_id": "education"}, "Centang"),
        ("ubah", {"name": "", "kind": "dinas"}, "Isi nama"),
        ("ubah", {"name": "Dinas", "kind": "instansi"}, "Pilih salah satu"),
    ],
)
def test_what_cannot_be_is_one_sentence_and_nothing_is_done(sign_in, db, cast, page, told, said):
    units = {name: getattr(cast, name).name for name in ("clinic", "root", "education")}
    units["stranger"] = cast.stranger.unit.name
    told = {key: units.get(value, value) for key, value in told.items()}
    health, root = cast.health.id, cast.root.id
    answer = sign_in(cast.dewi).post(f"/unit/{health}/{page}", data=form(**told))
    assert answer.status_code == 422
    assert said in answer.text
    kept = db.get(Unit, health)
    assert (kept.name, kept.parent_id, kept.closed_on) == ("Dinas Kesehatan", root, None)


def test_nobody_changes_the_unit_that_her_own_desk_stands_on(sign_in, cast):
    dewi, rina = sign_in(cast.dewi), sign_in(cast.rina)
    for page in ("ubah", "pindah", "gabung", "tutup"):
        assert "tidak Anda ubah" in dewi.get(f"/unit/{cast.root.id}/{page}").text
        assert rina.get(f"/unit/{cast.clinic.id}/{page}").status_code == 404
        assert dewi.get(f"/unit/{cast.stranger.unit_id}/{page}").status_code == 404
    assert rina.get("/unit/baru").status_code == 404


def test_rina_says_how_units_below_hers_are_called_too(sign_in, db, cast):
    rina, clinic, health = sign_in(cast.rina), cast.clinic.id, cast.health.id
    assert rina.post(f"/unit/{clinic}/nama-lain", data={"text": "PKM"}).status_code == 303
    assert rina.post(f"/unit/{clinic}/nama-lain", data={"text": "pkm."}).status_code == 422
    assert rina.post(f"/unit/{health}/nama-lain", data={"text": "Dinkes"}).status_code == 422
    alias = db.query(UnitAlias).one().id
    gone = f"/unit/{clinic}/nama-lain/hapus"
    assert "sudah tidak ada" in rina.post(gone, data={"alias_id": "x"}, follow_redirects=True).text
    assert rina.post(gone, data={"alias_id": alias + 1}).status_code == 404
    assert rina.post(gone, data={"alias_id": alias}).status_code == 303
    assert db.query(UnitAlias).count() == 0


def test_a_move_to_come_stands_on_her_page_and_can_be_taken_back(sign_in, db, cast):
    dewi, sari = sign_in(cast.dewi), cast.sari.id
    later = clock.today() + timedelta(days=31)
    told = {"unit_id": "Dinas Pendidikan", "position": "Guru UKS", "since": later.isoformat()}
    assert dewi.post(f"/pegawai/{sari}/pindah", data=told).status_code == 303
    page = dewi.get(f"/pegawai/{sari}").text
    assert "Pindah ke Dinas Pendidikan pada" in page
    assert "Puskesmas Melati" in page
    assert dewi.post(f"/pegawai/{sari}/rencana/batal").status_code == 303
    assert moves.planned_for(cast.sari) is None
    again = dewi.post(f"/pegawai/{sari}/rencana/batal", follow_redirects=True)
    assert "Tidak ada rencana pindah" in again.text


def test_a_move_and_a_correction_may_hold_since_an_earlier_day(sign_in, cast):
    dewi, sari, ago = sign_in(cast.dewi), cast.sari.id, clock.today() - timedelta(days=9)
    details = {"name": "Sari Wulandari", "status": "pns", "position": "Bidan", "since": str(ago)}
    assert dewi.post(f"/pegawai/{sari}/ubah", data=details).status_code == 303
    told = {"unit_id": cast.health.name, "position": "Bidan", "since": str(ago)}
    assert dewi.post(f"/pegawai/{sari}/pindah", data=told).status_code == 303
    told["since"], told["unit_id"] = "2001-01-01", cast.clinic.name
    answer = dewi.post(f"/pegawai/{sari}/pindah", data=told)
    assert answer.status_code == 422
    assert "paling awal" in answer.text
