"""A file of people in the browser: brought, looked at, decided about, applied, undone."""

import io
from datetime import timedelta

import openpyxl
import pytest
import sqlalchemy as sa

from app.accounts import activation
from app.accounts.models import SignIn
from app.admin import roster_vault
from app.agencies import operations
from app.agencies.models import Person, Placement
from app.agencies.operations import Details
from app.audit.models import AuditEntry
from app.core import clock
from app.core.db import start_writing
from app.rosters import uploading
from app.rosters.models import RosterHabits, RosterUpload

HEAD = "NIP;Nama;Status;Jabatan;Unit Kerja"
SARI = "199001012015032001;Sari Wulandari;PNS;Pelaksana;Puskesmas Melati"
BUDI = "198702022010011002;Budi Hartono;PNS;Pelaksana;Dinas Pendidikan"
PUTU = "199503032022212001;Ni Putu Ayu;PPPK;Perawat;Puskesmas Melati"


@pytest.fixture
def dewi(cast, sign_in):
    return sign_in(cast.dewi)


def bring(browser, *lines: str, name="pegawai.csv"):
    content = io.BytesIO("\n".join(lines).encode())
    return browser.post("/pegawai/impor", data={"file": (content, name)})


def brought(db, browser, *lines: str) -> RosterUpload:
    """The file, looked at; its address is `/pegawai/impor/<id>`."""
    answer = bring(browser, *lines)
    assert answer.status_code == 303, answer.text
    assert "/pekerjaan/" in answer.location
    db.rollback()
    return db.scalars(sa.select(RosterUpload).order_by(RosterUpload.id.desc())).first()


def page(browser, upload: RosterUpload) -> str:
    return browser.get(f"/pegawai/impor/{upload.id}").text


def press(db, browser, upload: RosterUpload, act: str) -> str:
    """A button, and what the page of the work says when it is done."""
    answer = browser.post(f"/pegawai/impor/{upload.id}/kerjakan", data={"act": act})
    db.rollback()
    db.expire_all()
    return browser.get(answer.location).text


def active(db) -> list[str]:
    query = sa.select(Person.name).where(Person.is_active).order_by(Person.name)
    return list(db.scalars(query))


def rows(db) -> list:
    """People and their history, as they are."""
    columns = [c for c in Person.__table__.columns if c.name != "created_at"]
    people = db.execute(sa.select(*columns).order_by(Person.id)).all()
    return [people, db.execute(sa.select(*Placement.__table__.columns).order_by("id")).all()]


def test_a_file_is_looked_at_and_nothing_is_saved_before_it_is_applied(db, cast, dewi):
    before = rows(db)
    upload = brought(db, dewi, HEAD, SARI, PUTU)
    told = page(dewi, upload)
    assert "Berkas ini dapat diimpor" in told
    assert rows(db) == before
    seen = db.get(RosterUpload, upload.id).seen
    others = sa.select(sa.func.count()).where(
        Person.is_active, Person.agency_id == cast.agency.id, Person.id != cast.sari.id
    )
    assert (seen["rows"], seen["added"], seen["unnamed"]) == (2, 1, db.scalar(others))
    assert "Daftar tersimpan" in press(db, dewi, upload, "terapkan")
    assert "Ni Putu Ayu" in active(db)
    upload = db.get(RosterUpload, upload.id)
    assert upload.content is None
    assert "diterapkan" in dewi.get("/pegawai/impor").text


def test_problems_are_told_by_cause_and_a_unit_is_mapped_once_and_remembered(db, cast, dewi):
    lines = [HEAD, *(PUTU.replace("001;", f"00{n};").replace("Puskesmas Melati", "PKM Mlt")
                     for n in range(1, 4))]  # fmt: skip
    upload = brought(db, dewi, *lines)
    told = page(dewi, upload)
    assert "Unit tidak dikenal · PKM Mlt: 3 baris" in told
    assert "Terapkan" not in told
    assert "salah" in press(db, dewi, upload, "terapkan"), "whoever sends it all the same is told"
    place = next(n for n, g in enumerate(upload.seen["groups"]) if g["subject"] == "PKM Mlt")
    wrong = dewi.post(f"/pegawai/impor/{upload.id}/putuskan", data={f"unit-{place}": "Mars"})
    assert "Tidak ada unit “Mars”" in dewi.get(wrong.location).text
    dewi.post(f"/pegawai/impor/{upload.id}/putuskan", data={f"unit-{place}": "10.1 · Puskesmas"})
    db.rollback()
    assert "Berkas ini dapat diimpor" in page(dewi, upload)
    press(db, dewi, upload, "terapkan")
    assert db.get(RosterHabits, cast.agency.id).decided["units"]
    again = brought(db, dewi, *lines)
    assert db.get(RosterUpload, again.id).seen["unchanged"] == 3


def test_who_is_not_named_leaves_only_when_ticked_with_reason_and_day(db, cast, dewi, sign_in):
    sign_in(cast.budi)
    upload = brought(db, dewi, HEAD, SARI)
    address = f"/pegawai/impor/{upload.id}/tidak-disebut"
    assert "Budi Hartono" in dewi.get(address).text
    budi = str(cast.budi.id)
    given = {"di-sini": [budi], "keluar": [budi], "alasan": "Pensiun"}
    assert "isi tanggal" in dewi.post(address, data=given, follow_redirects=True).text
    on = clock.today(cast.agency.zone) - timedelta(days=3)
    tomorrow = {"tanggal": (on + timedelta(days=9)).isoformat()}
    late = dewi.post(address, data=given | tomorrow, follow_redirects=True)
    assert "paling lambat hari ini" in late.text
    told = dewi.post(address, data=given | {"tanggal": on.isoformat()}, follow_redirects=True)
    assert "1 orang akan dinonaktifkan" in told.text
    everybody = {"semua": "ya", "alasan": "x", "tanggal": on.isoformat()}
    assert "diri sendiri" in dewi.post(address, data=everybody, follow_redirects=True).text
    before = active(db)
    press(db, dewi, upload, "terapkan")
    assert set(before) - set(active(db)) == {"Budi Hartono"}
    assert db.scalar(sa.select(Placement.until).where(Placement.person_id == cast.budi.id)) == on
    account = cast.budi.id
    ended = sa.select(SignIn.ended_at).join(SignIn.account).where(sa.text("person_id = :id"))
    assert None not in db.scalars(ended.params(id=account)).all()


def test_an_import_is_undone_as_a_whole(db, cast, dewi):
    before = rows(db)
    upload = brought(db, dewi, HEAD, SARI.replace("Puskesmas Melati", "Dinas Pendidikan"), PUTU)
    budi, today = str(cast.budi.id), clock.today(cast.agency.zone).isoformat()
    given = {"di-sini": [budi], "keluar": [budi], "alasan": "Pensiun", "tanggal": today}
    dewi.post(f"/pegawai/impor/{upload.id}/tidak-disebut", data=given)
    press(db, dewi, upload, "terapkan")
    assert rows(db) != before
    assert "diurungkan" in press(db, dewi, upload, "urungkan")
    assert rows(db) == before
    assert "sudah diurungkan" in press(db, dewi, upload, "urungkan")
    actions = db.scalars(sa.select(AuditEntry.action).order_by(AuditEntry.id.desc())).all()
    assert actions[:2] == ["roster.undone", "roster.imported"]


def test_what_rests_on_an_import_keeps_it(db, cast, dewi):
    upload = brought(db, dewi, HEAD, SARI.replace("Puskesmas Melati", "Dinas Pendidikan"), PUTU)
    press(db, dewi, upload, "terapkan")
    after = rows(db)
    putu = db.scalar(sa.select(Person).filter_by(name="Ni Putu Ayu"))
    activation.issue_codes([putu], cast.dewi)
    db.commit()
    assert "sudah mengaktifkan akun" in press(db, dewi, upload, "urungkan")
    assert rows(db) == after
    operations.correct_person(cast.sari, Details("Sari W.", cast.sari.status), cast.dewi)
    db.commit()
    assert "Sari W. sudah diubah lagi" in press(db, dewi, upload, "urungkan")
    later = brought(db, dewi, HEAD, BUDI.replace("Pelaksana", "Guru"))
    press(db, dewi, later, "terapkan")
    assert "Hanya impor terakhir" in press(db, dewi, upload, "urungkan")


def test_a_roster_that_changed_meanwhile_is_looked_at_anew(db, cast, dewi):
    """Two officers: the second applied first."""
    upload = brought(db, dewi, HEAD, SARI.replace("Pelaksana", "Bidan"))
    other = brought(db, dewi, HEAD, SARI.replace("Pelaksana", "Perawat"))
    press(db, dewi, other, "terapkan")
    before = rows(db)
    assert "berubah sejak berkas ini diperiksa" in press(db, dewi, upload, "terapkan")
    assert rows(db) == before
    press(db, dewi, upload, "periksa")
    assert "Daftar tersimpan" in press(db, dewi, upload, "terapkan")


def test_the_file_comes_back_with_its_faults_written_beside_each_row(db, cast, dewi):
    upload = brought(db, dewi, HEAD, SARI, "12;Orang Keliru;PNS;Pelaksana;Puskesmas Melati")
    told = press(db, dewi, upload, "keterangan")
    address = told.partition('/berkas"')[0].rpartition('href="')[2] + "/berkas"
    book = openpyxl.load_workbook(io.BytesIO(dewi.get(address).data))
    lines = list(book.active.iter_rows(values_only=True))
    assert lines[0][:2] == ("Keterangan Rambu", "NIP")
    assert lines[1][:2] == (None, "199001012015032001")
    assert lines[2][0].startswith("SALAH:")


def test_a_file_is_gone_when_dropped_or_a_day_old(db, cast, dewi, wait):
    dropped, old = (brought(db, dewi, HEAD, SARI) for _ in range(2))
    assert (
        "Berkas dibuang"
        in dewi.post(f"/pegawai/impor/{dropped.id}/buang", follow_redirects=True).text
    )
    wait(days=1, seconds=1)
    start_writing()
    assert uploading.forget_old() == 1
    db.commit()
    for one in (dropped, old):
        kept = db.get(RosterUpload, one.id, populate_existing=True)
        assert (kept.content, kept.seen, kept.unnamed) == (None, None, None)
    with pytest.raises(uploading.Over):
        roster_vault.bytes_of(db.get(RosterUpload, old.id))


def test_what_is_no_list_is_refused_at_once(db, cast, dewi):
    answer = bring(dewi, "%PDF-1.7", name="daftar.pdf")
    assert answer.status_code == 422
    assert "Ini berkas PDF" in answer.text
    assert db.scalar(sa.select(sa.func.count(RosterUpload.id))) == 0


def test_another_instansi_has_no_such_file(db, cast, dewi, sign_in):
    upload = brought(db, dewi, HEAD, SARI)
    away = sign_in(cast.stranger_admin)
    assert away.get(f"/pegawai/impor/{upload.id}").status_code == 404
    answer = away.post(f"/pegawai/impor/{upload.id}/kerjakan", data={"act": "terapkan"})
    assert answer.status_code == 404


#: What a list of an HR office holds that nobody here needs to know.
CANARIES = ("3301017777770001", "KENARI-AGAMA", "Jl. Kenari 7", "081277777777", "77.777.777.7-777",
            "0001777777777")  # fmt: skip

CONTROL = "KENARI-KENDALI"


def everything_kept(db, folder) -> bytes:
    """Every value of the database, and every file of the instance, with what SQLite let go of."""
    kept = []
    for table in Person.metadata.sorted_tables:
        for row in db.execute(sa.select(*table.columns)):
            kept += [value if isinstance(value, bytes) else str(value).encode() for value in row]
    kept += [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    return b"\n".join(kept)


@pytest.mark.parametrize("end", ["terapkan", "buang", "a day"])
def test_private_columns_are_nowhere_also_when_the_file_is_applied_dropped_or_a_day_old(
    app, db, cast, dewi, wait, caplog, end
):
    head = (
        "NIK;AGAMA NAMA;ALAMAT;NOMOR HP;NPWP NOMOR;BPJS;NIP BARU;NAMA;JENIS PEGAWAI NAMA;UNOR NAMA"
    )
    row = ";".join([*CANARIES, "199503032022212001;NI PUTU AYU;PPPK;PUSKESMAS MELATI"])
    folder = app.config["RAMBU"].INSTANCE

    def found() -> list[str]:
        everywhere = everything_kept(db, folder) + caplog.text.encode() + pages.encode()
        return [one for one in CANARIES if one.encode() in everywhere]

    upload = brought(db, dewi, head, row)
    pages = page(dewi, upload) + press(db, dewi, upload, "keterangan")
    assert "data pribadi" in pages
    assert found() == []
    assert CANARIES[0].encode() in roster_vault.bytes_of(upload), "the control: it was brought"
    if end == "a day":
        wait(days=1, seconds=1)
        start_writing()
        uploading.forget_old()
        db.commit()
    elif end == "buang":
        dewi.post(f"/pegawai/impor/{upload.id}/buang")
    else:
        assert "Daftar tersimpan" in press(db, dewi, upload, "terapkan")
    assert found() == []
    cast.sari.position = CONTROL
    db.commit()
    assert CONTROL.encode() in everything_kept(db, folder), "the control: what is stored is found"
