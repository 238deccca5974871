"""Find the header of a table by its words, wherever it stands, and read cells by their meaning.

A header has one storey or two: `PANGKAT` above `GOL/RUANG` and `TMT` is read as `PANGKAT
GOL/RUANG` and `PANGKAT TMT`, of which only the first is a rank.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from app.core.texts import tidy
from app.rosters.cells import Broken, Filled, Row, Table, UnreadableFile
from app.rosters.matching import IGNORED
from app.rosters.private import HEADER_WITHIN
from app.rosters.words import PEOPLE, UNITS, Field, listed, meaning, people_words, simple, words_of

__all__ = ["PEOPLE", "UNITS", "Field", "Header", "clean", "header_of", "require", "words_of"]

#: A row with fewer known words is no header, however it looks.
_ENOUGH = 2
#: What the lower storey of a header may say besides words that we know.
_STOREY = listed("tmt no nomor tanggal tgl nama kode thn bln tahun bulan gol ruang sk id")
_LONG_NUMBER = re.compile(r"\d{5}")


@dataclass(frozen=True)
class Header:
    """Where each field stands."""

    table: Table
    row: Row
    places: Mapping[str, int]
    #: Each column's title, both storeys joined.
    titles: tuple[str, ...] = ()
    #: Line of the last storey.
    bottom: int = 0
    #: Fields that two columns announce alike: their titles.
    doubled: Mapping[str, tuple[str, str]] | None = None
    by_hand: frozenset[int] = frozenset()

    def cell(self, row: Row, field: str) -> str:
        return row.cell(self.places[field]) if field in self.places else ""

    def below(self) -> Iterator[Row]:
        """What stands below the header, without empty rows."""
        return (row for row in self.table.rows if row.line > (self.bottom or self.row.line))

    def rows(self, words: Mapping[str, str]) -> Iterator[Row]:
        """The rows of data: without headers printed again and the line that numbers the columns."""
        for row in self.below():
            if not any(self.cell(row, f).strip() for f in self.places):
                continue
            if not self.is_repeated(row, words):
                yield row

    def is_repeated(self, row: Row, words: Mapping[str, str]) -> bool:
        return _repeats(row, words) or _numbers_columns(row)


def header_of(
    table: Table,
    fields: Mapping[str, Field],
    by_hand: Mapping[str, str] | None = None,
) -> Header | None:
    """The row near the top with the most words that we know, or None.

    `by_hand` says of headers, in simple form, which field they are (or IGNORED).
    """
    words = people_words() if fields is PEOPLE else words_of(fields)
    chosen = {simple(header): field for header, field in (by_hand or {}).items()}
    found = [
        header
        for index, row in enumerate(table.rows[:HEADER_WITHIN])
        for header in _headers_at(table, index, row, words, chosen)
    ]
    best = max(found, key=lambda header: len(header.places), default=None)
    return best if best and len(best.places) >= _ENOUGH else None


def _headers_at(
    table: Table, index: int, row: Row, words: Mapping[str, str], chosen: Mapping[str, str]
) -> Iterator[Header]:
    """The row read as a header: with the storey below it, if it has one, or alone."""
    if not any(_announces(cell, words, chosen) for cell in row.cells):
        return
    above = table.rows[index - 1] if index else None
    is_lower = above is not None and above.line == row.line - 1
    if is_lower and any(isinstance(cell, Filled) and simple(cell) in words for cell in row.cells):
        return
    below = table.rows[index + 1] if index + 1 < len(table.rows) else None
    if below is not None and below.line == row.line + 1 and _is_storey(below, words, chosen):
        yield _header(table, row, _joined(table, row, below), below, words, chosen)
    yield _header(table, row, row.cells, row, words, chosen)


def _announces(cell: str, words: Mapping[str, str], chosen: Mapping[str, str]) -> bool:
    return bool(cell) and len(cell) < 80 and (simple(cell) in chosen or bool(meaning(cell, words)))


def _is_storey(row: Row, words: Mapping[str, str], chosen: Mapping[str, str]) -> bool:
    """Whether a row is the lower storey of a header: nothing in it is anybody's."""
    filled = [cell for cell in row.cells if cell.strip()]
    own = [cell for cell in filled if not isinstance(cell, Filled)]
    if not own or any(len(cell) > 40 or _LONG_NUMBER.search(cell) for cell in own):
        return False
    return all(
        _announces(cell, words, chosen) or set(simple(cell).split()) & _STOREY for cell in own
    )


def _joined(table: Table, top: Row, below: Row) -> tuple[str, ...]:
    """The titles of columns of a header with two storeys."""
    titles = []
    spread = ""
    for column in range(max(len(top.cells), len(below.cells))):
        upper, lower = top.cell(column), below.cell(column)
        if upper.strip():
            spread = upper
        elif not _is_covered(table, top.line, column) and table.wide:
            spread = ""
        above = upper.strip() or (spread if lower.strip() else "")
        same = isinstance(lower, Filled) or simple(lower) == simple(above)
        titles.append(above if same else f"{above} {lower}".strip())
    return tuple(titles)


def _is_covered(table: Table, line: int, column: int) -> bool:
    return any(at == line and first <= column <= last for at, first, last in table.wide)


def _header(
    table: Table,
    row: Row,
    titles: tuple[str, ...],
    bottom: Row,
    words: Mapping[str, str],
    chosen: Mapping[str, str],
) -> Header:
    places: dict[str, int] = {}
    doubled: dict[str, tuple[str, str]] = {}
    by_hand = set()
    for column, title in enumerate(titles):
        told = chosen.get(simple(title)) if title.strip() else None
        if told and told != IGNORED:
            places[told] = column
            by_hand.add(column)
    for column, title in enumerate(titles):
        name = _meaning_of(title, row.cell(column), bottom.cell(column), words)
        if not name or simple(title) in chosen:
            continue
        at = places.get(name)
        if at is None:
            places[name] = column
        elif at not in by_hand:
            first = titles[at]
            if (simple(title) in words) == (simple(first) in words):
                doubled[name] = (first, title)
            elif simple(title) in words:
                places[name] = column
    return Header(table, row, places, titles, bottom.line, doubled, frozenset(by_hand))


def _meaning_of(title: str, upper: str, lower: str, words: Mapping[str, str]) -> str:
    """A column's meaning: by both storeys, or by the lower one where the upper is only a band."""
    if not title.strip() or len(title) > 120:
        return ""
    if found := meaning(title, words):
        return found
    if not lower.strip() or simple(lower) == simple(title):
        return ""
    band = simple(title).removesuffix(simple(lower)).strip()
    if found := meaning(f"{lower} {band}", words):
        return found
    is_plain = simple(lower) not in _STOREY or not meaning(band, words)
    return meaning(lower, words) if is_plain else ""


def require(header: Header, fields: Mapping[str, Field], needed: Iterable[tuple[str, ...]]) -> None:
    """Every group in `needed` must have one column. Raises UnreadableFile naming the missing."""
    if (sentence := missing(header, fields, needed)) is not None:
        raise UnreadableFile(sentence)
    if (sentence := doubled(header, fields)) is not None:
        raise UnreadableFile(sentence)


def missing(
    header: Header, fields: Mapping[str, Field], needed: Iterable[tuple[str, ...]]
) -> str | None:
    """The sentence that names the columns that are not there, or None."""
    groups = [
        " atau ".join(fields[name].label for name in group)
        for group in needed
        if not any(name in header.places for name in group)
    ]
    if not groups:
        return None
    read = ", ".join(fields[name].label for name in header.places)
    return (
        f"Pada baris judul (baris {header.row.line}) belum ada kolom: {'; '.join(groups)}. "
        f"Kolom yang terbaca: {read}."
    )


def doubled(header: Header, fields: Mapping[str, Field]) -> str | None:
    """The sentence about two columns of one meaning, or None."""
    for name, (first, second) in (header.doubled or {}).items():
        return (
            f"Dua kolom pada baris judul (baris {header.row.line}) sama-sama berarti "
            f"{fields[name].label}: “{first}” dan “{second}”. Sisakan satu."
        )
    return None


def clean(text: str, label: str, longest: int) -> tuple[str, str | None]:
    """A cell's text with ordinary spaces; and, if something is wrong with it, the sentence."""
    if isinstance(text, Broken):
        return "", f"Kolom {label} menampilkan kesalahan Excel {text}."
    return tidy(text, label, longest)


def _repeats(row: Row, words: Mapping[str, str]) -> bool:
    """The header again, as prints of many pages have it, or the second storey of a header."""
    filled = [cell for cell in row.cells if cell.strip()]
    known = sum(bool(cell) and bool(meaning(cell, words)) for cell in filled)
    if len(filled) < _ENOUGH or known < _ENOUGH:
        return False
    return all(
        meaning(cell, words) or set(simple(cell).split()) & _STOREY or len(simple(cell)) <= 4
        for cell in filled
    )


def _numbers_columns(row: Row) -> bool:
    """The line `1 2 3 4 …` (or `(1) (2) (3) …`) below a header."""
    filled = [cell.strip(" ()") for cell in row.cells if cell.strip()]
    if len(filled) < 3 or not all(cell.isascii() and cell.isdigit() for cell in filled):
        return False
    numbers = [int(cell[:4]) for cell in filled]
    return all(after - before in (0, 1) for before, after in pairwise(numbers))
