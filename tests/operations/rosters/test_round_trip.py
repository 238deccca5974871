"""What Rambu gave out, brought back: nothing changes."""

import io

import openpyxl
import pytest

from app import catalog
from app.agencies import queries
from app.agencies.aliases import add_alias
from app.agencies.models import Person
from app.catalog.terms import PersonStatus
from app.core import clock
from app.reports.books import as_workbook
from app.reports.deeds import Wanted, recap_of
from app.rosters import blank, export, intake
from app.rosters.roster import read_roster
from app.rosters.tables import read_tables


def brought_back(cast, content: bytes, name: str = "daftar"):
    roster = read_roster(read_tables(content, name), clock.today())
    return intake.import_roster(cast.agency, roster, cast.dewi, is_dry_run=True)


@pytest.fixture
def titled(db, cast):
    """Everything that an export could lose: titles, capitals, a part-time PPPK, no NIP."""
    cast.sari.front_title, cast.sari.back_title = "Dr. Hj.", "S.Kep., Ners"
    cast.budi.status = PersonStatus.CPNS
    wayan = Person(
        agency=cast.agency, unit=cast.education, number="2026000001", name="I Wayan Nu’man",
        status=PersonStatus.VILLAGE_OFFICIAL, position="Kaur",
    )  # fmt: skip
    db.add(wayan)
    db.commit()
    return cast


def test_a_roster_that_was_given_out_comes_back_as_nothing_new(titled):
    lines = export.lines_of(titled.agency)
    for content in (export.workbook(lines), export.csv_of(lines)):
        report = brought_back(titled, content)
        assert [fault.sentence for fault in report.errors] == []
        assert (report.added, report.changed, report.unchanged) == (0, 0, len(lines))


def test_a_change_in_it_is_the_only_change(titled):
    """The control."""
    book = openpyxl.load_workbook(io.BytesIO(export.workbook(export.lines_of(titled.agency))))
    sheet = book["Pegawai"]
    position = list(blank.PEOPLE.header).index("Jabatan") + 1
    sheet.cell(2, position).value = "Pustakawan Ahli Muda"
    changed = io.BytesIO()
    book.save(changed)
    assert brought_back(titled, changed.getvalue()).changed == 1


def test_the_report_of_people_comes_back_as_nothing_new(titled, sign_in):
    answer = sign_in(titled.dewi).get("/laporan-pegawai.csv?cakupan=semua")
    report = brought_back(titled, answer.data)
    assert [fault.sentence for fault in report.errors] == []
    assert (report.added, report.changed) == (0, 0)
    assert report.unchanged > 3


def test_the_workbook_of_the_report_comes_back_as_nothing_new(titled):
    wanted = Wanted(titled.dewi.id, next(iter(catalog.current().courses)), everybody="1")
    content = as_workbook(recap_of(wanted), lambda _done: None)
    report = brought_back(titled, content)
    assert [fault.sentence for fault in report.errors] == []
    assert (report.added, report.changed) == (0, 0)
    assert report.unchanged >= 1


def test_a_unit_is_found_by_its_other_name(db, cast):
    add_alias(cast.clinic, "PKM Mawar", cast.dewi)
    rows = "NIP;Nama;Status;Unit Kerja\n199001012015032001;Sari Wulandari;PNS;Pkm. Mawar\n"
    report = brought_back(cast, rows.encode())
    assert [fault.sentence for fault in report.errors] == []
    assert queries.aliases_of(cast.agency) == {cast.clinic.id: ("PKM Mawar",)}
