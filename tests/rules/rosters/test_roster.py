"""A roster file row by row: every bad one is named, with its line and its reasons."""

import csv
import io
import random
import re
from datetime import date

import pytest

from app.catalog.terms import PersonStatus
from app.rosters.cells import Broken, Filled, Formula, Number, Row, Table, UnreadableFile
from app.rosters.faults import Cause
from app.rosters.matching import Matching
from app.rosters.roster import read_roster
from app.rosters.tables import Source, read_tables

TODAY = date(2026, 11, 22)
HEADER = ("NIP", "Gelar Depan", "Nama", "Gelar Belakang", "Status", "Pangkat/Golongan", "Jabatan",
          "Kode Unit", "Unit Kerja")  # fmt: skip
SARI = ("199001012015032001", "", "Sari Wulandari", "A.Md.Kep.", "PNS", "II/d", "Perawat", "10.1",
        "Puskesmas Melati")  # fmt: skip


def roster(*rows: tuple, header: tuple = HEADER):
    """What is read from rows of cells that begin on line 1."""
    numbered = [Row(line, tuple(row)) for line, row in enumerate((header, *rows), start=1)]
    kept = [row for row in numbered if not row.is_empty]
    return read_roster(Source("pegawai.csv", "0" * 64, [Table(kept)]), TODAY)


def row(**cells: str) -> tuple:
    """Sari's row with some cells changed, named as fields of an entry."""
    names = ("number", "front_title", "name", "back_title", "status", "rank", "position",
             "unit_code", "unit_name")  # fmt: skip
    return tuple({**dict(zip(names, SARI, strict=True)), **cells}.values())


def sentences(found, line: int) -> list[str]:
    return [fault.sentence for fault in found.faults if fault.line == line]


def test_a_good_row_becomes_an_entry_with_its_rank_in_one_spelling():
    found = roster(SARI)
    assert found.faults == []
    (entry,) = found.entries
    assert (entry.line, entry.number, entry.name) == (2, SARI[0], "Sari Wulandari")
    assert (entry.status, entry.rank) == (PersonStatus.PNS, "Pengatur Tingkat I (II/d)")
    assert (entry.unit_code, entry.unit_name) == ("10.1", "Puskesmas Melati")


def test_titles_at_a_name_are_parted_from_it():
    found = roster(row(name="Dra. Hj. SITI AMINAH, M.Si", front_title="", back_title="-"))
    (entry,) = found.entries
    titled = ("Dra. Hj.", "SITI AMINAH", "M.Si")
    assert (entry.front_title, entry.name, entry.back_title) == titled
    assert found.faults == []


def test_a_name_that_may_hold_a_title_is_kept_whole_and_said():
    found = roster(row(name="Sari Wulandari, Puan Desa", back_title=""))
    assert found.entries[0].name == "Sari Wulandari, Puan Desa"
    assert [fault.cause for fault in found.faults] == [Cause.TITLES_GLUED]


def test_spaces_of_every_kind_become_one_space():
    found = roster(
        row(name="\u00a0Sari \u00a0 \u200bWulandari\n", number="19900101 201503\u00a02 001")
    )
    assert found.entries[0].name == "Sari Wulandari"
    assert found.entries[0].number == SARI[0]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"number": Number("199001012015032000")}, "bertipe Teks"),
        ({"number": Number("1.99001012015032E+17")}, "bertipe Teks"),
        ({"number": "1,99001E+17"}, "bertipe Teks"),
        ({"number": "3273011234560001"}, "NIK"),
        ({"number": Formula("")}, "rumus"),
        ({"name": Formula("")}, "rumus"),
        ({"number": Filled("199001012015032001")}, "digabung"),
        ({"number": Broken("#REF!")}, "#REF!"),
        ({"number": ""}, "memerlukan NIP"),
        ({"number": "2026000001"}, "memerlukan NIP"),
        ({"number": "Sari Wulandari", "name": "199001012015032001"}, "tertukar"),
        ({"number": "199013012015032001"}, "tanggal lahir"),
        ({"number": "199001012015033001"}, "ke-15"),
        ({"status": ""}, "kemungkinan PNS"),
        ({"status": "", "number": "199001012022212001"}, "kemungkinan PPPK"),
        ({"status": "Tetap"}, "“Tetap” tidak dikenal"),
        ({"name": ""}, "Nama belum diisi"),
        ({"name": "Sari\x07"}, "rusak atau tidak terlihat"),
        ({"name": "Sari \u202enamA"}, "rusak atau tidak terlihat"),
        ({"name": "Sari \ufffd"}, "rusak atau tidak terlihat"),
        ({"name": "S" * 121}, "terlalu panjang"),
        ({"name": "S" * 100_000}, "terlalu panjang"),
        ({"name": '=HYPERLINK("x")'}, "tidak lazim"),
        ({"name": Filled("Sari")}, "digabung"),
        ({"position": "J" * 161}, "terlalu panjang"),
        ({"unit_code": "", "unit_name": "–"}, "Unit kerja belum diisi"),
        ({"number": "", "name": "", "unit_code": ""}, "Hapus baris ini"),
    ],
)
def test_a_bad_cell_is_an_error_with_its_reason(cells, reason):
    found = roster(row(**cells))
    assert any(reason in sentence for sentence in sentences(found, 2))
    assert any(fault.is_error for fault in found.faults)
    assert found.entries == []


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"status": "PPPK"}, "lazimnya milik PNS"),
        ({"rank": "Kolonel"}, "disimpan apa adanya"),
        ({"name": "M4ria"}, "memuat angka"),
        ({"number": "199001012015032000"}, "Excel"),
    ],
)
def test_an_odd_cell_is_a_warning_and_the_row_goes_on(cells, reason):
    found = roster(row(**cells))
    assert any(reason in sentence for sentence in sentences(found, 2))
    assert len(found.entries) == 1


def test_every_reason_of_a_row_is_given_at_once():
    found = roster(row(number="123", name="", status="?", unit_code="", unit_name=""))
    assert len(sentences(found, 2)) == 4


def test_people_without_a_nip_need_none():
    found = roster(row(number="-", status="Perangkat Desa", rank=""))
    assert found.entries[0].number is None
    assert found.faults == []


def test_two_of_one_name_without_numbers_cannot_be_told_apart():
    twice = row(number="", status="non-ASN")
    found = roster(twice, twice)
    assert "baris 2" in sentences(found, 3)[0]


def test_a_number_twice_names_both_lines_even_when_the_rows_have_other_faults():
    found = roster(SARI, row(name=""), SARI)
    assert any("baris 2" in sentence for sentence in sentences(found, 3))
    assert any("baris 2" in sentence for sentence in sentences(found, 4))


def test_several_numbers_ending_in_000_are_the_work_of_excel():
    found = roster(row(number="199001012015032000"), row(number="199105052016051000"))
    errors = [fault for fault in found.faults if fault.is_error]
    assert [fault.line for fault in errors] == [2, 3]
    assert all("1 baris lain" in fault.sentence for fault in errors)


def test_the_header_may_stand_below_a_letterhead():
    title = [("PEMERINTAH KABUPATEN ARUNIKA",), ("DAFTAR PEGAWAI",), ("Tahun 2026",)]
    numbered = [Row(line, tuple(cells)) for line, cells in enumerate([*title, HEADER, SARI], 1)]
    found = read_roster(Source("x", "", [Table(numbered)]), TODAY)
    assert found.entries[0].line == 5


def test_headers_are_known_by_their_words_in_any_order_and_spelling():
    header = ("No.", "NAMA LENGKAP", "NIP / NI\nPPPK *", "Gol. Ruang", "STATUS KEPEGAWAIAN", "OPD")
    found = roster(("1", "Sari", SARI[0], "II/d", "PNS", "Dinas Kesehatan"), header=header)
    (entry,) = found.entries
    assert (entry.number, entry.name, entry.rank) == (SARI[0], "Sari", "Pengatur Tingkat I (II/d)")
    assert entry.parent_name == "Dinas Kesehatan"


def test_a_second_header_and_the_line_that_numbers_the_columns_are_no_people():
    numbers = tuple(f"({n})" for n in range(1, 10))
    found = roster(numbers, SARI, HEADER, ("", "", ""), row(number="199105052016051002"))
    assert [entry.line for entry in found.entries] == [3, 6]
    assert found.faults == []


def test_rows_that_hold_only_a_running_number_are_not_people():
    header = ("No", *HEADER)
    found = roster(("1", *SARI), ("2",), ("3",), header=header)
    assert found.rows == 1


def test_a_missing_column_is_named_together_with_those_that_were_read():
    found = roster(SARI[:1], header=("NIP", "Nama"))
    (fault,) = found.faults
    assert re.search(r"belum ada kolom: Kode Unit atau .*NIP", fault.sentence)
    assert [column.header for column in found.reading.columns] == ["NIP", "Nama"]


def test_a_missing_column_of_numbers_is_a_fault_of_the_file_and_not_of_every_row():
    found = roster(SARI[1:], SARI[1:], header=HEADER[1:])
    assert [(fault.line, fault.cause) for fault in found.faults] == [(1, Cause.COLUMNS)]
    assert "belum ada kolom: NIP / NI PPPK" in found.faults[0].sentence
    assert found.entries == []


def test_a_column_can_be_matched_by_hand():
    header = ("Nomor Kepegawaian", *HEADER[1:])
    assert roster(SARI, header=header).entries == []
    numbered = [Row(1, header), Row(2, SARI)]
    by_hand = Matching(columns={"NOMOR kepegawaian": "number"})
    found = read_roster(Source("x", "", [Table(numbered)]), TODAY, by_hand)
    assert [entry.number for entry in found.entries] == [SARI[0]]


def test_two_columns_of_one_meaning_are_not_chosen_between():
    (fault,) = roster(SARI, header=(*HEADER[:8], "Kode OPD")).faults
    assert "Dua kolom" in fault.sentence


def test_a_table_of_something_else_is_refused():
    with pytest.raises(UnreadableFile, match="Baris judul"):
        roster(("1", "2"), header=("Kode Barang", "Harga"))
    with pytest.raises(UnreadableFile, match="belum ada satu pun"):
        roster()


def test_sheets_that_were_not_read_are_named():
    tables = [
        Table([Row(1, ("Petunjuk",))], "Petunjuk"),
        Table([Row(1, HEADER), Row(2, SARI)], "Pegawai"),
        Table([Row(1, HEADER), Row(2, SARI)], "Lama"),
    ]
    found = read_roster(Source("x", "", tables), TODAY)
    assert (found.sheet, found.unread_sheets) == ("Pegawai, Lama", ("Petunjuk",))


def test_five_thousand_dirty_rows_give_exactly_the_rows_that_are_bad():
    """Every kind of dirt at a known line; nothing else is reported as an error."""
    rng = random.Random(20_261_122)
    dirt = {
        "number": ("1,99E+17", "123", "abc", ""),
        "name": ("", "\x07", "=1+1"),
        "status": ("", "Tetap"),
        "unit_code": ("",),
    }
    rows, bad = [HEADER], set()
    for line in range(2, 5_002):
        number = f"19{70 + line % 25}0115{2000 + line // 250}011{line % 250 + 1:03d}"
        cells = {"number": number, "unit_name": ""}
        if rng.random() < 0.1:
            name = rng.choice(list(dirt))
            cells[name] = rng.choice(dirt[name])
            bad.add(line)
        rows.append(row(**cells))
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    found = read_roster(read_tables(text.getvalue().encode(), "x"), TODAY)
    assert {fault.line for fault in found.faults if fault.is_error} == bad
    assert len(found.entries) == 5_000 - len(bad)
