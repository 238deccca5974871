"""Cells of a row as texts, and what is wrong with them, gathered over all the sheets."""

from dataclasses import dataclass, field
from datetime import date

from app.agencies.nip import Level
from app.rosters import numbers
from app.rosters.cells import Formula, Row, Withheld
from app.rosters.columns import PEOPLE, Header, clean
from app.rosters.faults import Cause, RowFault


@dataclass
class Gathered:
    """What rows of all the sheets have told so far."""

    faults: list[RowFault] = field(default_factory=list)
    #: Every readable number: where it stands first, and whose it is there.
    numbers: dict[str, tuple[tuple[str, int], str]] = field(default_factory=dict)
    names: dict[tuple[str, ...], tuple[str, int]] = field(default_factory=dict)


@dataclass
class CellReader:
    """Reads the cells of one sheet by their meaning."""

    header: Header
    today: date
    gathered: Gathered
    sheet: str = ""
    errors: int = 0

    def _cell(self, row: Row, name: str) -> str:
        return self.header.cell(row, name)

    def _plain(self, row: Row, name: str) -> str:
        return clean(self._cell(row, name), PEOPLE[name].label, 160)[0]

    def _text(self, row: Row, name: str, longest: int) -> str:
        cell = self._cell(row, name)
        if not cell and not isinstance(cell, Formula):
            return ""
        text, wrong = clean(cell, PEOPLE[name].label, longest)
        if isinstance(cell, Formula) and not cell.strip():
            wrong = numbers.FORMULA.format(label=PEOPLE[name].label)
            self._error(row, Cause.CELL_FORMULA, wrong)
        elif wrong:
            self._error(row, Cause.CELL_WRONG, wrong)
        return text.strip(" ,")

    def _error(self, row: Row, cause: Cause, sentence: str, subject: str = "") -> None:
        self._add(row, Level.ERROR, cause, sentence, subject)

    def _warn(self, row: Row, cause: Cause, sentence: str, subject: str = "") -> None:
        self._add(row, Level.WARNING, cause, sentence, subject)

    def _add(self, row: Row, level: Level, cause: Cause, sentence: str, subject: str = "") -> None:
        self.errors += level is Level.ERROR
        self.gathered.faults.append(RowFault(row.line, level, sentence, cause, subject, self.sheet))


def holds(number: str) -> bool:
    """Whether a cell holds a number, be it one that was withheld or that a formula would give."""
    return bool(number.strip(" -–—")) or isinstance(number, Withheld | Formula)
