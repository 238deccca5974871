"""What one row of a roster says about one person."""

from dataclasses import dataclass, field

from app.catalog.terms import PersonStatus
from app.rosters.positions import Answer, Position
from app.rosters.unit_finder import Wanted


@dataclass(frozen=True, slots=True)
class Entry:
    """What one row says about one person. `number` is None for people who have none."""

    line: int
    number: str | None
    name: str
    status: PersonStatus
    front_title: str = ""
    back_title: str = ""
    rank: str = ""
    position: str = ""
    unit_code: str = ""
    unit_name: str = ""
    parent_name: str = ""
    #: Empty for a file of one table; `line` is that sheet's own.
    sheet: str = ""
    #: Read only where the file was read `with_email`; lower case, or empty.
    email: str = ""
    #: JENIS JABATAN and ESELON (`II.a`) where the file has them; nothing stores them yet.
    position_kind: str = ""
    echelon: str = ""
    #: KEDUDUKAN HUKUM as written, when it does not plainly say that the person works here.
    legal_position: str = ""
    #: Nobody stated the status: it was proposed from the NIP, and gives way to what is on record.
    is_status_proposed: bool = False
    #: Headings above the row, the sheet's name, the list's title: they tell equal names apart.
    hints: tuple[str, ...] = ()

    @property
    def place(self) -> tuple[str, int]:
        return self.sheet, self.line

    @property
    def wanted(self) -> Wanted:
        return Wanted(self.unit_code, self.unit_name, self.parent_name, self.hints)

    @property
    def unit_text(self) -> str:
        """The unit as the row names it: what is mapped by hand, and what a fault is about."""
        return self.wanted.text


@dataclass(frozen=True)
class Question:
    """The people of one legal position, and what has been answered about them, if anything."""

    #: As the file writes it; the key of its answer is `positions.words_of(text)`.
    text: str
    position: Position
    entries: list[Entry] = field(default_factory=list)
    answer: Answer | None = None
