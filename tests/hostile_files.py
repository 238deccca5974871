"""Files that were made to hurt whoever examines them, and what is seen of each."""

import zlib

from app.sealing.checks import LARGEST, Finding
from app.sealing.examination import RESERVED

MEGABYTE = 1024 * 1024


def tables(count: int) -> bytes:
    """Cross-reference streams of 700,000 entries each: 4,427 bytes cost 5.7 seconds and 353 MiB."""
    body, previous = bytearray(b"%PDF-1.7\n/ByteRange\n"), b""
    entries = (2 * MEGABYTE - 64) // 3
    packed = zlib.compress(b"\x01\x09\x00" * entries, 9)
    for number in range(count):
        at = len(body)
        body += b"1 0 obj\n<</Type/XRef/Size 99999999/Index[%d %d]/W[1 1 1]/Root 1 0 R" % (
            number * entries + 2,
            entries,
        )
        body += b"/Filter/FlateDecode/Length %d%s>>\nstream\n" % (len(packed), previous)
        body += packed + b"\nendstream\nendobj\n"
        previous = b"/Prev %d" % at
    return bytes(body) + b"startxref\n%d\n%%%%EOF" % at


def bomb() -> bytes:
    """A cross-reference stream of some 200 kilobytes that unpacks to 200 MB."""
    data = zlib.compress(b"\0" * 200_000_000, 9)
    head = (
        b"%PDF-1.7\n%/ByteRange\n1 0 obj\n<</Type/XRef/Size 9/W[1 2 2]/Filter/FlateDecode/Length "
    )
    body = head + b"%d>>\nstream\n" % len(data) + data + b"\nendstream\nendobj\n"
    return body + b"startxref\n%d\n%%%%EOF\n" % body.index(b"1 0 obj")


def with_seal(digits: bytes) -> bytes:
    """A file around a seal that stands where it says."""
    head = b"%PDF-1.7\n1 0 obj <</Type/Sig/Contents "
    start, resume = len(head), len(head) + len(digits) + 2
    for rest in range(10, 99):
        tail = b"/ByteRange [0 %d %d %d]>> endobj\n%%%%EOF\n" % (start, resume, rest)
        if len(tail) == rest:
            return head + b"<" + digits + b">" + tail
    raise AssertionError("no tail fits")


def nested(depth: int) -> bytes:
    """Sequences within sequences, each as long as it is told to be."""
    return (b"3080" * depth + b"0" * RESERVED)[:RESERVED]


#: Content and finding, by name.
HOSTILE = {
    "empty": (b"", Finding.NOT_A_PDF),
    "one byte": (b"%", Finding.NOT_A_PDF),
    "only a header": (b"%PDF-1.7", Finding.CUT_OFF),
    "text": (b"Ini bukan PDF. " * 100, Finding.NOT_A_PDF),
    "noise": (bytes(range(256)) * 64, Finding.NOT_A_PDF),
    "a header and noise": (b"%PDF-1.7 /ByteRange " + bytes(range(256)) * 64, Finding.CUT_OFF),
    "endless arrays": (b"%PDF-1.7 /ByteRange\n" + b"[" * 900_000, Finding.CUT_OFF),
    "a loop of tables": (
        b"%PDF-1.4 /ByteRange\nxref\n0 1\n0000000000 65535 f \ntrailer\n"
        b"<</Size 1/Prev 20/Root 1 0 R>>\nstartxref\n20\n%%EOF\n",
        Finding.UNSEALED,
    ),
    "one table of the trial": (tables(1), Finding.UNSEALED),
    "two tables of the trial": (tables(2), Finding.UNSEALED),
    "a bomb": (bomb(), Finding.UNSEALED),
    "a chain of 40,000 tables": (
        b"%PDF-1.4 /ByteRange\n" + b"xref 0 0 trailer<</Prev 21>>" * 35_000 + b"%%EOF",
        Finding.UNSEALED,
    ),
    "a seal of nested sequences": (with_seal(nested(RESERVED // 4)), Finding.FOREIGN),
    "a seal of half of the file": (with_seal(b"3080" * 200_000), Finding.FOREIGN),
    "a seal of odd digits": (with_seal(b"3" * (RESERVED - 1)), Finding.MISPLACED),
    "a thousand seals": (
        b"%PDF-" + b"/ByteRange [0 9 20 9]" * 45_000 + b"%%EOF",
        Finding.MISPLACED,
    ),
    "a flood of addresses": (
        b"%PDF-" + b"/verifikasi/" * 80_000 + b"%%EOF",
        Finding.UNSEALED,
    ),
    "a flood of ranges": (b"%PDF-" + b"/ByteRange [0 1 " * 60_000 + b"%%EOF", Finding.UNSEALED),
    "too large": (b"%PDF-1.7 /ByteRange" + b" " * LARGEST, Finding.UNFINISHED),
}
#: Those that the trial of 30 November 2026 was about.
KILLERS = {"one table of the trial", "two tables of the trial", "a bomb"}
