"""Files as people save them: what is read, what is refused, and that a bomb costs nothing."""

import io
import random
import struct
import tracemalloc
import zipfile
import zlib
from datetime import date

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

import app.rosters.workbook  # noqa: F401 - loaded with a first file, which is not what is timed
from app.rosters.cells import Broken, Filled, Formula, Number, UnreadableFile
from app.rosters.tables import read_file, read_tables
from tests.patience import at_most

HEADER = ("NIP", "Nama", "Status", "Kode Unit")
ROW = ("199001012015032001", "Sari Wulandari", "PNS", "10.1")

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types">'
    f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{KIND}.sharedStrings+xml"/></Types>'
)
BOOK = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>%s</sheets></workbook>'
SHEET = '<sheet name="%s" sheetId="1" r:id="rId1"/>'
RELATION = f'<Relationship Id="%s" Type="{OFFICE}/%s" Target="%s"/>'
RELATIONS = f'<Relationships xmlns="{PACKAGE}/relationships">%s</Relationships>'
WORKSHEET = f'<worksheet xmlns="{MAIN}"><sheetData>%s</sheetData>%s</worksheet>'


def workbook(rows, **options) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, **options})
    sheet = book.add_worksheet("Pegawai")
    for line, row in enumerate(rows):
        for column, value in enumerate(row):
            (sheet.write_string if isinstance(value, str) else sheet.write)(line, column, value)
    book.close()
    return buffer.getvalue()


def worksheet(rows: str, after: str = "") -> str:
    return WORKSHEET % (rows, after)


def package(sheet: str | bytes, strings: str | bytes | None = None, **more: str | bytes) -> bytes:
    """An XLSX made by hand; `more` are entries by name, also in place of the usual ones."""
    entries = {
        "[Content_Types].xml": TYPES,
        "xl/workbook.xml": BOOK % (SHEET % "Pegawai"),
        "xl/_rels/workbook.xml.rels": RELATIONS
        % (RELATION % ("rId1", "worksheet", "worksheets/sheet1.xml")),
        "xl/worksheets/sheet1.xml": sheet,
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"/>' if strings is None else strings,
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (entries | more).items():
            archive.writestr(name, content)
    return buffer.getvalue()


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableFile) as refused:
        read_tables(data, "berkas")
    return refused.value.message


def cells(data: bytes) -> list[tuple[str, ...]]:
    return [row.cells for row in read_tables(data, "berkas").tables[0].rows]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_csv_is_read_with_any_usual_separator_encoding_and_line_ending(separator, encoding, ending):
    text = ending.join(separator.join(row) for row in (HEADER, ROW))
    assert cells(text.encode(encoding)) == [HEADER, ROW]


def test_lines_are_counted_as_an_editor_counts_them():
    text = 'NIP;Nama\n\n"1";"dua\nbaris"\n;;\n2;b\n'
    rows = read_tables(text.encode(), "x").tables[0].rows
    assert [row.line for row in rows] == [1, 3, 6]


def test_the_hint_that_excel_writes_first_is_no_row():
    rows = read_tables(b"sep=;\r\nNIP;Nama\r\n", "x").tables[0].rows
    assert [(row.line, row.cells) for row in rows] == [(2, ("NIP", "Nama"))]


def test_windows_letters_are_refused_with_their_line_not_guessed():
    data = "NIP;Nama\n1;Rina\n2;Andr\xe9 Ma\x92ruf\n".encode("latin-1")
    assert "baris 3" in refusal(data)
    assert "CSV UTF-8" in refusal(data)


def test_utf_16_without_its_mark_is_refused():
    assert "CSV UTF-8" in refusal("NIP;Nama".encode("utf-16-le"))


def test_a_quote_that_nobody_closes_is_a_sentence():
    assert "tanda kutip" in refusal(b'NIP;Nama\n1;"Rina\n2;Budi\n')


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "kosong"),
        (b"\xef\xbb\xbf \r\n", "kosong"),
        (b"\0" * 100, "kosong"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), ".xls"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "kata sandi",
        ),
        (b"\r\n<html><body><p>Isi</p></body></html>", "halaman web"),
        (b'<?xml version="1.0"?><Workbook>', "XML"),
        (b"\x89PNG\r\n\x1a\n", "gambar"),
        (b"PK\x03\x04 cut off", "rusak"),
        (b"x" * 10_000_001, "10 MB"),
    ],
)
def test_a_file_of_another_kind_gets_its_own_sentence(data, word):
    assert word in refusal(data)


@pytest.mark.parametrize(
    ("entry", "word"),
    [
        ("mimetype", ".ods"),
        ("xl/workbook.bin", ".xlsb"),
        ("word/document.xml", "bukan berkas Excel"),
    ],
)
def test_other_packages_are_told_apart(entry, word):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(entry, "x")
    assert word in refusal(buffer.getvalue())


def test_a_missing_file_and_a_folder_are_sentences(tmp_path):
    for path, word in ((tmp_path / "tiada.csv", "tidak ditemukan"), (tmp_path, "folder")):
        with pytest.raises(UnreadableFile, match=word):
            read_file(path)


@pytest.mark.skipif(not hasattr(__import__("os"), "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_waited_for(tmp_path):
    import os

    os.mkfifo(tmp_path / "pipa")
    with pytest.raises(UnreadableFile, match="bukan berkas biasa"):
        read_file(tmp_path / "pipa")


def test_a_workbook_gives_text_and_says_which_cells_were_numbers():
    row = cells(workbook([HEADER, (199001012015032001, "Sari", "PNS", 10.1)]))[1]
    assert isinstance(row[0], Number)
    assert (row[1], str(row[3])) == ("Sari", "10.1")


def test_a_formula_is_never_evaluated_only_its_saved_result_is_seen():
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.add_worksheet().write_formula(0, 0, '=HYPERLINK("http://127.0.0.1")', None, "hasil")
    book.close()
    value = cells(buffer.getvalue())[0][0]
    assert isinstance(value, Formula)
    assert value == "hasil"


def test_a_workbook_of_openpyxl_and_one_with_inline_strings_read_alike():
    book = openpyxl.Workbook()
    for row in (HEADER, ROW):
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    assert cells(buffer.getvalue()) == [HEADER, ROW]
    assert cells(workbook([HEADER, ROW], constant_memory=True)) == [HEADER, ROW]


def test_rich_text_is_joined_and_phonetic_guides_are_left_out():
    sheet = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row><x:c t="s"><x:v>0</x:v></x:c></x:row>'
        "</x:sheetData></x:worksheet>"
    )
    strings = (
        f'<sst xmlns="{MAIN}"><si><r><t>Siti </t></r><r><t>Aminah</t></r>'
        '<rPh sb="0" eb="4"><t>zzz</t></rPh></si></sst>'
    )
    assert cells(package(sheet, strings)) == [("Siti Aminah",)]


def test_a_merged_cell_speaks_for_the_rows_below_it():
    book = openpyxl.Workbook()
    for row in (("Unit", "Nama"), ("Dinas", "A"), (None, "B"), (None, "C"), ("Badan", "D")):
        book.active.append(row)
    book.active.merge_cells("A2:A4")
    buffer = io.BytesIO()
    book.save(buffer)
    rows = cells(buffer.getvalue())
    assert [row[0] for row in rows] == ["Unit", "Dinas", "Dinas", "Dinas", "Badan"]
    assert isinstance(rows[2][0], Filled)


def test_what_is_neither_text_nor_number_reads_as_excel_shows_it_or_stores_it():
    book = openpyxl.Workbook()
    book.active.append([True, "#N/A", date(2026, 1, 10), " ", "_x0041__xD800_"])
    buffer = io.BytesIO()
    book.save(buffer)
    row = cells(buffer.getvalue())[0]
    assert row == ("TRUE", "#N/A", "46032", "", "A\ufffd")
    assert isinstance(row[1], Broken)
    assert isinstance(row[2], Number)


def test_what_stands_far_to_the_right_is_not_read():
    assert cells(workbook([["a"] + [""] * 118 + ["b", "c"]])) == [("a", *[""] * 118, "b")]


def test_charts_are_not_sheets():
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    chart = book.add_chart({"type": "bar"})
    book.add_chartsheet("Grafik").set_chart(chart)
    book.add_worksheet("Pegawai").write(0, 0, 1)
    chart.add_series({"values": "=Pegawai!$A$1:$A$1"})
    book.close()
    assert [table.name for table in read_tables(buffer.getvalue(), "x").tables] == ["Pegawai"]


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("[Content_Types].xml", f'<Types xmlns="{PACKAGE}/content-types"/>'),
        ("xl/_rels/workbook.xml.rels", RELATIONS % ""),
        ("xl/_rels/workbook.xml.rels", RELATIONS % (RELATION % ("rId1", "worksheet", "tiada.xml"))),
        ("xl/workbook.xml", "<workbook>"),
    ],
)
def test_a_package_that_lacks_a_part_is_damaged(part, content):
    assert "rusak" in refusal(package(worksheet(""), **{part: content}))


def test_a_workbook_without_a_visible_sheet_says_so():
    hidden = SHEET.replace(" r:id", ' state="veryHidden" r:id') % "Pegawai"
    for sheets in (hidden, ""):
        data = package(worksheet(""), **{"xl/workbook.xml": BOOK % sheets})
        assert "lembar yang terlihat" in refusal(data)


def test_a_sheet_that_openpyxl_warns_about_is_passed_over():
    sheets = '<sheet name="Tanpa isi" sheetId="2"/>' + SHEET % "Pegawai"
    data = package(worksheet("<row><c><v>1</v></c></row>"), **{"xl/workbook.xml": BOOK % sheets})
    assert [table.name for table in read_tables(data, "x").tables] == ["Pegawai"]


def test_openpyxl_reads_xml_through_defusedxml():
    assert openpyxl.DEFUSEDXML


def test_hidden_sheets_are_not_read():
    book = openpyxl.Workbook()
    book.active.title = "Rahasia"
    book.active.append(["x"])
    book.create_sheet("Pegawai").append(HEADER)
    book["Rahasia"].sheet_state = "hidden"
    buffer = io.BytesIO()
    book.save(buffer)
    assert [table.name for table in read_tables(buffer.getvalue(), "x").tables] == ["Pegawai"]


# Bombs -------------------------------------------------------------------------------------------


def many_entries() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(15_000):
            archive.writestr(str(number), b"")
    return buffer.getvalue()


def lying_sizes() -> bytes:
    """A directory that declares 1,000 bytes for what unpacks to 64 MiB."""
    data = bytearray(package("<worksheet>" + " " * (64 * 1024 * 1024)))
    start = data.find(b"PK\x01\x02")
    while start >= 0:
        if struct.unpack_from("<I", data, start + 24)[0] > 1_000_000:
            struct.pack_into("<I", data, start + 24, 1_000)
        start = data.find(b"PK\x01\x02", start + 4)
    return bytes(data)


def nested() -> bytes:
    inner = package(b"\0" * 20_000_000)
    return package(
        "<worksheet/>", **{"xl/embeddings/buku.xlsx": inner, "xl/media/a.bin": b"\0" * 9**8}
    )


def entity_bomb() -> bytes:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return package(f'<!DOCTYPE w [<!ENTITY a0 "ha">{levels}]><worksheet>&a9;</worksheet>')


def outside_entity() -> bytes:
    return package(
        '<!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet><sheetData><row>'
        '<c t="inlineStr"><is><t>&e;</t></is></c></row></sheetData></worksheet>'
    )


def one_endless_row() -> bytes:
    letters = "".join(random.Random(1).choices("abcdefgh", k=400_000))
    return package(f"<worksheet><sheetData><row>{'<c/>' * 5_000_000}<!--{letters}--></row>")


def entities_beside_the_sheet(encoding: str) -> bytes:
    """In a part that is not a sheet, and in another encoding."""
    part = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE w [<!ENTITY a "ha">]><w>&a;</w>'
    return package(worksheet(""), **{"docProps/core.xml": part.encode(encoding)})


def padded(rows: str) -> str:
    """A sheet with so much noise that its ratio is no longer suspicious."""
    return worksheet(rows, f"<!--{''.join(random.Random(1).choices('abcdefgh', k=400_000))}-->")


def index_of_many() -> bytes:
    many = RELATION % ("rId1", "worksheet", "worksheets/sheet1.xml") * 60_000
    noise = "".join(random.Random(1).choices("abcdefgh", k=400_000))
    return package("", **{"xl/_rels/workbook.xml.rels": RELATIONS % f"{many}<!--{noise}-->"})


BOMBS = {
    "a gibibyte of spaces": lambda: package("<worksheet>" + " " * (256 * 1024 * 1024)),
    "ten thousand entries": many_entries,
    "sizes that lie": lying_sizes,
    "packages in packages": nested,
    "entities of entities": entity_bomb,
    "an entity from outside": outside_entity,
    "entities beside the sheet": lambda: entities_beside_the_sheet("utf-8"),
    "entities in UTF-16": lambda: entities_beside_the_sheet("utf-16"),
    "an index of many parts": index_of_many,
    "one endless row": one_endless_row,
    "one long row": lambda: package(padded(f"<row>{'<c/>' * 70_000}</row>")),
    "a quoted row of a million columns": lambda: b"NIP;Nama\n" + b'"a";' * 500_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_without_growing(name):
    data = BOMBS[name]()
    tracemalloc.start()
    with at_most(cpu_seconds=20):
        if name == "a quoted row of a million columns":
            assert len(cells(data)[1]) == 120  # harmless: the rest is not kept
        else:
            assert refusal(data).endswith(".")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 50 * 1024 * 1024


def test_every_sheet_is_read_once_however_often_the_workbook_names_it():
    many = "".join(SHEET % n for n in range(5_000))
    data = package(worksheet("<row><c><v>1</v></c></row>"), **{"xl/workbook.xml": BOOK % many})
    assert len(read_tables(data, "x").tables) == 1


def test_merged_cells_cannot_multiply_the_work():
    merged = '<mergeCell ref="A1:A20000"/>' * 15_000
    sheet = worksheet("<row><c><v>1</v></c></row>", f"<mergeCells>{merged}</mergeCells>")
    assert "mengembang" in refusal(package(sheet))


def test_one_long_text_cannot_be_named_without_end():
    row = "<row>" + '<c t="s"><f/><v>0</v></c>' * 60 + "</row>"
    text = "kata " * 10_000
    data = package(padded(row * 100), f'<sst xmlns="{MAIN}"><si><t>{text}</t></si></sst>')
    assert "mengembang" in refusal(data)


def test_more_rows_than_a_roster_has_are_refused():
    rows = "".join(f'<row r="{n}"><c><v>1</v></c></row>' for n in range(1, 60_002))
    assert "50.000" in refusal(package(worksheet(rows)))
    assert "50.000" in refusal(b"a;b\n" * 60_001)


WHOLE = workbook([HEADER, ROW, ROW])


@given(st.data())
@settings(max_examples=150)
def test_a_damaged_workbook_is_read_or_gets_a_sentence(data):
    whole = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(1, len(whole)))
    try:
        read_tables(bytes(whole[:cut]), "x")
    except UnreadableFile as refused:
        assert refused.message.endswith(".")  # noqa: PT017


@given(st.binary(max_size=300))
@settings(max_examples=150)
def test_any_bytes_as_a_sheet_are_read_or_get_a_sentence(content):
    try:
        read_tables(package(content, content), "x")
    except UnreadableFile as refused:
        assert refused.message.endswith(".")  # noqa: PT017


def test_a_checksum_that_does_not_fit_is_damage():
    sheet = worksheet("")
    wrong = zlib.crc32(b"else").to_bytes(4, "little")
    right = zlib.crc32(sheet.encode()).to_bytes(4, "little")
    assert "rusak" in refusal(package(sheet).replace(right, wrong))
