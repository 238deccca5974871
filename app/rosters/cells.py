"""Plain text cells, and what is odd about some of them. The common tongue of CSV and XLSX."""

from dataclasses import dataclass

from app.core.errors import DomainError

MAX_BYTES = 2 * 1024 * 1024
MAX_ROWS = 20_000
#: A roster has about ten columns; whatever stands further right is not read.
MAX_COLUMNS = 60
TOO_MANY_ROWS = "Berkas berisi lebih dari 20.000 baris. Bagi menurut OPD, lalu impor satu per satu."


class UnreadableFile(DomainError):
    """The file cannot be read as a table. One sentence that says why and what to do."""


class Number(str):
    """Text of a cell that the sheet stores as a number: long digits are already damaged."""


class Formula(str):
    """Text of a cell that holds a formula: the result that was saved with it, never evaluated."""


class Broken(str):
    """A cell that shows an error, such as #N/A."""


class Filled(str):
    """Text that a cell has only because it is part of a merged cell."""


@dataclass(frozen=True)
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
