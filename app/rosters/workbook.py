"""XLSX, read with distrust: `package` weighs it, openpyxl reads it, only text is taken.

Formulas are not evaluated, styles and macros not opened. openpyxl is used by parts, for its
`load_workbook` forgets merged cells when it streams, and unfolds them without bound otherwise.
"""

import warnings
from collections.abc import Generator, Iterable, Iterator
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element

import openpyxl
from defusedxml.ElementTree import iterparse
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.escape import unescape
from openpyxl.worksheet import _reader as library
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.merge import MergeCells

from app.rosters import archive, cells
from app.rosters.cells import MAX_COLUMNS, Row, Table, UnreadableFile

assert openpyxl.DEFUSEDXML, "openpyxl must read XML through defusedxml"

#: A cell as openpyxl reads it: `column`, `value`, `data_type` and more; and ours, `has_formula`.
Cell = dict[str, Any]


def read(data: bytes) -> list[Table]:
    """Every visible sheet, in the workbook's order. Raises UnreadableFile."""
    try:
        archive.check(data)
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")
            tables = list(_tables(ExcelReader(BytesIO(data), read_only=True, keep_links=False)))
    except archive.DAMAGE as error:
        raise UnreadableFile(archive.DAMAGED) from error
    if not tables:
        raise UnreadableFile(archive.NO_SHEET)
    return tables


def _tables(book: ExcelReader) -> Iterator[Table]:
    book.read_manifest()
    book.read_strings()
    book.read_workbook()
    seen = set()
    for sheet, part in book.parser.find_sheets():
        is_table = part.Type.endswith("/worksheet") and sheet.state == "visible"
        if is_table and part.target not in seen:
            seen.add(part.target)
            with book.archive.open(part.target) as source:
                parser = _Sheet(source, book.shared_strings, data_only=True)
                yield Table(rows=_rows(parser), name=sheet.name)


class _Sheet(library.WorkSheetParser):
    """openpyxl's reader of cells, given only rows and merged cells, and a bound."""

    def parse(self) -> Generator[tuple[int, list[Cell]], None, None]:
        held = 0
        for _, element in iterparse(self.source):
            held += 1
            if held > archive.MAX_AT_ONCE:
                raise UnreadableFile(archive.BOMB)
            if element.tag == library.ROW_TAG:
                del element[MAX_COLUMNS:]
                yield self.parse_row(element)
                element.clear()
                self.row_dimensions.clear()
                held = 0
            elif element.tag == library.MERGE_TAG:
                self.merged_cells = MergeCells.from_tree(element)

    def parse_cell(self, element: Element) -> Cell:
        has_formula = element.find(library.FORMULA_TAG) is not None
        return super().parse_cell(element) | {"has_formula": has_formula}


def _rows(sheet: _Sheet) -> list[Row]:
    """The rows that hold something, from top to bottom, merged cells filled downwards."""
    rows: dict[int, dict[int, str]] = {}
    characters = 0
    for line, found in sheet.parse():
        texts = {c["column"] - 1: _text(c) for c in found if c["column"] <= MAX_COLUMNS}
        texts = {at: t for at, t in texts.items() if t.strip() or isinstance(t, cells.Formula)}
        characters += sum(map(len, texts.values()))
        if texts and rows.setdefault(line, texts) is not texts:
            raise UnreadableFile(archive.DAMAGED)
        if characters > archive.MAX_CHARACTERS:
            raise UnreadableFile(archive.BOMB)
        if len(rows) > cells.MAX_ROWS:
            raise UnreadableFile(cells.TOO_MANY_ROWS)
    _fill(rows, sheet.merged_cells.mergeCell if sheet.merged_cells else ())
    return [
        Row(line, tuple(texts.get(column, "") for column in range(max(texts) + 1)))
        for line, texts in sorted(rows.items())
    ]


def _text(found: Cell) -> str:
    value, kind = found["value"], found["data_type"]
    if kind == "e":
        return cells.Broken(value or "")
    if isinstance(value, bool | float):
        text = str(value).upper() if kind == "b" else f"{value:.15g}"
    else:
        text = "" if value is None else str(value)[: archive.MAX_TEXT]
        if "_x" in text:  # `_x000D_` spells what XML cannot; half a pair becomes a mark
            text = unescape(text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if found["has_formula"]:
        return cells.Formula(text)
    return cells.Number(text) if kind == "n" else text


def _fill(rows: dict[int, dict[int, str]], merged: Iterable[CellRange]) -> None:
    """Give the cells below a merged one its text."""
    left = archive.MAX_FILLED
    for area in merged:
        column, start = area.min_col - 1, area.min_row
        value = rows.get(start, {}).get(column)
        if value is None:
            continue
        for line in range(start + 1, area.max_row + 1):
            if (left := left - 1 - len(value) // 100) < 0:
                raise UnreadableFile(archive.BOMB)
            if line in rows:
                rows[line].setdefault(column, cells.Filled(value))
