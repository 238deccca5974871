"""What a spreadsheet opens as it was meant: text stays text, and nothing is a formula. Pure."""

import csv
import io
from collections.abc import Iterable

#: The type of a workbook.
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: How XlsxWriter writes what it is given: text as text, never as a formula, a link or a number.
AS_TEXT = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
#: What a spreadsheet may take for the start of a formula, also in full width.
RISKY = tuple("=+-@\t\r\n＝＋－＠")


def csv_of(columns: Iterable[str], lines: Iterable[Iterable[str]]) -> str:
    """Semicolons and a BOM, as Excel in Indonesia opens it."""
    buffer = io.StringIO()
    buffer.write("\ufeff")
    csv.writer(buffer, delimiter=";", lineterminator="\r\n").writerows([columns, *lines])
    return buffer.getvalue()


def tame(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe goes before a risky start."""
    return (
        f"'{text}" if text.lstrip(" \u00a0").startswith(RISKY) or text.startswith(RISKY) else text
    )
