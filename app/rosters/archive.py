"""The zip package around a workbook, looked at before anything in it is parsed.

Declared sizes, ratios and counts are checked first, since they cost nothing; then every entry is
unpacked once in passing, since declared sizes can lie, and a DOCTYPE (the door of every entity
bomb) ends the reading.
"""

import io
import struct
import zipfile
import zlib
from xml.parsers import expat

from app.rosters.cells import UnreadableFile

MAX_ENTRIES = 200
MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 100
#: Tags in all entries. 50,000 rows of SIASN's 69 columns have about 14 million.
MAX_TAGS = 18_000_000
#: Tags in the parts that say what the others are: becoming objects, they cost the most memory.
MAX_INDEX_TAGS = 50_000
#: Elements in one row, or beside the rows: what is kept in memory at a time.
MAX_AT_ONCE = 60_000
#: Excel's own limit for a cell; and what all cells may hold, since many can name one shared string.
MAX_TEXT = 32_767
MAX_CHARACTERS = 100_000_000
#: Cells that may be filled because they are merged.
MAX_FILLED = 200_000
#: Large, because expat scans an unfinished token again with every piece.
PIECE = 1024 * 1024
#: Room in the zip directory for 200 entries with long names.
_MAX_DIRECTORY = 128 * 1024

BOOK = "xl/workbook.xml"

BOMB = "Berkas ini mengembang jauh melebihi ukuran wajar, sehingga tidak dibuka."
DAMAGED = "Berkas XLSX ini rusak atau terpotong. Buka di Excel, simpan ulang, lalu coba lagi."
DOCTYPE = "Berkas ini memuat definisi XML yang tidak wajar, sehingga tidak dibuka."
#: Also what is left of a workbook in Excel's “strict” dialect.
NO_SHEET = (
    "Buku kerja ini tidak memiliki lembar yang terlihat. Tampilkan lembarnya di Excel, simpan "
    "sebagai Excel Workbook (.xlsx), lalu coba lagi."
)
LOCKED = "Berkas ini dikunci dengan kata sandi. Buka kuncinya di Excel, lalu simpan lagi."

#: What the libraries raise for a package that is not what it says. XML errors are SyntaxErrors.
DAMAGE: tuple[type[Exception], ...] = (zipfile.BadZipFile, zlib.error, struct.error)
DAMAGE += (expat.ExpatError, SyntaxError, EOFError)
DAMAGE += (ArithmeticError, AttributeError, LookupError, OSError, RuntimeError)
DAMAGE += (TypeError, ValueError)

_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1 | 0x40 | 0x2000


def check(data: bytes) -> None:
    """Weigh the package: nothing in it can grow beyond bounds. Raises UnreadableFile."""
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
    if BOOK not in package.namelist():
        raise UnreadableFile(_not_a_workbook(package))
    _weigh(package)


def _is_bloated(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > MAX_RATIO * max(entry.compress_size, 10_000)


def _weigh(package: zipfile.ZipFile) -> None:
    """Unpack every entry once, keeping nothing: sizes can lie, and every tag costs time."""
    tags = unpacked = 0
    for entry in package.infolist():
        most = tags + MAX_INDEX_TAGS if _is_index(entry.filename) else MAX_TAGS
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = _refuse_doctype
        with package.open(entry) as file:
            while piece := file.read(PIECE):
                unpacked += len(piece)
                tags += piece.count(b"<") + piece.count(b"/>")
                if unpacked > MAX_UNPACKED or tags > min(most, MAX_TAGS):
                    raise UnreadableFile(BOMB)
                if entry.filename.endswith((".xml", ".rels")):
                    parser.Parse(piece, False)


def _is_index(name: str) -> bool:
    return name in (BOOK, "[Content_Types].xml") or name.endswith(".rels")


def _refuse_doctype(*_declared: object) -> None:
    raise UnreadableFile(DOCTYPE)


def _not_a_workbook(package: zipfile.ZipFile) -> str:
    names = package.namelist()
    if "mimetype" in names:
        return "Ini berkas OpenDocument (.ods). Simpan sebagai XLSX atau CSV UTF-8, lalu coba lagi."
    if "xl/workbook.bin" in names:
        return "Ini berkas Excel biner (.xlsb). Simpan sebagai XLSX atau CSV UTF-8, lalu coba lagi."
    return "Ini bukan berkas Excel (XLSX), melainkan arsip atau dokumen lain."
