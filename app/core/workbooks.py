"""Workbooks as offices print them: letterhead, A4 landscape, a header on every page, page numbers.

Every text is written as text: no cell is ever a formula. Lines are written as they come and never
held together, so a workbook of 20,000 people needs no more memory than one of twenty.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Cell = str | int | Decimal | date | None
#: Text as text; lines leave the memory as they are written.
SETTINGS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
#: Lines between two words to whoever watches.
STEP = 1_000
A4 = 9
LONGEST_NAME = 31


@dataclass(frozen=True)
class Page:
    """One sheet. `total` is a last line in bold; `foot` stands below, such as a signature."""

    name: str
    heading: Sequence[str]
    columns: Sequence[tuple[str, int]]
    lines: Iterable[Sequence[Cell]]
    total: Sequence[Cell] | None = None
    foot: Sequence[str] = field(default=())


def workbook(pages: Iterable[Page], footer: str, advance: Callable[[int], object]) -> bytes:
    """An .xlsx. `advance` hears how many lines are written."""
    import xlsxwriter  # when somebody asks for a file: no other page needs it

    buffer, done = io.BytesIO(), 0
    with xlsxwriter.Workbook(buffer, SETTINGS) as book:
        formats, used = _formats(book.add_format), set[str]()
        for page in pages:
            sheet = book.add_worksheet(sheet_name(page.name, used))
            done = _write(sheet, formats, page, footer, advance, done)
    return buffer.getvalue()


def sheet_name(name: str, used: set[str]) -> str:
    """A name that Excel takes: 31 letters without its signs, told apart from the others."""
    plain = re.sub(r"[\[\]:*?/\\]", " ", name).strip("' ") or "Lembar"
    chosen, number = plain[:LONGEST_NAME], 2
    while chosen.casefold() in used:
        tail = f" ({number})"
        chosen, number = plain[: LONGEST_NAME - len(tail)] + tail, number + 1
    used.add(chosen.casefold())
    return chosen


def _formats(add: Callable[[dict[str, object]], Format]) -> dict[str, Format]:
    edge: dict[str, object] = {"border": 1, "border_color": "#8a9a9c", "valign": "top"}
    shapes: dict[str, dict[str, object]] = {
        "text": {"num_format": "@", "text_wrap": True},
        "number": {"num_format": "#,##0"},
        "decimal": {"num_format": "#,##0.00"},
        "day": {"num_format": "dd-mm-yyyy", "align": "left"},
    }
    made = {name: add(edge | shape) for name, shape in shapes.items()}
    made |= {f"{name} bold": add(edge | shape | {"bold": True}) for name, shape in shapes.items()}
    made["heading"] = add({"bold": True, "font_size": 12})
    made["foot"] = add({"num_format": "@"})
    made["head"] = add(edge | {"bold": True, "bg_color": "#dfecec", "text_wrap": True})
    return made


def _write(
    sheet: Worksheet,
    formats: dict[str, Format],
    page: Page,
    footer: str,
    advance: Callable[[int], object],
    done: int,
) -> int:
    top = len(page.heading) + 1
    _set_up(sheet, page, footer, top)
    for place, text in enumerate(page.heading):
        sheet.write_string(place, 0, text, formats["heading"])
    for column, (name, _) in enumerate(page.columns):
        sheet.write_string(top, column, name, formats["head"])
    row = top
    for row, cells in enumerate(page.lines, start=top + 1):
        _line(sheet, formats, row, cells, "")
        done += 1
        if not done % STEP:
            advance(done)
    sheet.autofilter(top, 0, max(row, top + 1), len(page.columns) - 1)
    if page.total is not None:
        row += 1
        _line(sheet, formats, row, page.total, " bold")
    for place, text in enumerate(page.foot, start=row + 2):
        sheet.write_string(place, 1, text, formats["foot"])
    return done


def _set_up(sheet: Worksheet, page: Page, footer: str, top: int) -> None:
    """Before the first line: what is written already cannot be gone back to."""
    for column, (_, width) in enumerate(page.columns):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(top + 1, 0)
    sheet.repeat_rows(top)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L{footer.replace('&', '&&')}&RHalaman &P dari &N")


def _line(
    sheet: Worksheet, formats: dict[str, Format], row: int, cells: Sequence[Cell], weight: str
) -> None:
    for column, cell in enumerate(cells):
        match cell:
            case date():
                noon = datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001 (a day has no zone)
                sheet.write_datetime(row, column, noon, formats[f"day{weight}"])
            case int():
                sheet.write_number(row, column, cell, formats[f"number{weight}"])
            case Decimal():
                sheet.write_number(row, column, float(cell), formats[f"decimal{weight}"])
            case _:
                sheet.write_string(row, column, cell or "", formats[f"text{weight}"])
