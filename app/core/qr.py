"""A QR code as a picture that stands in a page. Pure."""

import segno
from markupsafe import Markup


def drawn(text: str, **named: str) -> Markup:
    """Black on white in any colour scheme. `named`: what segno calls `svgid` and `svgclass`."""
    picture = segno.make(text, error="m")
    return Markup(picture.svg_inline(border=2, omitsize=True, light="#fff", **named))  # noqa: S704
