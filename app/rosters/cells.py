"""Plain text cells, and what is odd about some of them. The common tongue of CSV and XLSX."""

from dataclasses import dataclass

from app.core.errors import DomainError

MAX_BYTES = 10_000_000
#: Rows of people or units; headers, titles and feet are not counted.
MAX_ROWS = 50_000
#: Rows that hold something, of all sheets together: letterheads and headings come on top.
MAX_FILLED_ROWS = 60_000
#: SIASN's export has 69 columns; whatever stands further right is not read.
MAX_COLUMNS = 120
TOO_LARGE = "Berkas lebih besar dari 10 MB. Bagi menurut OPD, lalu impor satu per satu."
TOO_MANY_ROWS = "Berkas berisi lebih dari 50.000 baris. Bagi menurut OPD, lalu impor satu per satu."


class UnreadableFile(DomainError):
    """The file cannot be read as a table. One sentence that says why and what to do."""


class Number(str):
    """Text of a cell that the sheet stores as a number: long digits are already damaged."""


class Formula(str):
    """Text of a cell that holds a formula: the result that was saved with it, never evaluated."""


class NumberFormula(Formula, Number):
    """A formula whose saved result is a number: long digits are already damaged."""


class Withheld(str):
    """Always empty: the cell held something private (a NIK, a phone number), which was dropped."""


class Broken(str):
    """A cell that shows an error, such as #N/A."""


class Filled(str):
    """Text that a cell has only because it is part of a merged cell."""


@dataclass(frozen=True, slots=True)
class Row:
    line: int
    cells: tuple[str, ...]

    def cell(self, column: int) -> str:
        return self.cells[column] if column < len(self.cells) else ""

    @property
    def is_empty(self) -> bool:
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True)
class Table:
    """The rows that hold something, with their line numbers in the file."""

    rows: list[Row]
    name: str = ""
    #: Merged cells near the top that are wider than one column: line, first and last column.
    wide: tuple[tuple[int, int, int], ...] = ()
