"""Fit a name into a line, however many titles it carries: measure first, then shrink or break.

Widths come from the font's own table, so the answer is the same on every machine.
"""

from functools import lru_cache
from importlib.resources import files

from fontTools.ttLib import TTFont

MM_PER_PT = 25.4 / 72
#: Sizes in points, tried in order, for a name on one line, on two, on three.
SIZES = {1: (32, 30, 28, 26, 24), 2: (24, 22, 20, 18, 16), 3: (15, 14, 13, 12, 10)}


def fit_name(name: str, width: float) -> tuple[float, list[str]]:
    """The size in points and the lines of a name, so that it stays within `width` millimetres.

    A break after a comma is worth a shorter line, but not a smaller size.
    """
    for count, sizes in SIZES.items():
        for size in sizes:
            for favour in (0.8, 1):
                lines = broken(name, count, favour)
                if all(text_width(line, size) <= width for line in lines):
                    return size, lines
    return size, lines


def balanced(text: str, size: float, width: float) -> list[str]:
    """The fewest lines, as equal as can be, that stay within `width` millimetres."""
    for count in range(1, 6):
        lines = broken(text, count)
        if all(text_width(line, size) <= width for line in lines):
            break
    return lines


def text_width(text: str, size: float) -> float:
    """Width in millimetres of a text in the name's face, without kerning."""
    advances, per_em = _advances()
    units = sum(advances.get(ord(letter), per_em) for letter in text)
    return units / per_em * size * MM_PER_PT


def broken(text: str, count: int, favour: float = 1) -> list[str]:
    """At most `count` lines, as equal as can be; `favour` below 1 prefers to break at a comma."""
    words = text.split()
    if count == 1 or len(words) < 2:
        return [" ".join(words)]

    def cost(cut: int) -> float:
        first, rest = " ".join(words[:cut]), " ".join(words[cut:])
        longest = max(text_width(first, 10), text_width(rest, 10) / (count - 1))
        return longest * (favour if first.endswith(",") else 1)

    cut = min(range(1, len(words)), key=cost)
    return [" ".join(words[:cut]), *broken(" ".join(words[cut:]), count - 1, favour)]


@lru_cache(maxsize=1)
def _advances() -> tuple[dict[int, int], int]:
    source = files("font_source_serif_pro") / "files" / "SourceSerifPro-Regular.ttf"
    with source.open("rb") as file, TTFont(file) as font:
        widths = font["hmtx"]
        letters = {code: widths[glyph][0] for code, glyph in font.getBestCmap().items()}
        return letters, font["head"].unitsPerEm
