"""The tables of a web page that is named .xls, as many personnel systems export them.

Only texts of cells are taken; scripts, styles and links are passed over. Spans are told apart as in
a workbook: what a cell has from above is `Filled`.
"""

from collections.abc import Callable, Iterable, Iterator
from html.parser import HTMLParser

from app.rosters.cells import (
    MAX_COLUMNS,
    MAX_FILLED_ROWS,
    TOO_MANY_ROWS,
    Filled,
    Row,
    Table,
    UnreadableFile,
)
from app.rosters.delimited import decode

NO_TABLE = "Isi berkas ini halaman web tanpa tabel. Buka di Excel, lalu simpan sebagai XLSX."
_UNSEEN = frozenset({"script", "style", "head", "title"})
#: Rows and columns that one cell may span.
_MAX_SPAN = 2_000


class _Page(HTMLParser):
    """Gathers rows of texts. Tables in one page stand below one another, as on the screen."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[Row] = []
        self.wide: list[tuple[int, int, int]] = []
        self.line = 0
        self.cells: dict[int, str] = {}
        #: Columns that hang down from rows above: how many rows still, and their text.
        self.hanging: dict[int, tuple[int, str]] = {}
        self.at: tuple[int, int, int] | None = None
        self.text: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self.unseen += 1
        elif tag == "tr":
            self.end_row()
            self.line += 1
            self._hang()
        elif tag in ("td", "th"):
            self._end_cell()
            column = next((n for n in range(MAX_COLUMNS) if n not in self.cells), MAX_COLUMNS)
            spans = dict(attrs)
            self.at = (column, _span(spans.get("colspan")), _span(spans.get("rowspan")))
        elif tag == "br":
            self.text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self.unseen = max(0, self.unseen - 1)
        elif tag in ("td", "th"):
            self._end_cell()
        elif tag in ("tr", "table"):
            self.end_row()

    def handle_data(self, data: str) -> None:
        if self.at is not None and not self.unseen:
            self.text.append(data)

    def _hang(self) -> None:
        for column, (rows, text) in list(self.hanging.items()):
            self.cells[column] = Filled(text)
            if rows > 1:
                self.hanging[column] = (rows - 1, text)
            else:
                del self.hanging[column]

    def _end_cell(self) -> None:
        if self.at is None:
            return
        column, width, height = self.at
        text = "".join(self.text).strip()
        self.text.clear()
        self.at = None
        for place in range(column, min(column + width, MAX_COLUMNS)):
            self.cells[place] = text if place == column else ""
            if height > 1:
                self.hanging[place] = (height - 1, self.cells[place])
        if width > 1:
            self.wide.append((self.line, column, min(column + width, MAX_COLUMNS) - 1))

    def end_row(self) -> None:
        self._end_cell()
        if any(text.strip() for text in self.cells.values()):
            last = max(self.cells)
            self.rows.append(Row(self.line, tuple(self.cells.get(n, "") for n in range(last + 1))))
        self.cells = {}
        if len(self.rows) > MAX_FILLED_ROWS:
            raise UnreadableFile(TOO_MANY_ROWS)


def read(data: bytes, sieve: Callable[[Iterable[Row]], Iterator[Row]]) -> list[Table]:
    """The tables of a page as one. Raises UnreadableFile."""
    page = _Page()
    page.feed(decode(data))
    page.close()
    page.end_row()
    if not page.rows:
        raise UnreadableFile(NO_TABLE)
    return [Table(list(sieve(page.rows)), wide=tuple(page.wide[:1000]))]


def _span(text: str | None) -> int:
    return min(int(text), _MAX_SPAN) if text and text.isascii() and text.isdigit() else 1
