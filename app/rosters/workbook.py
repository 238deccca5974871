"""XLSX, read with distrust: `archive` weighs it, `sheet_xml` reads it, only text is taken.

openpyxl reads what names the sheets; the sheets themselves stream by, for it would hold them whole.
"""

import warnings
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from typing import IO

import openpyxl
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.cell import range_boundaries
from openpyxl.xml.constants import SHARED_STRINGS

from app.rosters import archive, cells, sheet_xml
from app.rosters.cells import Row, Table, UnreadableFile

assert openpyxl.DEFUSEDXML, "openpyxl must read XML through defusedxml"

#: Passes rows on without what nobody may hold (`private.sift`).
Sieve = Callable[[Iterable[Row]], Iterator[Row]]
#: Merged cells below this line are not part of a header.
_HEADER_LINES = 60
#: Areas of merged cells that are looked at in one sheet.
_MAX_MERGED = 20_000


def read(data: bytes, sieve: Sieve) -> list[Table]:
    """Every visible sheet, in the workbook's order. Raises UnreadableFile."""
    try:
        archive.check(data)
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")
            book = ExcelReader(BytesIO(data), read_only=True, keep_links=False)
            tables = list(_tables(book, sieve))
    except archive.DAMAGE as error:
        raise UnreadableFile(archive.DAMAGED) from error
    if not tables:
        raise UnreadableFile(archive.NO_SHEET)
    return tables


def _tables(book: ExcelReader, sieve: Sieve) -> Iterator[Table]:
    book.read_manifest()
    strings = _strings(book)
    book.read_workbook()
    seen, filled = set(), 0
    for sheet, part in book.parser.find_sheets():
        is_table = part.Type.endswith("/worksheet") and sheet.state == "visible"
        if is_table and part.target not in seen:
            seen.add(part.target)
            table = _table(book, part.target, strings, sieve, filled)
            filled += len(table.rows)
            yield Table(table.rows, sheet.name, table.wide)


def _strings(book: ExcelReader) -> list[str]:
    part = book.package.find(SHARED_STRINGS)  # type: ignore[no-untyped-call]
    if part is None:
        return []
    with book.archive.open(part.PartName[1:]) as source:
        return sheet_xml.strings_of(source)


def _table(book: ExcelReader, target: str, strings: list[str], sieve: Sieve, filled: int) -> Table:
    merged: list[str] = []
    with book.archive.open(target) as source:
        rows = {row.line: row for row in sieve(_rows(source, strings, merged, filled))}
    if len(merged) > _MAX_MERGED:
        raise UnreadableFile(archive.BOMB)
    areas = [_bounds(area) for area in merged]
    _fill(rows, areas)
    wide = tuple(
        (top, left - 1, right - 1)
        for left, top, right, _ in areas
        if right > left and top <= _HEADER_LINES
    )
    return Table([rows[line] for line in sorted(rows)], wide=wide)


def _bounds(area: str) -> tuple[int, int, int, int]:
    """First column and line, last column and line, from 1."""
    left, top, right, bottom = range_boundaries(area)
    if left is None or top is None or right is None or bottom is None:
        raise ValueError(area)
    return left, top, right, bottom


def _rows(source: IO[bytes], strings: list[str], merged: list[str], filled: int) -> Iterator[Row]:
    """The rows that hold something, as they come. Raises UnreadableFile when they are too many."""
    characters, seen = 0, set()
    for line, texts in sheet_xml.rows_of(source, strings, merged):
        if line in seen:
            raise UnreadableFile(archive.DAMAGED)
        seen.add(line)
        characters += sum(map(len, texts.values()))
        if characters > archive.MAX_CHARACTERS:
            raise UnreadableFile(archive.BOMB)
        if filled + len(seen) > cells.MAX_FILLED_ROWS:
            raise UnreadableFile(cells.TOO_MANY_ROWS)
        yield Row(line, tuple(texts.get(column, "") for column in range(max(texts) + 1)))


def _fill(rows: dict[int, Row], areas: Iterable[tuple[int, int, int, int]]) -> None:
    """Give the cells below a merged one its text."""
    left = archive.MAX_FILLED
    for first, top, _, bottom in areas:
        column = first - 1
        value = rows[top].cell(column) if top in rows else ""
        if not value:
            continue
        for line in range(top + 1, bottom + 1):
            if (left := left - 1 - len(value) // 100) < 0:
                raise UnreadableFile(archive.BOMB)
            if line in rows and not rows[line].cell(column):
                rows[line] = _with(rows[line], column, cells.Filled(value))


def _with(row: Row, column: int, text: str) -> Row:
    texts = [*row.cells, *[""] * (column + 1 - len(row.cells))]
    texts[column] = text
    return Row(row.line, tuple(texts))
