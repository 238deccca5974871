"""/jejak shows the auditor everything that concerns her people, the operator's deeds too."""

import csv
import io
import json

import pytest
import sqlalchemy as sa

from app.accounts import activation, roles
from app.accounts.models import Role
from app.audit import trail
from app.audit.actions import Action
from app.audit.models import AuditEntry
from app.oversight import checkpoints
from app.rosters import intake
from tests.operations.rosters.test_import import PUTU, WAYAN, read


def actions(db) -> list[str]:
    db.rollback()
    return list(db.scalars(sa.select(AuditEntry.action).order_by(AuditEntry.id)))


def text(sign_in, cast, asked: str = "") -> str:
    return sign_in(cast.auditor).get(f"/jejak{asked}").text


def test_the_operators_deeds_are_shown_as_the_operators(db, sign_in, cast):
    roles.grant(cast.sari, Role.UNIT_ADMIN, cast.clinic, None, reason="Tugas")
    db.commit()
    page = text(sign_in, cast)
    assert "Peran diberikan" in page
    assert "Pengelola server" in page
    assert "Sari Wulandari" in page
    assert f"Unit: {cast.clinic.name}" in page


def test_refusals_are_shown_with_their_network_and_whose_account(db, sign_in, cast):
    network = "203.0.113.0/24"
    trail.record(Action.REFUSED, f"networks:{network}", network=network, counts={"sign_in": 12})
    db.commit()
    page = text(sign_in, cast, f"?jaringan={network}")
    assert "Permintaan ditolak" in page
    assert "Tidak masuk" in page
    assert "masuk 12" in page
    assert "Permintaan ditolak</th>" not in text(sign_in, cast, "?jaringan=10.0.0.0/24")


def test_a_download_is_remembered(sign_in, cast):
    sign_in(cast.dewi).post("/laporan/berkas")
    page = text(sign_in, cast)
    assert "Laporan diunduh" in page
    assert "Dewi Anggraini" in page


def test_neither_deeds_nor_names_of_another_agency_are_shown(db, sign_in, cast):
    sign_in(cast.stranger_admin).get("/laporan.csv")
    roles.grant(cast.stranger, Role.HOST, cast.stranger.unit, None, reason="Tugas")
    db.commit()
    page = text(sign_in, cast)
    assert "Lestari Ayu" not in page
    assert cast.stranger.name not in page
    entry = db.scalar(sa.select(sa.func.max(AuditEntry.id)))
    assert sign_in(cast.auditor).get(f"/jejak/{entry}").status_code == 404
    assert sign_in(cast.stranger_admin).get(f"/jejak/{entry}").status_code == 200


def test_rina_has_no_trail(sign_in, cast):
    for path in ("/jejak", "/jejak.csv", "/jejak/1"):
        assert sign_in(cast.rina).get(path).status_code == 404


def test_an_import_is_one_entry_that_leads_to_its_people(db, sign_in, cast):
    intake.import_roster(cast.agency, read(PUTU, WAYAN), cast.dewi)
    db.commit()
    assert actions(db) == ["roster.imported"]
    auditor = sign_in(cast.auditor)
    assert 'href="/jejak/1"' in auditor.get("/jejak").text
    page = auditor.get("/jejak/1").text
    assert "Ni Putu Ayu, S.Kep." in page
    assert "Pegawai ditambahkan" in page
    assert 'href="/jejak/1"' in auditor.get("/jejak?orang=putu").text


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("", {"Kursus dimulai", "Kode aktivasi diterbitkan"}),
        ("?perbuatan=course.started", {"Kursus dimulai"}),
        ("?perbuatan=tidak.ada", {"Kursus dimulai", "Kode aktivasi diterbitkan"}),
        ("?orang=sari+wulandari", {"Kursus dimulai", "Kode aktivasi diterbitkan"}),
        ("?orang=budi", set()),
        ("?dari=2000-01-01&sampai=2001-01-01", set()),
        ("?dari=kemarin", {"Kursus dimulai", "Kode aktivasi diterbitkan"}),
    ],
)
def test_it_is_narrowed_to_what_is_looked_for(db, sign_in, cast, asked, shown):
    trail.record(Action.COURSE_STARTED, cast.sari, actor=cast.sari, course="inti@1")
    activation.issue_codes([cast.sari], None)
    db.commit()
    page = text(sign_in, cast, asked)
    rows = {
        name for name in ("Kursus dimulai", "Kode aktivasi diterbitkan") if f"{name}</th>" in page
    }
    assert rows == shown


def test_the_csv_has_all_that_fits_and_is_itself_recorded(db, sign_in, cast):
    roles.grant(cast.sari, Role.UNIT_ADMIN, cast.clinic, None, reason="Tugas")
    db.commit()
    answer = sign_in(cast.auditor).get("/jejak.csv?perbuatan=role.granted")
    (head, line) = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";")
    assert head[:4] == ["No", "Waktu", "Perbuatan", "Oleh"]
    assert line[2:4] == ["Peran diberikan", "Pengelola server"]
    assert len(line[-1]) == 64
    assert actions(db)[-1] == "trail.exported"


def test_looking_at_slips_codes_and_lists_is_recorded(db, sign_in, cast):
    activation.issue_codes([cast.sari], cast.rina)
    db.commit()
    rina, before = sign_in(cast.rina), len(actions(db))
    for path in (
        "/pegawai",
        f"/pegawai/aktivasi/{cast.clinic.id}",
        f"/pegawai/{cast.sari.id}/kode",
        f"/laporan/unit/{cast.clinic.id}",
        f"/laporan/unit/{cast.clinic.id}/belum",
    ):
        assert rina.get(path).status_code == 200
    seen = actions(db)[before:]
    assert seen == ["list.viewed", "slips.viewed", "code.viewed", "list.viewed"]
    entry = db.scalars(sa.select(AuditEntry).where(AuditEntry.action == "code.viewed")).one()
    assert (entry.actor_id, entry.subject) == (cast.rina.id, f"people:{cast.sari.id}")
    assert "network" in json.loads(entry.data)


def test_turning_pages_of_a_list_is_one_look(db, sign_in, cast, wait):
    rina = sign_in(cast.rina)
    for _ in range(3):
        rina.get("/pegawai")
    assert actions(db) == ["list.viewed"]
    wait(minutes=16)
    rina.get("/pegawai")
    assert actions(db) == ["list.viewed"] * 2


def test_a_person_without_a_code_shows_none_and_leaves_no_entry(db, sign_in, cast):
    sign_in(cast.rina).get(f"/pegawai/{cast.sari.id}/kode")
    assert actions(db) == []


def test_anybody_may_take_the_head_along(app, db, client, cast):
    assert "Belum ada titik simpan" in client.get("/jejak/kepala").text
    assert client.get("/jejak/kepala.json").json["newest"] is None
    made = checkpoints.make(app.extensions["press"].keys(), "http://127.0.0.1:8000")
    db.commit()
    assert made.last_hash in client.get("/jejak/kepala").text
    answer = client.get("/jejak/kepala.json").json
    one = client.get(answer["checkpoints"][0].removeprefix("http://127.0.0.1:8000"))
    assert one.json == answer["newest"] == checkpoints.as_dict(made)
    for day in ("2020-01-01", "kemarin"):
        assert client.get(f"/jejak/kepala/{day}.json").status_code == 404
