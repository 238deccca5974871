"""Rows of one sheet, read into entries: shape and sense of each, nothing of what is on record yet.

Every reason against a row is gathered; what follows from another reason is not said again.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.agencies import nip
from app.agencies.finding import folded
from app.agencies.nip import BadNumber
from app.catalog.terms import PersonStatus
from app.rosters import numbers, ranks, titles
from app.rosters.cell_reader import holds
from app.rosters.cells import Filled, Formula, Number, Row, Withheld
from app.rosters.columns import PEOPLE, clean
from app.rosters.entry import Entry
from app.rosters.faults import Cause
from app.rosters.layout import Placed
from app.rosters.status_reader import StatusReader

UNIT_FIELDS = ("unit_code", "unit_name", "parent_name")
LONGEST = {"name": 160, "front_title": 40, "back_title": 80, "position": 160}
#: Names that are longer are refused, titles apart.
LONGEST_NAME = 120


@dataclass
class RowReader(StatusReader):
    """Reads rows one by one, gathering every fault of each."""

    #: The unit where no column names one: the sheet's own.
    unit: str = ""
    hints: tuple[str, ...] = ()

    def entry(self, placed: Placed) -> Entry | None:
        """The row's entry, or None when an error keeps it from being one."""
        row, before = placed.row, self.errors
        name, number_cell, rank_beside = self._named(row)
        texts = {key: self._text(row, key, LONGEST[key]) for key in LONGEST if key != "name"}
        units = self._units(placed)
        self._check_name(row, name)
        stated = self._stated(row)
        number = self._number(row, number_cell, stated)
        is_clean = self.errors == before
        status, is_proposed = self._status(row, number, number_cell, stated, texts, units)
        rank = self._rank(row, status, rank_beside)
        if not (units["unit_code"] or units["unit_name"] or units["parent_name"]):
            self._error(row, Cause.UNIT_MISSING, _NO_UNIT)
        parted = self._parted(row, name, texts)
        if number is None and not holds(number_cell) and is_clean:
            self._check_namesake(row, parted.name, *units.values())
        if number is not None and self._is_repeated(row, number, parted.name, units):
            return None
        if status is None or self.errors > before:
            return None
        return Entry(
            line=row.line,
            number=number,
            name=parted.name,
            status=status,
            front_title=parted.front,
            back_title=parted.back,
            rank=rank,
            position=texts["position"],
            sheet=self.sheet,
            email=self._cell(row, "email").strip().lower(),
            position_kind=self._plain(row, "position_kind"),
            echelon=self._plain(row, "echelon").strip("- "),
            legal_position=self._legal(row),
            is_status_proposed=is_proposed,
            hints=(*placed.headings, *self.hints),
            **units,
        )

    def _named(self, row: Row) -> tuple[str, str, str]:
        """Name, cell of the number, and a rank that stands in one cell with both."""
        cell = self._cell(row, "name_number")
        if not cell.strip() or self._cell(row, "name").strip():
            return self._text(row, "name", LONGEST["name"]), self._cell(row, "number"), ""
        name, number, rank = numbers.part_cell(cell)
        tidied, wrong = clean(name, PEOPLE["name"].label, LONGEST["name"])
        if wrong:
            self._error(row, Cause.CELL_WRONG, wrong)
        return tidied, self._cell(row, "number") or number, rank

    # Number ----------------------------------------------------------------------------------

    def _number(self, row: Row, cell: str, stated: PersonStatus | None) -> str | None:
        if damage := numbers.damage(cell):
            if isinstance(cell, Withheld) and stated is not None and not stated.is_asn:
                self._warn(row, Cause.NUMBER_ODD, "NIK tidak dipakai dan tidak disimpan.")
            else:
                self._error(row, *damage)
            return None
        text, wrong = clean(numbers.written(cell), PEOPLE["number"].label, 60)
        if wrong:
            self._error(row, Cause.NUMBER_WRONG, wrong)
        if wrong or not text:
            return None
        try:
            return nip.read_identity(text)
        except BadNumber as error:
            cause = Cause.NUMBER_WRONG
            if error.message == nip.AS_TEXT:
                cause = Cause.NUMBER_DAMAGED
            self._error(row, cause, f"{error.message}{_swapped(text)}")
            return None

    def _is_repeated(self, row: Row, number: str, name: str, units: Mapping[str, str]) -> bool:
        """Whether the number stood before. The same person on another sheet is only passed over."""
        whose = folded(f"{name} {units['unit_name'] or units['unit_code']}")
        place, known = self.gathered.numbers.setdefault(number, ((self.sheet, row.line), whose))
        if place == (self.sheet, row.line):
            return False
        sheet, line = place
        if sheet != self.sheet and whose == known:
            sentence = f"Orang ini sudah disebut pada lembar {sheet}, baris {line}."
            self._warn(row, Cause.NUMBER_TWICE, sentence)
            return True
        there = f"lembar {sheet}, baris {line}" if sheet != self.sheet else f"baris {line}"
        self._error(row, Cause.NUMBER_TWICE, f"NIP {nip.grouped(number)} sudah ada pada {there}.")
        return True

    # Name, rank, unit --------------------------------------------------------------------------

    def _parted(self, row: Row, name: str, texts: Mapping[str, str]) -> titles.Parted:
        """The name without titles; titles of their own columns come first."""
        parted = titles.part(name)
        if name and not parted.is_sure:
            sentence = f"“{name[:60]}” mungkin memuat gelar; tulis gelar di kolomnya sendiri."
            self._warn(row, Cause.TITLES_GLUED, sentence)
        if len(parted.name) > LONGEST_NAME:
            self._error(
                row, Cause.CELL_WRONG, "Kolom Nama terlalu panjang: paling banyak 120 huruf."
            )
        front = self._united(row, texts["front_title"], parted.front, " ", 40)
        back = self._united(row, texts["back_title"], parted.back, ", ", 80)
        return titles.Parted(parted.name, front, back)

    def _united(self, row: Row, own: str, found: str, between: str, longest: int) -> str:
        """Titles of a column and those found at the name, each once."""
        once = titles.once(own)
        if once != own:
            self._warn(row, Cause.TITLE_TWICE, f"Gelar “{own}” ditulis dua kali; dipakai sekali.")
        if not found or titles.folded(found) in titles.folded(once):
            return once
        if not once:
            return found[:longest]
        if titles.folded(once) in titles.folded(found):
            return found[:longest]
        self._warn(
            row,
            Cause.TITLE_TWICE,
            f"Kolom gelar berisi “{once}”, sedangkan pada nama “{found}”; dipakai keduanya.",
        )
        return f"{once}{between}{found}"[:longest]

    def _rank(self, row: Row, status: PersonStatus | None, beside: str) -> str:
        pieces = [self._text(row, name, 80) for name in ("rank", "pangkat", "golongan")]
        typed = ", ".join(piece for piece in pieces if piece.strip("-–— "))[:80]
        if status is None:
            return typed
        if not typed and beside:
            rank, is_known = ranks.normalise(" ".join(beside.split())[:80], status)
            return rank if is_known else ""
        rank, is_known = ranks.normalise(typed, status)
        if not is_known:
            sentence = f"Pangkat/golongan “{typed}” tidak dikenal dan disimpan apa adanya."
            self._warn(row, Cause.RANK_UNKNOWN, sentence, typed)
        return rank

    def _units(self, placed: Placed) -> dict[str, str]:
        """The unit as the row names it; or else the heading above it, or the sheet."""
        row = placed.row
        units = {}
        for name in UNIT_FIELDS:
            text = self._text(row, name, 240).strip(" .,;:-–")
            units[name] = text
        code = self._cell(row, "unit_code")
        if isinstance(code, Number) and units["unit_code"]:
            units["unit_code"] = Number(units["unit_code"])
        if not any(units.values()):
            units["unit_name"] = next((h for h in (*placed.headings, self.unit) if h), "")
        return units

    def _check_name(self, row: Row, name: str) -> None:
        own = "name" if "name" in self.header.places else "name_number"
        cell = self._cell(row, own) or self._cell(row, "name_number")
        if isinstance(self._cell(row, own), Formula) and not cell:
            return
        number = self._cell(row, "number")
        has_number = holds(number)
        if isinstance(cell, Filled):
            self._error(row, Cause.CELL_MERGED, numbers.MERGED.format(label="Nama"))
        elif not name and not cell.strip() and not has_number:
            sentence = "Tidak ada NIP maupun nama. Hapus baris ini bila bukan pegawai."
            self._error(row, Cause.NAME_WRONG, sentence)
        elif not name and not cell.strip(" -–—"):
            self._error(row, Cause.NAME_WRONG, "Nama belum diisi.")
        elif name and not any(letter.isalpha() for letter in name):
            sentence = f"Nama “{name}” tidak memuat huruf; mungkin kolomnya tertukar."
            self._error(row, Cause.NAME_WRONG, sentence)
        elif name.startswith(("=", "+", "@")):
            sentence = f"Nama “{name[:40]}” diawali tanda yang tidak lazim."
            self._error(row, Cause.NAME_WRONG, sentence)
        elif any(letter.isdigit() for letter in name):
            self._warn(row, Cause.NAME_ODD, f"Nama “{name}” memuat angka; periksa lagi.")

    def _check_namesake(self, row: Row, name: str, *unit: str) -> None:
        """Without numbers, two of one name in one unit cannot be told apart."""
        key = (folded(name), *map(folded, unit))
        sheet, line = self.gathered.names.setdefault(key, (self.sheet, row.line))
        if name and (sheet, line) != (self.sheet, row.line):
            sentence = f"Nama “{name}” tanpa NIP sudah ada pada baris {line} di unit itu."
            self._error(row, Cause.NAMESAKE, sentence)


_NO_UNIT = "Unit kerja belum diisi. Isi Kode Unit atau Unit Kerja."


def _swapped(text: str) -> str:
    letters = sum(letter.isalpha() for letter in text)
    return " Mungkin kolom NIP tertukar dengan kolom lain." if letters > len(text) // 2 else ""
