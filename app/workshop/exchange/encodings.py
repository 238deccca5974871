"""The letters of a file, whatever a computer saved them as: UTF-8, UTF-16, UTF-32."""

import codecs
import re

from app.workshop.exchange.questions import BadFile

#: The longer first: a mark of UTF-32 begins like one of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: How a file begins that is no text at all.
_OTHERS = {
    b"PK\x03\x04": "zip (misalnya DOCX, XLSX, atau cadangan MBZ)",
    b"\x1f\x8b": "terkompresi (misalnya cadangan MBZ)",
    b"%PDF": "PDF",
    b"\xd0\xcf\x11\xe0": "Office lama (DOC atau XLS)",
    b"{\\rtf": "RTF",
}
_DECLARATION = re.compile(r"<\?xml\b[^>]*\?>")
_DECLARED = re.compile(rb"""<\?xml\b[^>]*encoding\s*=\s*["']([^"']+)""")


def decoded(data: bytes) -> str:
    """Text with `\\n` line ends. Raises BadFile."""
    for beginning, name in _OTHERS.items():
        if data.startswith(beginning):
            raise BadFile(f"Ini berkas {name}, bukan GIFT atau Moodle XML.")
    length, encoding = _encoding(data)
    try:
        text = data[length:].decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        start = error.start if isinstance(error, UnicodeDecodeError) else 0
        line = data.count(b"\n", 0, start + length) + 1
        raise BadFile(
            f"Huruf pada baris {line} tidak tersimpan sebagai UTF-8. Simpan ulang sebagai UTF-8."
        ) from None
    return text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def as_xml(data: bytes) -> bytes:
    """The same in UTF-8, undeclared, unless it declares another encoding of bytes. Raises BadFile.

    Editors save a file as UTF-16 and leave its declaration as it was, or the other way round.
    """
    length, encoding = _encoding(data)
    declared = _DECLARED.match(data[length:].lstrip()) if encoding == "utf-8" else None
    if declared and not declared[1].lower().startswith(b"utf"):
        return data[length:].lstrip()
    return _DECLARATION.sub("", decoded(data).lstrip(), count=1).lstrip(" \t").encode()


def _encoding(data: bytes) -> tuple[int, str]:
    """How many bytes its mark takes, and its encoding, by the mark or by where its zeros stand."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return len(mark), name
    sample = data[:2000]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 5 > len(sample) and min(even, odd) * 4 < max(even, odd):
        return 0, "utf-16-le" if odd > even else "utf-16-be"
    return 0, "utf-8"
