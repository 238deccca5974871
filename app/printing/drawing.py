"""A pen for PDF path operators, and drawings that WeasyPrint takes for images.

Art is drawn once per process and pasted into each page as it is: parsing the same art from SVG
cost a third of every render. Repetition (tiles, rotations) keeps the text identical, so that
deflate makes almost nothing of it. Lengths are millimetres, y points down, angles turn clockwise.
"""

import hashlib
import zlib
from collections.abc import Callable
from math import cos, radians, sin

import pydyf
from weasyprint.pdf.stream import Stream

PX_PER_MM = 96 / 25.4
#: Control distance that makes four Bézier arcs a circle.
KAPPA = 0.5522847498

Point = tuple[float, float]


class Drawing:
    """Vector art that WeasyPrint takes for an image: a form, deflated once and shared by pages."""

    def __init__(self, width: float, height: float, operators: bytes) -> None:
        self.width, self.height = width, height
        self.id = hashlib.sha256(operators).hexdigest()[:16]
        self._deflated = zlib.compress(operators, 9)

    def get_intrinsic_size(
        self, _resolution: object, _font_size: object
    ) -> tuple[float, float, float]:
        width, height = self.width * PX_PER_MM, self.height * PX_PER_MM
        return width, height, width / height

    def draw(self, stream: Stream, width: float, height: float, _style: object) -> None:
        form = stream.add_image(self, False, 1)
        stream.push_state()
        stream.transform(a=width / self.width, d=height / self.height)
        stream.draw_x_object(form)
        stream.pop_state()

    def get_x_object(self, _interpolate: object, _ratio: object) -> pydyf.Stream:
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
