"""What a roster holds beside the work: NIK, religion, address, phone, NPWP, BPJS. Pure.

Dropped while the file is read, before anything else holds it. A column goes by its header; a cell
that looks like a NIK, a phone number or an e-mail address goes wherever it stands.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from app.rosters.cells import Row, Withheld
from app.rosters.words import known_words, listed, simple

#: Rows that hold something among which the header must stand: letterheads and titles come first.
HEADER_WITHIN = 40
#: A header with one of these words announces a private column.
_WORDS = listed(
    "nik ktp agama alamat hp handphone telepon telpon telp wa whatsapp npwp bpjs askes "
    "taspen kk rekening rek lahir ttl kelamin jk gender kawin perkawinan nikah pernikahan "
    "ibu pasangan suami istri darah suku ikd gaji domisili"
)
_OPENING = _WORDS | {"no", "nomor", "email"}
#: A column of numbers or of work may be named together with a private word: "NIP/NIK".
_WORK = listed("nip nipppk nippppk pppk jabatan unit opd")
_NIK = re.compile(r"(?<!\d)(?<!\d[ .\-])(?:\d[ .\-]?){15}\d(?![ .\-]?\d)")
_PHONE = re.compile(r"(?<!\d)(?:\+?62[ \-]?|0)8\d{1,3}[ \-]?\d{3,4}[ \-]?\d{3,5}(?!\d)")
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_SUSPECT = re.compile(r"@|\d[\d .\-]{9}")


def is_private(header: str, *, with_email: bool = False) -> bool:
    """Whether a header announces what we must not hold."""
    words = set(simple(header).split())
    if words & _WORK or simple(header) in known_words():
        return False
    if is_email(header):
        return not with_email
    return bool(words & _WORDS)


def is_email(header: str) -> bool:
    text = simple(header)
    return text in ("e mail", "surel", "pos el") or "email" in text


def sift(rows: Iterable[Row], *, with_email: bool = False) -> Iterator[Row]:
    """The rows without their private cells. Holds back only the rows near the top."""
    coming = iter(rows)
    top = list(islice(coming, HEADER_WITHIN))
    line, dropped = _dropped_columns(top, with_email=with_email)
    for row in chain(top, coming):
        yield _sifted(row, dropped if row.line > line else frozenset(), with_email=with_email)


def _dropped_columns(top: list[Row], *, with_email: bool) -> tuple[int, frozenset[int]]:
    """The line of what looks most like a header, and its private columns, those of the second
    storey below it among them.
    """
    best = max(top, key=_likeness, default=None)
    if best is None or _likeness(best) < 1:
        return 0, frozenset()
    storeys = [best, *(row for row in top if 0 < row.line - best.line <= 1 and _likeness(row) > 0)]
    dropped = {
        column
        for row in storeys
        for column, cell in enumerate(row.cells)
        if cell and is_private(cell, with_email=with_email)
    }
    return best.line, frozenset(dropped)


def _likeness(row: Row) -> int:
    """How many cells of a row announce a column."""
    words = known_words()
    return sum(
        1 for cell in row.cells if cell and len(cell) < 60 and _announces(simple(cell), words)
    )


def _announces(header: str, words: frozenset[str]) -> bool:
    parts = header.split()
    return header in words or (
        0 < len(parts) <= 3 and parts[0] in _WORDS | {"no", "nomor", "email"}
    )


def _sifted(row: Row, dropped: frozenset[int], *, with_email: bool) -> Row:
    cells = row.cells
    suspects = [
        at
        for at, cell in enumerate(cells)
        if cell and (at in dropped or (len(cell) > 9 and _SUSPECT.search(cell)))
    ]
    if not suspects:
        return row
    changed = list(cells)
    for at in suspects:
        changed[at] = Withheld() if at in dropped else _screened(cells[at], with_email=with_email)
    return Row(row.line, tuple(changed))


def _screened(cell: str, *, with_email: bool) -> str:
    """A cell, or nothing in its place when it holds what nobody may see."""
    is_address = not with_email and _ADDRESS.search(cell)
    return Withheld() if is_address or _NIK.search(cell) or _PHONE.search(cell) else cell
