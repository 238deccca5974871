"""Line art of the documents: guilloche border, rosettes, medallion and QR, as PDF path operators.

Drawn once per process and pasted into each page as it is: parsing the same art from SVG cost a
third of every render. Repetition (tiles, rotations) keeps the text identical, so that deflate
makes almost nothing of it. Lengths are millimetres, y points down, angles turn clockwise.
"""

import hashlib
import re
import zlib
from collections.abc import Callable, Iterator
from functools import lru_cache
from math import cos, pi, radians, sin

import pydyf
import segno

PX_PER_MM = 96 / 25.4
#: Control distance that makes four Bézier arcs a circle.
KAPPA = 0.5522847498

TEAL = "#0a5a5a"
TEAL_DEEP = "#064545"
GOLD = "#b98a1e"
GOLD_BRIGHT = "#e2a829"
IVORY = "#fffdf7"

Point = tuple[float, float]


class Drawing:
    """Vector art that WeasyPrint takes for an image: a form, deflated once and shared by pages."""

    def __init__(self, width: float, height: float, operators: bytes) -> None:
        self.width, self.height = width, height
        self.id = hashlib.sha256(operators).hexdigest()[:16]
        self._deflated = zlib.compress(operators, 9)

    def get_intrinsic_size(self, _resolution, _font_size):
        width, height = self.width * PX_PER_MM, self.height * PX_PER_MM
        return width, height, width / height

    def draw(self, stream, width, height, _style) -> None:
        form = stream.add_image(self, False, 1)
        stream.push_state()
        stream.transform(a=width / self.width, d=height / self.height)
        stream.draw_x_object(form)
        stream.pop_state()

    def get_x_object(self, _interpolate, _ratio) -> pydyf.Stream:
        return pydyf.Stream(
            [self._deflated],
            {
                "Type": "/XObject",
                "Subtype": "/Form",
                "BBox": pydyf.Array([0, 0, self.width, self.height]),
                "Resources": pydyf.Dictionary(),
                "Filter": "/FlateDecode",
            },
        )


class Pen:
    """Collects path operators. Its methods return the pen, so that a stroke reads as one line."""

    def __init__(self) -> None:
        self._parts: list[str] = []

    def add(self, *numbers: float, op: str) -> "Pen":
        self._parts.append(" ".join([*(_short(n) for n in numbers), op]))
        return self

    def ink(self, colour: str, width: float = 0) -> "Pen":
        """Colour of lines and areas, and width of lines in mm."""
        channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        self.add(*channels, op="rg").add(*channels, op="RG")
        return self.add(width, op="w") if width else self

    def place(self, art: "Pen", x: float = 0, y: float = 0, turn: float = 0) -> "Pen":
        """Art moved to (x, y) and turned by `turn` degrees."""
        c, s = cos(radians(turn)), sin(radians(turn))
        self.add(op="q").add(c, s, -s, c, x, y, op="cm")
        self._parts.extend(art._parts)
        return self.add(op="Q")

    def around(self, art: "Pen", count: int, x: float = 0, y: float = 0) -> "Pen":
        for step in range(count):
            self.place(art, x, y, 360 * step / count)
        return self

    def line(self, *points: Point) -> "Pen":
        self.add(*points[0], op="m")
        for point in points[1:]:
            self.add(*point, op="l")
        return self

    def curve(self, at: Callable[[float], Point], start: float, end: float, pieces: int) -> "Pen":
        """A smooth curve through `pieces` equal steps of the parameter."""
        step = (end - start) / pieces
        self.add(*at(start), op="m")
        for i in range(pieces):
            t = start + i * step
            (x0, y0), (x1, y1) = at(t), at(t + step)
            (u0, v0), (u1, v1) = _slope(at, t), _slope(at, t + step)
            k = step / 3
            self.add(x0 + u0 * k, y0 + v0 * k, x1 - u1 * k, y1 - v1 * k, x1, y1, op="c")
        return self

    def circle(self, x: float, y: float, radius: float) -> "Pen":
        k = radius * KAPPA
        self.add(x + radius, y, op="m")
        for (ax, ay), (bx, by) in (
            ((1, 0), (0, 1)),
            ((0, 1), (-1, 0)),
            ((-1, 0), (0, -1)),
            ((0, -1), (1, 0)),
        ):
            self.add(
                x + ax * radius + bx * k,
                y + ay * radius + by * k,
                x + bx * radius + ax * k,
                y + by * radius + ay * k,
                x + bx * radius,
                y + by * radius,
                op="c",
            )
        return self.add(op="h")

    def rounded(self, x: float, y: float, width: float, height: float, r: float) -> "Pen":
        k = r * (1 - KAPPA)
        right, bottom = x + width, y + height
        self.add(x + r, y, op="m").add(right - r, y, op="l")
        self.add(right - k, y, right, y + k, right, y + r, op="c").add(right, bottom - r, op="l")
        self.add(right, bottom - k, right - k, bottom, right - r, bottom, op="c")
        self.add(x + r, bottom, op="l").add(x + k, bottom, x, bottom - k, x, bottom - r, op="c")
        return self.add(x, y + r, op="l").add(x, y + k, x + k, y, x + r, y, op="c").add(op="h")

    def stroke(self) -> "Pen":
        return self.add(op="S")

    def fill(self) -> "Pen":
        return self.add(op="f")

    def drawing(self, width: float, height: float) -> Drawing:
        return Drawing(width, height, "\n".join(self._parts).encode("ascii"))

    def decoration(self, width: float, height: float) -> Drawing:
        """A drawing that says nothing: marked as an artifact, so that screen readers pass it by."""
        self._parts = ["/Artifact BMC", *self._parts, "EMC"]
        return self.drawing(width, height)


def _short(number: float) -> str:
    text = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text


def _slope(at: Callable[[float], Point], t: float) -> Point:
    h = 1e-4
    (x0, y0), (x1, y1) = at(t - h), at(t + h)
    return (x1 - x0) / (2 * h), (y1 - y0) / (2 * h)


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

            def strand(s, swell=swell, waves=waves, shift=2 * pi * k / phases):
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

        def loop(t, outer=outer, inner=inner, squeeze=squeeze):
            middle, reach = (outer + inner) / 2, (outer - inner) / 2
            return middle + reach * cos(t), reach * squeeze * sin(t)

        petal.curve(loop, 0, 2 * pi, 8).stroke()
        pen.ink(colour, 0.14).around(petal, count, x, y)


# ---- the medallion and the QR ----------------------------------------------------------------


@lru_cache(maxsize=1)
def medallion() -> Drawing:
    """A gold and teal rosette, 40 mm across; the emblem goes on its middle."""
    pen, middle = Pen(), 20.0

    lobes, half = 36, pi / 36

    def rim(t: float) -> Point:
        r = 18.6 + 0.75 * cos(lobes * t)
        return r * cos(t), r * sin(t)

    lobe = Pen().curve(rim, -half, half, 4).add(0, 0, op="l").fill()
    pen.ink(GOLD_BRIGHT).circle(middle, middle, 17.9).fill().around(lobe, lobes, middle, middle)
    pen.ink(GOLD, 0.16)
    for swell in (0, pi):

        def weave(t, swell=swell):
            r = 17.1 + 0.75 * cos(lobes * t + swell)
            return r * cos(t), r * sin(t)

        pen.around(Pen().curve(weave, -half, half, 4).stroke(), lobes, middle, middle)
    pen.ink(IVORY).circle(middle, middle, 16.1).fill()
    pen.ink(TEAL_DEEP).circle(middle, middle, 15.6).fill()
    pen.ink(GOLD_BRIGHT, 0.22).circle(middle, middle, 14.9).stroke()
    for colour, outer, inner, count in (("#2b7775", 14.4, 6, 40), ("#4a8f88", 14.4, 9.6, 48)):
        petal = Pen()

        def loop(t, outer=outer, inner=inner):
            reach = (outer - inner) / 2
            return inner + reach + reach * cos(t), reach * 0.8 * sin(t)

        petal.curve(loop, 0, 2 * pi, 8).stroke()
        pen.ink(colour, 0.1).around(petal, count, middle, middle)
    pen.ink(GOLD_BRIGHT, 0.22).circle(middle, middle, 9.4).stroke()
    return pen.decoration(40, 40)


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
