"""CSV as Excel, LibreOffice and SIASN save it: comma, semicolon or tab; UTF-8 or UTF-16 with BOM.

Bytes that are not UTF-8 are refused, not guessed at: a wrongly guessed letter would end up on
somebody's certificate.
"""

import codecs
import csv
import io
from collections.abc import Callable, Iterable, Iterator

from app.rosters.cells import (
    MAX_COLUMNS,
    MAX_FILLED_ROWS,
    TOO_MANY_ROWS,
    Row,
    Table,
    UnreadableFile,
)

SEPARATORS = (";", ",", "\t")
TRUNCATED = "Berkas UTF-16 ini terpotong. Simpan ulang sebagai CSV UTF-8."
#: Characters looked at to tell the separator.
_SAMPLE = 8_000


def read(data: bytes, sieve: Callable[[Iterable[Row]], Iterator[Row]]) -> list[Table]:
    """The one table of a CSV file. Raises UnreadableFile."""
    text = decode(data)
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep="):
        text = f"\n{rest}"  # Excel's own hint; the line stays, so that line numbers hold
    return [Table(rows=list(sieve(_rows(text, _separator(text)))))]


def decode(data: bytes) -> str:
    """The text, or UnreadableFile with the line of the first byte that is not UTF-8."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise UnreadableFile(TRUNCATED) from error
    if b"\0" in data:
        raise UnreadableFile(
            "Berkas ini bukan CSV UTF-8. Simpan ulang dari Excel sebagai “CSV UTF-8” atau XLSX."
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableFile(
            f"Huruf pada baris {line} tidak tersimpan sebagai UTF-8 (mungkin Windows-1252), "
            "sehingga nama bisa tercetak salah. Simpan ulang sebagai “CSV UTF-8” atau XLSX."
        ) from error


def _separator(text: str) -> str:
    """The mark that occurs most near the top."""
    sample = text[:_SAMPLE]
    return max(SEPARATORS, key=sample.count)


def _rows(text: str, separator: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line, filled = 1, 0
    try:
        for cells in reader:
            row = Row(line=line, cells=tuple(cells[:MAX_COLUMNS]))
            line = reader.line_num + 1
            if row.is_empty:
                continue
            filled += 1
            if filled > MAX_FILLED_ROWS:
                raise UnreadableFile(TOO_MANY_ROWS)
            yield row
    except csv.Error as error:
        raise UnreadableFile(
            f"Susunan CSV rusak mulai baris {line}: ada tanda kutip yang tidak ditutup atau isi "
            "yang terlalu panjang. Simpan ulang dari Excel sebagai “CSV UTF-8”."
        ) from error
