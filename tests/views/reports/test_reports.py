"""The report as its readers open it: their subtree, their downloads, and no formula ever."""

import io
from datetime import datetime, timedelta

import openpyxl
import pytest
import sqlalchemy as sa

from app.accounts.models import Grant
from app.agencies import moves
from app.core import clock
from app.core.dates import long_date
from app.core.workbooks import sheet_name
from app.reports import deeds
from app.reports.sheets import tame
from tests.operations.reports.test_reports import learns


def book_of(browser, **asked):
    """The workbook as it is asked for, made by the worker, and fetched from the page of its job."""
    answer = browser.post("/laporan/berkas", data=asked)
    assert answer.status_code == 303
    assert "siap diunduh" in browser.get(answer.location).text
    return openpyxl.load_workbook(io.BytesIO(browser.get(f"{answer.location}/berkas").data))


def rows_of(sheet):
    """The lines below the header, the row that holds "No"."""
    lines = list(sheet.iter_rows(values_only=True))
    head = next(place for place, line in enumerate(lines) if line[0] == "No")
    return lines[head + 1 :]


def test_dewi_sees_every_opd_and_totals(sign_in, cast):
    page = sign_in(cast.dewi).get("/laporan").text
    assert "Dinas Kesehatan" in page
    assert "Dinas Pendidikan" in page
    assert "0 dari 6" in page


def test_rina_sees_only_her_dinas(sign_in, cast):
    rina = sign_in(cast.rina)
    page = rina.get("/laporan").text
    assert "Dinas Kesehatan" in page
    assert "Dinas Pendidikan" not in page
    assert rina.get(f"/laporan/unit/{cast.education.id}").status_code == 404
    assert rina.get(f"/laporan/unit/{cast.education.id}/belum").status_code == 404
    asked = {"unit": cast.education.id}
    assert rina.post("/laporan/berkas", data=asked).status_code == 404
    assert rina.get(f"/laporan/unit/{cast.clinic.id}").status_code == 200


def test_another_agency_does_not_exist_for_dewi(sign_in, cast):
    unit = cast.stranger.unit_id
    assert sign_in(cast.dewi).get(f"/laporan/unit/{unit}").status_code == 404


def test_sari_has_no_report(sign_in, cast):
    assert sign_in(cast.sari).get("/laporan").status_code == 404


@pytest.mark.parametrize("query", ["kursus=tidak-ada", "unit=999999"])
def test_a_wrong_address_is_a_page_and_not_a_fault(sign_in, cast, query):
    answer = sign_in(cast.dewi).get(f"/laporan.csv?{query}")
    assert answer.status_code == 404
    assert "tidak ditemukan" in answer.text


def test_the_workbook_has_the_figures_and_the_nip_as_text(sign_in, cast, db):
    learns(db, cast.sari, signs=True)
    number, year = cast.sari.number, clock.today().year
    cast.agency.official_prefix = "a.n. Bupati Arunika"
    db.commit()
    book = book_of(sign_in(cast.dewi))
    assert book.sheetnames == [
        "Rekap", "Pemerintah Kabupaten Arunika", "Dinas Kesehatan", "Dinas Pendidikan", "Belum",
    ]  # fmt: skip
    figures = {row[1]: row[2:8] for row in rows_of(book["Rekap"])}
    assert figures["Dinas Kesehatan"] == (2, 1, 1, 1, 1, 50)
    assert figures["JUMLAH"] == (6, 1, 1, 1, 5, 16.67)
    assert "a.n. Bupati Arunika" in figures
    cell = next(c for row in book["Dinas Kesehatan"].iter_rows() for c in row if c.value == number)
    assert (cell.data_type, cell.number_format) == ("s", "@")
    sari = next(row for row in rows_of(book["Dinas Kesehatan"]) if row[4] == number)
    assert sari[1:4] == ("Dinas Kesehatan", "Puskesmas Melati", "Sari Wulandari, A.Md.Kep.")
    assert (type(sari[7]), sari[7].year) == (datetime, year)
    waiting = {row[3] for row in rows_of(book["Belum"])}
    assert "Sari Wulandari, A.Md.Kep." not in waiting
    assert "Budi Hartono, S.Pd." in waiting


def test_the_workbook_is_fit_for_paper(sign_in, cast):
    for sheet in book_of(sign_in(cast.dewi)):
        setup = sheet.page_setup
        assert (setup.orientation, int(setup.paperSize), setup.fitToHeight) == ("landscape", 9, 0)
        assert sheet.print_title_rows
        assert "&P" in sheet.oddFooter.right.text
        assert sheet.auto_filter.ref
        assert sheet["A1"].value == "PEMERINTAH KABUPATEN ARUNIKA"


def test_who_has_lost_the_role_meanwhile_gets_nobodys_names(db, cast):
    """The worker asks for the part of the tree anew, when it comes to it."""
    wanted = deeds.Wanted(cast.rina.id, "netralitas-inti")
    assert len(deeds.recap_of(wanted).people) == 2
    db.execute(sa.delete(Grant).where(Grant.person_id == cast.rina.id))
    assert deeds.recap_of(wanted).people == []


def test_names_of_sheets_are_such_as_excel_takes():
    used = set()
    long = "Dinas Pemberdayaan Masyarakat dan Desa, Pengendalian Penduduk"
    names = [sheet_name(name, used) for name in (long, long, "Bidang I/II [A]*", "'", "rekap?")]
    assert names == [
        "Dinas Pemberdayaan Masyarakat d", "Dinas Pemberdayaan Masyarak (2)", "Bidang I II  A",
        "Lembar", "rekap",
    ]  # fmt: skip


FORMULAS = ["=1+1", "{=1+1}", "+62812", "-1", "@SUM(A1)", "\t=1+1", "＝1+1", '=HYPERLINK("x")']


@pytest.mark.parametrize("name", FORMULAS)
def test_a_name_never_becomes_a_formula(sign_in, cast, db, name):
    cast.sari.name, cast.sari.back_title = name, ""
    db.commit()
    dewi = sign_in(cast.dewi)
    book = book_of(dewi)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert tame(name.strip()) in dewi.get("/laporan-pegawai.csv").data.decode("utf-8-sig").replace(
        '""', '"'
    )


def test_taming_changes_only_what_is_risky():
    assert [tame(name)[0] for name in FORMULAS] == ["'", "{", *["'"] * 6]
    assert tame("Sari") == "Sari"


def test_csv_keeps_all_eighteen_digits_as_text(sign_in, cast):
    answer = sign_in(cast.dewi).get("/laporan-pegawai.csv")
    assert "19900101 201503 2 001" in answer.data.decode("utf-8-sig")
    named = 'attachment; filename="laporan-pegawai-arunika'
    assert answer.headers["Content-Disposition"].startswith(named)


def test_the_table_as_csv_has_its_total(sign_in, cast, db):
    learns(db, cast.sari, signs=True)
    dewi, clinic = sign_in(cast.dewi), cast.clinic.id
    lines = dewi.get("/laporan.csv").data.decode("utf-8-sig").splitlines()
    assert "2;Dinas Kesehatan;2;1;1;1;1;50,00" in lines
    assert lines[-1] == ";JUMLAH;6;1;1;1;5;16,67"
    opened = dewi.get(f"/laporan.csv?unit={clinic}").data.decode("utf-8-sig").splitlines()
    assert opened[-1] == ";JUMLAH;1;1;1;1;0;100,00"


def test_the_pending_list_names_people_but_no_nip(sign_in, cast, db):
    learns(db, cast.sari, passes=True)
    number = cast.sari.number
    page = sign_in(cast.rina).get(f"/laporan/unit/{cast.clinic.id}/belum").text
    assert "1. Sari Wulandari, A.Md.Kep. (lulus, belum menandatangani)" in page
    assert number not in page


def test_every_page_and_file_of_a_past_day_says_so_and_counts_then(sign_in, cast, db):
    day = clock.today()
    clock.shift(timedelta(days=1))
    moves.move_person(cast.sari, cast.education, None)
    db.commit()
    dewi, clinic, said = sign_in(cast.dewi), cast.clinic.id, f"per {long_date(day)}"
    asked = f"?per={day}"
    assert said in dewi.get(f"/laporan{asked}").text
    page = dewi.get(f"/laporan/unit/{clinic}{asked}").text
    assert said in page
    assert "Sari Wulandari" in page
    assert f"per={day}" in page  # what one goes on to is of that day too
    assert "Sari Wulandari" in dewi.get(f"/laporan/unit/{clinic}/belum{asked}").text
    assert "Sari Wulandari" not in dewi.get(f"/laporan/unit/{clinic}").text
    answer = dewi.get(f"/laporan.csv{asked}&unit={clinic}")
    assert ";JUMLAH;1;0;0;0;1;0,00" in answer.data.decode("utf-8-sig")
    assert f"{day}.csv" in answer.headers["Content-Disposition"]
    assert "Puskesmas Melati" in dewi.get(f"/laporan-pegawai.csv{asked}&unit={clinic}").text
    book = book_of(dewi, per=day.isoformat())
    assert f"Keadaan {said}" in [cell.value for cell in book["Rekap"]["A"]]


@pytest.mark.parametrize("day", ["2999-01-01", "2001-01-01", "kemarin", "2026-02-30", "0000-00-00"])
def test_a_day_of_which_nothing_is_known_is_one_sentence(sign_in, cast, day):
    dewi = sign_in(cast.dewi)
    for path in ("/laporan", f"/laporan/unit/{cast.health.id}", "/laporan.csv"):
        answer = dewi.get(f"{path}?per={day}")
        assert answer.status_code == 422
        assert "tanggal" in answer.text.lower()
