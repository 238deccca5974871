"""The desk assigns: it sees how many before anything is saved, and only in its own part."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.assignments.models import Assignment, Exemption, UnitHead
from app.core.dates import long_date
from tests import learners
from tests.operations.assignments.test_assignments import assigned, today


def typed(unit, **changed) -> dict[str, str]:
    return {
        "course": learners.SLUG,
        "unit_id": unit.name,
        "opens_on": today().isoformat(),
        "due_on": (today() + timedelta(days=30)).isoformat(),
        "asked_by": "Sekretaris Daerah",
        "earlier_counts": "y",
        "phase": "",
    } | changed


def all_of(db) -> list[Assignment]:
    return list(db.scalars(sa.select(Assignment)))


def test_a_desk_sees_how_many_before_it_saves(sign_in, cast, db):
    rina = sign_in(cast.rina)
    shown = rina.post("/penugasan/baru", data=typed(cast.health))
    assert "Berlaku bagi 2 orang" in shown.text
    assert not all_of(db)
    hasty = typed(cast.health, act="simpan", seen="1")
    assert "Berlaku bagi 2 orang" in rina.post("/penugasan/baru", data=hasty).text
    assert not all_of(db)
    saved = rina.post(
        "/penugasan/baru", data=typed(cast.health, act="simpan", seen="2"), follow_redirects=True
    )
    assert "berlaku bagi 2 orang" in saved.text
    assert "Dinas Kesehatan" in saved.text
    (made,) = all_of(db)
    assert made.created_by_id == cast.rina.id


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"statuses": "pppk"}, "Tidak ada seorang pun"),
        ({"due_on": "2020-01-01", "opens_on": "2020-02-01"}, "Tenggat tidak boleh mendahului"),
        ({"due_on": "31 Desember"}, "Tulis tanggal yang ada"),
        ({"leader_first": "y"}, "Isi hari unit terbuka"),
        ({"renew_months": "99"}, "Isi 1 sampai"),
        ({"asked_by": ""}, "Tulis siapa yang meminta"),
        ({"course": "tidak-ada"}, "Pilih salah satu"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_saved(sign_in, cast, db, changed, said):
    answer = sign_in(cast.dewi).post(
        "/penugasan/baru", data=typed(cast.root, act="simpan", seen="6", **changed)
    )
    assert answer.status_code == 422
    assert said in answer.text
    assert not all_of(db)


def test_a_date_that_has_passed_is_warned_of(sign_in, cast):
    past = (today() - timedelta(days=3)).isoformat()
    answer = sign_in(cast.dewi).post(
        "/penugasan/baru", data=typed(cast.root, opens_on=past, due_on=past)
    )
    assert f"Tenggat {long_date(today() - timedelta(days=3))} sudah lewat" in answer.text


def test_a_unit_admin_neither_assigns_nor_changes_above_or_beside_herself(app, db, cast, sign_in):
    above, beside = assigned(app, cast.root), assigned(app, cast.education)
    db.commit()
    rina = sign_in(cast.rina)
    assert rina.post("/penugasan/baru", data=typed(cast.root)).status_code == 422
    for one in (above, beside):
        assert rina.get(f"/penugasan/{one.id}/ubah").status_code == 404
        assert rina.post(f"/penugasan/{one.id}/akhiri", data={"sure": "y"}).status_code == 404
    assert rina.get(f"/laporan/penugasan/{beside.id}").status_code == 404
    page = rina.get(f"/laporan/penugasan/{above.id}").text
    assert "0 dari 2" in page
    assert "Dinas Pendidikan" not in page
    assert "Diatur di" in rina.get("/penugasan").text
    unit = f"/laporan/penugasan/{above.id}/unit"
    assert "Sari Wulandari" in rina.get(f"{unit}/{cast.clinic.id}").text
    assert rina.get(f"{unit}/{cast.education.id}").status_code == 404


def test_the_report_adds_up_and_a_day_that_is_over_is_told_as_it_was(app, db, cast, sign_in):
    assignment = assigned(app, cast.root)
    learners.signed(app, cast.sari)
    db.commit()
    dewi, address = sign_in(cast.dewi), f"/laporan/penugasan/{assignment.id}"
    assert "1 dari 6" in dewi.get(address).text
    yesterday = (today() - timedelta(days=1)).isoformat()
    assert "0 dari 6" in dewi.get(f"{address}?per={yesterday}").text


def test_changing_and_ending(app, db, cast, sign_in):
    assignment = assigned(app, cast.health)
    db.commit()
    dewi, address = sign_in(cast.dewi), f"/penugasan/{assignment.id}"
    later = typed(cast.health, due_on=(today() + timedelta(days=60)).isoformat())
    assert "Berlaku bagi 2 orang" in dewi.post(f"{address}/ubah", data=later).text
    dewi.post(f"{address}/ubah", data=later | {"act": "simpan", "seen": "2"})
    db.expire_all()
    assert assignment.cycles[-1].due_on == today() + timedelta(days=60)
    assert dewi.post(f"{address}/akhiri", data={}).status_code == 422
    assert "diakhiri" in dewi.post(
        f"{address}/akhiri", data={"sure": "y"}, follow_redirects=True
    ).text  # fmt: skip
    assert "sudah diakhiri sebelumnya" in dewi.post(f"{address}/akhiri", data={"sure": "y"}).text


def test_exempting_and_taking_it_back(app, db, cast, sign_in):
    assignment = assigned(app, cast.health)
    db.commit()
    dewi, page = sign_in(cast.dewi), f"/pegawai/{cast.sari.id}/pengecualian"
    wrong = {"kind": "", "assignment_id": "0", "since": today().isoformat()}
    assert "Pilih salah satu" in dewi.post(page, data=wrong).text
    ended = wrong | {"kind": "sakit", "until": "2020-01-01"}
    assert "mendahului" in dewi.post(page, data=ended).text
    assert "Tulis sebabnya" in dewi.post(page, data=wrong | {"kind": "lainnya"}).text
    assert "dicatat" in dewi.post(page, data=wrong | {"kind": "cltn"}, follow_redirects=True).text
    assert "Cuti di luar tanggungan" in dewi.get(f"/pegawai/{cast.sari.id}").text
    assert "1 dikecualikan" in dewi.get(f"/laporan/penugasan/{assignment.id}").text
    (one,) = db.scalars(sa.select(Exemption))
    undo = f"/penugasan/pengecualian/{one.id}/cabut"
    assert sign_in(cast.stranger_admin).post(undo).status_code == 404
    assert "dicabut" in dewi.post(undo, follow_redirects=True).text
    assert "Belum ada pengecualian" in dewi.get("/penugasan/pengecualian").text


def test_naming_the_head_of_a_unit(db, cast, sign_in):
    dewi = sign_in(cast.dewi)
    page = dewi.post(f"/pegawai/{cast.sari.id}/pimpinan", follow_redirects=True).text
    assert "tercatat sebagai pimpinan Puskesmas Melati" in page
    assert "Tetapkan sebagai pimpinan" not in page
    assert db.scalars(sa.select(UnitHead)).one().person_id == cast.sari.id


def test_the_list_asks_few_questions_however_many_assignments(app, db, cast, sign_in, queries_of):
    for _ in range(6):
        assigned(app, cast.health)
    db.commit()
    dewi = sign_in(cast.dewi)
    dewi.get("/penugasan")
    with queries_of() as asked:
        assert "Netralitas" in dewi.get("/penugasan").text
    assert len(asked) <= 12
