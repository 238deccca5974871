"""What a person has decided about a file by hand, plain data to be remembered; and what was read
as what. Pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.catalog.terms import PersonStatus
from app.rosters.positions import Answer


@dataclass(frozen=True)
class Matching:
    """Decisions that hold for this file and, remembered, for the next one.

    Keys are folded as the reader folds them: headers by `columns.simple`, units by
    `units_known.folded`, legal positions by `positions.words_of`. Give them unfolded and `made`
    folds them.
    """

    #: Header text → name of a field in `columns.PEOPLE`, or IGNORED for a column not to be read.
    columns: Mapping[str, str] = field(default_factory=dict)
    #: Unit as a row names it (`Entry.unit_text`) → id of a unit.
    units: Mapping[str, int] = field(default_factory=dict)
    #: KEDUDUKAN HUKUM → whether its people are counted.
    positions: Mapping[str, Answer] = field(default_factory=dict)
    #: For a file without a status column: everybody's. None proposes it row by row from the NIP.
    status: PersonStatus | None = None
    #: Sheets not to be read although they look like rosters ("Rekap lama").
    left_sheets: frozenset[str] = frozenset()


IGNORED = "-"
NOTHING = Matching()


@dataclass(frozen=True)
class Column:
    """One column of a sheet: its header, the field it was taken as, and a few of its cells."""

    #: As it stands in the file, both storeys joined by a blank: "PANGKAT GOL/RUANG".
    header: str
    #: Name of a field in `columns.PEOPLE`; "" when the column is not read.
    field: str
    #: Never anything of a private column (`is_private`): it was dropped while reading.
    samples: tuple[str, ...] = ()
    is_private: bool = False
    #: Matched by a person, not by the words.
    is_by_hand: bool = False


@dataclass(frozen=True)
class Sheet:
    """What became of one sheet."""

    name: str
    #: Rows of people; 0 for a sheet that is not read.
    rows: int = 0
    #: Line of the header; 0 where none was found.
    header_line: int = 0
    columns: tuple[Column, ...] = ()
    #: Why it is not read; "" when it is.
    unread: str = ""
    #: Rows that hold something, read or not.
    filled: int = 0

    @property
    def is_read(self) -> bool:
        return not self.unread


@dataclass(frozen=True)
class Reading:
    """Sheets of the file in their order, as they were understood."""

    sheets: tuple[Sheet, ...] = ()
    #: Fields for which no column was found although rosters have them: `status`, `number`.
    missing: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[Column, ...]:
        """Every distinct header of all the sheets that are read."""
        found: dict[str, Column] = {}
        for sheet in self.sheets:
            for column in sheet.columns if sheet.is_read else ():
                found.setdefault(column.header, column)
        return tuple(found.values())
