"""What a phone sees in a printed QR code. Reads the page as ink on paper: nothing is taken from
the program that drew it. Level M, versions 1 to 4, alphanumeric: what our documents carry."""

import re
import subprocess
from itertools import permutations

DPI = 150
#: Dark, light, dark, light, dark; overlapping, so that a dark run may end one and begin the next.
BULLSEYE = re.compile(rb"(?<!\x01)(?=(\x01+)(\x00+)(\x01+)(\x00+)(\x01+))")
#: Data codewords in each block of level M, by version.
BLOCKS = {1: [16], 2: [28], 3: [44], 4: [32, 32]}
LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
MASKS = (
    lambda r, c: (r + c) % 2,
    lambda r, c: r % 2,
    lambda r, c: c % 3,
    lambda r, c: (r + c) % 3,
    lambda r, c: (r // 2 + c // 3) % 2,
    lambda r, c: r * c % 2 + r * c % 3,
    lambda r, c: (r * c % 2 + r * c % 3) % 2,
    lambda r, c: ((r + c) % 2 + r * c % 3) % 2,
)


def scan(pdf: bytes) -> str:
    """The text of the only QR code in a document: point a phone at its pages, one by one."""
    for page in (1, 2):
        rows = _photograph(pdf, page)
        if corners := _corners(_bullseyes(rows)):
            return decode(_modules(rows, *corners))
    raise AssertionError("no QR code on any page")


def _photograph(pdf: bytes, page: int) -> list[bytes]:
    """Rows of a page; a byte a pixel, 1 where there is ink."""
    command = ["pdftoppm", "-gray", "-r", DPI, "-f", page, "-l", page, "-"]
    picture = subprocess.run(map(str, command), input=pdf, check=True, capture_output=True).stdout
    _, size, _, pixels = picture.split(b"\n", 3)
    width = int(size.split()[0])
    ink = pixels.translate(bytes(int(grey < 128) for grey in range(256)))
    return [ink[at : at + width] for at in range(0, len(ink), width)]


def _bullseyes(rows: list[bytes]) -> list[tuple[float, float, float]]:
    """Where it is 1:1:3:1:1 across and down: x and y of the middle, and the size of a module."""
    found: list[tuple[float, float, float]] = []
    for y, row in enumerate(rows):
        for x, module in _in_line(row):
            above = max(0, y - 40)
            down = bytes(line[int(x)] for line in rows[above : y + 40])
            for middle, size in _in_line(down):
                if abs(size - module) < module / 3 and not _is_known(x, above + middle, found):
                    found.append((x, above + middle, module))
    return found


def _in_line(line: bytes) -> list[tuple[float, float]]:
    """Middles of all 1:1:3:1:1 in a line of pixels, with the size of a module there."""
    found = []
    for match in BULLSEYE.finditer(line):
        runs = [len(run) for run in match.groups()]
        module = sum(runs) / 7
        wrongs = (abs(run - n * module) for run, n in zip(runs, (1, 1, 3, 1, 1), strict=True))
        if module > 2.5 and max(wrongs) < module * 0.6:
            found.append((match.start(3) + runs[2] / 2, module))
    return found


def _is_known(x: float, y: float, found: list) -> bool:
    return any(abs(x - old[0]) + abs(y - old[1]) < 3 * old[2] for old in found)


def _corners(found: list) -> tuple | None:
    """Of all bullseyes the three that span the largest square: upper left, its right, below."""
    squares = [
        (across[0] - first[0], (first, across, below))
        for first, across, below in permutations(found, 3)
        if abs(first[1] - across[1]) < first[2]
        and abs(first[0] - below[0]) < first[2]
        and abs((across[0] - first[0]) - (below[1] - first[1])) < first[2]
    ]
    return max(squares)[1] if squares else None


def _modules(rows: list[bytes], first, across, below) -> list[list[int]]:
    """The matrix: the middles of the finders are three modules from the edges."""
    count = round((across[0] - first[0]) / first[2]) + 7
    step = (across[0] - first[0]) / (count - 7)
    at = [(n - 3) * step for n in range(count)]
    return [[rows[round(first[1] + y)][round(first[0] + x)] for x in at] for y in at]


def decode(matrix: list[list[int]]) -> str:
    """ISO/IEC 18004, read backwards; errors are not corrected, because there are none in print."""
    count = len(matrix)
    version = (count - 17) // 4
    level = (matrix[8][0] << 1 | matrix[8][1]) ^ 0b10
    assert level == 0b00, "not level M"
    mask = MASKS[(matrix[8][2] << 2 | matrix[8][3] << 1 | matrix[8][4]) ^ 0b101]
    bits = [
        matrix[row][column] ^ (mask(row, column) == 0)
        for row, column in _path(count)
        if not _is_function(row, column, count)
    ]
    words = ["".join(map(str, map(int, bits[at : at + 8]))) for at in range(0, len(bits), 8)]
    blocks = BLOCKS[version]
    data = "".join(
        words[place * len(blocks) + block]
        for block, size in enumerate(blocks)
        for place in range(size)
    )
    assert data[:4] == "0010", "not alphanumeric"
    return _text(data[13:], int(data[4:13], 2))


def _text(bits: str, length: int) -> str:
    letters = ""
    for pair in range(length // 2):
        letters += "".join(LETTERS[n] for n in divmod(int(bits[pair * 11 : pair * 11 + 11], 2), 45))
    if length % 2:
        start = length // 2 * 11
        letters += LETTERS[int(bits[start : start + 6], 2)]
    return letters


def _path(count: int):
    """Up and down in columns of two, from the lower right, past the vertical timing column."""
    upwards = True
    for right in [c for c in range(count - 1, 0, -2) if c > 6] + [5, 3, 1]:
        for row in range(count - 1, -1, -1) if upwards else range(count):
            yield row, right
            yield row, right - 1
        upwards = not upwards


def _is_function(row: int, column: int, count: int) -> bool:
    """Finders with their format words, timing, and the one alignment pattern of versions 2 to 4."""
    far = count - 8
    finder = (row < 9 and (column < 9 or column >= far)) or (row >= far and column < 9)
    centre = count - 7
    aligned = count > 21 and abs(row - centre) <= 2 and abs(column - centre) <= 2
    return finder or aligned or row == 6 or column == 6
