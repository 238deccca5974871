"""The zip package around a workbook, looked at before anything in it is parsed.

Declared sizes, ratios and counts are checked first, since they cost nothing; then every part that
will be read is unpacked once in passing, since declared sizes can lie.
"""

import io
import struct
import zipfile
from collections.abc import Iterator

from app.agencies.cells import UnreadableFile

MAX_ENTRIES = 200
MAX_UNPACKED = 30 * 1024 * 1024
MAX_RATIO = 100
#: Tags in all parts that are read. 20,000 rows of 12 cells have about a million.
MAX_TAGS = 3_000_000
#: Large, because expat scans an unfinished token again with every piece.
PIECE = 1024 * 1024
#: Room in the zip directory for 200 entries with long names.
_MAX_DIRECTORY = 128 * 1024

BOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
STRINGS = "xl/sharedStrings.xml"
SHEETS = "xl/worksheets/"

BOMB = "Berkas ini mengembang jauh melebihi ukuran wajar, sehingga tidak dibuka."
DAMAGED = "Berkas XLSX ini rusak atau terpotong. Buka di Excel, simpan ulang, lalu coba lagi."
LOCKED = "Berkas ini dikunci dengan kata sandi. Buka kuncinya di Excel, lalu simpan lagi."

_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1 | 0x40 | 0x2000


def open_package(data: bytes) -> zipfile.ZipFile:
    """The package, weighed: nothing in it can grow beyond bounds. Raises UnreadableFile."""
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    if end < 0:
        raise UnreadableFile(DAMAGED)
    count, size = struct.unpack_from("<HI", data, end + 10)
    if count > MAX_ENTRIES or size > _MAX_DIRECTORY or b"PK\x06\x07" in data[end - 20 : end]:
        raise UnreadableFile(BOMB)
    package = zipfile.ZipFile(io.BytesIO(data))
    entries = package.infolist()
    if len(entries) > MAX_ENTRIES:
        raise UnreadableFile(BOMB)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(len(data), 1):
        raise UnreadableFile(BOMB)
    if any(_is_bloated(entry) for entry in entries):
        raise UnreadableFile(BOMB)
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise UnreadableFile(LOCKED)
    if any(entry.compress_type not in _COMPRESSIONS for entry in entries):
        raise UnreadableFile(DAMAGED)
    _weigh(package)
    return package


def _is_bloated(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > MAX_RATIO * max(entry.compress_size, 10_000)


def _weigh(package: zipfile.ZipFile) -> None:
    """Unpack once what will be read, keeping nothing: sizes can lie, and every tag costs time."""
    if BOOK not in package.namelist():
        raise UnreadableFile(_not_a_workbook(package))
    tags = unpacked = 0
    for entry in package.infolist():
        if not _is_read(entry.filename):
            continue
        for piece in pieces(package, entry.filename):
            unpacked += len(piece)
            tags += piece.count(b"<")
            if unpacked > MAX_UNPACKED or tags > MAX_TAGS:
                raise UnreadableFile(BOMB)


def _is_read(name: str) -> bool:
    return name in (BOOK, RELATIONS, STRINGS) or name.startswith(SHEETS)


def _not_a_workbook(package: zipfile.ZipFile) -> str:
    names = package.namelist()
    if "mimetype" in names:
        return "Ini berkas OpenDocument (.ods). Simpan sebagai XLSX atau CSV UTF-8, lalu coba lagi."
    if "xl/workbook.bin" in names:
        return "Ini berkas Excel biner (.xlsb). Simpan sebagai XLSX atau CSV UTF-8, lalu coba lagi."
    return "Ini bukan berkas Excel (XLSX), melainkan arsip atau dokumen lain."


def pieces(package: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """An entry, bit by bit. Never yields more than the entry declares."""
    with package.open(name) as entry:
        while piece := entry.read(PIECE):
            yield piece
