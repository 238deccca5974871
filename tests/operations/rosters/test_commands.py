"""How an operator begins a region: agency, units, people. Every mistake is a sentence."""

import openpyxl
import pytest
import sqlalchemy as sa

from app.agencies import queries
from app.agencies.models import Agency, Person, Unit
from app.audit.models import AuditEntry
from app.core.db import db as database

CREATE = [
    "agency", "create", "--code", "nirwana", "--kind", "kota", "--name", "Pemerintah Kota Nirwana",
    "--office-name", "Badan Kepegawaian Daerah", "--office-short", "BKD", "--city", "Nirwana",
    "--address", "Jalan Satu", "--zone", "Asia/Makassar", "--official-name", "Dra. Ratna",
    "--official-number", "19720412 199803 2 004", "--official-position", "Kepala Badan",
]  # fmt: skip
UNITS = """Kode Unit;Kode Induk;Nama Unit;Jenis;Unit Laporan
1;;Dinas Kesehatan;dinas;ya
1.10;1;Puskesmas Sepuluh;puskesmas;
1.2;1;Puskesmas Dua;puskesmas;tidak
1.2.1;1.2;Pustu Hulu;;
"""
PEOPLE = """NIP;Nama;Status;Kode Unit
199001012015032001;Sari Wulandari;PNS;1.2
;Wayan Sudira;non-ASN;1
"""


@pytest.fixture
def flask(app):
    """Run a command as an operator does; gives (exit code, output)."""

    def run(*arguments):
        with app.app_context():
            database.session.remove()
        result = app.test_cli_runner().invoke(args=[str(argument) for argument in arguments])
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result.exit_code, result.output

    return run


@pytest.fixture
def region(flask, tmp_path):
    """An agency with units, made by commands."""
    (tmp_path / "unit.csv").write_text(UNITS, encoding="utf-8")
    assert flask(*CREATE)[0] == 0
    assert flask("unit", "import", tmp_path / "unit.csv")[0] == 0
    return tmp_path


def test_a_region_begins_with_three_commands(flask, db, region):
    (region / "pegawai.csv").write_text(PEOPLE, encoding="utf-8-sig")
    code, said = flask("roster", "import", region / "pegawai.csv")
    assert code == 0
    assert "2 ditambahkan" in said
    sari = queries.person_by_number("199001012015032001")
    assert sari.unit.name == "Puskesmas Dua"
    agency = queries.only_agency()
    assert (agency.zone, agency.official_number) == ("Asia/Makassar", "197204121998032004")
    assert list(db.scalars(sa.select(AuditEntry.action).order_by(AuditEntry.id))) == [
        "agency.created",
        "units.imported",
        "roster.imported",
    ]


def test_the_tree_is_printed_as_it_stands(flask, region):
    _, said = flask("unit", "list")
    assert said.splitlines() == [
        "00  Pemerintah Kota Nirwana (instansi)",
        "  1  Dinas Kesehatan (dinas) *",
        "    1.2  Puskesmas Dua (puskesmas)",
        "      1.2.1  Pustu Hulu (lainnya)",
        "    1.10  Puskesmas Sepuluh (puskesmas)",
    ]


def test_the_same_units_again_change_nothing_and_a_moved_branch_takes_its_leaves_along(
    flask, db, region
):
    entries = db.scalar(sa.select(sa.func.count(AuditEntry.id)))
    db.rollback()
    assert "0 unit ditambahkan, 0 diubah" in flask("unit", "import", region / "unit.csv")[1]
    assert db.scalar(sa.select(sa.func.count(AuditEntry.id))) == entries
    db.rollback()
    (region / "pindah.csv").write_text(UNITS.replace("1.2;1;", "1.2;;"), encoding="utf-8")
    assert "0 unit ditambahkan, 1 diubah" in flask("unit", "import", region / "pindah.csv")[1]
    leaf = db.scalars(sa.select(Unit).where(Unit.code == "1.2.1")).one()
    assert [unit.code for unit in queries.ancestors_of(leaf)] == ["00", "1.2", "1.2.1"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("2;9;Dinas Lain;dinas;", "baris 6 (salah): Kode Induk “9” tidak ada"),
        ("1;;Dinas Lain;dinas;", "baris 6 (salah): Kode 1 sudah ada pada baris 2"),
        ("2;;;dinas;", "Nama Unit belum diisi"),
        (";;Dinas Lain;dinas;", "Kode Unit belum diisi"),
        ("2;;Dinas Lain;kerajaan;", "Jenis unit tidak dikenal"),
        ("2;;Dinas Lain;dinas;mungkin", "ya atau tidak"),
        ("00;1;Puncak;;", "adalah puncak"),
        ("7;8;Tujuh;;\n8;7;Delapan;;", "berputar kembali"),
        ("2;;" + "D" * 161 + ";;", "terlalu panjang"),
    ],
)
def test_a_bad_unit_keeps_every_other_out(flask, db, region, row, reason):
    (region / "baru.csv").write_text(f"{UNITS}{row}\n3;;Badan Baru;badan;ya\n", encoding="utf-8")
    code, said = flask("unit", "import", region / "baru.csv")
    assert code == 1
    assert reason in said
    assert "Tidak ada yang disimpan" in said
    assert db.scalar(sa.select(sa.func.count(Unit.id))) == 5


def test_a_branch_cannot_be_hung_below_itself(flask, db, region):
    (region / "putar.csv").write_text(UNITS.replace("1;;", "1;1.2;"), encoding="utf-8")
    code, said = flask("unit", "import", region / "putar.csv")
    assert code == 1
    assert "berputar" in said


def test_a_dry_run_says_what_would_happen_and_does_nothing(flask, db, region):
    (region / "pegawai.csv").write_text(PEOPLE, encoding="utf-8")
    code, said = flask("roster", "import", region / "pegawai.csv", "--dry-run")
    assert code == 0
    assert "2 akan ditambahkan" in said
    assert "tidak ada yang disimpan" in said
    assert db.scalars(sa.select(Person)).all() == []


def test_every_bad_row_is_printed_and_the_exit_code_says_no(flask, db, region):
    bad = PEOPLE + "123;Budi;PNS;1\n199001012015032001;Sari;PNS;1\n1,99E+17;Rina;ASN;9\n"
    (region / "pegawai.csv").write_text(bad, encoding="utf-8")
    code, said = flask("roster", "import", region / "pegawai.csv")
    assert code == 1
    for line, reason in ((4, "3 angka"), (5, "baris 2"), (6, "bertipe Teks"), (6, "“ASN”")):
        assert any(f"baris {line} (salah)" in s and reason in s for s in said.splitlines())
    assert "3 baris perlu diperbaiki" in said
    assert db.scalars(sa.select(Person)).all() == []


def test_the_official_who_decided_is_named_in_the_trail(flask, db, region):
    (region / "pegawai.csv").write_text(PEOPLE, encoding="utf-8")
    flask("roster", "import", region / "pegawai.csv")
    (region / "lain.csv").write_text("Nama;Status;Kode Unit\nMade;non-ASN;1\n", encoding="utf-8")
    code, _ = flask("roster", "import", region / "lain.csv", "--by", "19900101 201503 2 001")
    assert code == 0
    sari = queries.person_by_number("199001012015032001")
    entry = db.scalars(
        sa.select(AuditEntry).where(AuditEntry.action == "roster.imported").order_by(AuditEntry.id)
    ).all()[-1]
    assert entry.actor_id == sari.id


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("roster", "import", "tiada.csv"), "tidak ditemukan"),
        (("roster", "import", "/"), "adalah folder"),
        (("roster", "import", "unit.csv", "--agency", "lain"), "Yang ada: nirwana"),
        (("roster", "import", "unit.csv", "--by", "123"), "18 angka"),
        (("roster", "import", "unit.csv", "--by", "199001012015032009"), "Tidak ada pegawai"),
        (("roster", "import", "unit.csv"), "belum ada kolom"),
        (tuple(CREATE), "sudah ada"),
        ((*CREATE[:-4], "--official-number", "12", *CREATE[-2:]), "18 angka"),
        ((*CREATE, "--code", "lain", "--name", " "), "Isi --name"),
        ((*CREATE, "--code", "x" * 300), "terlalu panjang"),
    ],
)
def test_a_mistake_of_the_operator_is_one_sentence(flask, region, monkeypatch, arguments, sentence):
    monkeypatch.chdir(region)
    code, said = flask(*arguments)
    assert code == 1
    assert sentence in said
    assert "Traceback" not in said


def test_without_an_agency_the_first_step_is_named(flask, tmp_path):
    assert "flask agency create" in flask("unit", "list")[1]


def test_with_two_agencies_one_must_be_named(flask, db, cast):
    db.commit()
    code, said = flask("unit", "list")
    assert code == 1
    assert "arunika, buana" in said
    assert "Dinas Sosial" in flask("unit", "list", "--agency", "buana")[1]


def test_the_template_can_be_filled_in_and_imported(flask, db, region):
    file = region / "contoh.xlsx"
    assert flask("roster", "template", file)[0] == 0
    assert "tidak ditimpa" in flask("roster", "template", file)[1]
    assert "belum ada satu pun" in flask("roster", "import", file)[1]
    book = openpyxl.load_workbook(file)
    sheet = book["Pegawai"]
    assert {sheet.cell(row, 1).number_format for row in range(2, 60)} == {"@"}
    for column, value in enumerate(
        ("199001012015032001", None, "Sari", None, "PNS", None, None, "1.2"), start=1
    ):
        sheet.cell(2, column, value)
    book.save(file)
    code, said = flask("roster", "import", file)
    assert code == 0
    assert "Lembar lain tidak dibaca: Petunjuk" in said
    assert queries.person_by_number("199001012015032001").name == "Sari"


def test_a_csv_template_opens_as_utf_8_in_excel(flask, tmp_path):
    flask("roster", "template", tmp_path / "contoh.csv")
    assert (tmp_path / "contoh.csv").read_bytes().startswith(b"\xef\xbb\xbfNIP / NI PPPK;")


def test_an_agency_has_one_root_that_bears_its_name(flask, db, region):
    agency = db.scalars(sa.select(Agency)).one()
    assert queries.root_of(agency).name == agency.name


def test_a_tree_can_be_filled_in_on_its_template(flask, db, region):
    file = region / "unit.xlsx"
    assert flask("unit", "template", file)[0] == 0
    book = openpyxl.load_workbook(file)
    for column, value in enumerate(("5", None, "Dinas Baru", "dinas", "ya"), start=1):
        book["Unit"].cell(2, column, value)
    book.save(file)
    assert "1 unit ditambahkan" in flask("unit", "import", file)[1]
    assert "  5  Dinas Baru (dinas) *" in flask("unit", "list")[1]


def test_a_roster_that_was_given_out_is_brought_back_unchanged(flask, db, cast, tmp_path):
    db.commit()
    for name in ("daftar.xlsx", "daftar.csv"):
        code, said = flask("roster", "export", tmp_path / name, "--agency", "arunika")
        assert (code, "pegawai ditulis" in said) == (0, True)
        said = flask("roster", "import", tmp_path / name, "--agency", "arunika")[1]
        assert "0 ditambahkan, 0 diperbarui" in said


def test_a_legal_position_is_decided_on_the_line(flask, db, cast, tmp_path):
    db.commit()
    file = tmp_path / "siasn.csv"
    file.write_text(
        "NIP BARU;NAMA;STATUS CPNS PNS;KEDUDUKAN HUKUM NAMA;UNOR NAMA\n"
        "199001012015032001;SARI WULANDARI;P;Pensiun BUP;PUSKESMAS MELATI\n"
    )
    here = ("--agency", "arunika")
    code, said = flask("roster", "import", file, *here)
    assert (code, "Kedudukan hukum belum diputuskan · Pensiun BUP: 1 baris" in said) == (1, True)
    assert flask("roster", "import", file, *here, "--leave-out", "pensiun bup")[0] == 0
    assert flask("roster", "import", file, *here, "--count", "Pensiun BUP")[0] == 0
