"""Rosters taken in: all or nothing, unchanged rows change nothing, history follows the person."""

import csv
import io
from datetime import date, timedelta
from threading import Thread

import pytest
import sqlalchemy as sa

from app.agencies import closing, operations, queries
from app.agencies.models import Agency, Identifier, Person, Placement, Unit
from app.agencies.scope import Scope
from app.audit import verifying
from app.audit.models import AuditEntry, AuditPart
from app.catalog.terms import PersonStatus
from app.core import clock
from app.core.db import db as database
from app.core.errors import DomainError
from app.rosters import intake
from app.rosters.roster import read_roster
from app.rosters.tables import read_tables

HEADER = ("NIP", "Nama", "Gelar Belakang", "Status", "Pangkat/Golongan", "Jabatan", "Kode Unit")
SARI = ("199001012015032001", "Sari Wulandari", "A.Md.Kep.", "PNS", "III/a", "Pelaksana", "10.1")
BUDI = ("198702022010011002", "Budi Hartono", "S.Pd.", "PNS", "III/a", "Pelaksana", "20")
PUTU = ("199503032022212001", "Ni Putu Ayu", "S.Kep.", "PPPK", "IX", "Perawat", "10.1")
WAYAN = ("", "I Wayan Sudira", "", "Perangkat desa", "", "Kaur", "20")


def read(*rows, header=HEADER):
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([header, *rows])
    return read_roster(read_tables(text.getvalue().encode(), "pegawai.csv"), clock.today())


@pytest.fixture
def take_in(db, cast):
    """Import rows into the cast's agency, by Dewi, and commit what a command would commit."""

    def take_in(*rows, header=HEADER, **options):
        report = intake.import_roster(cast.agency, read(*rows, header=header), cast.dewi, **options)
        db.commit() if report.is_saved else db.rollback()
        return report

    return take_in


def everything(db) -> list:
    """Every row that an import could touch."""
    return [
        db.execute(sa.select(*model.__table__.columns).order_by(model.id)).all()
        for model in (Person, Identifier, Placement, AuditEntry)
    ]


def actions(db) -> list[str]:
    return list(db.scalars(sa.select(AuditEntry.action).order_by(AuditEntry.id)))


def parts(db) -> list[str]:
    return list(db.scalars(sa.select(AuditPart.action).order_by(AuditPart.place)))


def errors(report) -> list[str]:
    return [fault.sentence for fault in report.errors]


def test_new_people_come_in_with_number_placement_and_a_row_each_beside_one_entry(
    db, cast, take_in
):
    report = take_in(PUTU, WAYAN)
    assert (report.rows, report.added, report.changed, report.unchanged) == (2, 2, 0, 0)
    putu = queries.person_by_number(PUTU[0])
    assert (putu.full_name, putu.rank, putu.unit) == (
        "Ni Putu Ayu, S.Kep.",
        "Golongan IX",
        cast.clinic,
    )
    (placement,) = queries.history_of(putu)
    assert (placement.unit, placement.position, placement.until) == (cast.clinic, "Perawat", None)
    assert actions(db) == ["roster.imported"]
    assert parts(db) == ["person.added", "person.added"]
    assert verifying.first_fault() is None


def test_who_came_or_changed_by_a_file_is_found_by_what_the_list_shows(db, cast, take_in):
    take_in(PUTU, (SARI[0], "Sari Wulandary", *SARI[2:5], "Bidan", SARI[6]))
    for typed, name in (("S.Kep ayu", "Ni Putu Ayu"), ("bidan wulandari", "Sari Wulandary")):
        query = queries.people_query(Scope((cast.root.path,)), search=typed)
        assert [person.name for person in db.scalars(query)] == [name]
    orders = dict(db.execute(sa.select(Person.name, Person.sort_key)).tuples().all())
    assert orders["Sari Wulandary"] == "sari wulandary"


def test_the_code_and_the_name_of_a_merged_unit_mean_its_heir(db, cast, take_in):
    closing.merge_unit(cast.education, cast.health, clock.today(), None)
    assert take_in(WAYAN).added == 1  # in `20`, as the file still says
    assert (
        db.scalars(sa.select(Person.unit_id).where(Person.name == WAYAN[1])).one() == cast.health.id
    )


def test_people_without_a_nip_get_a_number_from_rambu(db, cast, take_in):
    take_in(WAYAN)
    wayan = db.scalars(sa.select(Person).where(Person.name == WAYAN[1])).one()
    assert wayan.number == f"{clock.today().year}000001"
    assert wayan.status is PersonStatus.VILLAGE_OFFICIAL


def test_the_same_file_again_changes_nothing_and_records_nothing(db, cast, take_in):
    take_in(SARI, PUTU, WAYAN)
    before = everything(db)
    report = take_in(SARI, PUTU, WAYAN)
    assert (report.added, report.changed, report.unchanged) == (0, 0, 3)
    assert everything(db) == before


def test_a_dry_run_reports_the_same_and_changes_nothing(db, cast, take_in):
    before = everything(db)
    dry = take_in(PUTU, WAYAN, BUDI, is_dry_run=True)
    assert everything(db) == before
    wet = take_in(PUTU, WAYAN, BUDI)
    assert (dry.added, dry.changed, dry.unchanged) == (wet.added, wet.changed, wet.unchanged)
    assert (dry.is_saved, wet.is_saved) == (False, True)


def test_one_bad_row_keeps_every_other_out(db, cast, take_in):
    before = everything(db)
    bad = (*PUTU[:6], "99")
    report = take_in(SARI, bad, WAYAN, ("123", *PUTU[1:]))
    assert not report.is_saved
    assert [fault.line for fault in report.errors] == [3, 5]
    assert everything(db) == before


def test_a_move_ends_one_placement_and_begins_another_and_the_person_stays(db, cast, take_in):
    clock.shift(timedelta(days=30))
    report = take_in((*SARI[:5], "Perawat", "20"))
    db.expire_all()
    today = clock.today()
    now, before = queries.history_of(cast.sari)
    assert (report.changed, report.moved) == (1, 1)
    assert (now.unit, now.position, now.since, now.until) == (
        cast.education,
        "Perawat",
        today,
        None,
    )
    assert (before.unit, before.since, before.until) == (cast.clinic, date(2020, 1, 1), today)
    assert cast.sari.unit == cast.education
    assert parts(db) == ["person.changed", "person.moved"]


def test_a_new_rank_is_a_new_line_of_history_and_a_new_name_is_not(db, cast, take_in):
    take_in((*SARI[:4], "III/b", *SARI[5:]))
    assert [line.rank for line in queries.history_of(cast.sari)] == [
        "Penata Muda Tingkat I (III/b)",
        "Penata Muda (III/a)",
    ]
    take_in((SARI[0], "Sari Wulandari Putri", *SARI[2:4], "III/b", *SARI[5:]))
    db.expire_all()
    assert len(queries.history_of(cast.sari)) == 2
    assert cast.sari.name == "Sari Wulandari Putri"


def test_two_corrections_on_one_day_are_one_line_of_history(db, cast, take_in):
    take_in((*SARI[:5], "Perawat Mahir", "10.1"))
    take_in((*SARI[:5], "Perawat Penyelia", "10.1"))
    assert [line.position for line in queries.history_of(cast.sari)] == [
        "Perawat Penyelia",
        "Pelaksana",
    ]


def test_an_empty_optional_cell_does_not_erase_what_is_on_record(db, cast, take_in):
    report = take_in((SARI[0], SARI[1], "", "PNS", "", "", "10.1"))
    assert report.unchanged == 1


def test_people_whom_the_file_does_not_name_stay(db, cast, take_in):
    report = take_in(SARI)
    assert report.unnamed == 5
    assert cast.budi.is_active


def test_somebody_who_left_is_not_brought_back_by_an_old_file(db, cast, take_in):
    operations.deactivate(cast.sari, "Pensiun", cast.dewi)
    db.commit()
    report = take_in(SARI)
    assert "nonaktif" in report.warnings[0].sentence
    assert not cast.sari.is_active


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ((*SARI[:6], "10.7"), "Mungkin maksudnya 10.1 Puskesmas Melati"),
        ((*SARI[:6], "zzzzzz"), "daftar unit"),
        (("199107072016021007", "Tono Wibowo", *SARI[2:]), "di luar kewenangan"),
        ((SARI[0], "Hendra Gunawan", *SARI[2:]), "atas nama “Sari Wulandari”"),
        (("2026000099", *WAYAN[1:]), "tidak dikenal"),
    ],
)
def test_what_contradicts_the_records_is_an_error_with_its_reason(cast, take_in, row, reason):
    report = take_in(row)
    assert reason in errors(report)[0]
    assert not report.is_saved


def test_a_former_number_is_not_another_person(db, cast, take_in):
    operations.change_number(cast.sari, "199001012026212001", cast.dewi, status=PersonStatus.PPPK)
    db.commit()
    report = take_in(SARI)
    assert "nomor lama Sari Wulandari" in errors(report)[0]


def test_units_may_be_given_by_name_and_an_ambiguous_name_asks_for_the_code(db, cast, take_in):
    for code, parent in (("10.9", cast.health), ("20.9", cast.education)):
        unit = Unit(agency=cast.agency, parent=parent, code=code, name="Sekretariat",
                    kind="lainnya", path="/")  # fmt: skip
        db.add(unit)
        db.flush()
        unit.path = f"{parent.path}{unit.id}/"
    db.commit()
    header = (*HEADER[:6], "OPD", "Unit Kerja")
    by_name = (*PUTU[:6], "", "puskesmas melati")
    assert take_in(by_name, header=header).added == 1
    vague = (*SARI[:6], "", "Sekretariat")
    assert "kode 10.9, 20.9" in errors(take_in(vague, header=header))[0]
    assert take_in((*SARI[:6], "Dinas Kesehatan", "Sekretariat"), header=header).moved == 1
    unknown = (*SARI[:6], "", "Puskesmas Melatti")
    assert "Puskesmas Melati?" in errors(take_in(unknown, header=header))[0]


def test_a_scope_makes_the_rest_of_the_agency_untouchable(db, cast, take_in):
    scope = Scope((cast.health.path,))
    report = take_in(BUDI, (*PUTU[:6], "20"), scope=scope)
    assert "di luar kewenangan" in errors(report)[0] or "tidak dikenal" in errors(report)[0]
    assert len(report.errors) == 2
    assert take_in(PUTU, scope=scope).added == 1


def test_a_namesake_without_a_number_elsewhere_is_a_warning_that_tells_the_number(
    db, cast, take_in
):
    take_in(WAYAN)
    wayan = db.scalars(sa.select(Person).where(Person.name == WAYAN[1])).one()
    moved = (*WAYAN[:6], "10.1")
    assert wayan.number in take_in(moved, is_dry_run=True).warnings[0].sentence
    report = take_in((wayan.number, *moved[1:]))
    assert (report.added, report.moved) == (0, 1)


def test_a_thousand_people_come_in_whole(db, cast, take_in):
    number = "19{:02d}01{:02d}2010011{:03d}"
    rows = [
        (number.format(60 + n // 28, n % 28 + 1, n % 900 + 1), f"Orang {n}", *BUDI[2:6], "10.1")
        for n in range(1_000)
    ]
    report = take_in(*rows)
    assert (report.added, report.errors) == (1_000, [])
    assert (
        db.scalar(sa.select(sa.func.count(Placement.id)).where(Placement.until.is_(None))) == 1_008
    )
    assert verifying.first_fault() is None


def test_two_agencies_that_take_in_one_number_at_once_leave_it_with_one(app, db, cast):
    agencies = (cast.agency.id, cast.elsewhere.id)
    db.rollback()
    outcomes = []

    def take_in_for(agency_id: int, row: tuple) -> None:
        with app.app_context():
            agency = database.session.get(Agency, agency_id)
            try:
                report = intake.import_roster(agency, read(row), None)
                database.session.commit()
                outcomes.append(report.is_saved)
            except DomainError:
                database.session.rollback()
                outcomes.append(False)

    rows = (PUTU, (*PUTU[:6], "10"))
    threads = [Thread(target=take_in_for, args=pair) for pair in zip(agencies, rows, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [False, True]
    assert db.scalar(sa.select(sa.func.count(Person.id)).where(Person.number == PUTU[0])) == 1
    assert verifying.first_fault() is None
