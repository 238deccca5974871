"""What a phone sees in a printed QR code: the page as ink on paper, read by a decoder (ZXing)."""

import io
import subprocess

import zxingcpp
from PIL import Image

#: Coarser than any office scanner.
DPI = 100


def scan(pdf: bytes) -> str:
    """The text of the only QR code in a document."""
    found = [
        code.text for page in (1, 2) for code in zxingcpp.read_barcodes(_photograph(pdf, page))
    ]
    assert len(found) == 1, f"{len(found)} QR codes"
    return found[0]


def _photograph(pdf: bytes, page: int) -> Image.Image:
    command = ["pdftoppm", "-gray", "-png", "-r", DPI, "-f", page, "-l", page, "-"]
    picture = subprocess.run(map(str, command), input=pdf, check=True, capture_output=True).stdout
    return Image.open(io.BytesIO(picture))
