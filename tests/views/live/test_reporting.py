"""The report of a session, its files and the recap: numbers for its desks, names for few."""

import io
import zipfile

import openpyxl
import pytest
import sqlalchemy as sa

from app.audit.models import AuditEntry
from app.jobs.models import Job
from app.live import deeds
from tests.browser import let_go
from tests.nudged import waiting_jobs
from tests.webinars import asked, crowd, in_lobby, joined, order


@pytest.fixture
def ended(db, cast):
    """Six of the health office and Sari, by name, answered two questions; one rule confused."""
    session = in_lobby(cast, asks_sure=True, unit=cast.health, title="Netralitas =1+1")
    some, sari = crowd(session, cast.clinic, 6), joined(session, cast.sari)
    asked(session, right=some[:2], wrong=[sari], sure_wrong=some[2:])
    asked(session, right=[*some, sari], name="again")
    return order(session, "end")


def cells(answer, sheet: str) -> list[tuple]:
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    return list(book[sheet].iter_rows(values_only=True))


def test_its_host_reads_numbers_and_nobodys_name(db, cast, sign_in, ended):
    page = sign_in(cast.yusuf).get(f"/pandu/{ended.id}/laporan").get_data(as_text=True)
    assert "Yang paling sering keliru" in page
    assert "Sebelum dan sesudah dibahas" in page
    assert "+71 poin" in page
    assert "4 orang (57%) yakin tapi keliru" in page
    assert "Jawaban yang terlambat karena jaringan masih masuk" in page
    assert "Sari" not in page
    assert "Peserta" not in page
    assert "hadir.xlsx" not in page
    assert "hadir.xlsx" in sign_in(cast.rina).get(f"/pandu/{ended.id}/laporan").get_data(True)


def test_its_workbook_holds_text_as_text_and_is_recorded(db, cast, sign_in, ended):
    answer = sign_in(cast.yusuf).get(f"/pandu/{ended.id}/laporan.xlsx")
    rows = cells(answer, "Soal")
    assert rows[0][0] == "NETRALITAS =1+1"
    heads, first = rows[4], rows[5]
    told = dict(zip(heads, first, strict=True))
    assert (told["Menjawab"], told["Tepat %"], told["Yakin tapi keliru"]) == (7, 29, 4)
    assert ("Puskesmas Melati", 7, 7, 7) in cells(answer, "Unit")
    sheets = zipfile.ZipFile(io.BytesIO(answer.data))
    assert not any(b"<f>" in sheets.read(name) for name in sheets.namelist())
    assert b"Sari" not in b"".join(sheets.read(name) for name in sheets.namelist())
    db.rollback()
    entry = db.scalars(sa.select(AuditEntry).where(AuditEntry.action == "report.exported")).one()
    assert entry.subject == f"live_sessions:{ended.id}"


def test_names_go_to_the_desk_of_those_people_and_without_what_they_chose(db, cast, sign_in, ended):
    address = f"/pandu/{ended.id}/hadir.xlsx"
    assert sign_in(cast.yusuf).get(address).status_code == 404
    answer = sign_in(cast.rina).get(address)
    rows = cells(answer, "Hadir")
    assert len([row for row in rows if row[7] == "Hadir"]) == 7
    (sari,) = [row for row in rows if row[2] == "Sari Wulandari, A.Md.Kep."]
    assert (sari[3], sari[6], sari[7]) == (cast.sari.number, 1, "Hadir")
    text = str(rows)
    assert "Boleh" not in text
    assert "Tidak boleh" not in text


def test_the_page_of_paper_is_made_by_the_worker(db, cast, sign_in, ended, app, monkeypatch):
    seen = []
    monkeypatch.setattr(
        deeds, "render_sheet", lambda sheet, is_apart: seen.append(sheet) or b"%PDF-1.7"
    )
    browser, address = sign_in(cast.yusuf), f"/pandu/{ended.id}/laporan.pdf"
    assert browser.get(address).location.endswith("/laporan")  # nobody asked for it
    with waiting_jobs(app):
        browser.post(address)
        waiting = browser.get(address)
    assert (waiting.status_code, waiting.headers["Refresh"]) == (202, "2")
    job_id = db.scalar(sa.select(Job.id).where(Job.kind == "live.report"))
    let_go()
    app.extensions["jobs"].perform(job_id)
    answer = browser.get(address)
    assert (answer.mimetype, answer.data) == ("application/pdf", b"%PDF-1.7")
    (sheet,) = seen
    assert dict(sheet.figures)["hadir"] == "7"
    assert "Sari" not in str(sheet)


def test_the_recap_counts_by_place_and_says_a_wrong_period(db, cast, sign_in, ended):
    browser = sign_in(cast.dewi)
    assert 'href="/pandu/rekap"' in browser.get("/pandu").get_data(as_text=True)
    page = browser.get("/pandu/rekap").get_data(as_text=True)
    assert "1 sesi" in page
    assert "Dinas Kesehatan" in page
    assert "Tanggal awal sesudah tanggal akhir" in browser.get(
        "/pandu/rekap?dari=2026-12-01&sampai=2026-01-01"
    ).get_data(as_text=True)
    assert browser.get("/pandu/rekap?dari=kemarin&sampai=9999-12-31").status_code == 200
    rows = cells(browser.get("/pandu/rekap.xlsx"), "Sesi")
    assert [row[1:3] for row in rows if row[5] == 7] == [("Netralitas =1+1", "Dinas Kesehatan")]


def test_a_unit_admin_sees_who_came_of_hers_to_what_was_held_above(db, cast, sign_in):
    """Rina's clinic was invited by the whole instansi; of the others she learns nothing."""
    session = in_lobby(cast, title="Sosialisasi sekabupaten")
    some, others = crowd(session, cast.clinic, 2), crowd(session, cast.education, 3)
    asked(session, right=[*some, *others])
    order(session, "end")
    rina = sign_in(cast.rina)
    page = rina.get("/pandu/rekap").get_data(as_text=True)
    assert "Sesi di atas unit Anda" in page
    assert '<td data-label="Bergabung" class="num">2</td>' in page
    assert rina.get(f"/pandu/{session.id}/laporan").status_code == 404
    rows = cells(rina.get(f"/pandu/{session.id}/hadir.xlsx"), "Hadir")
    assert [row[1] for row in rows if isinstance(row[0], int)] == ["Puskesmas Melati"] * 2
    assert "Sesi di atas" not in sign_in(cast.dewi).get("/pandu/rekap").get_data(as_text=True)
    away = sign_in(cast.stranger_admin).get(f"/pandu/{session.id}/hadir.xlsx")
    assert away.status_code == 404, "the control: another instansi is not below it"


def test_there_is_no_report_before_the_end(db, cast, sign_in):
    session = in_lobby(cast)
    for page in ("laporan", "laporan.xlsx"):
        answer = sign_in(cast.yusuf).get(f"/pandu/{session.id}/{page}")
        assert answer.status_code == 409
        assert "Akhiri sesinya" in answer.get_data(as_text=True)
