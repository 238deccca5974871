"""The art of the documents: guilloche border, watermark rosettes, medallion, QR."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from math import cos, pi, sin

import segno

from app.printing.drawing import Drawing, Pen, Point

TEAL = "#0a5a5a"
TEAL_DEEP = "#064545"
GOLD = "#b98a1e"
GOLD_BRIGHT = "#e2a829"
IVORY = "#fffdf7"


# ---- the border ------------------------------------------------------------------------------

#: Half the width of the woven band, and the length after which it repeats.
BAND = 3.6
PERIOD = 15.0


def _strands(pen: Pen, at: Callable[[float, float], Point], length: float, periods: int) -> None:
    """The woven band along one stretch; `at(s, offset)` maps the band onto the page.

    Fast waves swing inside a slow envelope; the gold one is widest where the teal one is narrow.
    """
    turn = 2 * pi * periods / length
    for colour, width, swell, waves, phases in (
        (TEAL, 0.14, 0.34, 3, 6),
        (GOLD, 0.14, -0.34, 2, 6),
    ):
        pen.ink(colour, width)
        for k in range(phases):

            def strand(
                s: float,
                swell: float = swell,
                waves: int = waves,
                shift: float = 2 * pi * k / phases,
            ) -> Point:
                reach = BAND * (1 - abs(swell) + swell * cos(turn * s))
                return at(s, reach * sin(waves * turn * s + shift))

            pen.curve(strand, 0, length, 6 * waves * periods).stroke()


def _tile(length: float) -> Pen:
    pen = Pen()
    _strands(pen, lambda s, offset: (s, offset), length, 1)
    return pen


def _corner(radius: float) -> Pen:
    """A quarter turn about the origin, from pointing left to pointing up."""
    pen = Pen()

    def at(s: float, offset: float) -> Point:
        angle, r = s / radius, radius - offset
        return -r * cos(angle), -r * sin(angle)

    _strands(pen, at, pi * radius / 2, 1)
    return pen


def _border(pen: Pen, width: float, height: float, inset: float) -> float:
    """The band around the page. Returns the radius of its corners."""
    radius = PERIOD * 2 / pi
    left, top = inset + radius, inset + radius
    right, bottom = width - left, height - top
    corner = _corner(radius)
    for x, y, turn in ((left, top, 0), (right, top, 90), (right, bottom, 180), (left, bottom, 270)):
        pen.place(corner, x, y, turn)
    for length, starts in (
        (right - left, ((left, inset, 0), (right, height - inset, 180))),
        (bottom - top, ((width - inset, top, 90), (inset, bottom, 270))),
    ):
        count = round(length / PERIOD)
        row = Pen()
        for i in range(count):
            row.place(_tile(length / count), i * length / count)
        for x, y, turn in starts:
            pen.place(row, x, y, turn)
    return radius


@lru_cache(maxsize=1)
def frame() -> Drawing:
    """Border and watermark of the certificate, A4 landscape."""
    width, height, inset = 297.0, 210.0, 12.4
    pen = Pen()

    def ring(at: float) -> Pen:
        return pen.rounded(at, at, width - 2 * at, height - 2 * at, inset + PERIOD * 2 / pi - at)

    pen.ink(IVORY)
    ring(7).fill()
    _watermark(pen, width / 2, 108)
    pen.ink(TEAL, 0.5)
    ring(7.2).stroke()
    _border(pen, width, height, inset)
    pen.ink(TEAL, 0.9)
    ring(17.4).stroke()
    pen.ink(GOLD, 0.3)
    ring(18.7).stroke()
    return pen.decoration(width, height)


@lru_cache(maxsize=1)
def sheet() -> Drawing:
    """The certificate's second page: the same paper, fine rules, a rosette in one corner."""
    width, height = 297.0, 210.0
    pen = Pen()
    pen.ink(IVORY).rounded(7, 7, width - 14, height - 14, 10).fill()
    pen.add(op="q").rounded(7, 7, width - 14, height - 14, 10).add(op="W").add(op="n")
    _watermark(pen, 232, 172)
    pen.add(op="Q")
    pen.ink(TEAL, 0.5).rounded(7.2, 7.2, width - 14.4, height - 14.4, 9.8).stroke()
    pen.ink(GOLD, 0.25).rounded(9, 9, width - 18, height - 18, 8).stroke()
    return pen.decoration(width, height)


def _watermark(pen: Pen, x: float, y: float) -> None:
    for colour, outer, inner, count, squeeze in (
        ("#e9efe8", 76, 30, 60, 0.9),
        ("#f4ead2", 56, 12, 48, 0.75),
        ("#e9efe8", 30, 6, 36, 0.8),
    ):
        petal = Pen()

        def loop(
            t: float, outer: int = outer, inner: int = inner, squeeze: float = squeeze
        ) -> Point:
            middle, reach = (outer + inner) / 2, (outer - inner) / 2
            return middle + reach * cos(t), reach * squeeze * sin(t)

        petal.curve(loop, 0, 2 * pi, 8).stroke()
        pen.ink(colour, 0.14).around(petal, count, x, y)


# ---- the medallion and the QR ----------------------------------------------------------------


@lru_cache(maxsize=1)
def medallion() -> Drawing:
    """A gold and teal rosette, 40 mm across; the emblem goes on its middle."""
    pen, middle = Pen(), 20.0
    _rim(pen, middle)
    pen.ink(IVORY).circle(middle, middle, 16.1).fill()
    pen.ink(TEAL_DEEP).circle(middle, middle, 15.6).fill()
    pen.ink(GOLD_BRIGHT, 0.22).circle(middle, middle, 14.9).stroke()
    for colour, outer, inner, count in (("#2b7775", 14.4, 6, 40), ("#4a8f88", 14.4, 9.6, 48)):
        petal = Pen()

        def loop(t: float, outer: float = outer, inner: float = inner) -> Point:
            reach = (outer - inner) / 2
            return inner + reach + reach * cos(t), reach * 0.8 * sin(t)

        petal.curve(loop, 0, 2 * pi, 8).stroke()
        pen.ink(colour, 0.1).around(petal, count, middle, middle)
    pen.ink(GOLD_BRIGHT, 0.22).circle(middle, middle, 9.4).stroke()
    return pen.decoration(40, 40)


def _rim(pen: Pen, middle: float) -> None:
    """A gold rim of lobes, with two strands woven along it."""
    lobes, half = 36, pi / 36

    def rim(t: float) -> Point:
        r = 18.6 + 0.75 * cos(lobes * t)
        return r * cos(t), r * sin(t)

    lobe = Pen().curve(rim, -half, half, 4).add(0, 0, op="l").fill()
    pen.ink(GOLD_BRIGHT).circle(middle, middle, 17.9).fill().around(lobe, lobes, middle, middle)
    pen.ink(GOLD, 0.16)
    for swell in (0, pi):

        def weave(t: float, swell: float = swell) -> Point:
            r = 17.1 + 0.75 * cos(lobes * t + swell)
            return r * cos(t), r * sin(t)

        pen.around(Pen().curve(weave, -half, half, 4).stroke(), lobes, middle, middle)


def qr(text: str) -> Drawing:
    """A QR code with its quiet zone of four modules."""
    matrix = _matrix(text)
    quiet, size = 4, len(matrix) + 8
    pen = Pen().ink(TEAL_DEEP)
    for x, y, length in dark_runs(matrix):
        pen.add(x + quiet, y + quiet, length, 1, op="re")
    return pen.fill().drawing(size, size)


def _matrix(text: str) -> list[bytearray]:
    """The mask is fixed: scoring eight of them takes five times as long and reads no better."""
    return [bytearray(row) for row in segno.make(text, error="m", micro=False, mask=3).matrix]


def dark_runs(matrix: list[bytearray]) -> Iterator[tuple[int, int, int]]:
    """Column, row and length of each stretch of dark modules."""
    for y, row in enumerate(matrix):
        for stretch in re.finditer(rb"\x01+", bytes(row)):
            yield stretch.start(), y, stretch.end() - stretch.start()
