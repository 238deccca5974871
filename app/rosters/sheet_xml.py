"""The XML of one sheet of a workbook, read as it streams by: rows of texts, and merged cells.

Only text is taken: formulas are not evaluated, styles not opened. One row is held at a time, and
no row may hold more than `archive.MAX_AT_ONCE` elements.
"""

from collections.abc import Iterator
from typing import IO
from xml.parsers import expat

from openpyxl.utils.escape import unescape

from app.rosters import archive, cells
from app.rosters.cells import MAX_COLUMNS, UnreadableFile

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ROW, _CELL, _VALUE, _FORMULA = (_MAIN + name for name in ("row", "c", "v", "f"))
_TEXT, _GUIDE, _MERGED, _ITEM = (_MAIN + name for name in ("t", "rPh", "mergeCell", "si"))
_DIGITS = "0123456789"


class _Parser:
    """What sheets and shared strings have in common: expat, fed piece by piece, with a bound."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.StartDoctypeDeclHandler = _refuse
        self.held = 0
        self.text: list[str] = []
        self.guides = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        raise NotImplementedError

    def end(self, name: str) -> None:
        raise NotImplementedError

    def feed(self, source: IO[bytes]) -> Iterator[None]:
        while piece := source.read(archive.PIECE):
            self.parser.Parse(piece, False)
            yield
        self.parser.Parse(b"", True)
        yield

    def hold(self) -> None:
        self.held += 1
        if self.held > archive.MAX_AT_ONCE:
            raise UnreadableFile(archive.BOMB)

    def listen(self) -> None:
        self.parser.CharacterDataHandler = self.text.append

    def heard(self) -> str:
        self.parser.CharacterDataHandler = None
        text = "".join(self.text)
        self.text.clear()
        return text


class _Strings(_Parser):
    """Shared strings: each the sum of its runs, without phonetic guides."""

    def __init__(self) -> None:
        super().__init__()
        self.strings: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.hold()
        if name == _GUIDE:
            self.guides += 1
        elif name == _TEXT and not self.guides:
            self.listen()

    def end(self, name: str) -> None:
        if name == _TEXT and not self.guides:
            self.parser.CharacterDataHandler = None
        elif name == _GUIDE:
            self.guides -= 1
        elif name == _ITEM:
            self.held = 0
            self.strings.append(clear(self.heard()))


class _Sheet(_Parser):
    """Rows as (line, {column: text}), gathered until they are fetched."""

    def __init__(self, strings: list[str]) -> None:
        super().__init__()
        self.strings = strings
        self.rows: list[tuple[int, dict[int, str]]] = []
        self.merged: list[str] = []
        self.line = 0
        self.column = -1
        self.cells: dict[int, str] = {}
        self.kind, self.value, self.has_formula = "n", "", False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.hold()
        if name == _CELL:
            reference = attributes.get("r")
            self.column = _column(reference) if reference else self.column + 1
            self.kind = attributes.get("t", "n")
            self.value, self.has_formula = "", False
        elif name == _VALUE:
            self.listen()
        elif name == _TEXT:
            if not self.guides:
                self.listen()
        elif name == _FORMULA:
            self.has_formula = True
        elif name == _ROW:
            self.line = int(attributes.get("r", self.line + 1))
            self.column, self.cells = -1, {}
        elif name == _GUIDE:
            self.guides += 1
        elif name == _MERGED:
            self.merged.append(attributes["ref"])

    def end(self, name: str) -> None:
        if name == _VALUE or (name == _TEXT and not self.guides):
            self.value += self.heard()
        elif name == _CELL:
            if self.column < MAX_COLUMNS:
                text = self._text()
                if text.strip() or isinstance(text, cells.Formula):
                    self.cells[self.column] = text
        elif name == _ROW:
            self.held = 0
            if self.cells:
                self.rows.append((self.line, self.cells))
        elif name == _GUIDE:
            self.guides -= 1

    def _text(self) -> str:
        kind, value = self.kind, self.value
        if kind == "s" and not self.has_formula:
            return self.strings[int(value)] if value else ""
        if kind == "e":
            return cells.Broken(value)
        if kind == "n":
            text = _number(value)
            return cells.NumberFormula(text) if self.has_formula and text else self._plain(text)
        if kind == "b":
            text = "TRUE" if value == "1" else "FALSE"
        else:
            text = self.strings[int(value)] if kind == "s" and value else clear(value)
        return cells.Formula(text) if self.has_formula else text

    def _plain(self, text: str) -> str:
        return cells.Formula(text) if self.has_formula else cells.Number(text)


def strings_of(source: IO[bytes]) -> list[str]:
    """All shared strings, in their order."""
    parser = _Strings()
    for _ in parser.feed(source):
        pass
    return parser.strings


def rows_of(
    source: IO[bytes], strings: list[str], merged: list[str]
) -> Iterator[tuple[int, dict[int, str]]]:
    """Rows that hold something, one after another; `merged` is filled with areas as they come."""
    parser = _Sheet(strings)
    parser.merged = merged
    for _ in parser.feed(source):
        yield from parser.rows
        parser.rows.clear()


def clear(text: str) -> str:
    """`_x000D_` spells what XML cannot; half a pair becomes a mark."""
    text = text[: archive.MAX_TEXT]
    if "_x" not in text:
        return text
    return str(unescape(text)).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _number(value: str) -> str:
    """A number as Excel shows it: 15 digits at most."""
    if not value or value.isdigit():
        return value
    number = float(value)
    return str(int(number)) if _is_plain(value) else f"{number:.15g}"


def _is_plain(value: str) -> bool:
    return value.lstrip("-").isdigit()


def _column(reference: str) -> int:
    column = 0
    for letter in reference.rstrip(_DIGITS)[:4]:
        column = column * 26 + ord(letter) - 64
    return column - 1 if column > 0 else MAX_COLUMNS


def _refuse(*_declared: object) -> None:
    raise UnreadableFile(archive.DOCTYPE)
