"""XLSX, read with distrust: only the text of cells is taken.

Formulas are not evaluated, styles and macros are not opened, and a DOCTYPE (the door of every
entity bomb) ends the reading. Parts stream through the parser; nothing is unpacked to disk or held
as a whole.
"""

import posixpath
import re
import struct
import zipfile
import zlib
from xml.parsers import expat

from app.agencies.cells import (
    MAX_COLUMNS,
    MAX_ROWS,
    TOO_MANY_ROWS,
    Broken,
    Filled,
    Formula,
    Number,
    Row,
    Table,
    UnreadableFile,
)
from app.agencies.package import (
    BOMB,
    BOOK,
    DAMAGED,
    RELATIONS,
    SHEETS,
    STRINGS,
    open_package,
    pieces,
)

MAX_MERGED = 20_000
MAX_FILLED = 200_000

#: What the libraries raise for a package that is not what it says.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    struct.error,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    ValueError,
)
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REF = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def read(data: bytes) -> list[Table]:
    """Every visible sheet, in the workbook's order. Raises UnreadableFile."""
    try:
        return _sheets(open_package(data))
    except _DAMAGE as error:
        raise UnreadableFile(DAMAGED) from error


def _parse(package: zipfile.ZipFile, name: str, handler) -> None:
    """Feed a part to `handler.start(tag, attributes)`, `.end(tag)`, `.text(piece)`."""
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = lambda tag, got: handler.start(tag.rpartition(":")[2], got)
    parser.EndElementHandler = lambda tag: handler.end(tag.rpartition(":")[2])
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    for piece in pieces(package, name):
        parser.Parse(piece, False)
    parser.Parse(b"", True)


def _refuse_doctype(*_declared) -> None:
    raise UnreadableFile("Berkas ini memuat definisi XML yang tidak wajar, sehingga tidak dibuka.")


def _sheets(package: zipfile.ZipFile) -> list[Table]:
    targets, book, strings = _Relations(), _Book(), _Strings()
    _parse(package, RELATIONS, targets)
    _parse(package, BOOK, book)
    if STRINGS in package.namelist():
        _parse(package, STRINGS, strings)
    tables: dict[str, Table] = {}
    for name, relation in book.visible:
        part = targets.parts.get(relation, "")
        if not part.startswith(SHEETS) or part in tables:
            continue  # a chart, a macro sheet, or one sheet named twice
        sheet = _Sheet(strings.found)
        _parse(package, part, sheet)
        tables[part] = Table(rows=sheet.finished(), name=name)
    if not tables:
        raise UnreadableFile("Buku kerja ini tidak memiliki lembar yang terlihat.")
    return list(tables.values())


class _Handler:
    def start(self, tag: str, got: dict[str, str]) -> None: ...

    def end(self, tag: str) -> None: ...

    def text(self, piece: str) -> None: ...


class _Relations(_Handler):
    """Relation ids and the parts that they name."""

    def __init__(self) -> None:
        self.parts: dict[str, str] = {}

    def start(self, tag, got):
        if tag == "Relationship":
            target = posixpath.normpath(posixpath.join("/xl", got.get("Target", "")))
            self.parts[got.get("Id", "")] = target.lstrip("/")


class _Book(_Handler):
    """Names of the visible sheets, with their relation ids."""

    def __init__(self) -> None:
        self.visible: list[tuple[str, str]] = []

    def start(self, tag, got):
        if tag == "sheet" and got.get("state", "visible") == "visible":
            relation = next((v for k, v in got.items() if k.endswith(":id")), "")
            self.visible.append((got.get("name", ""), relation))


class _Strings(_Handler):
    """The shared strings. Phonetic guides (rPh) are not text."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._parts: list[str] = []
        self._is_text = self._is_phonetic = False

    def start(self, tag, got):
        if tag == "t":
            self._is_text = not self._is_phonetic
        elif tag == "rPh":
            self._is_phonetic = True

    def end(self, tag):
        if tag == "t":
            self._is_text = False
        elif tag == "rPh":
            self._is_phonetic = False
        elif tag == "si":
            self.found.append(_unescape("".join(self._parts)))
            self._parts = []

    def text(self, piece):
        if self._is_text:
            self._parts.append(piece)


class _Sheet(_Handler):
    """Rows of one sheet. Cells may omit their address; then they follow the one before."""

    def __init__(self, strings: list[str]) -> None:
        self._strings = strings
        self._rows: dict[int, dict[int, str]] = {}
        self._merged: list[str] = []
        self._line = 0
        self._column = -1
        self._cells: dict[int, str] = {}
        self._kind = ""
        self._has_formula = self._is_value = False
        self._parts: list[str] = []

    def start(self, tag, got):
        if tag == "c":
            self._begin_cell(got)
        elif tag in ("v", "t"):
            self._is_value = True
        elif tag == "f":
            self._has_formula = True
        elif tag == "row":
            self._line = _whole(got.get("r")) or self._line + 1
            self._column, self._cells = -1, {}
        elif tag == "mergeCell" and len(self._merged) < MAX_MERGED:
            self._merged.append(got.get("ref", ""))

    def end(self, tag):
        if tag in ("v", "t"):
            self._is_value = False
        elif tag == "c":
            self._end_cell()
        elif tag == "row" and self._cells:
            self._end_row()

    def text(self, piece):
        if self._is_value:
            self._parts.append(piece)

    def _begin_cell(self, got) -> None:
        address = _REF.match(got.get("r", ""))
        self._column = _column_number(address[1]) if address else self._column + 1
        self._kind = got.get("t", "n")
        self._has_formula = False
        self._parts = []

    def _end_cell(self) -> None:
        if self._column >= MAX_COLUMNS or not (self._parts or self._has_formula):
            return
        value = self._value("".join(self._parts))
        if value.strip() or self._has_formula:
            self._cells[self._column] = value

    def _value(self, raw: str) -> str:
        if self._kind == "s":
            index = _whole(raw)
            raw = self._strings[index] if index is not None and index < len(self._strings) else ""
        elif self._kind == "e":
            return Broken(raw)
        elif self._kind in ("str", "inlineStr"):
            raw = _unescape(raw)
        if self._has_formula:
            return Formula(raw)
        return Number(_plain(raw)) if self._kind == "n" else raw

    def _end_row(self) -> None:
        if self._line in self._rows:
            raise UnreadableFile(DAMAGED)
        self._rows[self._line] = self._cells
        if len(self._rows) > MAX_ROWS:
            raise UnreadableFile(TOO_MANY_ROWS)

    def finished(self) -> list[Row]:
        """The rows from top to bottom, merged cells filled downwards."""
        left = MAX_FILLED
        for reference in self._merged:
            left -= self._fill(reference)
            if left < 0:
                raise UnreadableFile(BOMB)
        return [
            Row(line, tuple(cells.get(column, "") for column in range(max(cells) + 1)))
            for line, cells in sorted(self._rows.items())
        ]

    def _fill(self, reference: str) -> int:
        """Give the cells below a merged one its text. Returns how many rows it looked at."""
        first, _, last = reference.partition(":")
        top, bottom = _REF.fullmatch(first), _REF.fullmatch(last)
        if not (top and bottom):
            return 1
        column, start = _column_number(top[1]), int(top[2])
        value = self._rows.get(start, {}).get(column)
        if value is None:
            return 1
        end = min(int(bottom[2]), start + MAX_ROWS)
        for line in range(start + 1, end + 1):
            if line in self._rows:
                self._rows[line].setdefault(column, Filled(value))
        return max(end - start, 1)


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else None


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _plain(raw: str) -> str:
    """A stored number as people typed it: `10.1`, not `10.100000000000000355`."""
    if len(raw) <= 15 or "E" in raw.upper() or "." not in raw:
        return raw
    try:
        return f"{float(raw):.15g}"
    except ValueError:
        return raw


def _unescape(text: str) -> str:
    """`_x000D_` is how a sheet spells characters that XML cannot; half a pair becomes a mark."""
    return _ESCAPE.sub(_character, text) if "_x" in text else text


def _character(match: re.Match) -> str:
    code = int(match[1], 16)
    return "\ufffd" if 0xD800 <= code <= 0xDFFF else chr(code)
