"""Documents at the desk: found by what is in hand, withdrawn by two if wanted, issued anew, and
all those of a unit as one ZIP that is never held as a whole."""

import csv
import hashlib
import io
import zipfile

import pytest
import sqlalchemy as sa

from app.accounts.models import Role
from app.agencies.scope import Scope
from app.audit.models import AuditEntry
from app.core import clock
from app.credentials import archives, operations, queries
from app.credentials import desk as documents
from app.credentials.models import Credential, RevocationRequest
from app.credentials.press import Sealed
from app.printing.facts import Kind
from tests.operations.credentials.test_credentials import SOURCE, facts_for
from tests.people import add_person, held

SURE = {"reason": "Terbit untuk orang yang keliru.", "sure": "y"}


@pytest.fixture
def certificate(db, cast):
    issued = operations.issue(cast.sari, SOURCE, facts_for(cast.sari))
    db.commit()
    return issued


@pytest.fixture
def press(app, monkeypatch):
    """Files are not laid out: nothing here depends on how they look."""
    press = app.extensions["press"]
    press.keys()

    def blank(credential):
        return Sealed(f"%PDF-1.7 {credential.code}".encode() * 50, "1", clock.now())

    monkeypatch.setattr(press, "produce", blank)
    return press


def actions(db) -> list[str]:
    db.rollback()
    return list(db.scalars(sa.select(AuditEntry.action).order_by(AuditEntry.id)))


def test_a_document_is_found_by_number_name_nip_and_code(sign_in, cast, certificate):
    number, code, nip = certificate.number, certificate.code, cast.sari.number
    dewi, rina = sign_in(cast.dewi), sign_in(cast.rina)
    for typed in (number, number.lower(), number[:14], code, code.lower(), nip, "sary A.Md.Kep"):
        for browser in (dewi, rina):
            assert number in browser.get("/pegawai/dokumen", query_string={"cari": typed}).text
    other = sign_in(cast.stranger_admin).get("/pegawai/dokumen", query_string={"cari": number})
    assert "Tidak ada dokumen yang cocok" in other.text
    assert "Tidak ada dokumen yang cocok" in dewi.get("/pegawai/dokumen?cari=9999%2FX").text


def test_the_page_of_a_person_shows_her_documents(sign_in, cast, certificate):
    number, code = certificate.number, certificate.code
    page = sign_in(cast.dewi).get(f"/pegawai/{cast.sari.id}").text
    assert number in page
    assert f"/pegawai/dokumen/{code}/cabut" in page
    assert number not in sign_in(cast.dewi).get(f"/pegawai/{cast.budi.id}").text


def test_one_person_revokes_where_the_agency_wants_no_second(db, sign_in, cast, certificate):
    code, path = certificate.code, f"/pegawai/dokumen/{certificate.code}/cabut"
    rina = sign_in(cast.rina)
    assert rina.post(path, data={**SURE, "reason": " "}).status_code == 422
    assert rina.post(path, data=SURE).status_code == 303
    assert queries.credential_by_code(code).revoked_reason == SURE["reason"]
    assert "sudah dicabut" in rina.post(path, data=SURE).text
    assert actions(db).count("credential.revoked") == 1


def test_a_revocation_asks_for_presence(sign_in, cast, certificate, wait):
    path = f"/pegawai/dokumen/{certificate.code}/cabut"
    dewi = sign_in(cast.dewi)
    wait(minutes=11)
    assert 'name="code"' in dewi.get(path).text
    assert dewi.post(path, data={**SURE, "code": "000000"}).status_code == 422


def test_two_persons_revoke_where_the_agency_wants_it(db, sign_in, cast, certificate):
    code, path = certificate.code, f"/pegawai/dokumen/{certificate.code}/cabut"
    cast.agency.two_to_revoke = True
    db.add(held(cast.yusuf, Role.HR_ADMIN, cast.root))
    db.commit()
    dewi, yusuf = sign_in(cast.dewi), sign_in(cast.yusuf)
    assert dewi.post(path, data=SURE).status_code == 303
    assert not queries.credential_by_code(code).is_revoked
    assert "menunggu admin kepegawaian lain" in dewi.post(path, data=SURE).text
    waits = db.scalars(sa.select(RevocationRequest)).one()
    decide = f"/pegawai/dokumen/pencabutan/{waits.id}"
    assert decide in yusuf.get("/pegawai/dokumen").text
    yes = {"sure": "y", "act": "setuju"}
    assert "Anda sendiri yang meminta" in dewi.post(decide, data=yes).text
    assert yusuf.post(decide, data=yes).status_code == 303
    db.rollback()
    found = queries.credential_by_code(code)
    assert (found.revoked_reason, found.revoked_by_id) == (SURE["reason"], cast.yusuf.id)
    assert "Sudah diputuskan" in yusuf.post(decide, data=yes).text
    assert decide not in yusuf.get("/pegawai/dokumen").text
    done = [one for one in actions(db) if one.startswith("credential.rev")]
    assert done == ["credential.revocation_asked", "credential.revoked"]


def test_a_second_person_may_say_no(db, sign_in, cast, certificate):
    code = certificate.code
    cast.agency.two_to_revoke = True
    db.commit()
    dewi = sign_in(cast.dewi)
    dewi.post(f"/pegawai/dokumen/{code}/cabut", data=SURE)
    waits = db.scalars(sa.select(RevocationRequest)).one()
    path = f"/pegawai/dokumen/pencabutan/{waits.id}"
    assert sign_in(cast.stranger_admin).get(path).status_code == 404
    assert sign_in(cast.rina).get(path).status_code == 404
    assert dewi.post(path, data={"sure": "y", "act": "tolak"}).status_code == 303
    assert not queries.credential_by_code(code).is_revoked
    assert actions(db)[-1] == "credential.revocation_declined"


def test_a_name_is_mended_by_a_new_document_and_the_post_only_if_wanted(
    db, sign_in, cast, certificate
):
    code, path = certificate.code, f"/pegawai/dokumen/{certificate.code}/ganti"
    dewi = sign_in(cast.dewi)
    form = {"reason": "Gelar belum lengkap.", "sure": "y"}
    assert "sudah sama dengan daftar" in dewi.post(path, data=form).text
    cast.sari.back_title, cast.sari.position = "S.Kep., Ns.", "Kepala Ruang"
    db.commit()
    assert "S.Kep., Ns." in dewi.get(path).text
    assert dewi.post(path, data=form).status_code == 303
    new = queries.credential_by_code(code).replaced_by.stated.holder
    assert (new.name, new.position) == ("Sari Wulandari, S.Kep., Ns.", "Pelaksana")
    latest = queries.credential_by_code(code).replaced_by.code
    again = {**form, "with_post": "y"}
    assert dewi.post(f"/pegawai/dokumen/{latest}/ganti", data=again).status_code == 303
    last = queries.credential_by_code(latest).replaced_by.stated.holder
    assert (last.position, last.unit) == ("Kepala Ruang", "Puskesmas Melati, Dinas Kesehatan")


def test_nobody_decides_about_her_own_document(db, sign_in, cast):
    mine = operations.issue(cast.dewi, SOURCE, facts_for(cast.dewi))
    db.commit()
    code = mine.code
    for deed in ("cabut", "ganti"):
        page = sign_in(cast.dewi).post(f"/pegawai/dokumen/{code}/{deed}", data=SURE)
        assert "milik Anda sendiri" in page.text
    assert not queries.credential_by_code(code).is_revoked


# ---- all of a unit ---------------------------------------------------------------------------


def opened(answer) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(answer.data))


def test_all_certificates_of_a_unit_come_as_one_zip(db, sign_in, cast, press):
    """45 people: three portions of the worker, each asking for the next."""
    for place in range(44):
        who = add_person(db, cast.clinic, f"19900101201503{1000 + place}", f"Orang {place:02d}", "")
        operations.issue(who, SOURCE, facts_for(who))
    operations.issue(cast.sari, SOURCE, facts_for(cast.sari))
    operations.issue(cast.budi, SOURCE, facts_for(cast.budi))
    gone = operations.issue(cast.rina, SOURCE, facts_for(cast.rina))
    operations.revoke(gone, "Keliru.", cast.dewi)
    db.commit()
    rina, where = sign_in(cast.rina), {"unit": cast.health.id, "jenis": "certificate"}
    early = rina.get("/pegawai/dokumen/arsip.zip", query_string=where)
    assert "Belum semua berkas PDF" in early.text
    assert rina.post("/pegawai/dokumen/arsip", data=where).status_code == 303
    page = rina.get("/pegawai/dokumen/arsip", query_string=where)
    assert "45 dari 45" in page.text
    archive = opened(rina.get("/pegawai/dokumen/arsip.zip", query_string=where))
    assert archive.testzip() is None
    names = archive.namelist()
    year = clock.today().year
    nip = "199001012015032001"
    assert len(names) == 46
    assert f"{nip}_Sari-Wulandari_800.1.6.2-0045-BKPSDM-{year}.pdf" in names
    listed = list(csv.DictReader(io.StringIO(archive.read("manifest.csv").decode("utf-8-sig")),
                                 delimiter=";"))  # fmt: skip
    for line in listed:
        assert hashlib.sha256(archive.read(line["Berkas"])).hexdigest() == line["SHA-256"]
    assert next(line["Nama"] for line in listed) == "Orang 00"
    assert actions(db)[-1] == "credential.taken"


def test_the_packet_for_myasn_has_the_fields_of_siasn(db, sign_in, cast, press):
    document = operations.issue(cast.sari, SOURCE, facts_for(cast.sari))
    number, facts = document.number, document.stated
    operations.file_of(document, press)
    db.commit()
    dewi = sign_in(cast.dewi)
    path = f"/pegawai/dokumen/arsip.zip?unit={cast.health.id}&untuk=myasn"
    assert dewi.get(f"{path}&jenis=pledge").status_code == 404
    packet = opened(dewi.get(path))
    text = packet.read("kursus.csv").decode("utf-8-sig")
    (line,) = csv.DictReader(io.StringIO(text), delimiter=";")
    name = f"199001012015032001_{number.replace('/', '-')}.pdf"
    assert packet.namelist() == [name, "kursus.csv"]
    assert line["berkas"] == name
    assert (line["nomorSertipikat"], line["namaKursus"]) == (number, facts.course)
    assert line["tanggalSelesaiKursus"] == f"{facts.finished_on:%d-%m-%Y}"
    assert line["tahunKursus"] == str(facts.finished_on.year)
    assert line["jumlahJam"] == str(facts.jp)


def test_an_archive_asks_for_presence_and_knows_no_other_desk(sign_in, cast, certificate, wait):
    rina = sign_in(cast.rina)
    for unit in (cast.education, cast.root):
        for path in ("arsip", "arsip.zip"):
            assert rina.get(f"/pegawai/dokumen/{path}?unit={unit.id}").status_code == 404
    assert rina.get("/pegawai/dokumen/arsip?jenis=rapor").status_code == 404
    assert "Dinas Kesehatan" in rina.get("/pegawai/dokumen/arsip").text
    wait(minutes=11)
    page = rina.get(f"/pegawai/dokumen/arsip.zip?unit={cast.health.id}")
    assert page.location.startswith("/akun/kode")


def test_an_archive_is_written_piece_by_piece():
    """Never more than one file is held: each piece is there before the next file is asked for."""
    asked = []

    def files():
        for place in range(3):
            asked.append(place)
            yield f"{place}.pdf", bytes(1000)

    pieces = archives.zipped(files())
    first = next(pieces)
    assert (asked, len(first) > 1000) == ([0], True)
    whole = first + b"".join(pieces)
    assert zipfile.ZipFile(io.BytesIO(whole)).namelist() == ["0.pdf", "1.pdf", "2.pdf"]


def test_who_has_moved_takes_her_documents_along(db, cast, certificate):
    assert documents.count_made(_below(cast.health), Kind.CERTIFICATE) == (0, 1)
    cast.sari.unit_id = cast.education.id
    db.flush()
    assert documents.count_made(_below(cast.health), Kind.CERTIFICATE) == (0, 0)
    assert db.scalar(sa.select(sa.func.count(Credential.id))) == 1


def _below(unit):
    return Scope((unit.path,))
